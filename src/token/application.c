/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application.h"

#include <glib/gi18n-lib.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#include "language.h"
#include "window.h"

#define MAX_BYTES 4096

struct _TjdTokenApplication {
  AdwApplication parent;
  const TjdClock *clock;
};

G_DEFINE_FINAL_TYPE (TjdTokenApplication, tjd_token_application, ADW_TYPE_APPLICATION)

static const GOptionEntry entries[] = {
  { "sandbox", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Offer the tokens of a sandbox"), "FOLDER" },
  { "person", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Choose this person’s token"), "ID" },
  { "request-from-stdin", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Show the signing request that comes on standard input"), NULL },
  { "language", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The window’s language"), "en|ar" },
  { NULL },
};

static TjdTokenWindow *
get_window (TjdTokenApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GtkBuilder) builder = NULL;

  while (window != NULL && !TJD_IS_TOKEN_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window != NULL)
    return TJD_TOKEN_WINDOW (window);
  builder = gtk_builder_new_from_resource (TJD_RESOURCES "shortcuts.ui");
  window = GTK_WINDOW (tjd_token_window_new (GTK_APPLICATION (self), self->clock));
  gtk_application_window_set_help_overlay (
      GTK_APPLICATION_WINDOW (window),
      GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  return TJD_TOKEN_WINDOW (window);
}

static char *
find_tokens (const char *sandbox)
{
  g_autofree char *inner = NULL;

  if (sandbox == NULL)
    return g_strdup (g_getenv ("TAJDID_SANDBOX_TOKENS"));
  inner = g_build_filename (sandbox, "tokens", NULL);
  return g_file_test (inner, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&inner) : g_strdup (sandbox);
}

static int
on_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  TjdTokenWindow *window = get_window (TJD_TOKEN_APPLICATION (application));
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char *sandbox = NULL, *person = NULL, *request = NULL;
  g_autofree char *tokens = NULL;

  g_variant_dict_lookup (options, "sandbox", "^&ay", &sandbox);
  g_variant_dict_lookup (options, "person", "&s", &person);
  g_variant_dict_lookup (options, "request", "^&ay", &request);
  tokens = find_tokens (sandbox);
  if (tokens != NULL)
    tjd_token_window_set_sandbox (window, tokens);
  if (person != NULL)
    tjd_token_window_want (window, person);
  if (request != NULL)
    tjd_token_window_bring (window, request, strlen (request));
  tjd_token_window_load (window);
  gtk_window_present (GTK_WINDOW (window));
  return 0;
}

/* In the process that was started: its standard input is at hand. What is too long for a request is
 * cut, and then is none. */
static int
on_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GInputStream) input = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_variant_dict_contains (options, "request-from-stdin"))
    return -1;
  text = g_malloc0 (MAX_BYTES + 1);
  input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_input_stream_read_all (input, text, MAX_BYTES, &length, NULL, NULL);
  g_variant_dict_insert (options, "request", "^ay", text);
  return -1;
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GtkWindow *window;

  while ((window = gtk_application_get_active_window (GTK_APPLICATION (application))) != NULL)
    gtk_window_destroy (window);
}

static void
on_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = quit } };

  G_APPLICATION_CLASS (tjd_token_application_parent_class)->startup (application);
  tjd_language_use (tjd_language_of_session ());
  gtk_window_set_default_icon_name ("app.tajdid.Token");
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit",
                                         (const char *const[]){ "<Control>q", NULL });
}

static void
tjd_token_application_class_init (TjdTokenApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  application_class->startup = on_startup;
  application_class->command_line = on_command_line;
  application_class->handle_local_options = on_local_options;
}

static void
tjd_token_application_init (TjdTokenApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

TjdTokenApplication *
tjd_token_application_new (const TjdClock *clock)
{
  TjdTokenApplication *self = g_object_new (
      TJD_TYPE_TOKEN_APPLICATION, "application-id", "app.tajdid.Token", "flags",
      G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path", "/app/tajdid/Token", NULL);

  self->clock = clock;
  return self;
}
