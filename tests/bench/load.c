/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "person.h"
#include "wire.h"

/* load STATE_DIR PORT_FILE [RATE]: everyone with a token signs in and renews each of their permits,
 * one order a permit, until the bank has captured. At most RATE renewals are begun a second. Prints
 * how many there were, the seconds, and the 99th percentile of all calls in ms. */

#define N_THREADS 24

static gint64 interval; /* microseconds from one to the next; 0: as fast as it goes */

/* Each renewal has its moment, whoever comes for it. */
static void
wait_for_turn (void)
{
  static gsize begun;
  static gint turns;
  gint64 due;

  if (interval == 0)
    return;
  if (g_once_init_enter (&begun))
    g_once_init_leave (&begun, (gsize) g_get_monotonic_time ());
  due = (gint64) begun + g_atomic_int_add (&turns, 1) * interval;
  if (due > g_get_monotonic_time ())
    g_usleep ((gulong) (due - g_get_monotonic_time ()));
}

static TjdOrder *
place (Person *person, TjdPermit *permit)
{
  g_autoptr (TjdQuotationRequest) wishes = tjd_quotation_request_new ();
  g_autoptr (TjdOrderRequest) request = tjd_order_request_new ();
  g_autoptr (TjdQuotation) quotation = NULL;
  TjdWish *wish = tjd_wish_new ();

  wish->personal_id = g_strdup (permit->personal_id);
  wish->years = 1;
  g_ptr_array_add (wishes->permits, wish);
  quotation = person_call (person, TJD_PORTAL_QUOTE, NULL, wishes);
  request->quotation = g_strdup (quotation->id);
  return person_call (person, TJD_PORTAL_PLACE_ORDER, NULL, request);
}

static void
renew_all (gpointer data, gpointer unused)
{
  Person *person = data;
  g_autoptr (TjdPermits) permits = person_call (person, TJD_PORTAL_PERMITS, NULL, NULL);

  person->first = g_get_monotonic_time ();
  for (guint i = 0; i < permits->permits->len; i++) {
    g_autoptr (TjdOrder) order = NULL;
    wait_for_turn ();
    order = place (person, permits->permits->pdata[i]);
    person_pay (person, order->payment_request);
    g_ptr_array_add (person->orders, g_strdup (order->id));
  }
  for (guint i = 0; i < person->orders->len; i++)
    person_wait_for_capture (person, person->orders->pdata[i]);
  person->last = g_get_monotonic_time ();
}

static GPtrArray *
load_people (const char *state)
{
  g_autofree char *directory = g_build_filename (state, "tokens", NULL);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  GPtrArray *people = g_ptr_array_new_with_free_func (person_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (people, person_new (directory, name));
  return people;
}

static void
report (GPtrArray *people)
{
  gint64 first = G_MAXINT64, last = 0;
  guint n = 0;

  for (guint i = 0; i < people->len; i++) {
    Person *person = people->pdata[i];
    first = MIN (first, person->first);
    last = MAX (last, person->last);
    n += person->orders->len;
  }
  printf ("%u %.3f %.1f\n", n, (double) (last - first) / G_USEC_PER_SEC,
          (double) person_get_p99 () / 1000);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) people = NULL;
  GThreadPool *pool;

  g_assert_true (argc == 3 || argc == 4);
  if (argc == 4)
    interval = (gint64) (G_USEC_PER_SEC / g_ascii_strtod (argv[3], NULL));
  wire_set_bases (argv[2]);
  people = load_people (argv[1]);
  for (guint i = 0; i < people->len; i++)
    person_sign_in (people->pdata[i]);
  pool = g_thread_pool_new (renew_all, NULL, N_THREADS, TRUE, NULL);
  for (guint i = 0; i < people->len; i++)
    g_thread_pool_push (pool, people->pdata[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  report (people);
  return 0;
}
