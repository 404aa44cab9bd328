/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orders.h"

#include "accounts.h"
#include "day.h"
#include "page.h"

static const TjdField order_row_fields[] = {
  TJD_STRING (TjdOrderRow, id, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, renewer, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, placed_by, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, approved_by, TJD_NULLABLE),
  TJD_STRING (TjdOrderRow, quotation, TJD_REQUIRED),
  TJD_ENUM (TjdOrderRow, state, tjd_order_state_get_type, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, placed_at, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, expires_at, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, post_fee, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, total, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, captured, TJD_NULLABLE),
  TJD_INT (TjdOrderRow, captured_at, TJD_NULLABLE),
  TJD_STRING (TjdOrderRow, receipt, TJD_NULLABLE),
  TJD_STRING (TjdOrderRow, payment, TJD_NULLABLE),
  TJD_STRING (TjdOrderRow, tariff, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, consignment, TJD_NULLABLE),
  TJD_INT (TjdOrderRow, scanned_at, TJD_NULLABLE),
  TJD_INT (TjdOrderRow, failed_at, TJD_NULLABLE),
  TJD_INT (TjdOrderRow, posted_at, TJD_NULLABLE),
  TJD_INT (TjdOrderRow, delivered_at, TJD_NULLABLE),
};
TJD_DEFINE_RECORD (TjdOrderRow, tjd_order_row, order_row_fields)

#define ORDER_COLUMNS                                                                        \
  "id, renewer, placed_by, approved_by, quotation, state, placed_at, expires_at, post_fee, " \
  "total, "                                                                                  \
  "captured, captured_at, receipt, payment, tariff, consignment, scanned_at, failed_at, "    \
  "posted_at, delivered_at"

/* From each state, the states it may be followed by. */
#define TO(state) (1u << TJD_ORDER_##state)
static const guint transitions[] = {
  [TJD_ORDER_PLACED] = TO (APPROVED) | TO (AUTHORISED) | TO (EXPIRED) | TO (CANCELLED),
  [TJD_ORDER_APPROVED] = TO (AUTHORISED) | TO (EXPIRED) | TO (CANCELLED),
  [TJD_ORDER_AUTHORISED] = TO (EXECUTED) | TO (VOIDED),
  [TJD_ORDER_EXECUTED] = TO (CAPTURED) | TO (VOIDED),
  [TJD_ORDER_CAPTURED] = TO (DISPATCHED) | TO (DELIVERED),
  [TJD_ORDER_DISPATCHED] = TO (DELIVERED),
  [TJD_ORDER_DELIVERED] = 0,
  [TJD_ORDER_EXPIRED] = TO (VOIDED), /* paid too late: the hold is released */
  [TJD_ORDER_CANCELLED] = TO (VOIDED),
  [TJD_ORDER_VOIDED] = 0,
};

TjdOrderRow *
tjd_orders_get (TjdTxn *txn, const char *column, const char *value, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT " ORDER_COLUMNS " FROM orders WHERE %s = $1", column);

  return tjd_txn_get (txn, tjd_order_row_get_type (), sql, error, tjd_text (value));
}

static gboolean
read_cursor (const char *after, gint64 *placed_at, char **id, GError **error)
{
  g_auto (TjdCursor) cursor = { 0 };

  *placed_at = TJD_MOMENT_MAX;
  if (!tjd_cursor_read (&cursor, after, error))
    return FALSE;
  *id = g_strdup (cursor.second);
  if (after == NULL ||
      g_ascii_string_to_signed (cursor.first, 10, 0, TJD_MOMENT_MAX, placed_at, NULL))
    return TRUE;
  tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/after", "not a cursor of this list");
  return FALSE;
}

#define ORDERS_BEFORE \
  "SELECT " ORDER_COLUMNS " FROM orders WHERE renewer = $1 AND (placed_at, id) < ($2, $3)"
#define ORDERS_NEWEST " ORDER BY placed_at DESC, id DESC LIMIT $4"

