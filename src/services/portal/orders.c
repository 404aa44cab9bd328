/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orders.h"

static const TjdField order_row_fields[] = {
  TJD_STRING (TjdOrderRow, id, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, renewer, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, quotation, TJD_REQUIRED),
  TJD_ENUM (TjdOrderRow, state, tjd_order_state_get_type, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, placed_at, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, expires_at, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, post_fee, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, total, TJD_REQUIRED),
  TJD_INT (TjdOrderRow, captured, TJD_NULLABLE),
  TJD_STRING (TjdOrderRow, payment, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, payment_request, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, tariff, TJD_REQUIRED),
  TJD_STRING (TjdOrderRow, consignment, TJD_NULLABLE),
};
TJD_DEFINE_RECORD (TjdOrderRow, tjd_order_row, order_row_fields)

#define ORDER_COLUMNS                                                                          \
  "id, renewer, quotation, state, placed_at, expires_at, post_fee, total, captured, payment, " \
  "payment_request, tariff, consignment"

/* From each state, the states it may be followed by. */
#define TO(state) (1u << TJD_ORDER_##state)
static const guint transitions[] = {
  [TJD_ORDER_PLACED] = TO (AUTHORISED) | TO (EXPIRED),
  [TJD_ORDER_AUTHORISED] = TO (EXECUTED) | TO (VOIDED),
  [TJD_ORDER_EXECUTED] = TO (CAPTURED) | TO (VOIDED),
  [TJD_ORDER_CAPTURED] = TO (DISPATCHED) | TO (DELIVERED),
  [TJD_ORDER_DISPATCHED] = TO (DELIVERED),
  [TJD_ORDER_DELIVERED] = 0,
  [TJD_ORDER_EXPIRED] = TO (VOIDED), /* paid too late: the hold is released */
  [TJD_ORDER_VOIDED] = 0,
};

TjdOrderRow *
tjd_orders_get (TjdTxn *txn, const char *column, const char *value, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT " ORDER_COLUMNS " FROM orders WHERE %s = $1", column);

  return tjd_txn_get (txn, tjd_order_row_get_type (), sql, error, tjd_text (value));
}

GPtrArray *
tjd_orders_list (TjdTxn *txn, const char *renewer, GError **error)
{
  return tjd_txn_list (txn, tjd_order_row_get_type (),
                       "SELECT " ORDER_COLUMNS " FROM orders WHERE renewer = $1"
                       " ORDER BY placed_at DESC, id LIMIT 500",
                       error, tjd_text (renewer));
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

TjdOrder *
tjd_orders_show (TjdTxn *txn, TjdOrderRow *row, GError **error)
{
  g_autoptr (GPtrArray) items = tjd_orders_list_items (txn, row->id, error);
  g_autoptr (GPtrArray) stations =
      items != NULL ? tjd_txn_list (txn, tjd_station_get_type (),
                                    "SELECT station, at FROM stations WHERE order_id = $1"
                                    " ORDER BY position",
                                    error, tjd_text (row->id))
                    : NULL;
  TjdOrder *order;

  if (stations == NULL)
    return NULL;
  order = tjd_order_new ();
  order->id = g_strdup (row->id);
  order->state = row->state;
  order->placed_at = row->placed_at;
  order->expires_at = row->expires_at;
  order->post_fee = row->post_fee;
  order->total = row->total;
  order->captured = row->captured;
  order->payment = g_strdup (row->payment);
  order->payment_request = g_strdup (row->payment_request);
  order->consignment = g_strdup (row->consignment);
  tjd_records_extend (order->items, items);
  tjd_records_extend (order->stations, stations);
  return order;
}
