/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "accounts.h"
#include "bills.h"
#include "consignment.h"
#include "statistics.h"
#include "identifiers.h"

/* An order's way, driven by what the others report and answer:
 *
 *   the bank's notice: money is held       placed, approved → authorised, and send "execute"
 *   the ministry's answer                  authorised → executed     and send "capture" or
 * "release" the bank's answer                      executed → captured       and send "consign" the
 * post's answer                      the consignment is known the post's scans captured →
 * dispatched → delivered
 *
 * A payment may be for many orders: each takes its share its own way. Nothing is captured that was
 * not executed; what was not executed is released. A hold that comes for an order that has expired,
 * was cancelled or has been billed anew is released. */

static TjdOrderRow *
need_order (TjdTxn *txn, const char *column, const char *value, GError **error)
{
  TjdOrderRow *row = tjd_orders_get (txn, column, value, error);

  if (row == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such order");
  return row;
}

static gboolean
send_execute (TjdTxn *txn, TjdHost *host, TjdOrderRow *row, GError **error)
{
  g_autoptr (GPtrArray) items = tjd_orders_list_items (txn, row->id, error);
  g_autoptr (TjdExecutionRequest) request = tjd_execution_request_new ();

  if (items == NULL)
    return FALSE;
  request->order = g_strdup (row->id);
  request->renewer = g_strdup (row->renewer);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (request->quotes, g_strdup (((TjdOrderItem *) items->pdata[i])->quote));
  return tjd_outbox_put (txn, host, "execute", row->id, NULL, NULL, request, error);
}

static gboolean
send_release (TjdTxn *txn, TjdHost *host, const char *order, const char *payment, GError **error)
{
  g_autoptr (TjdRelease) release = tjd_release_new ();

  release->order = g_strdup (order);
  return tjd_outbox_put (txn, host, "release", order, payment, payment, release, error);
}

/* An order's share is held. */
static gboolean
take_share (TjdTxn *txn, TjdHost *host, const char *payment, TjdShare *share, GError **error)
{
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", share->order, error);
  gboolean moved = FALSE;

  if (row == NULL)
    return FALSE;
  if (g_strcmp0 (row->payment, payment) != 0)
    return send_release (txn, host, row->id, payment, error);
  if (!tjd_orders_move (txn, row, TJD_ORDER_AUTHORISED, &moved, error))
    return FALSE;
  if (moved)
    return send_execute (txn, host, row, error);
  return (row->state != TJD_ORDER_EXPIRED && row->state != TJD_ORDER_CANCELLED) ||
         send_release (txn, host, row->id, payment, error);
}

static gboolean
check_notice (TjdPaymentNotice *notice, GPtrArray *shares, GError **error)
{
  TjdMoney sum = 0;

  for (guint i = 0; i < shares->len; i++)
    sum += ((TjdShare *) shares->pdata[i])->amount;
  if (shares->len == 0)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such bill");
  else if (sum != notice->amount)
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/amount", "the bill's total is another");
  return shares->len > 0 && sum == notice->amount;
}

gboolean
tjd_saga_note_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdPaymentNotice *notice = call->request;
  g_autoptr (GPtrArray) shares = tjd_bills_list_shares (txn, notice->payment, error);

  if (shares == NULL || !check_notice (notice, shares, error))
    return FALSE;
  for (guint i = 0; i < shares->len; i++)
    if (!take_share (txn, call->host, notice->payment, shares->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* The ministry's answer laid over the items: how many cards there are. */
static gboolean
lay_over (TjdTxn *txn,
          TjdHost *host,
          TjdOrderRow *row,
          TjdExecution *execution,
          guint *cards,
          GError **error)
{
  g_autoptr (GPtrArray) items = tjd_orders_list_items (txn, row->id, error);

  for (guint i = 0; items != NULL && i < items->len; i++) {
    TjdOrderItem *item = items->pdata[i];
    TjdExecuted *executed = i < execution->items->len ? execution->items->pdata[i] : NULL;
    if (executed == NULL || strcmp (executed->quote, item->quote) != 0) {
      tjd_problem_set (error, TJD_PROBLEM_INTERNAL, "the ministry answered for other quotes");
      return FALSE;
    }
    item->outcome = executed->outcome;
    item->reason = executed->reason;
    tjd_set_string (&item->renewed_until, executed->renewed_until);
    if (executed->outcome == TJD_OUTCOME_REFUSED &&
        !tjd_statistics_count_refusal (txn, host, item->personal_id, executed->reason, error))
      return FALSE;
    *cards += executed->outcome == TJD_OUTCOME_EXECUTED;
    if (!tjd_orders_put_item (txn, row->id, i, item, error))
      return FALSE;
  }
  return items != NULL;
}

/* The post is paid for the cards that there are, by the tariff the order was quoted with. */
static gboolean
send_capture (TjdTxn *txn, TjdHost *host, TjdOrderRow *row, TjdExecution *execution, GError **error)
{
  g_autoptr (TjdPostTariff) tariff = tjd_record_from_json (
      tjd_post_tariff_get_type (), row->tariff, strlen (row->tariff), TJD_READ_STRICT, error);
  g_autoptr (TjdCapture) capture = tjd_capture_new ();

  if (tariff == NULL)
    return FALSE;
  capture->order = g_strdup (row->id);
  for (guint i = 0; i < execution->items->len; i++) {
    TjdExecuted *executed = execution->items->pdata[i];
    TjdCaptureLine *line;
    if (executed->outcome != TJD_OUTCOME_EXECUTED)
      continue;
    line = tjd_capture_line_new ();
    line->reference = g_strdup (executed->quote);
    line->amount = executed->fee;
    g_ptr_array_add (capture->lines, line);
  }
  capture->post = tjd_post_tariff_fee (tariff, capture->lines->len);
  return tjd_outbox_put (txn, host, "capture", row->id, NULL, row->payment, capture, error);
}

static gboolean
executed (TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error)
{
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);
  guint cards = 0;
  gboolean moved;

  if (row == NULL || !tjd_orders_move (txn, row, TJD_ORDER_EXECUTED, &moved, error))
    return FALSE;
  if (!moved)
    return TRUE;
  if (!lay_over (txn, host, row, reply, &cards, error) ||
      !tjd_orders_free_permits (txn, row->id, error))
    return FALSE;
  return cards > 0 ? send_capture (txn, host, row, reply, error)
                   : send_release (txn, host, row->id, row->payment, error);
}

/* The ministry will have none of it. */
static gboolean
execution_refused (
    TjdTxn *txn, TjdHost *host, const char *subject, const GError *why, GError **error)
{
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);
  g_autoptr (GPtrArray) items = row != NULL ? tjd_orders_list_items (txn, row->id, error) : NULL;

  for (guint i = 0; items != NULL && i < items->len; i++) {
    TjdOrderItem *item = items->pdata[i];
    item->outcome = TJD_OUTCOME_REFUSED;
    item->reason = TJD_REASON_MANUAL_REVIEW;
    if (!tjd_orders_put_item (txn, row->id, i, item, error))
      return FALSE;
  }
  return items != NULL && tjd_orders_free_permits (txn, row->id, error) &&
         send_release (txn, host, row->id, row->payment, error);
}

static gint64
count_executed (GPtrArray *items)
{
  gint64 n = 0;

  for (guint i = 0; i < items->len; i++)
    n += ((TjdOrderItem *) items->pdata[i])->outcome == TJD_OUTCOME_EXECUTED;
  return n;
}

/* For the label. */
static gboolean
name_applicant (TjdTxn *txn, TjdConsignmentRequest *request, GError **error)
{
  g_autoptr (TjdAccount) account = tjd_accounts_get (txn, request->renewer, error);

  if (account == NULL)
    return FALSE;
  request->applicant_en = g_strdup (account->name_en);
  request->applicant_ar = g_strdup (account->name_ar);
  return TRUE;
}

static gboolean
captured (TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error)
{
  TjdSettlement *settlement = reply;
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);
  g_autoptr (GPtrArray) items = row != NULL ? tjd_orders_list_items (txn, row->id, error) : NULL;
  g_autoptr (TjdConsignmentRequest) request = tjd_consignment_request_new ();
  gboolean moved;

  if (items == NULL)
    return FALSE;
  row->captured = settlement->captured;
  row->captured_at = tjd_clock_now (host->clock);
  row->receipt = tjd_id_new (host->entropy, "rcp");
  if (!tjd_orders_move (txn, row, TJD_ORDER_CAPTURED, &moved, error))
    return FALSE;
  if (!moved)
    return TRUE;
  request->order = g_strdup (row->id);
  request->renewer = g_strdup (row->renewer);
  request->cards = count_executed (items);
  if (!name_applicant (txn, request, error))
    return FALSE;
  return tjd_outbox_put (txn, host, "consign", row->id, NULL, NULL, request, error);
}

