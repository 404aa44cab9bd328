/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orders.h"

/* What was debited for an order, as its people have it and as anybody may have it confirmed. */

static GPtrArray *
list_executed (TjdTxn *txn, const char *order, GError **error)
{
  g_autoptr (GPtrArray) items = tjd_orders_list_items (txn, order, error);

  for (guint i = items != NULL ? items->len : 0; i-- > 0;)
    if (((TjdOrderItem *) items->pdata[i])->outcome != TJD_OUTCOME_EXECUTED)
      g_ptr_array_remove_index (items, i);
  return g_steal_pointer (&items);
}

typedef struct {
  TjdRecord parent;
  char *payer;
} PayerRow;

static const TjdField payer_row_fields[] = { TJD_STRING (PayerRow, payer, TJD_REQUIRED) };
TJD_DEFINE_PRIVATE_RECORD (PayerRow, payer_row, payer_row_fields)

static TjdReceipt *
make_receipt (TjdTxn *txn, TjdOrderRow *order, GError **error)
{
  g_autoptr (PayerRow) bill =
      tjd_txn_get (txn, payer_row_get_type (), "SELECT payer FROM bills WHERE id = $1", error,
                   tjd_text (order->payment));
  g_autoptr (GPtrArray) items = bill != NULL ? list_executed (txn, order->id, error) : NULL;
  TjdReceipt *receipt;

  if (items == NULL)
    return NULL;
  receipt = tjd_receipt_new ();
  receipt->id = g_strdup (order->receipt);
  receipt->order = g_strdup (order->id);
  receipt->payment = g_strdup (order->payment);
  receipt->renewer = g_strdup (order->renewer);
  receipt->payer = g_strdup (bill->payer);
  receipt->captured = receipt->post_fee = order->captured;
  receipt->captured_at = order->captured_at;
  tjd_records_extend (receipt->items, items);
  for (guint i = 0; i < items->len; i++)
    receipt->post_fee -= ((TjdOrderItem *) items->pdata[i])->total;
  return receipt;
}

gboolean
tjd_receipts_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdOrderRow) order = tjd_orders_get_own (txn, call, TJD_ROLE_PREPARER, error);

  if (order == NULL)
    return FALSE;
  if (order->receipt == NULL) {
    tjd_problem_set (error, TJD_PROBLEM_RECEIPT_PENDING, "nothing has been debited for this order");
    return FALSE;
  }
  *reply = make_receipt (txn, order, error);
  return *reply != NULL;
}

gboolean
tjd_receipts_confirm (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdOrderRow) order = tjd_orders_get (txn, "receipt", call->parameter, error);
  g_autoptr (GPtrArray) items = order != NULL ? list_executed (txn, order->id, error) : NULL;
  TjdConfirmedReceipt *receipt;

  if (items == NULL) {
    if (*error == NULL)
      tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such receipt");
    return FALSE;
  }
  receipt = tjd_confirmed_receipt_new ();
  receipt->id = g_strdup (order->receipt);
  receipt->order = g_strdup (order->id);
  receipt->permits = items->len;
  receipt->captured = order->captured;
  receipt->captured_at = order->captured_at;
  *reply = receipt;
  return TRUE;
}
