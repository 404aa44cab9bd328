/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ministry/reviews.h"

#include <string.h>

#include "identifiers.h"
#include "office.h"
#include "order.h"

/* FACTS, "Refusal reasons seen in the field": each is reached, when it is quoted and when it is
 * carried out; and what the staff's decisions change about it. */

#define QID "29035609999"
#define NOW "2026-11-24T08:00:00Z"
#define DUE "2026-12-01"
#define FINED "2026-08-16" /* 100 riyals */

static void
open_office (Office *office, gconstpointer data)
{
  office_open (office, NOW);
}

static void
close_office (Office *office, gconstpointer data)
{
  office_close (office);
}

/* "fee", or the reason for refusing. */
static char *
quoted (Office *office, char **quote)
{
  g_autoptr (TjdQuotes) quotes = office_quote (office, QID, 1, FALSE);

  if (quotes->quotes->len == 1) {
    *quote = g_strdup (((TjdQuote *) quotes->quotes->pdata[0])->id);
    return g_strdup ("quoted");
  }
  return g_strdup (tjd_enum_to_nick (tjd_reason_get_type (),
                                     (int) ((TjdRefusal *) quotes->refusals->pdata[0])->reason));
}

static TjdExecution *
execute (Office *office, const char *quote, GError **error)
{
  g_autoptr (TjdExecutionRequest) request = tjd_execution_request_new ();

  request->order = tjd_id_new (office->host.entropy, "ord");
  request->renewer = g_strdup (RENEWER);
  g_ptr_array_add (request->quotes, g_strdup (quote));
  return office_call (office, tjd_ministry_execute, TJD_MINISTRY_EXECUTE,
                      &(TjdCall){ .request = request }, error);
}

/* "executed", or the reason for refusing. */
static char *
executed (Office *office, const char *quote)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdExecution) execution = execute (office, quote, &error);
  TjdExecuted *one;

  g_assert_no_error (error);
  one = execution->items->pdata[0];
  g_assert_cmpint (one->outcome == TJD_OUTCOME_REFUSED, ==, (int) one->reason >= 0);
  g_assert_cmpint (one->fee > 0, ==, one->outcome == TJD_OUTCOME_EXECUTED);
  return g_strdup ((int) one->reason >= 0
                       ? tjd_enum_to_nick (tjd_reason_get_type (), (int) one->reason)
                       : "executed");
}

/* --- reasons --- */

static const char *const hindrances[] = {
  "holder-abroad",   "establishment-invalid", "passport-changed", "cancelled",
  "medical-missing", "insurance-missing",     "manual-review",
};

static void
test_hindrances (Office *office, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (hindrances); i++) {
    g_autofree char *quote = NULL, *at_first = NULL, *then = NULL, *late = NULL, *sql = NULL;
    g_test_message ("%s", hindrances[i]);
    office_add_permit (office, QID, "work", DUE, hindrances[i]);
    at_first = quoted (office, &quote);
    g_assert_cmpstr (at_first, ==, hindrances[i]);
    office_add_permit (office, QID, "work", DUE, NULL);
    then = quoted (office, &quote);
    g_assert_cmpstr (then, ==, "quoted");
    office_add_permit (office, QID, "work", DUE, hindrances[i]); /* between quote and execution */
    late = executed (office, quote);
    g_assert_cmpstr (late, ==, hindrances[i]);
    office_add_permit (office, QID, "work", DUE, NULL);
    sql = g_strdup_printf ("UPDATE permits SET late_hindrance = '%s' WHERE personal_id = '" QID "'",
                           hindrances[i]);
    g_free (quote);
    g_free (then);
    g_free (late);
    office_exec (office, sql); /* met only when it is carried out */
    then = quoted (office, &quote);
    late = executed (office, quote);
    g_assert_cmpstr (late, ==, hindrances[i]);
  }
}

static void
test_not_found (Office *office, gconstpointer data)
{
  g_autofree char *quote = NULL, *says = NULL, *late = NULL;

  says = quoted (office, &quote);
  g_assert_cmpstr (says, ==, "not-found");
  g_free (says);
  office_add_permit (office, QID, "work", DUE, NULL);
  says = quoted (office, &quote);
  g_assert_cmpstr (says, ==, "quoted");
  office_exec (office, "UPDATE permits SET renewer = '27612405934' WHERE personal_id = '" QID "'");
  late = executed (office, quote); /* it went to another renewer meanwhile */
  g_assert_cmpstr (late, ==, "not-found");
}

