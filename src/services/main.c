/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "keep.h"
#include "process.h"
#include "quiet.h"
#include "settings.h"

#define MAX_PACE 1000000

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* Keys and certificates anew; what cannot be read changes nothing. */
static gboolean
reload (gpointer process)
{
  g_autoptr (GError) error = NULL;

  if (!tjd_process_reload (process, &error))
    fprintf (stderr, "tajdid-services: nothing is reloaded: %s\n", error->message);
  return G_SOURCE_CONTINUE;
}

static int
serve (const TjdProcessOptions *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  TjdExit code;
  TjdProcess *process;

  g_unix_signal_add (SIGTERM, quit, loop);
  g_unix_signal_add (SIGINT, quit, loop);
  process = tjd_process_start (options, tjd_clock_system (), tjd_entropy_system (), &code, &error);
  if (process == NULL) {
    fprintf (stderr, "tajdid-services: %s\n", error->message);
    return (int) code;
  }
  g_unix_signal_add (SIGHUP, reload, process);
  g_main_loop_run (loop);
  tjd_process_stop (process);
  return TJD_EXIT_OK;
}

/* One step of a rotation; a process that runs takes it up at SIGHUP. */
static int
rotate_key (const char *state_dir, const char *party)
{
  g_autoptr (GError) error = NULL;
  gboolean turned;
  g_autoptr (TjdKey) key = tjd_keep_rotate (state_dir, party, &turned, &error);

  if (key == NULL) {
    fprintf (stderr, "tajdid-services: %s\n", error->message);
    return TJD_EXIT_STATE;
  }
  if (turned)
    printf ("The %s signs with %s from the next SIGHUP or start on.\n", party,
            tjd_key_get_thumbprint (key));
  else
    printf ("The %s will sign with %s once this is said again: let the others know it first.\n",
            party, tjd_key_get_thumbprint (key));
  return TJD_EXIT_OK;
}

static int
check_config (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdSettings) settings = tjd_settings_load (path, &error);

  if (settings == NULL) {
    fprintf (stderr, "tajdid-services: %s\n", error->message);
    return TJD_EXIT_CONFIG;
  }
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    const TjdPartySettings *party = &settings->parties[i];
    printf ("%s  listens at %s%s, is found at %s\n", tjd_party_name (i),
            party->listen != NULL ? party->listen : "a free port of 127.0.0.1",
            party->certificate != NULL ? " with TLS" : "",
            party->base != NULL ? party->base : "where it listens");
  }
  return TJD_EXIT_OK;
}

/* Thousands may be connected and idle. */
static void
allow_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit (RLIMIT_NOFILE, &limit);
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *state_dir = NULL, *port_file = NULL, *config = NULL, *rotated = NULL,
                  *checked = NULL;
  g_auto (GStrv) only = NULL;
  gboolean sandbox = FALSE, retry_parked = FALSE;
  gint64 pace = 1;
  const GOptionEntry entries[] = {
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &state_dir, "Databases, keys, tokens", "DIR" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &port_file, "Base URLs as JSON once all listen",
      "FILE" },
    { "sandbox", 0, 0, G_OPTION_ARG_NONE, &sandbox, "Invented people, courier and card printer",
      NULL },
    { "pace", 0, 0, G_OPTION_ARG_INT64, &pace, "How many times faster than life they are", "N" },
    { "only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &only, "Host this party alone (may be repeated)",
      "PARTY" },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &config, "Addresses, keys, limits", "FILE" },
    { "check-config", 0, 0, G_OPTION_ARG_FILENAME, &checked,
      "Read a configuration, say what it says", "FILE" },
    { "retry-parked", 0, 0, G_OPTION_ARG_NONE, &retry_parked,
      "Ask again what another party refused where it may not", NULL },
    { "rotate-key", 0, 0, G_OPTION_ARG_STRING, &rotated,
      "Make this party's next key; said again, turn to it", "PARTY" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", FALSE);
  g_unsetenv ("SSLKEYLOGFILE");
  g_unsetenv ("GIO_EXTRA_MODULES");
  tjd_crypto_be_quiet ();
  signal (SIGPIPE, SIG_IGN);
  allow_files ();
  g_option_context_set_summary (context, "Portal, ministry, bank and post of Tajdid.");
  g_option_context_set_description (
      context, "Exit codes: 0 stopped when asked, 2 options, 3 configuration, 4 state directory,\n"
               "5 an address cannot be listened on.\n");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    fprintf (stderr, "tajdid-services: %s\n", error->message);
    return TJD_EXIT_USAGE;
  }
  if (checked != NULL)
    return check_config (checked);
  if (rotated != NULL && tjd_party_from_name (rotated) < 0) {
    fprintf (stderr, "tajdid-services: there is no party %s\n", rotated);
    return TJD_EXIT_USAGE;
  }
  for (guint i = 0; only != NULL && only[i] != NULL; i++)
    if (tjd_party_from_name (only[i]) < 0) {
      fprintf (stderr, "tajdid-services: there is no party %s\n", only[i]);
      return TJD_EXIT_USAGE;
    }
  if (argc > 1 || state_dir == NULL || pace < 1 || pace > MAX_PACE) {
    fprintf (stderr, "tajdid-services: --state-dir is wanted, --pace is 1 to %d; see --help\n",
             MAX_PACE);
    return TJD_EXIT_USAGE;
  }
  if (rotated != NULL)
    return rotate_key (state_dir, rotated);
  return serve (&(TjdProcessOptions){ .state_dir = state_dir,
                                      .port_file = port_file,
                                      .only = (const char *const *) only,
                                      .config = config,
                                      .retry_parked = retry_parked,
                                      .sandbox = sandbox,
                                      .pace = sandbox ? pace : 0 });
}
