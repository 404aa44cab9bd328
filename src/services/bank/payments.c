/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payments.h"

#include "day.h"
#include "problem.h"

static const TjdField payment_row_fields[] = {
  TJD_STRING (TjdPaymentRow, id, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRow, payer, TJD_REQUIRED),
  TJD_ENUM (TjdPaymentRow, state, tjd_payment_state_get_type, TJD_REQUIRED),
  TJD_INT (TjdPaymentRow, amount, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRow, payee_en, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRow, payee_ar, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRow, payee_number, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRow, account, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRow, number, TJD_REQUIRED),
  TJD_INT (TjdPaymentRow, code_until, TJD_REQUIRED),
  TJD_INT (TjdPaymentRow, expires_at, TJD_REQUIRED),
  TJD_INT (TjdPaymentRow, captured, TJD_REQUIRED),
  TJD_INT (TjdPaymentRow, captured_post, TJD_REQUIRED),
  TJD_INT (TjdPaymentRow, authorised_at, TJD_NULLABLE),
  TJD_STRING (TjdPaymentRow, standing_mandate, TJD_NULLABLE),
};
TJD_DEFINE_RECORD (TjdPaymentRow, tjd_payment_row, payment_row_fields)

#define PAYMENT_COLUMNS                                                                       \
  "id, payer, state, amount, payee_en, payee_ar, payee_number, account, number, code_until, " \
  "expires_at, captured, captured_post, authorised_at, standing_mandate"

static const TjdField share_row_fields[] = {
  TJD_STRING (TjdShareRow, payment, TJD_REQUIRED),
  TJD_STRING (TjdShareRow, order_id, TJD_REQUIRED),
  TJD_INT (TjdShareRow, amount, TJD_REQUIRED),
  TJD_ENUM (TjdShareRow, state, tjd_share_state_get_type, TJD_REQUIRED),
  TJD_INT (TjdShareRow, captured, TJD_REQUIRED),
  TJD_INT (TjdShareRow, captured_post, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdShareRow, tjd_share_row, share_row_fields)

/* What was not found is said to be so; a failure is passed on. */
static gpointer
need (gpointer row, GError *failed, const char *what, GError **error)
{
  if (failed != NULL)
    g_propagate_error (error, failed);
  else if (row == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such %s", what);
  return row;
}

TjdPaymentRow *
tjd_payments_get (TjdTxn *txn, const char *id, GError **error)
{
  GError *failed = NULL;
  TjdPaymentRow *row = tjd_txn_get (txn, tjd_payment_row_get_type (),
                                    "SELECT " PAYMENT_COLUMNS " FROM payments WHERE id = $1",
                                    &failed, tjd_text (id));

  return need (row, failed, "payment", error);
}

TjdShareRow *
tjd_payments_get_share (TjdTxn *txn, const char *payment, const char *order, GError **error)
{
  GError *failed = NULL;
  TjdShareRow *row =
      tjd_txn_get (txn, tjd_share_row_get_type (),
                   "SELECT payment, order_id, amount, state, captured, captured_post FROM shares"
                   " WHERE payment = $1 AND order_id = $2",
                   &failed, tjd_text (payment), tjd_text (order));

  return need (row, failed, "share of this payment", error);
}

gboolean
tjd_payments_put (TjdTxn *txn, TjdPaymentRow *row, GError **error)
{
  return tjd_txn_update (txn, "payments", "id", row, error);
}

gboolean
tjd_payments_put_share (TjdTxn *txn, TjdShareRow *row, GError **error)
{
  const char *state = tjd_enum_to_nick (tjd_share_state_get_type (), (int) row->state);

  return tjd_txn_exec (txn,
                       "UPDATE shares SET state = $3, captured = $4, captured_post = $5"
                       " WHERE payment = $1 AND order_id = $2",
                       error, tjd_text (row->payment), tjd_text (row->order_id), tjd_text (state),
                       tjd_int (row->captured), tjd_int (row->captured_post)) > 0;
}

gboolean
tjd_payments_open (TjdTxn *txn, TjdPaymentRow *row, TjdPaymentRequest *request, GError **error)
{
  gboolean ok = tjd_txn_insert (txn, "payments", row, error);

  for (guint i = 0; ok && i < request->shares->len; i++) {
    TjdShare *share = request->shares->pdata[i];
    ok = tjd_txn_exec (txn,
                       "INSERT INTO shares (payment, order_id, amount, state, captured,"
                       " captured_post) VALUES ($1, $2, $3, 'open', 0, 0)",
                       error, tjd_text (row->id), tjd_text (share->order),
                       tjd_int (share->amount)) > 0;
  }
  return ok;
}

gboolean
tjd_payments_count_shares (TjdTxn *txn, const char *payment, gint64 *n, GError **error)
{
  return tjd_txn_get_int (txn, "SELECT count(*) FROM shares WHERE payment = $1", n, error,
                          tjd_text (payment));
}

gboolean
tjd_payments_hold (TjdTxn *txn, TjdPaymentRow *row, gint64 now, GError **error)
{
  row->state = TJD_PAYMENT_AUTHORISED;
  row->authorised_at = now;
  return tjd_ledger_hold (txn, row->id, row->account, row->amount, error) &&
         tjd_txn_exec (txn, "UPDATE shares SET state = 'held' WHERE payment = $1", error,
                       tjd_text (row->id)) > 0 &&
         tjd_payments_put (txn, row, error);
}

gboolean
tjd_payments_fits_limit (
    TjdTxn *txn, TjdPaymentRow *row, gint64 now, gboolean *fits, GError **error)
{
  gint64 room;

  if (!tjd_txn_get_int (
          txn,
          "SELECT daily_limit - COALESCE((SELECT SUM(CASE s.state WHEN 'held' THEN s.amount"
          "  ELSE s.captured END) FROM payments p JOIN shares s ON s.payment = p.id"
          "  WHERE p.account = a.number AND p.authorised_at >= $2), 0)"
          " FROM accounts a WHERE number = $1",
          &room, error, tjd_text (row->account),
          tjd_int (tjd_day_begins_at (tjd_day_in_qatar (now)))))
    return FALSE;
  *fits = room == TJD_NO_INT || room >= row->amount;
  return TRUE;
}

gboolean
tjd_payments_settle (TjdTxn *txn, TjdPaymentRow *row, TjdShareRow *share, GError **error)
{
  gint64 held;

  row->captured += share->captured;
  row->captured_post += share->captured_post;
  if (!tjd_payments_put_share (txn, share, error) ||
      !tjd_ledger_release (txn, row->id, share->amount, error) ||
      !tjd_txn_get_int (txn, "SELECT count(*) FROM shares WHERE payment = $1 AND state = 'held'",
                        &held, error, tjd_text (row->id)))
    return FALSE;
  if (held == 0)
    row->state = row->captured > 0 ? TJD_PAYMENT_CAPTURED : TJD_PAYMENT_VOIDED;
  return tjd_payments_put (txn, row, error);
}
