/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journey.h"

#include <string.h>

/* The object alone: what may follow what, and what the person may do where. Whole journeys against
 * services are test-renewing.py's. */

#define LAST_STEP TJD_JOURNEY_ENDED

static const char *const table[][2] = {
  { "choosing", "quoted" },      { "quoted", "choosing" },      { "quoted", "confirmed" },
  { "confirmed", "choosing" },   { "confirmed", "ordered" },    { "confirmed", "approved" },
  { "confirmed", "billed" },     { "confirmed", "cancelling" }, { "ordered", "approved" },
  { "ordered", "cancelling" },   { "ordered", "ended" },        { "approved", "billed" },
  { "approved", "cancelling" },  { "approved", "ended" },       { "billed", "signing" },
  { "billed", "cancelling" },    { "billed", "ended" },         { "signing", "authorising" },
  { "signing", "billed" },       { "signing", "cancelling" },   { "authorising", "signing" },
  { "authorising", "in-doubt" }, { "authorising", "paid" },     { "authorising", "ended" },
  { "in-doubt", "signing" },     { "in-doubt", "paid" },        { "in-doubt", "ended" },
  { "cancelling", "ended" },     { "ended", "choosing" },
};

static gboolean
is_in_table (TjdJourneyStep from, TjdJourneyStep to)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (tjd_enum_from_nick (tjd_journey_step_get_type (), table[i][0]) == (int) from &&
        tjd_enum_from_nick (tjd_journey_step_get_type (), table[i][1]) == (int) to)
      return TRUE;
  return FALSE;
}

static void
test_table (void)
{
  guint n = 0;

  for (guint from = 0; from <= LAST_STEP; from++)
    for (guint to = 0; to <= LAST_STEP; to++) {
      g_assert_cmpint (tjd_journey_step_may_follow (from, to), ==, is_in_table (from, to));
      n += is_in_table (from, to);
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (table));
}

/* No way from where money is held, or may be, back to where one could pay again without the bank's
 * word. */
static void
test_no_second_payment (void)
{
  for (guint to = 0; to <= LAST_STEP; to++) {
    g_assert_false (tjd_journey_step_may_follow (TJD_JOURNEY_PAID, to));
    if (to == TJD_JOURNEY_CHOOSING || to == TJD_JOURNEY_BILLED || to == TJD_JOURNEY_CANCELLING ||
        to == TJD_JOURNEY_AUTHORISING)
      g_assert_false (tjd_journey_step_may_follow (TJD_JOURNEY_IN_DOUBT, to));
  }
}

static GPtrArray *
new_wishes (void)
{
  GPtrArray *wishes = g_ptr_array_new_with_free_func (g_object_unref);
  TjdWish *wish = tjd_wish_new ();

  wish->personal_id = g_strdup ("27612405934");
  wish->years = 1;
  g_ptr_array_add (wishes, wish);
  return wishes;
}

static TjdJourney *
new_journey (void)
{
  return tjd_journey_new (NULL, TJD_ROLE_PREPARER, tjd_clock_system (), tjd_entropy_system ());
}

static TjdOrder *
new_order (const char *id, TjdOrderState state, const char *request)
{
  TjdOrder *order = tjd_order_new ();

  order->id = g_strdup (id);
  order->state = state;
  order->total = 102000;
  order->payment = g_strdup ("pay-aaaaaaaaaaaaaaaaaaaa");
  order->payment_request = g_strdup (request);
  return order;
}

static void
test_acts (void)
{
  g_autoptr (TjdJourney) journey = new_journey ();
  g_autoptr (GPtrArray) wishes = new_wishes ();
  g_autoptr (TjdSecret) code = tjd_secret_new ("12345678", 8);
  g_autoptr (TjdJob) job = NULL;

  g_assert_null (tjd_journey_next (journey)); /* nothing is chosen */
  g_assert_false (tjd_journey_confirm (journey));
  g_assert_false (tjd_journey_approve (journey));
  g_assert_false (tjd_journey_give_code (journey, code));
  g_assert_false (tjd_journey_renew_number (journey));
  g_assert_false (tjd_journey_cancel (journey));
  g_assert_false (tjd_journey_retry (journey));
  g_assert_true (tjd_journey_choose (journey, wishes));
  job = tjd_journey_next (journey);
  g_assert_nonnull (job);
  g_assert_true (tjd_journey_is_busy (journey));
  g_assert_null (tjd_journey_next (journey)); /* one at a time */
  g_assert_false (tjd_journey_choose (journey, wishes));
  g_assert_cmpint (tjd_journey_get_charge (journey), ==, TJD_CHARGE_NOTHING);
}

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_failed_quote (void)
{
  g_autoptr (TjdJourney) journey = new_journey ();
  g_autoptr (GPtrArray) wishes = new_wishes ();
  g_autoptr (GError) offline =
      g_error_new_literal (TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE, "off");
  g_autoptr (TjdJob) job = NULL;
  g_autoptr (TjdJob) again = NULL;
  guint n_busy = 0, n_remedy = 0, n_step = 0;

  g_signal_connect (journey, "notify::busy", G_CALLBACK (count), &n_busy);
  g_signal_connect (journey, "notify::remedy", G_CALLBACK (count), &n_remedy);
  g_signal_connect (journey, "notify::step", G_CALLBACK (count), &n_step);
  tjd_journey_choose (journey, wishes);
  job = tjd_journey_next (journey);
  tjd_journey_apply (journey, job, offline);
  g_assert_cmpint (tjd_journey_get_step (journey), ==, TJD_JOURNEY_CHOOSING);
  g_assert_cmpint (tjd_journey_get_remedy (journey), ==, TJD_REMEDY_RETRY);
  g_assert_error (tjd_journey_get_error (journey), TJD_TRANSPORT_ERROR,
                  TJD_TRANSPORT_ERROR_OFFLINE);
  g_assert_null (tjd_journey_next (journey)); /* not by itself */
  g_assert_true (tjd_journey_retry (journey));
  g_assert_null (tjd_journey_get_error (journey));
  again = tjd_journey_next (journey);
  g_assert_nonnull (again);
  g_assert_cmpuint (n_busy, ==, 3);
  g_assert_cmpuint (n_remedy, ==, 2);
  g_assert_cmpuint (n_step, ==, 0);
}