GPtrArray *
tjd_orders_list (
    TjdTxn *txn, const char *renewer, TjdOrdersQuery *query, gint64 limit, GError **error)
{
  const char *state = tjd_enum_to_nick (tjd_order_state_get_type (), (int) query->state);
  g_autofree char *id = NULL;
  gint64 placed_at;

  if (!read_cursor (query->after, &placed_at, &id, error))
    return NULL;
  if (state == NULL)
    return tjd_txn_list (txn, tjd_order_row_get_type (), ORDERS_BEFORE ORDERS_NEWEST, error,
                         tjd_text (renewer), tjd_int (placed_at), tjd_text (id), tjd_int (limit));
  return tjd_txn_list (txn, tjd_order_row_get_type (),
                       ORDERS_BEFORE " AND state = $5" ORDERS_NEWEST, error, tjd_text (renewer),
                       tjd_int (placed_at), tjd_text (id), tjd_int (limit), tjd_text (state));
}

gboolean
tjd_orders_put (TjdTxn *txn, TjdOrderRow *row, GError **error)
{
  return tjd_txn_update (txn, "orders", "id", row, error);
}

gboolean
tjd_orders_move (TjdTxn *txn, TjdOrderRow *row, TjdOrderState to, gboolean *moved, GError **error)
{
  *moved = (transitions[row->state] & (1u << to)) != 0;
  if (!*moved)
    return TRUE;
  row->state = to;
  return tjd_orders_put (txn, row, error);
}

GPtrArray *
tjd_orders_list_items (TjdTxn *txn, const char *order, GError **error)
{
  return tjd_txn_list (txn, tjd_order_item_get_type (),
                       "SELECT quote, personal_id, name_en, name_ar, years, total, outcome, reason,"
                       " renewed_until FROM order_items WHERE order_id = $1 ORDER BY position",
                       error, tjd_text (order));
}

gboolean
tjd_orders_put_item (
    TjdTxn *txn, const char *order, guint position, TjdOrderItem *item, GError **error)
{
  return tjd_txn_exec (txn,
                       "UPDATE order_items SET outcome = $3, reason = $4, renewed_until = $5"
                       " WHERE order_id = $1 AND position = $2",
                       error, tjd_text (order), tjd_int (position),
                       tjd_text (tjd_enum_to_nick (tjd_outcome_get_type (), (int) item->outcome)),
                       tjd_text (tjd_enum_to_nick (tjd_reason_get_type (), (int) item->reason)),
                       tjd_text (item->renewed_until)) > 0;
}

/* The request of a bill for one order alone; one for many is had from the bill itself. */
typedef struct {
  TjdRecord parent;
  char *request;
} RequestRow;

static const TjdField request_row_fields[] = { TJD_STRING (RequestRow, request, TJD_REQUIRED) };
TJD_DEFINE_PRIVATE_RECORD (RequestRow, request_row, request_row_fields)

static gboolean
show_request (TjdTxn *txn, TjdOrderRow *row, TjdOrder *order, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (RequestRow) bill =
      row->payment != NULL ? tjd_txn_get (txn, request_row_get_type (),
                                          "SELECT request FROM bills WHERE id = $1 AND"
                                          " (SELECT count(*) FROM bill_shares WHERE bill = $1) = 1",
                                          &failed, tjd_text (row->payment))
                           : NULL;

  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  order->payment = g_strdup (row->payment);
  if (bill != NULL)
    order->payment_request = g_strdup (bill->request);
  return TRUE;
}

TjdOrder *
tjd_orders_show (TjdTxn *txn, TjdOrderRow *row, GError **error)
{
  g_autoptr (GPtrArray) items = tjd_orders_list_items (txn, row->id, error);
  g_autoptr (GPtrArray) stations =
      items != NULL ? tjd_txn_list (txn, tjd_station_get_type (),
                                    "SELECT station, at FROM stations WHERE order_id = $1"
                                    " ORDER BY at, position",
                                    error, tjd_text (row->id))
                    : NULL;
  g_autoptr (TjdOrder) order = tjd_order_new ();

  if (stations == NULL || !show_request (txn, row, order, error))
    return NULL;
  order->id = g_strdup (row->id);
  order->renewer = g_strdup (row->renewer);
  order->placed_by = g_strdup (row->placed_by);
  order->approved_by = g_strdup (row->approved_by);
  order->state = row->state;
  order->placed_at = row->placed_at;
  order->expires_at = row->expires_at;
  order->post_fee = row->post_fee;
  order->total = row->total;
  order->captured = row->captured;
  order->consignment = g_strdup (row->consignment);
  if (row->failed_at != TJD_NO_INT && row->failed_at >= row->scanned_at)
    order->attention = TJD_ATTENTION_DELIVERY_FAILED;
  tjd_records_extend (order->items, items);
  tjd_records_extend (order->stations, stations);
  return g_steal_pointer (&order);
}

