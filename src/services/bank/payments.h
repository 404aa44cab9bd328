/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger.h"
#include "payment.h"

G_BEGIN_DECLS

/* Payments as the bank keeps them, and their shares: what each order takes of one, captured or
 * released by itself. */

#define TJD_PAYMENTS_MIGRATION                                                                \
  "CREATE TABLE signers ("                                                                    \
  "  personal_id TEXT PRIMARY KEY, secret TEXT NOT NULL, failures INTEGER NOT NULL) STRICT;"  \
  "CREATE TABLE payments ("                                                                   \
  "  id TEXT PRIMARY KEY, payer TEXT NOT NULL, state TEXT NOT NULL, amount INTEGER NOT NULL," \
  "  payee_en TEXT NOT NULL, payee_ar TEXT NOT NULL, payee_number TEXT NOT NULL,"             \
  "  account TEXT NOT NULL REFERENCES accounts (number), orders TEXT NOT NULL,"               \
  "  number TEXT NOT NULL, expires_at INTEGER NOT NULL, captured INTEGER NOT NULL,"           \
  "  captured_post INTEGER NOT NULL, CHECK (captured <= amount)) STRICT"

/* A payment for many orders, a number's own end, and who signs for accounts that are not theirs. */
#define TJD_SHARES_MIGRATION                                                                   \
  "CREATE TABLE shares ("                                                                      \
  "  payment TEXT NOT NULL REFERENCES payments (id), order_id TEXT NOT NULL,"                  \
  "  amount INTEGER NOT NULL, state TEXT NOT NULL, captured INTEGER NOT NULL,"                 \
  "  captured_post INTEGER NOT NULL, CHECK (captured <= amount),"                              \
  "  PRIMARY KEY (payment, order_id)) STRICT;"                                                 \
  "CREATE INDEX shares_order ON shares (order_id);"                                            \
  "INSERT INTO shares (payment, order_id, amount, state, captured, captured_post)"             \
  " SELECT id, json_extract(orders, '$[0]'), amount, CASE state WHEN 'authorised' THEN 'held'" \
  " WHEN 'captured' THEN 'captured' WHEN 'voided' THEN 'released' ELSE 'open' END, captured,"  \
  " captured_post FROM payments;"                                                              \
  "ALTER TABLE payments DROP COLUMN orders;"                                                   \
  "ALTER TABLE payments ADD COLUMN code_until INTEGER NOT NULL DEFAULT 0;"                     \
  "CREATE TABLE account_signers ("                                                             \
  "  account TEXT NOT NULL REFERENCES accounts (number), personal_id TEXT NOT NULL,"           \
  "  PRIMARY KEY (account, personal_id)) STRICT"

/* What an account may pay in a day, when a payment was signed for, and what was given back. */
#define TJD_LIMITS_MIGRATION                                                                    \
  "ALTER TABLE accounts ADD COLUMN daily_limit INTEGER;"                                        \
  "ALTER TABLE payments ADD COLUMN authorised_at INTEGER;"                                      \
  "CREATE INDEX payments_account ON payments (account, authorised_at);"                         \
  "CREATE INDEX entries_statement ON entries (account, at, transfer);"                          \
  "CREATE TABLE refunds ("                                                                      \
  "  id TEXT PRIMARY KEY, payment TEXT NOT NULL, order_id TEXT NOT NULL, source TEXT NOT NULL," \
  "  amount INTEGER NOT NULL CHECK (amount > 0), reason TEXT NOT NULL, operator TEXT NOT NULL," \
  "  at INTEGER NOT NULL, FOREIGN KEY (payment, order_id)"                                      \
  "  REFERENCES shares (payment, order_id)) STRICT;"                                            \
  "CREATE INDEX refunds_share ON refunds (payment, order_id)"

TJD_DECLARE_RECORD (TjdPaymentRow, tjd_payment_row)
struct _TjdPaymentRow {
  TjdRecord parent;
  char *id, *payer;
  TjdPaymentState state;
  TjdMoney amount;
  char *payee_en, *payee_ar, *payee_number, *account;
  char *number;
  gint64 code_until, expires_at; /* UTC seconds */
  TjdMoney captured, captured_post;
  gint64 authorised_at;   /* UTC seconds */
  char *standing_mandate; /* that it is held by; NULL: a code of its own */
};

TJD_DECLARE_RECORD (TjdShareRow, tjd_share_row)
struct _TjdShareRow {
  TjdRecord parent;
  char *payment, *order_id;
  TjdMoney amount;
  TjdShareState state;
  TjdMoney captured, captured_post;
};

/* TJD_PROBLEM_NOT_FOUND if there is none. */
TjdPaymentRow *tjd_payments_get (TjdTxn *txn, const char *id, GError **error);
TjdShareRow *
tjd_payments_get_share (TjdTxn *txn, const char *payment, const char *order, GError **error);

gboolean tjd_payments_put (TjdTxn *txn, TjdPaymentRow *row, GError **error);     /* updates */
gboolean tjd_payments_put_share (TjdTxn *txn, TjdShareRow *row, GError **error); /* updates */

/* Opens the payment with its shares. */
gboolean
tjd_payments_open (TjdTxn *txn, TjdPaymentRow *row, TjdPaymentRequest *request, GError **error);
gboolean tjd_payments_count_shares (TjdTxn *txn, const char *payment, gint64 *n, GError **error);

/* Authorised: all shares are held. */
gboolean tjd_payments_hold (TjdTxn *txn, TjdPaymentRow *row, gint64 now, GError **error);

/* Whether the account's daily limit leaves room for it: what is held or was captured of the
 * payments signed for since midnight in Asia/Qatar counts. */
gboolean tjd_payments_fits_limit (
    TjdTxn *txn, TjdPaymentRow *row, gint64 now, gboolean *fits, GError **error);

/* A share has been captured or released: the hold shrinks by it, and the payment closes with its
 * last. */
gboolean tjd_payments_settle (TjdTxn *txn, TjdPaymentRow *row, TjdShareRow *share, GError **error);

G_END_DECLS
