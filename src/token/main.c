/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "application.h"
#include "commands.h"
#include "language.h"
#include "secret.h"

/* A command comes first or among the terminal's options; without a display there is only that. */
static gboolean
is_for_the_terminal (int argc, char **argv)
{
  static const char *const windows_own[] = { "--sandbox", "--person", "--request-from-stdin",
                                             "--language", "--gapplication-service" };

  if (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL)
    return TRUE;
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (windows_own); i++)
    if (g_str_has_prefix (argv[1], windows_own[i]))
      return FALSE;
  return argc > 1;
}

/* Before the session's own. */
static void
take_language (int argc, char **argv)
{
  static const char name[] = "--language";

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--language="))
      g_setenv ("LANGUAGE", argv[i] + sizeof name, TRUE); /* no thread runs yet */
    else if (strcmp (argv[i], name) == 0 && i + 1 < argc)
      g_setenv ("LANGUAGE", argv[i + 1], TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (TjdTokenApplication) application = NULL;

  tjd_secrets_forbid_core_dumps ();
  if (is_for_the_terminal (argc, argv))
    return tjd_token_commands_run (argc, argv);
  take_language (argc, argv);
  tjd_language_start ();
  application = tjd_token_application_new (tjd_clock_system ());
  return g_application_run (G_APPLICATION (application), argc, argv);
}
