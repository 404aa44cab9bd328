/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "host.h"

G_BEGIN_DECLS

/* Who may act for whom. Everybody acts for themselves; for a company or another person only under
 * a mandate that is in force today. */

#define TJD_ACCOUNTS_MIGRATION                                                                  \
  "CREATE TABLE accounts ("                                                                     \
  "  renewer TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_ar TEXT NOT NULL) STRICT;"           \
  "INSERT INTO accounts (renewer, name_en, name_ar)"                                            \
  " SELECT personal_id, personal_id, personal_id FROM people;"                                  \
  "CREATE TABLE mandates ("                                                                     \
  "  id TEXT PRIMARY KEY, renewer TEXT NOT NULL REFERENCES accounts (renewer),"                 \
  "  personal_id TEXT NOT NULL, role TEXT NOT NULL, granted_by TEXT, valid_from TEXT NOT NULL," \
  "  valid_until TEXT, revoked_at INTEGER, revoked_by TEXT) STRICT;"                            \
  "CREATE INDEX mandates_person ON mandates (personal_id, renewer);"                            \
  "CREATE INDEX mandates_renewer ON mandates (renewer);"

/* Name in both languages, personal_id the renewer's; TJD_PROBLEM_NOT_FOUND if there is none. */
TjdAccount *tjd_accounts_get (TjdTxn *txn, const char *renewer, GError **error);

/* Whether this person has the role for the renewer today; a signatory is a preparer too. */
gboolean tjd_accounts_may (TjdTxn *txn,
                           TjdHost *host,
                           const char *personal_id,
                           const char *renewer,
                           TjdRole role,
                           gboolean *may,
                           GError **error);

/* The same for the caller; TJD_PROBLEM_NOT_ALLOWED if not. */
gboolean tjd_accounts_require (
    TjdTxn *txn, TjdCall *call, const char *renewer, TjdRole role, GError **error);

/* The same outside of a transaction. */
gboolean
tjd_accounts_require_now (TjdCall *call, const char *renewer, TjdRole role, GError **error);

/* The endpoints. */
gboolean tjd_accounts_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_accounts_list_mandates (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_accounts_give_mandate (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_accounts_revoke_mandate (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

gboolean tjd_accounts_seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed, GError **error);

G_END_DECLS
