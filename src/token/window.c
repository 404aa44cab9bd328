/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "choice.h"
#include "code-page.h"
#include "compat.h"
#include "enrol-page.h"
#include "identifiers.h"
#include "keyring.h"
#include "language.h"
#include "numerals.h"
#include "outside.h"
#include "sign-page.h"
#include "spoken.h"
#include "token.h"
#include "wallet-change.h"
#include "words.h"

#define BUSY_AFTER_MS 300

struct _TjdTokenWindow {
  AdwApplicationWindow parent;
  AdwViewSwitcherTitle *switcher;
  GtkWidget *sandbox;
  GtkStack *states;
  GtkSpinner *spinner;
  AdwStatusPage *trouble;
  GtkWidget *retry;
  TjdEnrolPage *enrol_page;
  GtkLabel *whose;
  GtkDropDown *choice;
  AdwViewStack *views;
  TjdCodePage *code_page;
  TjdSignPage *sign_page;

  const TjdClock *clock;
  GCancellable *cancellable; /* of what is asked of the keyring; ended with the window */
  char *folder;              /* of the sandbox; may be NULL */
  char *wanted;              /* whose token is to be chosen; may be NULL */
  GPtrArray *held;           /* of TjdHeldToken; NULL: not known */
  GBytes *brought;           /* a request that waits for a token; may be NULL */
  guint busy_timer;
};

G_DEFINE_FINAL_TYPE (TjdTokenWindow, tjd_token_window, ADW_TYPE_APPLICATION_WINDOW)

static const TjdHeldToken *
get_chosen (TjdTokenWindow *self)
{
  guint at = gtk_drop_down_get_selected (self->choice);

  return self->held != NULL && at < self->held->len ? self->held->pdata[at] : NULL;
}

static void
enter (TjdTokenWindow *self, const char *state)
{
  gboolean token = strcmp (state, "token") == 0, busy = strcmp (state, "busy") == 0;

  g_clear_handle_id (&self->busy_timer, g_source_remove);
  tjd_spoken_show_page (self->states, state);
  gtk_spinner_set_spinning (self->spinner, busy);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher, token);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.forget", token);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.copy", token);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add", token);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.paste", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open", !busy);
}

static void
show_token (TjdTokenWindow *self)
{
  const TjdHeldToken *chosen = get_chosen (self);

  tjd_code_page_set (self->code_page, chosen != NULL ? chosen->token : NULL, self->clock);
  tjd_sign_page_set (self->sign_page, chosen != NULL ? chosen->token : NULL, self->clock);
  if (chosen != NULL) {
    g_autofree char *id = tjd_identifier_text (tjd_language_locale (), chosen->token->personal_id);
    gtk_label_set_text (self->whose, id);
  }
}

static void
on_chosen (TjdTokenWindow *self)
{
  show_token (self);
}

static void
show_brought (TjdTokenWindow *self)
{
  g_autoptr (GBytes) brought = g_steal_pointer (&self->brought);
  gsize length;
  const char *text;

  if (brought == NULL)
    return;
  text = g_bytes_get_data (brought, &length);
  adw_view_stack_set_visible_child_name (self->views, "sign");
  tjd_sign_page_take (self->sign_page, text, length);
}

/* As tjd_spoken_show_page does; here the view stack itself must keep both of its pages. */
static void
on_view_changed (TjdTokenWindow *self)
{
  gboolean code = g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "code") == 0;

  gtk_widget_set_visible (adw_bin_get_child (ADW_BIN (self->code_page)), code);
  gtk_widget_set_visible (adw_bin_get_child (ADW_BIN (self->sign_page)), !code);
}

static void
fill_choice (TjdTokenWindow *self)
{
  tjd_choice_fill (self->choice, self->held, self->wanted);
  gtk_widget_set_visible (GTK_WIDGET (self->choice), self->held->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->whose), self->held->len == 1);
}

