/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "embedded.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "failure.h"

/* The real services, started and ended as the desktop does. */

static char *program;

typedef struct {
  char *folder;
} Side;

static void
set_up (Side *side, gconstpointer data)
{
  side->folder = g_dir_make_tmp ("tajdid-embedded-XXXXXX", NULL);
}

static void
tear_down (Side *side, gconstpointer data)
{
  const char *const remove[] = { "rm", "-rf", side->folder, NULL };

  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (side->folder);
}

static TjdEmbedded *
must_start (const char *folder)
{
  g_autoptr (GError) error = NULL;
  TjdEmbedded *embedded = tjd_embedded_start (program, folder, TJD_EMBEDDED_PACE, NULL, &error);

  g_assert_no_error (error);
  return embedded;
}

static gboolean
answers (const TjdAddresses *addresses, TjdParty party)
{
  g_autoptr (TjdTransport) transport =
      tjd_addresses_connect (addresses, tjd_clock_system (), tjd_entropy_system (), NULL);
  g_autoptr (TjdSession) session = tjd_session_new (transport, "acc-aaaaaaaaaaaaaaaaaaaa",
                                                    tjd_clock_system (), tjd_entropy_system ());
  g_autoptr (TjdHealth) health = tjd_call_health (session, party, NULL, NULL);

  return health != NULL;
}

static void
test_restart (Side *side, gconstpointer data)
{
  g_autofree char *tokens = g_build_filename (side->folder, "tokens", NULL);

  for (guint run = 0; run < 2; run++) { /* the second goes on from the state of the first */
    g_autoptr (TjdAddresses) addresses = NULL;
    TjdEmbedded *embedded = must_start (side->folder);
    addresses = tjd_addresses_copy (tjd_embedded_get_addresses (embedded));
    for (guint party = 0; party < TJD_N_PARTIES; party++)
      g_assert_true (answers (addresses, party));
    g_assert_true (tjd_embedded_is_running (embedded));
    g_assert_true (g_file_test (tokens, G_FILE_TEST_IS_DIR));
    tjd_embedded_stop (embedded);
    g_assert_false (answers (addresses, TJD_PARTY_PORTAL));
  }
}

static gpointer
start_in_thread (gpointer folder)
{
  return must_start (folder);
}

/* A worker's thread ends, and the services do not. */
static void
test_thread_ends (Side *side, gconstpointer data)
{
  g_autoptr (TjdEmbedded) embedded =
      g_thread_join (g_thread_new ("worker", start_in_thread, side->folder));

  g_usleep (300 * 1000);
  g_assert_true (tjd_embedded_is_running (embedded));
  g_assert_true (answers (tjd_embedded_get_addresses (embedded), TJD_PARTY_BANK));
}

static void
test_refused (Side *side, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autofree char *file = g_build_filename (side->folder, "portal.db", NULL);
  g_autofree char *garbage = g_strnfill (8192, 'x');

  g_assert_null (tjd_embedded_start ("/nowhere/at/all", side->folder, 1, NULL, &error));
  g_assert_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SERVICES);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_null (tjd_embedded_start (program, side->folder, 1, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (file, garbage, 8192, NULL)); /* they give up, and say why */
  g_assert_null (tjd_embedded_start (program, side->folder, 1, NULL, &error));
  g_assert_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SERVICES);
  g_assert_nonnull (strstr (error->message, "not a database"));
}

/* The parent: starts them, says where they are, and waits to be killed. */
G_GNUC_NORETURN static void
hold (const char *folder)
{
  TjdEmbedded *embedded = must_start (folder);

  printf ("%s %s\n", tjd_embedded_get_addresses (embedded)->base[TJD_PARTY_PORTAL],
          tjd_embedded_get_addresses (embedded)->base[TJD_PARTY_BANK]);
  fflush (stdout);
  for (;;)
    g_usleep (G_USEC_PER_SEC);
}

static void
test_killed (Side *side, gconstpointer self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) parent =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, "hold", side->folder, NULL);
  g_autoptr (GDataInputStream) out =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (parent));
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_auto (GStrv) bases = g_strsplit (line, " ", 2);
  TjdAddresses addresses = { .base = {
                                 [TJD_PARTY_PORTAL] = bases[0], [TJD_PARTY_BANK] = bases[1] } };
  gboolean gone = FALSE;

  g_assert_true (answers (&addresses, TJD_PARTY_PORTAL));
  g_subprocess_force_exit (parent);
  g_subprocess_wait (parent, NULL, NULL);
  for (guint i = 0; i < 200 && !gone; i++) {
    g_usleep (50 * 1000);
    gone = !answers (&addresses, TJD_PARTY_PORTAL);
  }
  g_assert_true (gone);
}

int
main (int argc, char **argv)
{
  program = g_strdup (g_getenv ("TAJDID_SERVICES"));
  if (argc > 2 && strcmp (argv[1], "hold") == 0)
    hold (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/embedded/restart", Side, NULL, set_up, test_restart, tear_down);
  g_test_add ("/embedded/thread-ends", Side, NULL, set_up, test_thread_ends, tear_down);
  g_test_add ("/embedded/refused", Side, NULL, set_up, test_refused, tear_down);
  g_test_add ("/embedded/killed", Side, argv[0], set_up, test_killed, tear_down);
  return g_test_run ();
}
