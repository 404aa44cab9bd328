/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identifiers.h"
#include "payments.h"
#include "statements.h"

/* An operator gives back of what was debited for an order, out of the account that it was paid on
 * to, to the account that it came from. A transfer of its own: the journal is only ever added to.
 */

/* What is left of it to give back. */
static gboolean
get_left (TjdTxn *txn, TjdShareRow *share, TjdRefundSource source, TjdMoney *left, GError **error)
{
  TjdMoney taken =
      source == TJD_REFUND_POST ? share->captured_post : share->captured - share->captured_post;
  gint64 given;

  if (!tjd_txn_get_int (
          txn,
          "SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE payment = $1 AND order_id = $2"
          " AND source = $3",
          &given, error, tjd_text (share->payment), tjd_text (share->order_id),
          tjd_text (tjd_enum_to_nick (tjd_refund_source_get_type (), (int) source))))
    return FALSE;
  *left = taken - given;
  return TRUE;
}

static TjdRefund *
new_refund (TjdCall *call, TjdShareRow *share)
{
  TjdRefundRequest *asked = call->request;
  TjdRefund *refund = tjd_refund_new ();

  refund->id = tjd_id_new (call->host->entropy, "ref");
  refund->payment = g_strdup (share->payment);
  refund->order = g_strdup (share->order_id);
  refund->source = asked->source;
  refund->amount = asked->amount;
  refund->reason = g_strdup (asked->reason);
  refund->at = tjd_clock_now (call->host->clock);
  return refund;
}

static gboolean
keep (TjdTxn *txn, TjdRefund *refund, const char *operator, GError ** error)
{
  return tjd_txn_exec (
             txn,
             "INSERT INTO refunds (id, payment, order_id, source, amount, reason, operator, at)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
             error, tjd_text (refund->id), tjd_text (refund->payment), tjd_text (refund->order),
             tjd_text (tjd_enum_to_nick (tjd_refund_source_get_type (), (int) refund->source)),
             tjd_int (refund->amount), tjd_text (refund->reason), tjd_text (operator),
             tjd_int (refund->at)) > 0;
}

gboolean
tjd_refunds_give (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdRefundRequest *asked = call->request;
  g_autoptr (TjdPaymentRow) payment = tjd_payments_get (txn, call->parameter, error);
  g_autoptr (TjdShareRow) share =
      payment != NULL ? tjd_payments_get_share (txn, payment->id, asked->order, error) : NULL;
  const char *from = asked->source == TJD_REFUND_POST ? TJD_ACCOUNT_POST : TJD_ACCOUNT_MINISTRY;
  g_autoptr (TjdRefund) refund = NULL;
  TjdMoney left;

  if (share == NULL || !get_left (txn, share, asked->source, &left, error))
    return FALSE;
  if (asked->amount > left) {
    tjd_problem_set_at (error, TJD_PROBLEM_REFUND_REFUSED, "#/amount",
                        "more than is left of what was debited");
    return FALSE;
  }
  refund = new_refund (call, share);
  if (!keep (txn, refund, call->principal.name, error) ||
      !tjd_ledger_transfer (txn, refund->id, from, payment->account, refund->amount, refund->at,
                            error))
    return FALSE;
  *reply = g_steal_pointer (&refund);
  return TRUE;
}