static void
show_trouble (TjdTokenWindow *self, const GError *error)
{
  TjdTokenWords words = tjd_token_words (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  adw_status_page_set_title (self->trouble, words.title);
  adw_status_page_set_description (self->trouble, words.advice);
  enter (self, "trouble");
  gtk_widget_grab_focus (self->retry);
}

static void
show_enrol (TjdTokenWindow *self)
{
  tjd_enrol_page_complain (self->enrol_page, "");
  tjd_enrol_page_set_can_go_back (self->enrol_page, self->held != NULL && self->held->len > 0);
  enter (self, "enrol");
  gtk_widget_child_focus (GTK_WIDGET (self->enrol_page), GTK_DIR_TAB_FORWARD);
}

static void
show_held (TjdTokenWindow *self)
{
  if (self->held->len == 0) {
    show_enrol (self);
    return;
  }
  enter (self, "token");
  show_brought (self);
  if (strcmp (adw_view_stack_get_visible_child_name (self->views), "code") == 0)
    gtk_widget_child_focus (GTK_WIDGET (self->code_page), GTK_DIR_TAB_FORWARD);
}

static gboolean
show_busy (gpointer data)
{
  TjdTokenWindow *self = data;

  self->busy_timer = 0;
  enter (self, "busy");
  return G_SOURCE_REMOVE;
}

/* Pages hold the tokens of the list: it goes after they have let go. */
static void
take_held (TjdTokenWindow *self, GPtrArray *held)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->held);

  self->held = held;
  if (held != NULL)
    fill_choice (self);
  show_token (self);
}

static gboolean
is_here (TjdTokenWindow *self, const char *personal_id)
{
  for (guint i = 0; i < self->held->len; i++)
    if (strcmp (((const TjdHeldToken *) self->held->pdata[i])->token->personal_id, personal_id) ==
        0)
      return TRUE;
  return FALSE;
}

static gboolean add_wanted (TjdTokenWindow *self); /* which changes the keyring in its turn */

static void
on_changed (GObject *object, GAsyncResult *result, gpointer data)
{
  TjdTokenWindow *self = TJD_TOKEN_WINDOW (object);
  g_autoptr (GError) error = NULL;
  GPtrArray *held = tjd_wallet_change_finish (result, &error);

  if (held == NULL) {
    show_trouble (self, error);
    return;
  }
  take_held (self, held);
  if (!add_wanted (self))
    show_held (self);
}

/* Takes the change. */
static void
change_keyring (TjdTokenWindow *self, TjdWalletChange *change)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.paste", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open", FALSE);
  if (self->busy_timer == 0)
    self->busy_timer = g_timeout_add (BUSY_AFTER_MS, show_busy, self);
  tjd_wallet_change_run (change, G_OBJECT (self), self->cancellable, on_changed);
}

/* Takes the token. */
static void
keep (TjdTokenWindow *self, TjdToken *token)
{
  TjdWalletChange *change = g_new0 (TjdWalletChange, 1);

  g_free (self->wanted);
  self->wanted = g_strdup (token->personal_id);
  change->keep = token;
  /* Translators: what a keyring program shows for it; whose it is is not said there. */
  change->label = g_strdup (_ ("Tajdid token"));
  change_keyring (self, change);
}

static void
complain_of_token (TjdTokenWindow *self, const char *complaint)
{
  if (strcmp (gtk_stack_get_visible_child_name (self->states), "enrol") != 0)
    show_enrol (self);
  tjd_enrol_page_complain (self->enrol_page, complaint);
}

static void
take_token (TjdTokenWindow *self, const char *text)
{
  TjdToken *token = tjd_token_parse (text, NULL);

  if (token != NULL)
    keep (self, token);
  else
    complain_of_token (self, _ ("These are not a token’s two lines. Copy both of them, whole, and "
                                "nothing else."));
}

