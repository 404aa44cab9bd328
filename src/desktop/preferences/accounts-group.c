/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accounts-group.h"

#include <glib/gi18n-lib.h>

#include "accounts.h"
#include "compat.h"
#include "numerals.h"
#include "words.h"

struct _TjdAccountsGroup {
  AdwPreferencesGroup parent;
  TjdShell *shell;
  TjdTasks *tasks;
  GPtrArray *rows; /* borrowed of the group */
  char *root;      /* of the places' folders */
  char *asked;     /* the place that is asked about */
};

typedef struct {
  char *root, *place;
} Place;

G_DEFINE_FINAL_TYPE (TjdAccountsGroup, tjd_accounts_group, ADW_TYPE_PREFERENCES_GROUP)

static void
place_free (Place *self)
{
  g_free (self->root);
  g_free (self->place);
  g_free (self);
}

/* --- in a thread ----------------------------------------------------------------------------- */

static gpointer
list (gpointer data, GCancellable *cancellable, GError **error)
{
  return tjd_accounts_list (data, cancellable, error);
}

/* And what is left then. */
static gpointer
forget (gpointer data, GCancellable *cancellable, GError **error)
{
  Place *place = data;

  return tjd_accounts_forget (place->root, place->place, cancellable, error)
             ? tjd_accounts_list (place->root, cancellable, error)
             : NULL;
}

static const TjdWork listing = { "list accounts", list, g_free, (GDestroyNotify) g_strfreev };
static const TjdWork forgetting = { "forget account", forget, (GDestroyNotify) place_free,
                                    (GDestroyNotify) g_strfreev };

/* --- the main thread ------------------------------------------------------------------------- */

static GtkWidget *
add_row (TjdAccountsGroup *self, const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                 "subtitle", subtitle, "subtitle-lines", 0, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_forget (GtkWidget *row, const char *place)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Forget"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "accounts.forget");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  tjd_mend_names (button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static const char *
say_place (const char *place)
{
  return g_str_equal (place, "sandbox") ? _ ("Sandbox on this computer") : place;
}

static void
end_everywhere (TjdAccountsGroup *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  tjd_shell_sign_out_everywhere (self->shell);
  gtk_window_close (window);
}

static void
ask_to_end (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_ask (widget, _ ("Sign Out Everywhere?"),
           _ ("All your sessions end, on this computer and on every other. Orders and payments are "
              "not touched."),
           _ ("_Sign Out Everywhere"), TRUE, G_CALLBACK (end_everywhere), G_OBJECT (widget));
}

static void
add_person (TjdAccountsGroup *self)
{
  TjdSession *session = tjd_shell_get_session (self->shell);
  g_autofree char *personal_id = tjd_session_dup_personal_id (session);
  g_autofree char *identifier = NULL;
  const char *place =
      tjd_shell_get_sandbox (self->shell) != NULL ? "sandbox" : tjd_shell_get_portal (self->shell);
  GtkWidget *row;

  if (personal_id == NULL)
    return;
  identifier = tjd_identifier_text (tjd_shell_get_locale (self->shell), personal_id);
  add_row (self, identifier, say_place (place));
  row = add_row (self, _ ("_Sign Out Everywhere"), _ ("Ends your sessions on all computers"));
  g_object_set (row, "use-underline", TRUE, "activatable", TRUE, "action-name", "accounts.end",
                NULL);
}

static void take_places (gpointer owner, gpointer result, const GError *error);

static void
forget_asked (TjdAccountsGroup *self)
{
  Place *place = g_new (Place, 1);

  *place = (Place){ g_strdup (self->root), g_strdup (self->asked) };
  tjd_tasks_run (self->tasks, &forgetting, place, take_places);
}

static void
ask_to_forget (GtkWidget *widget, const char *action, GVariant *place)
{
  TjdAccountsGroup *self = TJD_ACCOUNTS_GROUP (widget);
  g_autofree char *question = NULL;

  tjd_set_string (&self->asked, g_variant_get_string (place, NULL));
  /* Translators: %s is a service's address. */
  question = g_strdup_printf (_ ("Forget %s?"), say_place (self->asked));
  tjd_ask (widget, question,
           _ ("The session and what could be read without a connection are removed from this "
              "computer. Nothing changes at the service."),
           _ ("_Forget"), TRUE, G_CALLBACK (forget_asked), G_OBJECT (self));
}

static void
add_place (TjdAccountsGroup *self, const char *place)
{
  add_forget (add_row (self, say_place (place), _ ("Kept for the next time")), place);
}

static void
clear (TjdAccountsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
take_places (gpointer owner, gpointer result, const GError *error)
{
  TjdAccountsGroup *self = owner;
  g_auto (GStrv) places = result;
  gboolean is_signed_in = tjd_shell_get_state (self->shell) == TJD_SHELL_SIGNED_IN;
  g_autofree char *here = g_path_get_basename (tjd_shell_get_folder (self->shell));

  clear (self);
  add_person (self);
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    if (!is_signed_in || !g_str_equal (places[i], here))
      add_place (self, places[i]);
  if (error != NULL) {
    g_autoptr (TjdWords) words =
        tjd_words_new (tjd_shell_get_locale (self->shell), error, TJD_NOT_ABOUT_MONEY);
    add_row (self, _ ("What the keyring keeps is not known"), words->happened);
  } else if (self->rows->len == 0) {
    add_row (self, _ ("Nothing of yours is kept on this computer"), NULL);
  }
}

static void
tjd_accounts_group_dispose (GObject *object)
{
  TjdAccountsGroup *self = TJD_ACCOUNTS_GROUP (object);

  if (self->tasks != NULL)
    tjd_tasks_cancel (self->tasks);
  g_clear_object (&self->tasks);
  g_clear_object (&self->shell);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->asked, g_free);
  G_OBJECT_CLASS (tjd_accounts_group_parent_class)->dispose (object);
}

static void
tjd_accounts_group_class_init (TjdAccountsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tjd_accounts_group_dispose;
  gtk_widget_class_install_action (widget_class, "accounts.end", NULL, ask_to_end);
  gtk_widget_class_install_action (widget_class, "accounts.forget", "s", ask_to_forget);
}

static void
tjd_accounts_group_init (TjdAccountsGroup *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
  self->rows = g_ptr_array_new ();
}

TjdAccountsGroup *
tjd_accounts_group_new (TjdShell *shell)
{
  TjdAccountsGroup *self =
      g_object_new (TJD_TYPE_ACCOUNTS_GROUP, "title", _ ("Accounts on This Computer"), NULL);

  self->shell = g_object_ref (shell);
  gtk_widget_set_visible (GTK_WIDGET (self), tjd_shell_get_folder (shell) != NULL);
  if (tjd_shell_get_folder (shell) == NULL)
    return self;
  self->root = g_path_get_dirname (tjd_shell_get_folder (shell));
  tjd_tasks_run (self->tasks, &listing, g_strdup (self->root), take_places);
  return self;
}
