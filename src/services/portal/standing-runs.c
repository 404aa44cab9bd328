/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accounts.h"
#include "bills.h"
#include "day.h"
#include "identifiers.h"
#include "orders.h"
#include "page.h"
#include "quotations.h"
#include "standing-renewal.h"
#include "standing-renewals.h"

/* A run of a standing renewal, through the outbox:
 *
 *   the post's tariff        → ask the ministry who comes due, from where the last run ended
 *   the ministry's list      → leave out who is exempt or in an order; ask for quotes
 *   the ministry's quotes    → an order, approved by what was set, billed; ask the bank to hold it
 *   the bank: held           → the order goes its own way (saga.c); on to the next page
 *   the bank: it will not    → the order is cancelled, the permits are free
 *
 * Behind the last page it rests until the next morning. Where the mandate's month, the account's
 * day or its funds do not bear an order, half as many are tried, the most urgent first, down to
 * one; so they are used up to the last permit that they bear. The mandate or the signatory's right
 * gone, the standing renewal ends. */

#define MORNING (6 * 60 * 60) /* after midnight in Asia/Qatar */
#define MORNING_LASTS (60 * 60)
#define WINDOW_MONTHS 3 /* FACTS: a renewal is possible from three months before expiry */

typedef struct {
  TjdRecord parent;
  char *id, *renewal;
  gint64 begun_us;
  TjdStandingRunOutcome outcome;
  char *order_id;
  gint64 renewed, refused;
  char *problem;
  TjdPostTariff *tariff;
  gboolean more; /* another run follows today */
  char *next;    /* the ministry's cursor where that begins; NULL: at the start */
} RunRow;

static const TjdField run_row_fields[] = {
  TJD_STRING (RunRow, id, TJD_REQUIRED),
  TJD_STRING (RunRow, renewal, TJD_REQUIRED),
  TJD_INT (RunRow, begun_us, TJD_REQUIRED),
  TJD_ENUM (RunRow, outcome, tjd_standing_run_outcome_get_type, TJD_REQUIRED),
  TJD_STRING (RunRow, order_id, TJD_NULLABLE),
  TJD_INT (RunRow, renewed, TJD_REQUIRED),
  TJD_INT (RunRow, refused, TJD_REQUIRED),
  TJD_STRING (RunRow, problem, TJD_NULLABLE),
  TJD_NESTED (RunRow, tariff, tjd_post_tariff_get_type, TJD_NULLABLE),
  TJD_BOOL (RunRow, more, TJD_REQUIRED),
  TJD_STRING (RunRow, next, TJD_NULLABLE),
};
TJD_DEFINE_PRIVATE_RECORD (RunRow, run_row, run_row_fields)

/* A run with what it is a run of. */
typedef struct {
  TjdTxn *txn;
  TjdHost *host;
  RunRow *row;
  TjdStandingRenewalRow *renewal;
} Run;