static void
enrol_demo (TjdTokenWindow *self, const char *personal_id)
{
  g_autofree char *name = g_strconcat (personal_id, ".token", NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  TjdToken *token = tjd_token_read (path, NULL);

  if (token != NULL)
    keep (self, token);
  else
    complain_of_token (self, _ ("This token’s file cannot be read. It must be yours alone."));
}

/* Once: a token that is still not there afterwards is not asked for again. */
static gboolean
add_wanted (TjdTokenWindow *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);

  if (wanted == NULL || self->folder == NULL || is_here (self, wanted))
    return FALSE;
  enrol_demo (self, wanted);
  return self->busy_timer != 0;
}

/* text ends with a NUL that length does not count. */
static void
take_text (TjdTokenWindow *self, const char *text, gsize length)
{
  gboolean enrolling = self->held == NULL || self->held->len == 0;

  if (g_str_has_prefix (text, "otpauth:") || (enrolling && strstr (text, "otpauth:") != NULL)) {
    take_token (self, text);
  } else if (enrolling) {
    complain_of_token (self, _ ("These are not a token’s two lines. Copy both of them, whole, and "
                                "nothing else."));
  } else {
    enter (self, "token");
    adw_view_stack_set_visible_child_name (self->views, "sign");
    tjd_sign_page_take (self->sign_page, text, length);
  }
}

/* A TjdOutsideTake. */
static void
take_foreign (gpointer window, const char *text, gsize length)
{
  TjdTokenWindow *self = window;
  gboolean token = strcmp (gtk_stack_get_visible_child_name (self->states), "token") == 0;

  if (text != NULL) {
    take_text (self, text, length);
  } else if (token) {
    adw_view_stack_set_visible_child_name (self->views, "sign");
    tjd_sign_page_complain (self->sign_page, _ ("There is no text there that could be a request."));
  } else {
    complain_of_token (self, _ ("There is no text there that could be a token."));
  }
}

static void
paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tjd_outside_paste (widget, TJD_TOKEN_WINDOW (widget)->cancellable, take_foreign);
}

static void
open_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tjd_outside_open (widget, take_foreign);
}

static void
copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TjdTokenWindow *self = TJD_TOKEN_WINDOW (widget);

  if (strcmp (adw_view_stack_get_visible_child_name (self->views), "code") == 0)
    tjd_code_page_copy (self->code_page);
  else
    tjd_sign_page_copy (self->sign_page);
}

static void
add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_enrol (TJD_TOKEN_WINDOW (widget));
}

static void
go_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_held (TJD_TOKEN_WINDOW (widget));
}

static void
add_demo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  enrol_demo (TJD_TOKEN_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
forget_agreed (TjdTokenWindow *self)
{
  const TjdHeldToken *chosen = get_chosen (self);
  TjdWalletChange *change;

  if (chosen == NULL)
    return;
  change = g_new0 (TjdWalletChange, 1);
  change->forget = g_strdup (chosen->account);
  change_keyring (self, change);
}

static void
forget (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const TjdHeldToken *chosen = get_chosen (TJD_TOKEN_WINDOW (widget));
  g_autofree char *id = NULL, *question = NULL;

  if (chosen == NULL)
    return;
  id = tjd_identifier_text (tjd_language_locale (), chosen->token->personal_id);
  question = g_strdup_printf (_ ("Forget the token of %s?"), id);
  tjd_ask (widget, question,
           _ ("It is deleted from this keyring. You need its two lines, or a new token, to sign in "
              "and to pay with it again."),
           _ ("_Forget"), TRUE, G_CALLBACK (forget_agreed), G_OBJECT (widget));
}

static void
reload (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tjd_token_window_load (TJD_TOKEN_WINDOW (widget));
}

static void
go_to_view (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_view_stack_set_visible_child_name (TJD_TOKEN_WINDOW (widget)->views,
                                         g_variant_get_string (parameter, NULL));
}

static void
about (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_show_about_window (GTK_WINDOW (widget), "application-name", _ ("Tajdid Token"),
                         "application-icon", "app.tajdid.Token", "version", TJD_VERSION,
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Codes for signing in and for payments that you have seen."), NULL);
}

/* They come after the entries', which paste and copy by themselves. */
static void
add_shortcuts (GtkWidget *widget)
{
  static const struct {
    const char *keys;
    const char *action;
    const char *target;
  } table[] = {
    { "<Control>v", "win.paste", NULL },
    { "<Control>c", "win.copy", NULL },
    { "<Control>o", "win.open", NULL },
    { "<Alt>1", "win.view", "code" },
    { "<Alt>2", "win.view", "sign" },
    { "<Control>w", "window.close", NULL },
    { "<Control>question", "win.show-help-overlay", NULL },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (table[i].keys),
                                              gtk_named_action_new (table[i].action));
    if (table[i].target != NULL)
      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (table[i].target));
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  }
  gtk_widget_add_controller (widget, controller);
}

