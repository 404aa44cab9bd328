/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger.h"

gboolean
tjd_ledger_open_account (
    TjdTxn *txn, const char *number, const char *kind, const char *owner, GError **error)
{
  return tjd_txn_exec (txn, "INSERT INTO accounts (number, kind, owner) VALUES ($1, $2, $3)", error,
                       tjd_text (number), tjd_text (kind), tjd_text (owner)) > 0;
}

static gboolean
enter (TjdTxn *txn,
       const char *transfer,
       const char *account,
       TjdMoney amount,
       gint64 now,
       GError **error)
{
  return tjd_txn_exec (txn,
                       "INSERT INTO entries (transfer, account, amount, at)"
                       " VALUES ($1, $2, $3, $4)",
                       error, tjd_text (transfer), tjd_text (account), tjd_int (amount),
                       tjd_int (now)) > 0;
}

gboolean
tjd_ledger_transfer (TjdTxn *txn,
                     const char *id,
                     const char *from,
                     const char *to,
                     TjdMoney amount,
                     gint64 now,
                     GError **error)
{
  g_assert (amount >= 0);
  return amount == 0 ||
         (enter (txn, id, from, -amount, now, error) && enter (txn, id, to, amount, now, error));
}

gboolean
tjd_ledger_get_available (TjdTxn *txn, const char *account, TjdMoney *available, GError **error)
{
  return tjd_txn_get_int (txn,
                          "SELECT (SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account = $1)"
                          " - (SELECT COALESCE(SUM(amount), 0) FROM holds WHERE account = $1)",
                          available, error, tjd_text (account));
}

gboolean
tjd_ledger_hold (
    TjdTxn *txn, const char *payment, const char *account, TjdMoney amount, GError **error)
{
  return tjd_txn_exec (txn, "INSERT INTO holds (payment, account, amount) VALUES ($1, $2, $3)",
                       error, tjd_text (payment), tjd_text (account), tjd_int (amount)) > 0;
}

gboolean
tjd_ledger_release (TjdTxn *txn, const char *payment, TjdMoney amount, GError **error)
{
  return tjd_txn_exec (txn, "DELETE FROM holds WHERE payment = $1 AND amount = $2", error,
                       tjd_text (payment), tjd_int (amount)) >= 0 &&
         tjd_txn_exec (txn, "UPDATE holds SET amount = amount - $2 WHERE payment = $1", error,
                       tjd_text (payment), tjd_int (amount)) >= 0;
}
