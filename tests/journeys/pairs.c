/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "base64url.h"
#include "problem.h"
#include "sign-in.h"
#include "transport.h"

/* pairs PORTAL IDS PAIRS: signing in with a wrong code, by turns for the personal IDs of the odd
 * and of the even lines of IDS, as they come. Prints the medians of both in microseconds: a
 * person's and nobody's should be the same. */

static gint64
try_once (TjdTransport *transport, TjdKey *key, const char *personal_id)
{
  g_autoptr (TjdChallenge) challenge = tjd_challenge_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdRecord) reply = NULL;
  gint64 began;

  challenge->client_id = g_strdup (TJD_CLIENT_ID);
  challenge->personal_id = g_strdup (personal_id);
  challenge->code = g_strdup_printf ("%06u", g_random_int_range (0, 1000000));
  challenge->code_challenge = tjd_sha256_base64url ("v", 1);
  challenge->code_challenge_method = g_strdup ("S256");
  began = g_get_monotonic_time ();
  if (tjd_transport_call (transport, &(TjdCaller){ key, NULL, FALSE, 0 }, TJD_PORTAL_CHALLENGE,
                          &(TjdArguments){ .request = challenge }, (gpointer *) &reply, NULL,
                          &error) ||
      !(g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_CODE_WRONG) ||
        g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_SIGN_IN_BLOCKED)))
    g_error ("%s: %s", personal_id, error != NULL ? error->message : "it is let in");
  return g_get_monotonic_time () - began;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return (left > right) - (left < right);
}

static gint64
median (GArray *times)
{
  g_array_sort (times, compare);
  return g_array_index (times, gint64, times->len / 2);
}

int
main (int argc, char **argv)
{
  g_autoptr (TjdTransport) transport =
      tjd_transport_new (tjd_clock_system (), tjd_entropy_system ());
  g_autoptr (TjdKey) key = tjd_key_new_generated ();
  g_autoptr (GArray) odd = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) even = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *text = NULL;
  g_auto (GStrv) ids = NULL;
  guint n_ids;

  g_assert_cmpint (argc, ==, 4);
  tjd_transport_set_base (transport, TJD_PARTY_PORTAL, argv[1]);
  g_assert_true (g_file_get_contents (argv[2], &text, NULL, NULL));
  ids = g_strsplit (g_strchomp (text), "\n", -1);
  n_ids = g_strv_length (ids);
  for (gint64 i = 0; i < g_ascii_strtoll (argv[3], NULL, 10); i++) {
    guint at = (guint) (2 * i) % n_ids;
    gboolean turned = i % 2 != 0; /* who comes first changes, too */
    gint64 first = try_once (transport, key, ids[at + turned]);
    gint64 second = try_once (transport, key, ids[at + !turned]);
    gint64 persons = turned ? second : first, nobodys = turned ? first : second;
    g_array_append_val (odd, persons);
    g_array_append_val (even, nobodys);
  }
  printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", median (odd), median (even));
  return 0;
}