/* Each failure of an authorisation leads where the table of them says, and money is said to have
 * moved only where that is known. */
static void
test_failed_code (void)
{
  static const struct {
    gboolean ours;
    int code;
    TjdJourneyStep step;
    TjdRemedy remedy;
  } cases[] = {
    { FALSE, TJD_PROBLEM_SIGNING_CODE_WRONG, TJD_JOURNEY_SIGNING, TJD_REMEDY_CODE },
    { FALSE, TJD_PROBLEM_NUMBER_EXPIRED, TJD_JOURNEY_SIGNING, TJD_REMEDY_NUMBER },
    { FALSE, TJD_PROBLEM_FUNDS_INSUFFICIENT, TJD_JOURNEY_SIGNING, TJD_REMEDY_NUMBER },
    { FALSE, TJD_PROBLEM_LIMIT_EXCEEDED, TJD_JOURNEY_SIGNING, TJD_REMEDY_NUMBER },
    { FALSE, TJD_PROBLEM_PAYMENT_EXPIRED, TJD_JOURNEY_ENDED, TJD_REMEDY_REVIEW },
    { FALSE, TJD_PROBLEM_PAYMENT_BLOCKED, TJD_JOURNEY_ENDED, TJD_REMEDY_NONE },
    { FALSE, TJD_PROBLEM_BUSY, TJD_JOURNEY_SIGNING, TJD_REMEDY_RETRY },
    { TRUE, TJD_CLIENT_ERROR_SESSION_ENDED, TJD_JOURNEY_SIGNING, TJD_REMEDY_SIGN_IN },
    { TRUE, TJD_CLIENT_ERROR_IN_DOUBT, TJD_JOURNEY_IN_DOUBT, TJD_REMEDY_WAIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (TjdJourney) journey = NULL;
    g_autoptr (TjdSecret) code = tjd_secret_new ("12345678", 8);
    g_autoptr (TjdJob) start = NULL;
    g_autoptr (TjdJob) job = NULL;
    g_autoptr (GError) error = NULL;

    g_ptr_array_add (orders, new_order ("ord-aaaaaaaaaaaaaaaaaaaa", TJD_ORDER_PLACED, "request"));
    journey = tjd_journey_new_from_orders (orders, NULL, TJD_ROLE_SIGNATORY, tjd_clock_system (),
                                           tjd_entropy_system ());
    g_assert_cmpint (tjd_journey_get_step (journey), ==, TJD_JOURNEY_BILLED);
    start = tjd_journey_next (journey);
    tjd_journey_apply (journey, start, NULL);
    g_assert_true (tjd_journey_give_code (journey, code));
    g_assert_cmpint (tjd_journey_get_charge (journey), ==, TJD_CHARGE_UNKNOWN);
    job = tjd_journey_next (journey);
    if (cases[i].ours)
      error = g_error_new_literal (TJD_CLIENT_ERROR, cases[i].code, "x");
    else
      tjd_problem_set (&error, cases[i].code, "x");
    tjd_journey_apply (journey, job, error);
    g_assert_cmpint (tjd_journey_get_step (journey), ==, cases[i].step);
    g_assert_cmpint (tjd_journey_get_remedy (journey), ==, cases[i].remedy);
    g_assert_cmpint (tjd_journey_get_charge (journey), ==,
                     cases[i].step == TJD_JOURNEY_IN_DOUBT ? TJD_CHARGE_UNKNOWN
                                                           : TJD_CHARGE_NOTHING);
    /* while it is not known: no other code, no other number, no cancelling */
    g_assert_cmpint (tjd_journey_give_code (journey, code), ==,
                     cases[i].step == TJD_JOURNEY_SIGNING);
    if (cases[i].step == TJD_JOURNEY_IN_DOUBT) {
      g_assert_false (tjd_journey_renew_number (journey));
      g_assert_false (tjd_journey_cancel (journey));
    }
  }
}

/* Neither that nobody can be reached nor that the session has ended makes known what became of it.
 */
static void
test_doubt_stays (void)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TjdSecret) code = tjd_secret_new ("12345678", 8);
  g_autoptr (TjdJourney) journey = NULL;
  g_autoptr (TjdJob) start = NULL;
  g_autoptr (TjdJob) last = NULL;
  GError *errors[] = {
    g_error_new_literal (TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_IN_DOUBT, "x"),
    g_error_new_literal (TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE, "x"),
    g_error_new_literal (TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_UNTRUSTED, "x"),
    g_error_new_literal (TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SESSION_ENDED, "x"),
    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x"),
  };

  g_ptr_array_add (orders, new_order ("ord-aaaaaaaaaaaaaaaaaaaa", TJD_ORDER_PLACED, "request"));
  journey = tjd_journey_new_from_orders (orders, NULL, TJD_ROLE_SIGNATORY, tjd_clock_system (),
                                         tjd_entropy_system ());
  start = tjd_journey_next (journey);
  tjd_journey_apply (journey, start, NULL);
  g_assert_true (tjd_journey_give_code (journey, code));
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++) {
    g_autoptr (TjdJob) job = tjd_journey_next (journey);
    g_assert_nonnull (job);
    tjd_journey_apply (journey, job, errors[i]);
    g_assert_cmpint (tjd_journey_get_step (journey), ==, TJD_JOURNEY_IN_DOUBT);
    g_assert_cmpint (tjd_journey_get_charge (journey), ==, TJD_CHARGE_UNKNOWN);
    g_assert_false (tjd_journey_give_code (journey, code));
    g_assert_true (tjd_journey_retry (journey));
    g_error_free (errors[i]);
  }
  last = tjd_journey_next (journey);
  tjd_journey_apply (journey, last, NULL);
  g_assert_cmpint (tjd_journey_get_step (journey), ==, TJD_JOURNEY_PAID);
}

