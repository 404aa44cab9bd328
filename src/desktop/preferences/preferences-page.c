/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences-page.h"

#include <string.h>

#include "accounts-group.h"
#include "compat.h"
#include "numerals.h"
#include "plurals.h"

/* What a setting may be, in the order of its row's choices. */
static const char *const languages[] = { "system", "en", "ar", NULL };
static const char *const digits[] = { "auto", "western", "arabic-indic", NULL };
static const guint minutes[] = { 5, 10, 15 };

struct _TjdPreferencesPage {
  AdwPreferencesPage parent;
  TjdShell *shell;
  AdwComboRow *language;
  AdwComboRow *digits;
  GtkSwitch *hijri;
  GtkSwitch *notifications;
  AdwComboRow *lock_after;
  AdwActionRow *address;
  GtkWidget *reset;
  GtkWidget *restart;
};

G_DEFINE_FINAL_TYPE (TjdPreferencesPage, tjd_preferences_page, ADW_TYPE_PREFERENCES_PAGE)

static guint
position_of (const char *const *values, const char *value)
{
  for (guint i = 0; values[i] != NULL; i++)
    if (strcmp (values[i], value) == 0)
      return i;
  return 0;
}

static void
show_choice (AdwComboRow *row, GSettings *settings, const char *key, const char *const *values)
{
  g_autofree char *value = g_settings_get_string (settings, key);

  adw_combo_row_set_selected (row, position_of (values, value));
}

static void
on_language (TjdPreferencesPage *self)
{
  if (self->shell != NULL)
    g_settings_set_string (tjd_shell_get_settings (self->shell), "language",
                           languages[adw_combo_row_get_selected (self->language)]);
}

static void
on_digits (TjdPreferencesPage *self)
{
  if (self->shell != NULL)
    g_settings_set_string (tjd_shell_get_settings (self->shell), "digits",
                           digits[adw_combo_row_get_selected (self->digits)]);
}

static void
on_lock_after (TjdPreferencesPage *self)
{
  if (self->shell != NULL)
    g_settings_set_uint (tjd_shell_get_settings (self->shell), "lock-after",
                         minutes[adw_combo_row_get_selected (self->lock_after)]);
}

static void
fill_lock_after (TjdPreferencesPage *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  guint chosen = g_settings_get_uint (tjd_shell_get_settings (self->shell), "lock-after");
  guint position = G_N_ELEMENTS (minutes) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++) {
    g_autofree char *number = tjd_number_text (tjd_shell_get_locale (self->shell), minutes[i]);
    g_autofree char *choice =
        g_strdup_printf (ngettext ("%s minute", "%s minutes", minutes[i]), number);
    gtk_string_list_append (choices, choice);
    if (minutes[i] == chosen)
      position = i;
  }
  adw_combo_row_set_model (self->lock_after, G_LIST_MODEL (choices));
  adw_combo_row_set_selected (self->lock_after, position);
}

static void
show_address (TjdPreferencesPage *self, gboolean has_changed)
{
  g_autofree char *file = g_settings_get_string (tjd_shell_get_settings (self->shell), "addresses");
  g_autofree char *name = *file != '\0' ? g_filename_display_basename (file) : NULL;

  adw_action_row_set_subtitle (self->address, name != NULL ? name : _ ("Sandbox on this computer"));
  gtk_widget_set_visible (self->reset, name != NULL);
  gtk_widget_set_visible (self->restart, has_changed);
}

static void
set_address (TjdPreferencesPage *self, const char *file)
{
  g_settings_set_string (tjd_shell_get_settings (self->shell), "addresses", file);
  show_address (self, TRUE);
}

static void
on_chosen (TjdPreferencesPage *self, int response, GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    set_address (self, g_file_peek_path (file));
  g_object_unref (chooser);
}

static void
on_choose (TjdPreferencesPage *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Addresses of the Service"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);

  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_reset (TjdPreferencesPage *self)
{
  set_address (self, "");
}

static void
tjd_preferences_page_dispose (GObject *object)
{
  g_clear_object (&TJD_PREFERENCES_PAGE (object)->shell);
  G_OBJECT_CLASS (tjd_preferences_page_parent_class)->dispose (object);
}

static void
tjd_preferences_page_class_init (TjdPreferencesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tjd_preferences_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "preferences/preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, language);
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, digits);
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, hijri);
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, notifications);
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, lock_after);
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, address);
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, reset);
  gtk_widget_class_bind_template_child (widget_class, TjdPreferencesPage, restart);
  gtk_widget_class_bind_template_callback (widget_class, on_language);
  gtk_widget_class_bind_template_callback (widget_class, on_digits);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_after);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_reset);
}

static void
tjd_preferences_page_init (TjdPreferencesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tjd_mend_names (GTK_WIDGET (self));
}

TjdPreferencesPage *
tjd_preferences_page_new (TjdShell *shell)
{
  TjdPreferencesPage *self = g_object_new (TJD_TYPE_PREFERENCES_PAGE, NULL);
  GSettings *settings = tjd_shell_get_settings (shell);

  show_choice (self->language, settings, "language", languages);
  show_choice (self->digits, settings, "digits", digits);
  self->shell = g_object_ref (shell); /* from here on choices are the person's */
  fill_lock_after (self);
  g_settings_bind (settings, "hijri", self->hijri, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notifications", self->notifications, "active",
                   G_SETTINGS_BIND_DEFAULT);
  show_address (self, FALSE);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self),
                            ADW_PREFERENCES_GROUP (tjd_accounts_group_new (shell)));
  return self;
}