/* What was released of a bill that was not the order's newest does not end the order. */
static gboolean
released (TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error)
{
  TjdSettlement *settlement = reply;
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);
  gboolean moved;

  if (row == NULL)
    return FALSE;
  if (g_strcmp0 (row->payment, settlement->payment) != 0)
    return TRUE;
  row->captured = 0;
  return tjd_orders_move (txn, row, TJD_ORDER_VOIDED, &moved, error);
}

static gboolean
consigned (TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error)
{
  TjdConsignment *consignment = reply;
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);

  if (row == NULL)
    return FALSE;
  tjd_set_string (&row->consignment, consignment->id);
  return tjd_orders_put (txn, row, error);
}

const TjdStep tjd_saga_steps[] = {
  { "execute", TJD_MINISTRY_EXECUTE, TJD_FINAL (EXECUTION_REFUSED), .done = executed,
    .refused = execution_refused },
  { "capture", TJD_BANK_CAPTURE, TJD_FINAL (CAPTURE_REFUSED), .done = captured },
  { "release", TJD_BANK_RELEASE, TJD_FINAL (CAPTURE_REFUSED), .done = released },
  { "consign", TJD_POST_OPEN_CONSIGNMENT, .done = consigned },
  { NULL },
};

gboolean
tjd_saga_note_station (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdStationNotice *notice = call->request;
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", notice->order, error);

  return row != NULL &&
         tjd_txn_exec (
             txn,
             "INSERT INTO stations (order_id, position, station, at)"
             " VALUES ($1, $2, $3, $4) ON CONFLICT (order_id, position) DO NOTHING",
             error, tjd_text (row->id), tjd_int ((gint64) notice->station),
             tjd_text (tjd_enum_to_nick (tjd_station_name_get_type (), (int) notice->station)),
             tjd_int (notice->at)) >= 0;
}

