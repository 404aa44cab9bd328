/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signers.h"

#include <string.h>

#include "ocra.h"
#include "unblock.h"

#define NUMBER_SECONDS (5 * 60)

static const TjdField tjd_signer_row_fields[] = {
  TJD_STRING (TjdSignerRow, personal_id, TJD_REQUIRED),
  TJD_STRING (TjdSignerRow, secret, TJD_REQUIRED | TJD_SECRET),
  TJD_INT (TjdSignerRow, failures, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdSignerRow, tjd_signer_row, tjd_signer_row_fields)

TjdSignerRow *
tjd_signers_get (TjdTxn *txn, const char *personal_id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  TjdSignerRow *row =
      tjd_txn_get (txn, tjd_signer_row_get_type (),
                   "SELECT personal_id, secret, failures FROM signers WHERE personal_id = $1",
                   &failed, tjd_text (personal_id));

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (row == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NO_ACCOUNT, "the payer has no account here");
  return row;
}

gint64
tjd_signers_tries_left (TjdSignerRow *signer)
{
  return MAX (0, TJD_MAX_WRONG - signer->failures);
}

gboolean
tjd_signers_set_failures (TjdTxn *txn, TjdSignerRow *signer, gint64 failures, GError **error)
{
  signer->failures = failures;
  return tjd_txn_update (txn, "signers", "personal_id", signer, error);
}

typedef struct {
  TjdRecord parent;
  char *number;
} AccountRow;

static const TjdField account_row_fields[] = { TJD_STRING (AccountRow, number, TJD_REQUIRED) };
TJD_DEFINE_PRIVATE_RECORD (AccountRow, account_row, account_row_fields)

char *
tjd_signers_find_account (TjdTxn *txn, const char *debtor, const char *signer, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (AccountRow) account =
      tjd_txn_get (txn, account_row_get_type (),
                   "SELECT number FROM accounts WHERE owner = $1 ORDER BY number LIMIT 1", &failed,
                   tjd_text (debtor));
  gint64 signs = 1;

  if (failed == NULL && account != NULL && strcmp (debtor, signer) != 0)
    tjd_txn_get_int (txn,
                     "SELECT count(*) FROM account_signers WHERE account = $1 AND personal_id = $2",
                     &signs, &failed, tjd_text (account->number), tjd_text (signer));
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (account == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NO_ACCOUNT, "the debtor has no account here");
  else if (signs == 0)
    tjd_problem_set (error, TJD_PROBLEM_NOT_A_SIGNER, "the payer does not sign for this account");
  else
    return g_strdup (account->number);
  return NULL;
}

void
tjd_signers_draw_number (TjdHost *host, gint64 latest, char **number, gint64 *until)
{
  g_free (*number);
  *number = g_strdup_printf ("%08u", (guint) tjd_entropy_below (host->entropy, 100000000));
  *until = MIN (latest, tjd_clock_now (host->clock) + NUMBER_SECONDS);
}

gboolean
tjd_signers_code_is (TjdSignerRow *signer,
                     const char *number,
                     const char *text,
                     TjdAuthorisation *authorisation)
{
  g_autoptr (TjdSecret) secret = tjd_secret_new_from_base32 (signer->secret);
  char *expected = tjd_payment_code (secret, number, text, strlen (text));
  gboolean same = tjd_bytes_equal_constant_time (expected, authorisation->code, TJD_PAYMENT_DIGITS);

  tjd_wipe_string (expected);
  return same && strcmp (number, authorisation->number) == 0;
}

gboolean
tjd_signers_refuse_code (TjdTxn *txn, TjdCall *call, TjdSignerRow *signer, GError **error)
{
  if (!tjd_signers_set_failures (txn, signer, signer->failures + 1, error))
    return FALSE;
  tjd_problem_set (&call->refusal, TJD_PROBLEM_SIGNING_CODE_WRONG,
                   "not the code for this number and this text");
  tjd_problem_get_document (call->refusal)->tries_left = tjd_signers_tries_left (signer);
  return TRUE;
}

gboolean
tjd_signers_unblock (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  return tjd_unblock (txn, call, "UPDATE signers SET failures = 0 WHERE personal_id = $1", error);
}
