/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in-page.h"

#include <glib/gi18n-lib.h>

#include "clock-words.h"
#include "compat.h"
#include "demo-people.h"
#include "digits.h"
#include "identifiers.h"
#include "token-program.h"
#include "words.h"

#define CODE_DIGITS 6

struct _TjdSignInModel {
  TjdModel parent;
  char *personal_id; /* as it was typed */
};

struct _TjdSignInPage {
  TjdPage parent;
  AdwEntryRow *personal_id;
  AdwEntryRow *code;
  GtkLabel *id_fault;
  GtkLabel *code_fault;
  GtkRevealer *trouble;
  GtkImage *trouble_icon;
  GtkLabel *trouble_title;
  GtkLabel *trouble_text;
  GtkStack *button_stack;
  GtkButton *sign_in;
  GtkButton *language;
  GtkLabel *address;
  GtkWidget *sandbox;
  GtkMenuButton *people;
  gboolean wants_sign_in; /* pressed before the services were there */
};

/* What a worker takes along. */
typedef struct {
  TjdSession *session;
  char *personal_id;
  TjdSecret *code;
} Credentials;

G_DEFINE_FINAL_TYPE (TjdSignInModel, tjd_sign_in_model, TJD_TYPE_MODEL)
TJD_DEFINE_PAGE (TjdSignInPage, tjd_sign_in_page, TjdSignInModel)

static void
tjd_sign_in_model_finalize (GObject *object)
{
  g_free (TJD_SIGN_IN_MODEL (object)->personal_id);
  G_OBJECT_CLASS (tjd_sign_in_model_parent_class)->finalize (object);
}

static void
tjd_sign_in_model_class_init (TjdSignInModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_sign_in_model_finalize;
}

static void
tjd_sign_in_model_init (TjdSignInModel *self)
{
}

static void
credentials_free (Credentials *self)
{
  tjd_session_unref (self->session);
  tjd_secret_unref (self->code);
  g_free (self->personal_id);
  g_free (self);
}

static gpointer
sign_in (gpointer data, GCancellable *cancellable, GError **error)
{
  Credentials *credentials = data;

  tjd_session_sign_in (credentials->session, credentials->personal_id, credentials->code,
                       cancellable, error);
  return NULL;
}

static const TjdWork signing_in = { "sign in", sign_in, (GDestroyNotify) credentials_free, NULL };

static TjdShell *
shell_of (TjdSignInPage *self)
{
  return tjd_page_get_shell (TJD_PAGE (self));
}

static void
show_trouble (TjdSignInPage *self, const char *title, const char *text)
{
  if (title != NULL) {
    gtk_image_set_from_icon_name (self->trouble_icon, "dialog-warning-symbolic");
    gtk_widget_remove_css_class (GTK_WIDGET (self->trouble_icon), "in-order");
    gtk_label_set_text (self->trouble_title, title);
    gtk_label_set_text (self->trouble_text, text);
    tjd_announce (GTK_WIDGET (self), title);
  }
  gtk_revealer_set_reveal_child (self->trouble, title != NULL);
}

/* That it was locked, or a session is over, is nothing that went wrong. */
static gboolean
is_in_order (const GError *error)
{
  return g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_LOCKED) ||
         g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SESSION_ENDED);
}

static void
show_error (TjdSignInPage *self, const GError *error)
{
  g_autoptr (TjdWords) words = tjd_words_new (locale_of (self), error, TJD_NOT_ABOUT_MONEY);
  g_autofree char *clock =
      tjd_clock_words (locale_of (self), tjd_shell_get_session (shell_of (self)), error);
  g_autofree char *text = g_strjoin (" ", clock != NULL ? clock : words->remedy,
                                     clock != NULL ? words->remedy : NULL, NULL);

  show_trouble (self, words->happened, text);
  if (is_in_order (error)) {
    gtk_image_set_from_icon_name (self->trouble_icon, "changes-prevent-symbolic");
    gtk_widget_add_css_class (GTK_WIDGET (self->trouble_icon), "in-order");
  }
}

/* While it runs the button keeps its size and shows that it does. */
static void
follow_busy (TjdSignInPage *self)
{
  gboolean busy = tjd_tasks_is_busy (tjd_page_get_tasks (TJD_PAGE (self))) || self->wants_sign_in;

  gtk_stack_set_visible_child_name (self->button_stack, busy ? "busy" : "label");
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->personal_id), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->code), !busy);
}

