/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"
#include "payment.h"

G_BEGIN_DECLS

/* Who signs, by what secret, for which accounts, and how often in a row they were wrong. */

#define TJD_MAX_WRONG 5

TJD_DECLARE_RECORD (TjdSignerRow, tjd_signer_row)
struct _TjdSignerRow {
  TjdRecord parent;
  char *personal_id, *secret;
  gint64 failures;
};

/* TJD_PROBLEM_NO_ACCOUNT if there is none. */
TjdSignerRow *tjd_signers_get (TjdTxn *txn, const char *personal_id, GError **error);
gint64 tjd_signers_tries_left (TjdSignerRow *signer);
gboolean
tjd_signers_set_failures (TjdTxn *txn, TjdSignerRow *signer, gint64 failures, GError **error);

/* The debtor's account, if the signer signs for it; else TJD_PROBLEM_NO_ACCOUNT or
 * TJD_PROBLEM_NOT_A_SIGNER. */
char *
tjd_signers_find_account (TjdTxn *txn, const char *debtor, const char *signer, GError **error);

/* The number of a signing request, eight random digits, and when it ends (UTC seconds): after five
 * minutes of waiting (PSD2 RTS art. 4), not after latest. */
void tjd_signers_draw_number (TjdHost *host, gint64 latest, char **number, gint64 *until);

/* Whether this is the signer's code over text, and the number is the one that was drawn. */
gboolean tjd_signers_code_is (TjdSignerRow *signer,
                              const char *number,
                              const char *text,
                              TjdAuthorisation *authorisation);

/* A wrong code: it is counted, and call->refusal says how many tries are left. */
gboolean tjd_signers_refuse_code (TjdTxn *txn, TjdCall *call, TjdSignerRow *signer, GError **error);

/* The endpoint. */
gboolean tjd_signers_unblock (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
