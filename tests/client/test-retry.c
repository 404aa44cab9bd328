/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "retry.h"

#include "failure.h"

typedef struct {
  TjdEntropy *entropy;
  GArray *slept; /* of guint, milliseconds */
  TjdRetry retry;
} Side;

static gboolean
note_sleep (gpointer data, guint milliseconds, GCancellable *cancellable)
{
  g_array_append_val ((GArray *) data, milliseconds);
  return !g_cancellable_is_cancelled (cancellable);
}

static void
set_up (Side *side, gconstpointer data)
{
  side->entropy = tjd_entropy_new_seeded (7);
  side->slept = g_array_new (FALSE, FALSE, sizeof (guint));
  side->retry = (TjdRetry){ side->entropy, note_sleep, side->slept };
}

static void
tear_down (Side *side, gconstpointer data)
{
  g_array_unref (side->slept);
  g_free (side->entropy);
}

static void
test_waits_grow (Side *side, gconstpointer data)
{
  static const guint whole[] = { 300, 600, 1200 };

  for (guint run = 0; run < 200; run++) {
    TjdAttempts attempts = tjd_retry_begin (&side->retry);
    g_array_set_size (side->slept, 0);
    while (tjd_retry_again (&attempts, NULL))
      ;
    g_assert_cmpuint (side->slept->len, ==, TJD_RETRY_ATTEMPTS - 1);
    for (guint i = 0; i < side->slept->len; i++) {
      g_assert_cmpuint (g_array_index (side->slept, guint, i), <=, whole[i]);
      g_assert_cmpuint (g_array_index (side->slept, guint, i), >=, whole[i] / 2);
    }
  }
}

static void
test_by_chance (Side *side, gconstpointer data)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new (NULL, NULL);

  for (guint run = 0; run < 100; run++) {
    TjdAttempts attempts = tjd_retry_begin (&side->retry);
    g_array_set_size (side->slept, 0);
    g_assert_true (tjd_retry_again (&attempts, NULL));
    g_hash_table_add (firsts, GUINT_TO_POINTER (g_array_index (side->slept, guint, 0)));
  }
  g_assert_cmpuint (g_hash_table_size (firsts), >, 40);
}

static void
test_not_for_long (Side *side, gconstpointer data)
{
  TjdAttempts attempts = tjd_retry_begin (&side->retry);

  attempts.began -= (TJD_RETRY_SECONDS + 1) * G_USEC_PER_SEC;
  g_assert_false (tjd_retry_again (&attempts, NULL));
  g_assert_cmpuint (side->slept->len, ==, 0);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (30 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (Side *side, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread;
  gint64 began;
  TjdAttempts attempts;

  side->retry.sleep = NULL; /* really */
  attempts = tjd_retry_begin (&side->retry);
  attempts.attempt = 2; /* 600 ms at least */
  began = g_get_monotonic_time ();
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (tjd_retry_again (&attempts, cancellable));
  g_assert_cmpint (g_get_monotonic_time () - began, <, 500 * 1000);
  g_thread_join (thread);
}

/* Every error that there may be has a remedy, and only what passes is tried again. */
static void
test_failures (void)
{
  for (guint code = 0; code < TJD_N_PROBLEMS; code++) {
    g_autoptr (GError) error = NULL;
    tjd_problem_set (&error, code, "x");
    g_assert_cmpint (tjd_failure_remedy (error), <=, TJD_REMEDY_NONE);
    if (tjd_failure_is_passing (error))
      g_assert_cmpint (tjd_failure_remedy (error), ==, TJD_REMEDY_RETRY);
    if (tjd_problem_row (code)->status == 503 || tjd_problem_row (code)->status == 429)
      g_assert_true (tjd_failure_is_passing (error));
    if (tjd_problem_row (code)->status == 400 || tjd_problem_row (code)->status == 403)
      g_assert_false (tjd_failure_is_passing (error));
  }
}

static void
test_no_tries (void)
{
  g_autoptr (GError) error = NULL;

  tjd_problem_set (&error, TJD_PROBLEM_SIGNING_CODE_WRONG, "x");
  tjd_problem_get_document (error)->tries_left = 1;
  g_assert_cmpint (tjd_failure_remedy (error), ==, TJD_REMEDY_CODE);
  tjd_problem_get_document (error)->tries_left = 0;
  g_assert_cmpint (tjd_failure_remedy (error), ==, TJD_REMEDY_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Side, NULL, set_up, func, tear_down)
  ADD ("/retry/waits-grow", test_waits_grow);
  ADD ("/retry/by-chance", test_by_chance);
  ADD ("/retry/not-for-long", test_not_for_long);
  ADD ("/retry/cancelled", test_cancelled);
  g_test_add_func ("/failure/remedies", test_failures);
  g_test_add_func ("/failure/no-tries", test_no_tries);
  return g_test_run ();
}