static void
show_answer (gpointer owner, gpointer result, const GError *error)
{
  TjdSignInPage *self = owner;

  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  if (error == NULL) {
    tjd_shell_note_signed_in (shell_of (self)); /* by which this page goes */
    return;
  }
  show_error (self, error);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

/* (transfer full); NULL after it has been said what is wrong. */
static char *
read_personal_id (TjdSignInPage *self)
{
  g_autofree char *digits =
      tjd_digits_normalise (gtk_editable_get_text (GTK_EDITABLE (self->personal_id)));
  gboolean fits = digits != NULL && tjd_format_personal_id.fits (digits);

  tjd_show_fault (self->personal_id, self->id_fault, !fits);
  if (!fits)
    gtk_widget_grab_focus (GTK_WIDGET (self->personal_id));
  return fits ? g_steal_pointer (&digits) : NULL;
}

static TjdSecret *
read_code (TjdSignInPage *self)
{
  char *digits = tjd_digits_normalise (gtk_editable_get_text (GTK_EDITABLE (self->code)));
  TjdSecret *code = digits != NULL && tjd_digits_exactly (digits, CODE_DIGITS)
                        ? tjd_secret_new (digits, CODE_DIGITS)
                        : NULL;

  tjd_show_fault (self->code, self->code_fault, code == NULL);
  if (code == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
  tjd_wipe_string (digits);
  return code;
}

static void
on_sign_in (TjdSignInPage *self)
{
  TjdTasks *tasks = tjd_page_get_tasks (TJD_PAGE (self));
  TjdSession *session = tjd_shell_get_session (shell_of (self));
  g_autofree char *personal_id = read_personal_id (self);
  g_autoptr (TjdSecret) code = personal_id != NULL ? read_code (self) : NULL;
  Credentials *credentials;

  if (code == NULL || tjd_tasks_is_busy (tasks))
    return;
  self->wants_sign_in = session == NULL;
  follow_busy (self);
  if (session == NULL)
    return;
  show_trouble (self, NULL, NULL);
  credentials = g_new (Credentials, 1);
  *credentials = (Credentials){ tjd_session_ref (session), g_steal_pointer (&personal_id),
                                g_steal_pointer (&code) };
  tjd_tasks_run (tasks, &signing_in, credentials, show_answer);
}

static void
on_id_activated (TjdSignInPage *self)
{
  g_autofree char *personal_id = read_personal_id (self);

  if (personal_id != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
on_id_changed (TjdSignInPage *self)
{
  TjdSignInModel *model = model_of (self);

  if (model == NULL)
    return;
  tjd_set_string (&model->personal_id, gtk_editable_get_text (GTK_EDITABLE (self->personal_id)));
  tjd_show_fault (self->personal_id, self->id_fault, FALSE);
}

static void
on_code_changed (TjdSignInPage *self)
{
  tjd_show_fault (self->code, self->code_fault, FALSE);
}

static void
on_language (TjdSignInPage *self)
{
  gboolean is_arabic = locale_of (self)->language == TJD_LANGUAGE_AR;

  g_settings_set_string (tjd_shell_get_settings (shell_of (self)), "language",
                         is_arabic ? "en" : "ar");
}

static void
choose_person (GtkWidget *widget, const char *action, GVariant *personal_id)
{
  TjdSignInPage *self = TJD_SIGN_IN_PAGE (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->personal_id),
                         g_variant_get_string (personal_id, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
open_token (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdSignInPage *self = TJD_SIGN_IN_PAGE (widget);
  TjdSignInModel *model = model_of (self);
  g_autofree char *digits =
      model->personal_id != NULL ? tjd_digits_normalise (model->personal_id) : NULL;
  g_autoptr (GError) error = NULL;

  if (!tjd_token_program_open (tjd_shell_get_sandbox (shell_of (self)), digits, NULL,
                               locale_of (self)->language, &error))
    show_trouble (self, _ ("The token program does not start."),
                  _ ("Install it again together with Tajdid."));
}

/* What can only be known once the services are there. */
static void
follow_shell (TjdSignInPage *self)
{
  TjdShell *shell = shell_of (self);
  const char *portal = tjd_shell_get_portal (shell);
  gboolean is_sandbox = tjd_shell_get_sandbox (shell) != NULL;

  gtk_label_set_text (self->address, portal != NULL ? portal : "");
  gtk_widget_set_visible (self->sandbox, is_sandbox);
  if (is_sandbox && gtk_menu_button_get_menu_model (self->people) == NULL) {
    g_autoptr (GMenuModel) people =
        tjd_demo_people_menu (tjd_shell_get_locale (shell), "sign-in.choose");
    gtk_menu_button_set_menu_model (self->people, people);
  }
  if (tjd_shell_get_state (shell) == TJD_SHELL_SIGNED_OUT && tjd_shell_get_error (shell) != NULL)
    show_error (self, tjd_shell_get_error (shell));
  if (self->wants_sign_in && tjd_shell_get_session (shell) != NULL)
    on_sign_in (self);
}

static void
tjd_sign_in_page_shown (TjdPage *page)
{
  TjdSignInPage *self = TJD_SIGN_IN_PAGE (page);
  gboolean has_id = *gtk_editable_get_text (GTK_EDITABLE (self->personal_id)) != '\0';

  gtk_widget_grab_focus (GTK_WIDGET (has_id ? self->code : self->personal_id));
}

static void
tjd_sign_in_page_constructed (GObject *object)
{
  TjdSignInPage *self = TJD_SIGN_IN_PAGE (object);
  TjdSignInModel *model = model_of (self);
  gboolean is_arabic = locale_of (self)->language == TJD_LANGUAGE_AR;

  G_OBJECT_CLASS (tjd_sign_in_page_parent_class)->constructed (object);
  if (model->personal_id == NULL)
    tjd_set_string (&model->personal_id, tjd_shell_get_person (shell_of (self)));
  if (model->personal_id != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->personal_id), model->personal_id);
  gtk_button_set_label (self->language, is_arabic ? "English" : "العربية");
  tjd_stand_at_start (self->personal_id);
  tjd_stand_at_start (self->code);
  g_signal_connect_object (tjd_page_get_tasks (TJD_PAGE (self)), "notify::busy",
                           G_CALLBACK (follow_busy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shell_of (self), "notify::state", G_CALLBACK (follow_shell), self,
                           G_CONNECT_SWAPPED);
  follow_shell (self);
}

static void
tjd_sign_in_page_class_init (TjdSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_sign_in_page_constructed;
  TJD_PAGE_CLASS (klass)->shown = tjd_sign_in_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "sign-in/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, personal_id);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, code);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, id_fault);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, code_fault);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, trouble_icon);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, trouble_text);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, button_stack);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, language);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, address);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, sandbox);
  gtk_widget_class_bind_template_child (widget_class, TjdSignInPage, people);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_id_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_id_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_code_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
  gtk_widget_class_install_action (widget_class, "sign-in.choose", "s", choose_person);
  gtk_widget_class_install_action (widget_class, "sign-in.open-token", NULL, open_token);
}

static void
tjd_sign_in_page_init (TjdSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