static void
test_too_early_and_years (Office *office, gconstpointer data)
{
  g_autofree char *quote = NULL, *early = NULL, *years = NULL;

  office_add_permit (office, QID, "work", "2027-02-25", NULL);
  early = quoted (office, &quote);
  g_assert_cmpstr (early, ==, "too-early");
  office_add_permit (office, QID, "investor", DUE, NULL);
  years = quoted (office, &quote);
  g_assert_cmpstr (years, ==, "years-not-offered");
}

/* Quoted twice, carried out once; and a quote is honoured for a week. */
static void
test_in_another_order_and_too_late (Office *office, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_autofree char *a = NULL, *b = NULL, *c = NULL, *x = NULL, *y = NULL, *z = NULL;

  office_add_permit (office, QID, "work", DUE, NULL);
  a = quoted (office, &first);
  b = quoted (office, &second);
  x = executed (office, first);
  g_assert_cmpstr (x, ==, "executed");
  y = executed (office, second);
  g_assert_cmpstr (y, ==, "in-another-order");
  office_add_permit (office, QID, "work", DUE, NULL);
  c = quoted (office, &third);
  office_set_clock (office, "2026-12-01T08:30:00Z");
  z = executed (office, third);
  g_assert_cmpstr (z, ==, "manual-review");
}

static void
test_foreign_quote (Office *office, gconstpointer data)
{
  g_autofree char *quote = NULL, *says = NULL, *done = NULL;
  g_autoptr (GError) error = NULL, used = NULL;

  g_assert_null (execute (office, "quo-aaaaaaaaaaaaaaaaaaaa", &error));
  g_assert_error (error, TJD_PROBLEM, TJD_PROBLEM_EXECUTION_REFUSED);
  office_add_permit (office, QID, "work", DUE, NULL);
  says = quoted (office, &quote);
  done = executed (office, quote);
  g_assert_null (execute (office, quote, &used)); /* another order's */
  g_assert_error (used, TJD_PROBLEM, TJD_PROBLEM_EXECUTION_REFUSED);
}

/* --- reviews --- */

static TjdReview *
ask_as (Office *office, const char *renewer, TjdTxnHandler handler, GError **error)
{
  g_autoptr (TjdReviewFiling) filing = tjd_review_filing_new ();
  TjdCall call = { .request = filing };

  filing->renewer = g_strdup (renewer);
  filing->asked_by = g_strdup (renewer);
  filing->personal_id = g_strdup (QID);
  filing->reason = g_strdup ("I was in hospital");
  call.principal.kind = TJD_PRINCIPAL_PARTY;
  return office_call (office, handler, TJD_MINISTRY_ASK_REVIEW, &call, error);
}

static TjdReview *
ask (Office *office, TjdTxnHandler handler)
{
  g_autoptr (GError) error = NULL;
  TjdReview *review = ask_as (office, RENEWER, handler, &error);

  g_assert_no_error (error);
  g_assert_cmpint (review->state, ==, TJD_REVIEW_OPEN);
  g_assert_cmpstr (review->personal_id, ==, QID);
  return review;
}

/* form: "state=granted&note_en=Yes&note_ar=…" */
static TjdReview *
decide (Office *office, TjdReview *review, const char *form, GError **error)
{
  g_autoptr (GError) odd = NULL;
  g_autoptr (TjdDecision) decision =
      tjd_record_from_form (tjd_decision_get_type (), form, TJD_READ_STRICT, &odd);
  TjdCall call = { .request = decision, .parameter = review->id };

  g_assert_no_error (odd);
  call.principal = (TjdPrincipal){ .kind = TJD_PRINCIPAL_OPERATOR, .name = (char *) "Noura" };
  return office_call (office, tjd_reviews_decide, TJD_MINISTRY_DECIDE, &call, error);
}

static void
decide_well (Office *office, TjdReview *review, const char *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdReview) decided = decide (office, review, form, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (decided->decided_by, ==, "Noura");
  g_assert_cmpint (decided->decided_at, ==, tjd_clock_now (office->clock));
}

#define GRANTED "state=granted&note_en=Yes&note_ar=%D9%86%D8%B9%D9%85"
#define REFUSED "state=refused&note_en=Come+in+person&note_ar=%D9%84%D8%A7"