static void
run_clear (Run *run)
{
  g_clear_object (&run->row);
  g_clear_object (&run->renewal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
run_load (Run *run, const char *id, GError **error)
{
  run->row =
      tjd_txn_get (run->txn, run_row_get_type (),
                   "SELECT id, renewal, begun_us, outcome, order_id, renewed, refused, problem,"
                   " tariff, more, next FROM standing_runs WHERE id = $1",
                   error, tjd_text (id));
  if (run->row != NULL)
    run->renewal = tjd_standing_renewals_get (run->txn, run->row->renewal, error);
  if (run->renewal == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_INTERNAL, "there is no such run");
  return run->renewal != NULL;
}

static gboolean
run_put (Run *run, GError **error)
{
  return tjd_txn_update (run->txn, "standing_runs", "id", run->row, error);
}

/* Not all companies in the same moment. */
static gint64
tomorrow_morning (TjdHost *host)
{
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (host->clock));

  return tjd_day_begins_at (today + 1) + MORNING +
         (gint64) tjd_entropy_below (host->entropy, MORNING_LASTS);
}

static gboolean
send (Run *run, const char *step, const char *parameter, gpointer request, GError **error)
{
  return tjd_outbox_put (run->txn, run->host, step, run->row->id, NULL, parameter, request, error);
}

static gboolean
begin (TjdTxn *txn, TjdHost *host, TjdStandingRenewalRow *renewal, GError **error)
{
  g_autoptr (RunRow) row = run_row_new ();
  Run run = { txn, host, row, renewal };

  row->id = tjd_id_new_timed (host->clock, host->entropy, "run");
  row->renewal = g_strdup (renewal->id);
  row->begun_us = tjd_clock_now_us (host->clock);
  row->outcome = TJD_STANDING_RUN_UNDER_WAY;
  renewal->due_at = TJD_NO_INT;
  return tjd_standing_renewals_put (txn, renewal, error) &&
         tjd_txn_insert (txn, "standing_runs", row, error) &&
         send (&run, "standing-tariff", NULL, NULL, error);
}

gboolean
tjd_standing_runs_begin (TjdTxn *txn, TjdHost *host, GError **error)
{
  g_autoptr (GPtrArray) due =
      tjd_standing_renewals_list_due (txn, tjd_clock_now (host->clock), error);

  for (guint i = 0; due != NULL && i < due->len; i++)
    if (!begin (txn, host, due->pdata[i], error))
      return FALSE;
  return due != NULL;
}

/* Where the next one begins, and when. What was ended meanwhile has none. */
static gboolean
rest (Run *run, const char *after, gint64 due_at, gint64 at_most, GError **error)
{
  tjd_set_string (&run->renewal->after, after);
  run->renewal->at_most = at_most;
  if (run->renewal->ended_at == TJD_NO_INT)
    run->renewal->due_at = due_at;
  return tjd_standing_renewals_put (run->txn, run->renewal, error) && run_put (run, error);
}

static gboolean
rest_until_tomorrow (Run *run, GError **error)
{
  return rest (run, NULL, tomorrow_morning (run->host), TJD_STANDING_AT_MOST, error);
}

static gboolean
finish (Run *run, TjdStandingRunOutcome outcome, GError **error)
{
  run->row->outcome = outcome;
  if (!run->row->more)
    return rest_until_tomorrow (run, error);
  return rest (run, run->row->next, tjd_clock_now (run->host->clock), run->renewal->at_most, error);
}

/* Refused: what is in its way will still be there in a moment. */
static gboolean
give_up (Run *run, TjdProblemCode why, gboolean for_good, GError **error)
{
  run->row->outcome = TJD_STANDING_RUN_REFUSED;
  tjd_set_string (&run->row->problem, tjd_problem_row (why)->name);
  if (for_good)
    run->renewal->ended_at = tjd_clock_now (run->host->clock);
  return rest_until_tomorrow (run, error);
}

static gboolean
take_tariff (TjdTxn *txn, TjdHost *host, const char *id, gpointer reply, GError **error)
{
  g_auto (Run) run = { txn, host };
  g_autoptr (TjdPermitsQuery) query = tjd_permits_query_new ();
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (host->clock));

  if (!run_load (&run, id, error))
    return FALSE;
  run.row->tariff = g_object_ref (reply);
  query->renewer = g_strdup (run.renewal->renewer);
  query->after = g_strdup (run.renewal->after);
  query->expires_to = tjd_day_format (tjd_day_add_months (today, WINDOW_MONTHS));
  return run_put (&run, error) && send (&run, "standing-due", NULL, query, error);
}

static gboolean
is_to_be_renewed (Run *run, TjdPermit *permit, gboolean *is, GError **error)
{
  gint64 ordered = 0;

  *is = permit->standing != TJD_STANDING_VALID && permit->standing != TJD_STANDING_CANCELLED &&
        !g_ptr_array_find_with_equal_func (run->renewal->exempt, permit->personal_id, g_str_equal,
                                           NULL);
  if (*is && !tjd_quotations_count_ordered (run->txn, permit->personal_id, run->renewal->renewer,
                                            &ordered, error))
    return FALSE;
  *is = *is && ordered == 0;
  return TRUE;
}

static gboolean
choose (
    TjdTxn *txn, TjdHost *host, const char *id, gpointer reply, const char *next, GError **error)
{
  TjdPermits *permits = reply;
  g_auto (Run) run = { txn, host };
  g_autoptr (TjdQuotesRequest) request = tjd_quotes_request_new ();

  if (!run_load (&run, id, error))
    return FALSE;
  run.row->more = next != NULL;
  run.row->next = g_strdup (next);
  for (guint i = 0; i < permits->permits->len; i++) {
    TjdPermit *permit = permits->permits->pdata[i];
    TjdWish *wish;
    gboolean is;
    if (!is_to_be_renewed (&run, permit, &is, error))
      return FALSE;
    if (!is)
      continue;
    wish = tjd_wish_new ();
    wish->personal_id = g_strdup (permit->personal_id);
    wish->years = run.renewal->years;
    g_ptr_array_add (request->permits, wish);
  }
  if (request->permits->len == 0)
    return finish (&run, TJD_STANDING_RUN_NOTHING_DUE, error);
  request->renewer = g_strdup (run.renewal->renewer);
  return run_put (&run, error) && send (&run, "standing-quote", NULL, request, error);
}

/* As if who set it had placed, approved and billed it. */
static gboolean
place (Run *run, TjdQuotationRow *quotation, GError **error)
{
  TjdCall call = { .host = run->host,
                   .principal = { .kind = TJD_PRINCIPAL_PERSON,
                                  .personal_id = run->renewal->set_by } };
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TjdPaymentStart) start = tjd_payment_start_new ();
  g_autoptr (TjdBill) bill = NULL;
  TjdOrderRow *order = tjd_orders_open (run->txn, &call, quotation, error);
  gboolean moved;

  if (order == NULL)
    return FALSE;
  g_ptr_array_add (orders, order);
  order->approved_by = g_strdup (run->renewal->set_by);
  if (!tjd_orders_move (run->txn, order, TJD_ORDER_APPROVED, &moved, error))
    return FALSE;
  bill = tjd_bills_make (run->txn, &call, orders, error);
  if (bill == NULL)
    return FALSE;
  run->row->order_id = g_strdup (order->id);
  start->request = g_strdup (bill->request);
  return run_put (run, error) &&
         send (run, "standing-pay", run->renewal->standing_mandate, start, error);
}