static gboolean
is_posting (TjdScanNotice *notice)
{
  return notice->leg == TJD_LEG_OUT && strcmp (notice->code, TJD_SCAN_POSTED) == 0;
}

static gboolean
is_return (TjdScanNotice *notice)
{
  return notice->leg == TJD_LEG_BACK && strcmp (notice->code, TJD_SCAN_DELIVERED) == 0;
}

static gint64
earliest (gint64 known, gint64 at)
{
  return known == TJD_NO_INT ? at : MIN (known, at);
}

static void
note_times (TjdOrderRow *row, TjdScanNotice *notice)
{
  if (strcmp (notice->code, TJD_SCAN_FAILED) == 0)
    row->failed_at = MAX (row->failed_at, notice->at);
  else
    row->scanned_at = MAX (row->scanned_at, notice->at);
  if (is_posting (notice))
    row->posted_at = earliest (row->posted_at, notice->at);
  if (is_return (notice))
    row->delivered_at = earliest (row->delivered_at, notice->at);
}

/* Delivery of one leg is never concluded from the other; an unknown code moves nothing. */
gboolean
tjd_saga_note_scan (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdScanNotice *notice = call->request;
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", notice->order, error);
  gboolean moved;

  if (row == NULL)
    return FALSE;
  tjd_set_string (&row->consignment, notice->consignment);
  note_times (row, notice);
  if (!tjd_orders_put (txn, row, error))
    return FALSE;
  if (is_posting (notice))
    return tjd_orders_move (txn, row, TJD_ORDER_DISPATCHED, &moved, error);
  if (is_return (notice))
    return tjd_orders_move (txn, row, TJD_ORDER_DELIVERED, &moved, error);
  return TRUE;
}

gboolean
tjd_saga_expire (TjdTxn *txn, TjdHost *host, GError **error)
{
  gint64 before = tjd_clock_now (host->clock) - TJD_LATE_NOTICE_SECONDS;

  return tjd_txn_exec (txn,
                       "DELETE FROM permits_in_orders WHERE order_id IN (SELECT id FROM orders"
                       " WHERE state IN ('placed', 'approved') AND expires_at <= $1)",
                       error, tjd_int (before)) >= 0 &&
         tjd_txn_exec (txn,
                       "UPDATE orders SET state = 'expired'"
                       " WHERE state IN ('placed', 'approved') AND expires_at <= $1",
                       error, tjd_int (before)) >= 0;
}
