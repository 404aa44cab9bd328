/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "consignment.h"
#include "orders.h"
#include "payment.h"

/* An order's way, driven by what the others report and answer:
 *
 *   the bank's notice: money is held       placed → authorised       and send "execute"
 *   the ministry's answer                  authorised → executed     and send "capture", or "void"
 *   the bank's answer                      executed → captured       and send "consign"
 *   the post's answer                      the consignment is known
 *   the post's scans                       captured → dispatched → delivered
 *
 * Nothing is captured that was not executed; what was not executed is released. A hold that comes
 * for an order that has expired is voided. */

static TjdOrderRow *
need_order (TjdTxn *txn, const char *column, const char *value, GError **error)
{
  TjdOrderRow *row = tjd_orders_get (txn, column, value, error);

  if (row == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such order");
  return row;
}

static gboolean
free_permits (TjdTxn *txn, const char *order, GError **error)
{
  return tjd_txn_exec (txn, "DELETE FROM permits_in_orders WHERE order_id = $1", error,
                       tjd_text (order)) >= 0;
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
send_void (TjdTxn *txn, TjdHost *host, TjdOrderRow *row, GError **error)
{
  return tjd_outbox_put (txn, host, "void", row->id, NULL, row->payment, NULL, error);
}

gboolean
tjd_saga_note_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdPaymentNotice *notice = call->request;
  g_autoptr (TjdOrderRow) row = need_order (txn, "payment", notice->payment, error);
  gboolean moved;

  if (row == NULL)
    return FALSE;
  if (notice->amount != row->total) {
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/amount", "the order's total is another");
    return FALSE;
  }
  if (row->state == TJD_ORDER_EXPIRED)
    return send_void (txn, call->host, row, error);
  return tjd_orders_move (txn, row, TJD_ORDER_AUTHORISED, &moved, error) &&
         (!moved || send_execute (txn, call->host, row, error));
}

/* The ministry's answer laid over the items: how many cards, and what they cost. */
typedef struct {
  gint64 cards;
  TjdMoney fees;
} Tally;

static gboolean
lay_over (TjdTxn *txn, TjdOrderRow *row, TjdExecution *execution, Tally *tally, GError **error)
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
    tally->cards += executed->outcome == TJD_OUTCOME_EXECUTED;
    tally->fees += executed->fee;
    if (!tjd_orders_put_item (txn, row->id, i, item, error))
      return FALSE;
  }
  return items != NULL;
}

/* The post is paid for the cards that there are, by the tariff the order was quoted with. */
static gboolean
send_capture (TjdTxn *txn, TjdHost *host, TjdOrderRow *row, const Tally *tally, GError **error)
{
  g_autoptr (TjdPostTariff) tariff = tjd_record_from_json (
      tjd_post_tariff_get_type (), row->tariff, strlen (row->tariff), TJD_READ_STRICT, error);
  g_autoptr (TjdCapture) capture = tjd_capture_new ();

  if (tariff == NULL)
    return FALSE;
  capture->ministry = tally->fees;
  capture->post = tjd_post_tariff_fee (tariff, tally->cards);
  return tjd_outbox_put (txn, host, "capture", row->id, NULL, row->payment, capture, error);
}

static gboolean
executed (TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error)
{
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);
  Tally tally = { 0 };
  gboolean moved;

  if (row == NULL || !tjd_orders_move (txn, row, TJD_ORDER_EXECUTED, &moved, error))
    return FALSE;
  if (!moved)
    return TRUE;
  if (!lay_over (txn, row, reply, &tally, error) || !free_permits (txn, row->id, error))
    return FALSE;
  return tally.cards > 0 ? send_capture (txn, host, row, &tally, error)
                         : send_void (txn, host, row, error);
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
  return items != NULL && free_permits (txn, row->id, error) && send_void (txn, host, row, error);
}

static gint64
count_executed (GPtrArray *items)
{
  gint64 n = 0;

  for (guint i = 0; i < items->len; i++)
    n += ((TjdOrderItem *) items->pdata[i])->outcome == TJD_OUTCOME_EXECUTED;
  return n;
}

static gboolean
captured (TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error)
{
  TjdPayment *payment = reply;
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);
  g_autoptr (GPtrArray) items = row != NULL ? tjd_orders_list_items (txn, row->id, error) : NULL;
  g_autoptr (TjdConsignmentRequest) request = tjd_consignment_request_new ();
  gboolean moved;

  if (items == NULL)
    return FALSE;
  row->captured = payment->captured;
  if (!tjd_orders_move (txn, row, TJD_ORDER_CAPTURED, &moved, error))
    return FALSE;
  if (!moved)
    return TRUE;
  request->order = g_strdup (row->id);
  request->renewer = g_strdup (row->renewer);
  request->cards = count_executed (items);
  return tjd_outbox_put (txn, host, "consign", row->id, NULL, NULL, request, error);
}

static gboolean
voided (TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error)
{
  g_autoptr (TjdOrderRow) row = need_order (txn, "id", subject, error);
  gboolean moved;

  if (row == NULL)
    return FALSE;
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

const TjdStep tjd_saga_steps[TJD_SAGA_STEPS] = {
  { "execute", TJD_MINISTRY_EXECUTE, executed, execution_refused },
  { "capture", TJD_BANK_CAPTURE, captured, NULL },
  { "void", TJD_BANK_VOID, voided, NULL },
  { "consign", TJD_POST_OPEN_CONSIGNMENT, consigned, NULL },
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
  if (!tjd_orders_put (txn, row, error))
    return FALSE;
  if (notice->leg == TJD_LEG_OUT && strcmp (notice->code, TJD_SCAN_POSTED) == 0)
    return tjd_orders_move (txn, row, TJD_ORDER_DISPATCHED, &moved, error);
  if (notice->leg == TJD_LEG_BACK && strcmp (notice->code, TJD_SCAN_DELIVERED) == 0)
    return tjd_orders_move (txn, row, TJD_ORDER_DELIVERED, &moved, error);
  return TRUE;
}

gboolean
tjd_saga_expire (TjdTxn *txn, TjdHost *host, GError **error)
{
  gint64 before = tjd_clock_now (host->clock) - TJD_LATE_NOTICE_SECONDS;

  return tjd_txn_exec (txn,
                       "DELETE FROM permits_in_orders WHERE order_id IN (SELECT id FROM orders"
                       " WHERE state = 'placed' AND expires_at <= $1)",
                       error, tjd_int (before)) >= 0 &&
         tjd_txn_exec (txn,
                       "UPDATE orders SET state = 'expired'"
                       " WHERE state = 'placed' AND expires_at <= $1",
                       error, tjd_int (before)) >= 0;
}