/* The most urgent are the first. What is left out is another run's, which goes on behind the last
 * one here: the key of the ministry's list is expiry and personal ID. Never again from the start of
 * the page: who is refused when it comes to it would be the most urgent for ever. */
static void
trim (Run *run, GPtrArray *quotes)
{
  TjdQuote *last;

  if (quotes->len <= run->renewal->at_most)
    return;
  g_ptr_array_set_size (quotes, (int) run->renewal->at_most);
  last = quotes->pdata[quotes->len - 1];
  run->row->more = TRUE;
  g_free (run->row->next);
  run->row->next = tjd_cursor_print (last->expires_on, last->personal_id);
}

static gboolean
order (TjdTxn *txn, TjdHost *host, const char *id, gpointer reply, GError **error)
{
  g_auto (Run) run = { txn, host };
  TjdQuotes *quotes = reply;
  g_autoptr (TjdQuotationRow) quotation = NULL;
  gboolean may;

  if (!run_load (&run, id, error) ||
      !tjd_accounts_may (txn, host, run.renewal->set_by, run.renewal->renewer, TJD_ROLE_SIGNATORY,
                         &may, error))
    return FALSE;
  if (!may)
    return give_up (&run, TJD_PROBLEM_NOT_ALLOWED, TRUE, error);
  if (run.renewal->ended_at != TJD_NO_INT)
    return finish (&run, TJD_STANDING_RUN_NOTHING_DUE, error);
  trim (&run, quotes->quotes);
  quotation = tjd_quotations_keep (txn, host, run.renewal->renewer, quotes, run.row->tariff, error);
  if (quotation == NULL)
    return FALSE;
  run.row->renewed = quotation->quotation->quotes->len;
  run.row->refused = quotation->quotation->refusals->len;
  return run.row->renewed > 0 ? place (&run, quotation, error)
                              : finish (&run, TJD_STANDING_RUN_NOTHING_DUE, error);
}

static gboolean
paid (TjdTxn *txn, TjdHost *host, const char *id, gpointer reply, GError **error)
{
  g_auto (Run) run = { txn, host };

  return run_load (&run, id, error) && finish (&run, TJD_STANDING_RUN_PAID, error);
}

static gboolean
cancel_order (Run *run, GError **error)
{
  g_autoptr (TjdOrderRow) row = tjd_orders_get (run->txn, "id", run->row->order_id, error);
  gboolean moved;

  return row != NULL && tjd_orders_move (run->txn, row, TJD_ORDER_CANCELLED, &moved, error) &&
         (!moved || tjd_orders_free_permits (run->txn, row->id, error));
}

/* Whether fewer permits might be paid for. */
static gboolean
is_too_much (const GError *why)
{
  return g_error_matches (why, TJD_PROBLEM, TJD_PROBLEM_STANDING_MANDATE_LIMIT) ||
         g_error_matches (why, TJD_PROBLEM, TJD_PROBLEM_LIMIT_EXCEEDED) ||
         g_error_matches (why, TJD_PROBLEM, TJD_PROBLEM_FUNDS_INSUFFICIENT);
}

static gboolean
unpaid (TjdTxn *txn, TjdHost *host, const char *id, const GError *why, GError **error)
{
  g_auto (Run) run = { txn, host };
  gint64 half;

  if (!run_load (&run, id, error) || !cancel_order (&run, error))
    return FALSE;
  half = run.row->renewed / 2;
  if (!is_too_much (why) || half == 0)
    return give_up (&run, why->code, !is_too_much (why) && why->code != TJD_PROBLEM_PAYMENT_EXPIRED,
                    error);
  run.row->outcome = TJD_STANDING_RUN_REFUSED;
  tjd_set_string (&run.row->problem, tjd_problem_row (why->code)->name);
  return rest (&run, run.renewal->after, tjd_clock_now (host->clock), half, error);
}

const TjdStep tjd_standing_steps[] = {
  { "standing-tariff", TJD_POST_TARIFF, .done = take_tariff },
  { "standing-due", TJD_MINISTRY_PERMITS, .page = choose },
  { "standing-quote", TJD_MINISTRY_QUOTE, .done = order },
  { "standing-pay", TJD_BANK_PAY_BY_STANDING_MANDATE,
    TJD_FINAL (NOT_ALLOWED) | TJD_FINAL (STANDING_MANDATE_STATE) |
        TJD_FINAL (STANDING_MANDATE_LIMIT) | TJD_FINAL (LIMIT_EXCEEDED) |
        TJD_FINAL (FUNDS_INSUFFICIENT) | TJD_FINAL (NO_ACCOUNT) | TJD_FINAL (NOT_A_SIGNER) |
        TJD_FINAL (PAYMENT_EXPIRED),
    .done = paid, .refused = unpaid },
  { NULL },
};