/* It lifts the hindrance for the next renewal, and that alone. */
static void
test_granted (Office *office, gconstpointer data)
{
  g_autoptr (TjdReview) earlier = NULL, review = NULL, again = NULL, next = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *quote = NULL, *second = NULL, *open = NULL, *says = NULL, *late = NULL;
  g_autofree char *afterwards = NULL;

  office_add_permit (office, QID, "work", DUE, "manual-review");
  earlier = ask (office, tjd_reviews_ask);
  decide_well (office, earlier, REFUSED); /* what was said before what was granted is over */
  review = ask (office, tjd_reviews_ask);
  again = ask (office, tjd_reviews_ask);
  g_assert_cmpstr (again->id, ==, review->id); /* asking twice asks once */
  open = quoted (office, &quote);
  g_assert_cmpstr (open, ==, "manual-review");
  decide_well (office, review, GRANTED);
  says = quoted (office, &quote);
  g_assert_cmpstr (says, ==, "quoted");
  g_assert_null (ask_as (office, RENEWER, tjd_reviews_ask, &error));
  g_assert_error (error, TJD_PROBLEM, TJD_PROBLEM_NOTHING_TO_DECIDE); /* nothing hinders now */
  late = executed (office, quote);
  g_assert_cmpstr (late, ==, "executed");
  office_exec (office, "UPDATE permits SET expires_on = '" DUE "' WHERE personal_id = '" QID "'");
  afterwards = quoted (office, &second);
  g_assert_cmpstr (afterwards, ==, "manual-review");
  next = ask (office, tjd_reviews_ask);
  g_assert_cmpstr (next->id, !=, review->id);
}

/* What is refused when it is carried out can be reviewed as well. */
static void
test_granted_late (Office *office, gconstpointer data)
{
  g_autoptr (TjdReview) review = NULL;
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *a = NULL, *b = NULL, *c = NULL;
  g_autofree char *before = NULL, *after = NULL, *other = NULL;

  office_add_permit (office, QID, "work", DUE, NULL);
  office_exec (office, "UPDATE permits SET late_hindrance = 'manual-review'"
                       " WHERE personal_id = '" QID "'");
  a = quoted (office, &first);
  b = quoted (office, &second);
  c = quoted (office, &third);
  before = executed (office, first);
  g_assert_cmpstr (before, ==, "manual-review");
  review = ask (office, tjd_reviews_ask);
  decide_well (office, review, GRANTED);
  office_exec (office, "UPDATE permits SET hindrance = 'cancelled' WHERE personal_id = '" QID "'");
  other = executed (office, second); /* it lifts no other hindrance */
  g_assert_cmpstr (other, ==, "cancelled");
  office_exec (office, "UPDATE permits SET hindrance = NULL WHERE personal_id = '" QID "'");
  after = executed (office, third);
  g_assert_cmpstr (after, ==, "executed");
}

static void
test_refused (Office *office, gconstpointer data)
{
  g_autoptr (TjdReview) review = NULL, again = NULL;
  g_autoptr (TjdQuotes) quotes = NULL, once_more = NULL;
  TjdRefusal *refusal;

  office_add_permit (office, QID, "work", DUE, "manual-review");
  review = ask (office, tjd_reviews_ask);
  decide_well (office, review, REFUSED);
  quotes = office_quote (office, QID, 1, FALSE);
  refusal = quotes->refusals->pdata[0];
  g_assert_cmpint (refusal->reason, ==, TJD_REASON_REVIEW_REFUSED);
  g_assert_cmpstr (refusal->note_en, ==, "Come in person");
  g_assert_cmpstr (refusal->note_ar, ==, "لا");
  again = ask (office, tjd_reviews_ask); /* with something new to say */
  once_more = office_quote (office, QID, 1, FALSE);
  g_assert_cmpint (((TjdRefusal *) once_more->refusals->pdata[0])->reason, ==,
                   TJD_REASON_MANUAL_REVIEW);
}

