/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application.h"

#include <glib/gi18n-lib.h>

#include "about.h"
#include "compat.h"
#include "diagnostics.h"
#include "preferences.h"
#include "program.h"
#include "shell.h"
#include "watch.h"
#include "window.h"

struct _TjdApplication {
  AdwApplication parent;
  char *addresses_file, *services_program;
  GSettings *settings;
  TjdShell *shell;
  TjdWatch *watch;
};

G_DEFINE_FINAL_TYPE (TjdApplication, tjd_application, ADW_TYPE_APPLICATION)

static const struct {
  const char *action;
  const char *const keys[3];
} accelerators[] = {
  { "win.search", { "<Control>f" } },
  { "win.refresh", { "<Control>r", "F5" } },
  { "win.print", { "<Control>p" } },
  { "win.back", { "<Alt>Left" } },
  { "win.close", { "<Control>w" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q" } },
};

static GtkWindow *
window_of (TjdApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *link = windows; link != NULL; link = link->next)
    if (TJD_IS_WINDOW (link->data))
      return link->data;
  return NULL;
}

/* One of each kind: shown again, it is raised. */
static GtkWindow *
find_window (TjdApplication *self, GType type)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *link = windows; link != NULL; link = link->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type))
      return link->data;
  return NULL;
}

static void
present (TjdApplication *self, GtkWindow *window)
{
  gtk_window_set_transient_for (window, window_of (self));
  gtk_window_set_application (window, GTK_APPLICATION (self));
  gtk_window_present (window);
}

static void
show_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TjdApplication *self = data;
  GtkWindow *window = find_window (self, TJD_TYPE_PREFERENCES);

  present (self, window != NULL ? window : GTK_WINDOW (tjd_preferences_new (self->shell)));
}

static void
show_diagnostics (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TjdApplication *self = data;
  GtkWindow *window = find_window (self, TJD_TYPE_DIAGNOSTICS);

  present (self, window != NULL ? window : GTK_WINDOW (tjd_diagnostics_new (self->shell)));
}

static void
show_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present (data, tjd_shortcuts_new ());
}

static void
show_help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present (data, tjd_help_new ());
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present (data, tjd_about_new ());
}

static void
sign_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tjd_shell_sign_out (TJD_APPLICATION (data)->shell);
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (data);
}

static const GActionEntry actions[] = {
  { "preferences", show_preferences, NULL, NULL, NULL, { 0 } },
  { "diagnostics", show_diagnostics, NULL, NULL, NULL, { 0 } },
  { "shortcuts", show_shortcuts, NULL, NULL, NULL, { 0 } },
  { "help", show_help, NULL, NULL, NULL, { 0 } },
  { "about", show_about, NULL, NULL, NULL, { 0 } },
  { "sign-out", sign_out, NULL, NULL, NULL, { 0 } },
  { "quit", quit, NULL, NULL, NULL, { 0 } },
};

static void
follow_state (TjdApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "sign-out");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               tjd_shell_get_state (self->shell) == TJD_SHELL_SIGNED_IN);
}

static void
tjd_application_startup (GApplication *application)
{
  TjdApplication *self = TJD_APPLICATION (application);
  g_autofree char *beside =
      self->services_program == NULL ? tjd_program_find ("tajdid-services") : NULL;

  G_APPLICATION_CLASS (tjd_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           accelerators[i].keys);
  self->settings = g_settings_new (TJD_APPLICATION_ID);
  self->shell = tjd_shell_new (self->settings, self->addresses_file,
                               self->services_program != NULL ? self->services_program : beside);
  self->watch = tjd_watch_new (G_APPLICATION (self), self->shell);
  g_signal_connect_object (self->shell, "notify::state", G_CALLBACK (follow_state), self,
                           G_CONNECT_SWAPPED);
  follow_state (self);
}

static void
tjd_application_activate (GApplication *application)
{
  TjdApplication *self = TJD_APPLICATION (application);
  GtkWindow *window = window_of (self);

  if (window == NULL)
    window = GTK_WINDOW (tjd_window_new (GTK_APPLICATION (self), self->shell));
  gtk_window_present (window);
  if (tjd_shell_get_session (self->shell) == NULL)
    tjd_shell_open (self->shell);
}

static void
tjd_application_finalize (GObject *object)
{
  TjdApplication *self = TJD_APPLICATION (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->shell);
  g_clear_object (&self->settings);
  g_free (self->addresses_file);
  g_free (self->services_program);
  G_OBJECT_CLASS (tjd_application_parent_class)->finalize (object);
}

static int
tjd_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  TjdApplication *self = TJD_APPLICATION (application);

  if (g_variant_dict_contains (options, "version")) {
    g_print ("Tajdid %s\n", TJD_VERSION);
    return 0;
  }
  g_variant_dict_lookup (options, "addresses", "^ay", &self->addresses_file);
  g_variant_dict_lookup (options, "services", "^ay", &self->services_program);
  return -1;
}

static void
tjd_application_class_init (TjdApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tjd_application_finalize;
  application_class->startup = tjd_application_startup;
  application_class->activate = tjd_application_activate;
  application_class->handle_local_options = tjd_application_handle_local_options;
}

static void
tjd_application_init (TjdApplication *self)
{
  const GOptionEntry entries[] = {
    { "addresses", 0, 0, G_OPTION_ARG_FILENAME, NULL, _ ("Where the services are: a file"),
      _ ("FILE") },
    { "services", 0, 0, G_OPTION_ARG_FILENAME, NULL, _ ("The program that serves the sandbox"),
      _ ("PROGRAM") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _ ("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

TjdApplication *
tjd_application_new (void)
{
  return g_object_new (TJD_TYPE_APPLICATION, "application-id", TJD_APPLICATION_ID,
                       "resource-base-path", "/app/tajdid/Tajdid", NULL);
}
