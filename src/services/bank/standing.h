/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* Standing mandates: signed once by who signs for a company's account, used by the portal for the
 * payments that it signs in their name, until they end. */

#define TJD_STANDING_MIGRATION                                                               \
  "CREATE TABLE standing_mandates ("                                                         \
  "  id TEXT PRIMARY KEY, debtor TEXT NOT NULL,"                                             \
  "  account TEXT NOT NULL REFERENCES accounts (number), signer TEXT NOT NULL,"              \
  "  state TEXT NOT NULL, payee_en TEXT NOT NULL, payee_ar TEXT NOT NULL,"                   \
  "  payee_number TEXT NOT NULL, monthly_limit INTEGER NOT NULL CHECK (monthly_limit > 0),"  \
  "  valid_until TEXT NOT NULL, number TEXT NOT NULL, code_until INTEGER NOT NULL) STRICT;"  \
  "CREATE INDEX standing_mandates_signer ON standing_mandates (signer, code_until);"         \
  "CREATE INDEX standing_mandates_unsigned ON standing_mandates (code_until)"                \
  " WHERE state = 'awaiting-code';"                                                          \
  "ALTER TABLE payments ADD COLUMN standing_mandate TEXT REFERENCES standing_mandates (id);" \
  "CREATE INDEX payments_standing_mandate ON payments (standing_mandate, authorised_at)"     \
  " WHERE standing_mandate IS NOT NULL"

/* Mandates that nobody signed, a month after; a statement for the party's purge. */
#define TJD_STANDING_PURGE                                                      \
  "DELETE FROM standing_mandates WHERE id IN (SELECT id FROM standing_mandates" \
  " WHERE state = 'awaiting-code' AND code_until < $1 ORDER BY code_until LIMIT 500)"

/* The endpoints. */
gboolean tjd_standing_give (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_standing_list (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_standing_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_standing_confirm (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_standing_end (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_standing_pay (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