static void
test_asking_for_nothing (Office *office, gconstpointer data)
{
  g_autoptr (GError) none = NULL, other = NULL, fine = NULL, theirs = NULL;
  g_autoptr (TjdReview) review = NULL;

  g_assert_null (ask_as (office, RENEWER, tjd_reviews_ask, &none));
  g_assert_error (none, TJD_PROBLEM, TJD_PROBLEM_NOT_FOUND);
  office_add_permit (office, QID, "work", DUE, "holder-abroad");
  g_assert_null (ask_as (office, RENEWER, tjd_reviews_ask, &other));
  g_assert_error (other, TJD_PROBLEM, TJD_PROBLEM_NOTHING_TO_DECIDE);
  g_assert_null (ask_as (office, RENEWER, tjd_reviews_ask_reduction, &fine));
  g_assert_error (fine, TJD_PROBLEM, TJD_PROBLEM_NOTHING_TO_DECIDE);
  office_add_permit (office, QID, "work", DUE, "manual-review");
  review = ask (office, tjd_reviews_ask);
  g_assert_null (ask_as (office, QID, tjd_reviews_ask, &theirs)); /* the holder, meanwhile */
  g_assert_error (theirs, TJD_PROBLEM, TJD_PROBLEM_NOTHING_TO_DECIDE);
}

static void
expect_odd (Office *office, TjdReview *review, const char *form, const char *pointer)
{
  g_autoptr (GError) error = NULL;
  TjdFault *fault;

  g_assert_null (decide (office, review, form, &error));
  g_assert_error (error, TJD_PROBLEM, TJD_PROBLEM_INVALID);
  fault = tjd_problem_get_document (error)->errors->pdata[0];
  g_assert_cmpstr (fault->pointer, ==, pointer);
}

static void
test_odd_decisions (Office *office, gconstpointer data)
{
  g_autoptr (TjdReview) review = NULL, reduction = NULL, missing = tjd_review_new ();
  g_autoptr (GError) twice = NULL, none = NULL;

  office_add_permit (office, QID, "work", FINED, "manual-review");
  review = ask (office, tjd_reviews_ask);
  reduction = ask (office, tjd_reviews_ask_reduction);
  expect_odd (office, review, "state=open&note_en=a&note_ar=b", "#/state");
  expect_odd (office, review, GRANTED "&fine=0", "#/fine");
  expect_odd (office, review, GRANTED "&valid_until=2026-12-31", "#/valid_until");
  expect_odd (office, reduction, GRANTED "&valid_until=2026-12-31", "#/fine");
  expect_odd (office, reduction, GRANTED "&fine=0", "#/valid_until");
  expect_odd (office, reduction, GRANTED "&fine=0&valid_until=2026-11-23", "#/valid_until");
  expect_odd (office, reduction, REFUSED "&fine=0", "#/fine");
  decide_well (office, review, REFUSED);
  g_assert_null (decide (office, review, GRANTED, &twice));
  g_assert_error (twice, TJD_PROBLEM, TJD_PROBLEM_DECIDED);
  missing->id = g_strdup ("rev-aaaaaaaaaaaaaaaaaaaa");
  g_assert_null (decide (office, missing, GRANTED, &none));
  g_assert_error (none, TJD_PROBLEM, TJD_PROBLEM_NOT_FOUND);
}

/* --- fines --- */

static void
expect_total (Office *office, gint64 riyals, gint64 reduction)
{
  g_autoptr (TjdQuotes) quotes = office_quote (office, QID, 1, FALSE);
  TjdQuote *quote = quotes->quotes->pdata[0];
  TjdMoney reduced = 0;

  for (guint i = 0; i < quote->lines->len; i++) {
    TjdLine *line = quote->lines->pdata[i];
    if (line->kind == TJD_LINE_FINE_REDUCTION)
      reduced += line->amount;
  }
  g_assert_cmpint (quote->total, ==, riyals * TJD_RIYAL);
  g_assert_cmpint (reduced, ==, reduction * TJD_RIYAL);
}

static void
test_reduced_fine (Office *office, gconstpointer data)
{
  g_autoptr (TjdReview) first = NULL, second = NULL;
  g_autofree char *quote = NULL, *says = NULL, *done = NULL;

  office_add_permit (office, QID, "work", FINED, NULL);
  expect_total (office, 1100, 0);
  first = ask (office, tjd_reviews_ask_reduction);
  expect_total (office, 1100, 0);
  decide_well (office, first, GRANTED "&fine=2500&valid_until=2026-11-30");
  expect_total (office, 1025, -75);
  office_set_clock (office, "2026-11-30T20:59:59Z"); /* its last second in Qatar: six days dearer */
  expect_total (office, 1025, -135);
  office_set_clock (office, "2026-11-30T21:00:00Z");
  expect_total (office, 1170, 0);
  office_set_clock (office, NOW);
  second = ask (office, tjd_reviews_ask_reduction);
  decide_well (office, second, GRANTED "&fine=0&valid_until=2026-11-24"); /* the newest counts */
  expect_total (office, 1000, -100);
  says = quoted (office, &quote);
  done = executed (office, quote);
  g_assert_cmpstr (done, ==, "executed");
  office_exec (office, "UPDATE permits SET expires_on = '" FINED "' WHERE personal_id = '" QID "'");
  expect_total (office, 1100, 0); /* used */
}

