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

int
main (int argc, char **argv)
{
  g_autoptr (TjdTokenApplication) application = NULL;

  tjd_secrets_forbid_core_dumps ();
  if (is_for_the_terminal (argc, argv))
    return tjd_token_commands_run (argc, argv);
  tjd_token_language_start (argc, argv);
  application = tjd_token_application_new (tjd_clock_system ());
  return g_application_run (G_APPLICATION (application), argc, argv);
}
