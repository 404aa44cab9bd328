/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "store.h"

G_BEGIN_DECLS

/* The bank's double-entry journal: append-only, every transfer sums to zero, and so does the whole.
 * A balance is the sum of an account's entries; what is held is not yet moved. */

#define TJD_LEDGER_MIGRATION                                                         \
  "CREATE TABLE accounts ("                                                          \
  "  number TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN"                     \
  "  ('customer', 'collection', 'ministry', 'post', 'equity')), owner TEXT) STRICT;" \
  "CREATE INDEX accounts_owner ON accounts (owner);"                                 \
  "CREATE TABLE entries ("                                                           \
  "  transfer TEXT NOT NULL, account TEXT NOT NULL REFERENCES accounts (number),"    \
  "  amount INTEGER NOT NULL CHECK (amount <> 0), at INTEGER NOT NULL,"              \
  "  PRIMARY KEY (transfer, account)) STRICT;"                                       \
  "CREATE INDEX entries_account ON entries (account);"                               \
  "CREATE TABLE holds ("                                                             \
  "  payment TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts (number),"  \
  "  amount INTEGER NOT NULL CHECK (amount > 0)) STRICT;"                            \
  "CREATE INDEX holds_account ON holds (account);"

/* Accounts of the bank's own world, beside the collection account (payee.h). */
#define TJD_ACCOUNT_MINISTRY "10003000"
#define TJD_ACCOUNT_POST "10004000"
#define TJD_ACCOUNT_EQUITY "10000001"

gboolean tjd_ledger_open_account (
    TjdTxn *txn, const char *number, const char *kind, const char *owner, GError **error);

/* amount dirhams, above zero; 0 does nothing. A transfer of this id happens once: a second is
 * TJD_STORE_ERROR_EXISTS. */
gboolean tjd_ledger_transfer (TjdTxn *txn,
                              const char *id,
                              const char *from,
                              const char *to,
                              TjdMoney amount,
                              gint64 now,
                              GError **error);

/* Balance less what is held. */
gboolean
tjd_ledger_get_available (TjdTxn *txn, const char *account, TjdMoney *available, GError **error);

gboolean tjd_ledger_hold (
    TjdTxn *txn, const char *payment, const char *account, TjdMoney amount, GError **error);

/* So much of it is held no longer. */
gboolean tjd_ledger_release (TjdTxn *txn, const char *payment, TjdMoney amount, GError **error);

G_END_DECLS