static void
test_unreduced_fine (Office *office, gconstpointer data)
{
  g_autoptr (TjdReview) refused = NULL, higher = NULL;

  office_add_permit (office, QID, "work", FINED, NULL);
  refused = ask (office, tjd_reviews_ask_reduction);
  decide_well (office, refused, REFUSED);
  expect_total (office, 1100, 0);
  higher = ask (office, tjd_reviews_ask_reduction);
  decide_well (office, higher, GRANTED "&fine=20000&valid_until=2026-11-30");
  expect_total (office, 1100, 0); /* never more than by the rule */
}

/* --- the list --- */

static TjdReviews *
list (Office *office, const char *form, TjdPrincipalKind caller, char **next, GError **error)
{
  g_autoptr (TjdReviewsQuery) query =
      tjd_record_from_form (tjd_reviews_query_get_type (), form, TJD_READ_STRICT, NULL);
  TjdCall call = { .query = query };
  TjdReviews *reviews;

  call.principal.kind = caller;
  reviews = office_call (office, tjd_reviews_read, TJD_MINISTRY_REVIEWS, &call, error);
  *next = call.next;
  return reviews;
}

static guint
count (Office *office, const char *form)
{
  g_autofree char *asked = g_strdup (form);
  guint n = 0;

  while (asked != NULL) {
    g_autoptr (GError) error = NULL;
    char *next = NULL;
    g_autoptr (TjdReviews) page = list (office, asked, TJD_PRINCIPAL_OPERATOR, &next, &error);
    g_assert_no_error (error);
    n += page->reviews->len;
    g_free (asked);
    asked = next != NULL ? g_strdup (strchr (next, '?') + 1) : NULL;
    g_free (next);
  }
  return n;
}

static void
test_list (Office *office, gconstpointer data)
{
  g_autoptr (TjdReview) review = NULL, reduction = NULL;
  g_autoptr (TjdReviews) shown = NULL;
  g_autoptr (GError) error = NULL, whose = NULL;
  char *next = NULL;

  office_add_permit (office, QID, "work", FINED, "manual-review");
  review = ask (office, tjd_reviews_ask);
  reduction = ask (office, tjd_reviews_ask_reduction);
  decide_well (office, review, GRANTED);
  g_assert_cmpuint (count (office, "limit=1"), ==, 2);
  g_assert_cmpuint (count (office, "limit=1&state=open"), ==, 1);
  g_assert_cmpuint (count (office, "state=granted&kind=renewal"), ==, 1);
  g_assert_cmpuint (count (office, "state=refused"), ==, 0);
  g_assert_cmpuint (count (office, "limit=1&renewer=" RENEWER), ==, 2);
  g_assert_cmpuint (count (office, "renewer=27612405934"), ==, 0);
  shown = list (office, "state=granted&renewer=" RENEWER, TJD_PRINCIPAL_PARTY, &next, &error);
  g_assert_no_error (error);
  g_assert_null (((TjdReview *) shown->reviews->pdata[0])->decided_by); /* the staff's own affair */
  g_assert_null (list (office, "", TJD_PRINCIPAL_PARTY, &next, &whose));
  g_assert_error (whose, TJD_PROBLEM, TJD_PROBLEM_INVALID);
}

#define add(name, func) g_test_add (name, Office, NULL, open_office, func, close_office)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/reasons/hindrances", test_hindrances);
  add ("/reasons/not-found", test_not_found);
  add ("/reasons/too-early-and-years", test_too_early_and_years);
  add ("/reasons/in-another-order-and-too-late", test_in_another_order_and_too_late);
  add ("/reasons/foreign-quote", test_foreign_quote);
  add ("/reviews/granted", test_granted);
  add ("/reviews/granted-late", test_granted_late);
  add ("/reviews/refused", test_refused);
  add ("/reviews/asking-for-nothing", test_asking_for_nothing);
  add ("/reviews/odd-decisions", test_odd_decisions);
  add ("/reviews/list", test_list);
  add ("/fines/reduced", test_reduced_fine);
  add ("/fines/unreduced", test_unreduced_fine);
  return g_test_run ();
}