gboolean
tjd_orders_free_permits (TjdTxn *txn, const char *order, GError **error)
{
  return tjd_txn_exec (txn, "DELETE FROM permits_in_orders WHERE order_id = $1", error,
                       tjd_text (order)) >= 0;
}

TjdOrderRow *
tjd_orders_get_own (TjdTxn *txn, TjdCall *call, TjdRole role, GError **error)
{
  g_autoptr (TjdOrderRow) row = tjd_orders_get (txn, "id", call->parameter, error);
  gboolean may = FALSE;

  if (row != NULL && !tjd_accounts_may (txn, call->host, call->principal.personal_id, row->renewer,
                                        role, &may, error))
    return NULL;
  if (may)
    return g_steal_pointer (&row);
  if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such order");
  return NULL;
}

gboolean
tjd_orders_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdOrderRow) row = tjd_orders_get_own (txn, call, TJD_ROLE_PREPARER, error);

  if (row != NULL)
    *reply = tjd_orders_show (txn, row, error);
  return *reply != NULL;
}

/* Orders differ much in size: a page ends where its items are too many. */
#define PAGE_ITEMS 2500

static void
set_next (TjdCall *call, TjdOrderRow *last)
{
  g_autofree char *placed_at = g_strdup_printf ("%" G_GINT64_FORMAT, last->placed_at);
  g_autofree char *after = tjd_cursor_print (placed_at, last->id);

  tjd_page_set_next (call, after);
}

static gboolean
show_page (
    TjdTxn *txn, TjdCall *call, GPtrArray *rows, gint64 limit, TjdOrders *orders, GError **error)
{
  guint n, n_items = 0;

  for (n = 0; n < rows->len && n < limit && n_items < PAGE_ITEMS; n++) {
    TjdOrder *order = tjd_orders_show (txn, rows->pdata[n], error);
    if (order == NULL)
      return FALSE;
    n_items += order->items->len;
    g_ptr_array_add (orders->orders, order);
  }
  if (n < rows->len)
    set_next (call, rows->pdata[n - 1]);
  return TRUE;
}

gboolean
tjd_orders_read_list (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdOrdersQuery *query = call->query;
  const char *renewer = query->renewer != NULL ? query->renewer : call->principal.personal_id;
  gint64 limit = query->limit != TJD_NO_INT ? query->limit : TJD_PAGE_MAX;
  g_autoptr (TjdOrders) orders = tjd_orders_new ();
  g_autoptr (GPtrArray) rows = NULL;

  if (!tjd_accounts_require (txn, call, renewer, TJD_ROLE_PREPARER, error))
    return FALSE;
  rows = tjd_orders_list (txn, renewer, query, limit + 1, error);
  if (rows == NULL || !show_page (txn, call, rows, limit, orders, error))
    return FALSE;
  *reply = g_steal_pointer (&orders);
  return TRUE;
}

gboolean
tjd_orders_cancel (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdOrderRow) row = tjd_orders_get_own (txn, call, TJD_ROLE_PREPARER, error);
  gboolean moved;

  if (row == NULL || !tjd_orders_move (txn, row, TJD_ORDER_CANCELLED, &moved, error))
    return FALSE;
  if (!moved && row->state != TJD_ORDER_CANCELLED) {
    tjd_problem_set (error, TJD_PROBLEM_ORDER_STATE, "it can no longer be cancelled");
    return FALSE;
  }
  if (!tjd_orders_free_permits (txn, row->id, error))
    return FALSE;
  *reply = tjd_orders_show (txn, row, error);
  return *reply != NULL;
}
