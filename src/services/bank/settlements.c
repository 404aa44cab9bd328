/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settlements.h"

#include "payee.h"
#include "payments.h"

static gboolean
refuse_capture (GError **error, const char *why)
{
  tjd_problem_set (error, TJD_PROBLEM_CAPTURE_REFUSED, "%s", why);
  return FALSE;
}

static gboolean
show_settlement (TjdShareRow *share, gpointer *reply)
{
  TjdSettlement *settlement = tjd_settlement_new ();

  settlement->payment = g_strdup (share->payment);
  settlement->order = g_strdup (share->order_id);
  settlement->state = share->state;
  settlement->captured = share->captured;
  *reply = settlement;
  return TRUE;
}

/* Payer to collection account under the order, and on to ministry and post: a line of the journal
 * for each permit under its quote, and one for the post. */
static gboolean
debit (TjdTxn *txn,
       TjdPaymentRow *row,
       TjdShareRow *share,
       TjdCapture *asked,
       gint64 now,
       GError **error)
{
  g_autofree char *to_post = g_strconcat (share->order_id, ".post", NULL);
  gboolean ok = tjd_ledger_transfer (txn, share->order_id, row->account, TJD_PAYEE_NUMBER,
                                     share->captured, now, error) &&
                tjd_ledger_transfer (txn, to_post, TJD_PAYEE_NUMBER, TJD_ACCOUNT_POST, asked->post,
                                     now, error);

  for (guint i = 0; ok && i < asked->lines->len; i++) {
    TjdCaptureLine *line = asked->lines->pdata[i];
    ok = tjd_ledger_transfer (txn, line->reference, TJD_PAYEE_NUMBER, TJD_ACCOUNT_MINISTRY,
                              line->amount, now, error);
  }
  return ok;
}

static TjdMoney
sum_of (TjdCapture *capture)
{
  TjdMoney sum = capture->post;

  for (guint i = 0; i < capture->lines->len; i++)
    sum += ((TjdCaptureLine *) capture->lines->pdata[i])->amount;
  return sum;
}

gboolean
tjd_settlements_capture (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdCapture *asked = call->request;
  g_autoptr (TjdPaymentRow) row = tjd_payments_get (txn, call->parameter, error);
  g_autoptr (TjdShareRow) share =
      row != NULL ? tjd_payments_get_share (txn, row->id, asked->order, error) : NULL;
  TjdMoney sum = sum_of (asked);

  if (share == NULL)
    return FALSE;
  if (share->state == TJD_SHARE_CAPTURED && share->captured == sum &&
      share->captured_post == asked->post)
    return show_settlement (share, reply);
  if (share->state != TJD_SHARE_HELD)
    return refuse_capture (error, "nothing is held");
  if (sum > share->amount)
    return refuse_capture (error, "at most what is held");
  share->state = TJD_SHARE_CAPTURED;
  share->captured = sum;
  share->captured_post = asked->post;
  return tjd_payments_settle (txn, row, share, error) &&
         debit (txn, row, share, asked, tjd_clock_now (call->host->clock), error) &&
         show_settlement (share, reply);
}

/* Nothing of it is debited. What nobody has signed for yet can no longer be. */
gboolean
tjd_settlements_release (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdRelease *asked = call->request;
  g_autoptr (TjdPaymentRow) row = tjd_payments_get (txn, call->parameter, error);
  g_autoptr (TjdShareRow) share =
      row != NULL ? tjd_payments_get_share (txn, row->id, asked->order, error) : NULL;

  if (share == NULL)
    return FALSE;
  if (share->state == TJD_SHARE_CAPTURED)
    return refuse_capture (error, "it was captured");
  if (share->state == TJD_SHARE_OPEN)
    return refuse_capture (error, "nothing is held");
  if (share->state == TJD_SHARE_HELD) {
    share->state = TJD_SHARE_RELEASED;
    if (!tjd_payments_settle (txn, row, share, error))
      return FALSE;
  }
  return show_settlement (share, reply);
}