static void
test_from_orders (void)
{
  static const struct {
    const char *renewer;
    guint n;
    TjdOrderState state;
    const char *request;
    TjdJourneyStep step;
  } cases[] = {
    { NULL, 1, TJD_ORDER_PLACED, "request", TJD_JOURNEY_BILLED },
    { NULL, 2, TJD_ORDER_PLACED, "request", TJD_JOURNEY_APPROVED },
    { "01005700", 1, TJD_ORDER_PLACED, NULL, TJD_JOURNEY_ORDERED },
    { "01005700", 2, TJD_ORDER_APPROVED, NULL, TJD_JOURNEY_APPROVED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (TjdJourney) journey = NULL;

    for (guint n = 0; n < cases[i].n; n++)
      g_ptr_array_add (orders,
                       new_order (n == 0 ? "ord-aaaaaaaaaaaaaaaaaaaa" : "ord-bbbbbbbbbbbbbbbbbbbb",
                                  cases[i].state, cases[i].request));
    journey = tjd_journey_new_from_orders (orders, cases[i].renewer, TJD_ROLE_SIGNATORY,
                                           tjd_clock_system (), tjd_entropy_system ());
    g_assert_cmpint (tjd_journey_get_step (journey), ==, cases[i].step);
    g_assert_cmpint (tjd_journey_get_total (journey), ==, 102000 * cases[i].n);
  }
}

/* Who prepares sees the orders placed, and can go no further. */
static void
test_preparer (void)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TjdJourney) journey = NULL;

  g_ptr_array_add (orders, new_order ("ord-aaaaaaaaaaaaaaaaaaaa", TJD_ORDER_PLACED, NULL));
  journey = tjd_journey_new_from_orders (orders, "01005700", TJD_ROLE_PREPARER, tjd_clock_system (),
                                         tjd_entropy_system ());
  g_assert_false (tjd_journey_approve (journey));
  g_assert_null (tjd_journey_next (journey));
  g_assert_true (tjd_journey_cancel (journey));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/table", test_table);
  g_test_add_func ("/journey/no-second-payment", test_no_second_payment);
  g_test_add_func ("/journey/acts", test_acts);
  g_test_add_func ("/journey/failed-quote", test_failed_quote);
  g_test_add_func ("/journey/failed-code", test_failed_code);
  g_test_add_func ("/journey/doubt-stays", test_doubt_stays);
  g_test_add_func ("/journey/from-orders", test_from_orders);
  g_test_add_func ("/journey/preparer", test_preparer);
  return g_test_run ();
}