static void
tjd_token_window_dispose (GObject *object)
{
  TjdTokenWindow *self = TJD_TOKEN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->busy_timer, g_source_remove);
  if (self->code_page != NULL)
    tjd_code_page_set (self->code_page, NULL, self->clock);
  if (self->sign_page != NULL)
    tjd_sign_page_set (self->sign_page, NULL, self->clock);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  G_OBJECT_CLASS (tjd_token_window_parent_class)->dispose (object);
}

static void
tjd_token_window_finalize (GObject *object)
{
  TjdTokenWindow *self = TJD_TOKEN_WINDOW (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->brought, g_bytes_unref);
  g_free (self->folder);
  g_free (self->wanted);
  G_OBJECT_CLASS (tjd_token_window_parent_class)->finalize (object);
}

static void
tjd_token_window_class_init (TjdTokenWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tjd_token_window_dispose;
  G_OBJECT_CLASS (class)->finalize = tjd_token_window_finalize;
  g_type_ensure (TJD_TYPE_ENROL_PAGE);
  g_type_ensure (TJD_TYPE_CODE_PAGE);
  g_type_ensure (TJD_TYPE_SIGN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "window.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, sandbox);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, states);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, retry);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, enrol_page);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, whose);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, choice);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, views);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, code_page);
  gtk_widget_class_bind_template_child (widget_class, TjdTokenWindow, sign_page);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_file);
  gtk_widget_class_install_action (widget_class, "win.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "win.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.enrol-demo", "s", add_demo);
  gtk_widget_class_install_action (widget_class, "win.forget", NULL, forget);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "win.view", "s", go_to_view);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about);
}

static void
tjd_token_window_init (TjdTokenWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcuts (GTK_WIDGET (self));
  tjd_choice_prepare (self->choice);
  tjd_mend_names (GTK_WIDGET (self));
  on_view_changed (self);
  enter (self, "busy");
}

void
tjd_token_window_set_sandbox (TjdTokenWindow *self, const char *folder)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
  tjd_enrol_page_set_folder (self->enrol_page, folder);
  gtk_widget_set_visible (self->sandbox, folder != NULL);
}

void
tjd_token_window_want (TjdTokenWindow *self, const char *personal_id)
{
  if (!tjd_format_personal_id.fits (personal_id))
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (personal_id);
}

void
tjd_token_window_bring (TjdTokenWindow *self, const char *text, gsize length)
{
  g_clear_pointer (&self->brought, g_bytes_unref);
  self->brought = g_bytes_new (text, length);
}

void
tjd_token_window_load (TjdTokenWindow *self)
{
  gboolean known = self->held != NULL && self->held->len > 0;

  if (known && (self->wanted == NULL || is_here (self, self->wanted))) {
    if (self->wanted != NULL)
      fill_choice (self);
    g_clear_pointer (&self->wanted, g_free);
    show_held (self);
  } else {
    change_keyring (self, g_new0 (TjdWalletChange, 1));
  }
}

TjdTokenWindow *
tjd_token_window_new (GtkApplication *application, const TjdClock *clock)
{
  TjdTokenWindow *self = g_object_new (TJD_TYPE_TOKEN_WINDOW, "application", application, NULL);

  self->clock = clock;
  return self;
}
