/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "customers.h"
#include "health.h"
#include "host.h"
#include "ledger.h"
#include "ocra.h"
#include "payee.h"
#include "payments.h"
#include "purge.h"
#include "sign-in.h"
#include "signing.h"
#include "settlements.h"
#include "statements.h"
#include "unblock.h"

/* The bank's part: it holds an amount when the payer has signed for it, debits what the portal
 * captures of it and releases the rest. It believes nothing but the portal's signed payment request
 * and the payer's code over what it is about to debit. */

#define MAX_WRONG 5
#define NUMBER_SECONDS (5 * 60)

static const char *const migrations[] = {
  TJD_HOST_MIGRATION,
  TJD_LEDGER_MIGRATION TJD_PAYMENTS_MIGRATION,
  TJD_SHARES_MIGRATION,
  TJD_LIMITS_MIGRATION,
  TJD_PURGE_MIGRATION,
  TJD_UNBLOCK_MIGRATION,
  NULL,
};

typedef struct {
  TjdRecord parent;
  char *personal_id, *secret;
  gint64 failures;
} SignerRow;

static const TjdField signer_row_fields[] = {
  TJD_STRING (SignerRow, personal_id, TJD_REQUIRED),
  TJD_STRING (SignerRow, secret, TJD_REQUIRED | TJD_SECRET),
  TJD_INT (SignerRow, failures, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (SignerRow, signer_row, signer_row_fields)

static SignerRow *
get_signer (TjdTxn *txn, const char *personal_id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  SignerRow *row =
      tjd_txn_get (txn, signer_row_get_type (),
                   "SELECT personal_id, secret, failures FROM signers WHERE personal_id = $1",
                   &failed, tjd_text (personal_id));

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (row == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NO_ACCOUNT, "the payer has no account here");
  return row;
}

/* The payment, if it is this person's; another's is answered like none. */
static TjdPaymentRow *
get_own_payment (TjdTxn *txn, TjdCall *call, GError **error)
{
  g_autoptr (TjdPaymentRow) row = tjd_payments_get (txn, call->parameter, error);

  if (row == NULL || call->principal.kind == TJD_PRINCIPAL_PARTY ||
      strcmp (row->payer, call->principal.personal_id) == 0)
    return g_steal_pointer (&row);
  tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such payment");
  return NULL;
}

static char *
signing_text (TjdPaymentRow *row, gint64 n_orders)
{
  TjdSigningRequest request = {
    .number = row->number,
    .payee_en = row->payee_en,
    .payee_ar = row->payee_ar,
    .payee_number = row->payee_number,
    .amount = row->amount,
    .payment = row->id,
    .n_orders = n_orders,
    .valid_until = row->code_until,
  };
  return tjd_signing_text (&request);
}

/* The row as people and the portal see it. */
static gboolean
show (TjdTxn *txn, TjdPaymentRow *row, gpointer *reply, GError **error)
{
  g_autoptr (SignerRow) signer = get_signer (txn, row->payer, error);
  TjdPayment *payment;
  gint64 n_orders;

  if (signer == NULL || !tjd_payments_count_shares (txn, row->id, &n_orders, error))
    return FALSE;
  payment = tjd_payment_new ();
  payment->id = g_strdup (row->id);
  payment->state = row->state;
  payment->tries_left = MAX (0, MAX_WRONG - signer->failures);
  if (row->state == TJD_PAYMENT_AWAITING_CODE && payment->tries_left == 0)
    payment->state = TJD_PAYMENT_BLOCKED;
  payment->amount = row->amount;
  payment->currency = g_strdup (TJD_CURRENCY);
  payment->payee_en = g_strdup (row->payee_en);
  payment->payee_ar = g_strdup (row->payee_ar);
  payment->payee_number = g_strdup (row->payee_number);
  payment->account = g_strdup (row->account);
  payment->number = g_strdup (row->number);
  payment->signing_text = signing_text (row, n_orders);
  payment->code_until = row->code_until;
  payment->expires_at = row->expires_at;
  payment->captured = row->captured;
  *reply = payment;
  return TRUE;
}

/* A signing request ends after five minutes of waiting (PSD2 RTS art. 4). */
static void
draw_number (TjdHost *host, TjdPaymentRow *row)
{
  g_free (row->number);
  row->number = g_strdup_printf ("%08u", (guint) tjd_entropy_below (host->entropy, 100000000));
  row->code_until = MIN (row->expires_at, tjd_clock_now (host->clock) + NUMBER_SECONDS);
}

static gboolean
refuse_request (GError **error, const char *why)
{
  tjd_problem_set_at (error, TJD_PROBLEM_PAYMENT_REQUEST_INVALID, "#/request", "%s", why);
  return FALSE;
}

static TjdPaymentRequest *
read_payment_request (TjdHost *host, const char *jws, GError **error)
{
  g_autoptr (TjdJwsHeader) header = tjd_jws_read_header (jws, NULL);
  g_autoptr (TjdKey) key = header != NULL && header->kid != NULL
                               ? tjd_trust_dup_portal_key (host->trust, header->kid)
                               : NULL;
  g_autofree char *json =
      key != NULL ? tjd_jws_verify (jws, TJD_PAYMENT_REQUEST_TYP, key, NULL) : NULL;
  TjdPaymentRequest *request = NULL;

  if (json != NULL)
    request = tjd_record_from_json (tjd_payment_request_get_type (), json, strlen (json),
                                    TJD_READ_STRICT, NULL);
  if (request == NULL)
    refuse_request (error, "not signed by the portal");
  return request;
}

static TjdMoney
sum_of_shares (TjdPaymentRequest *request)
{
  TjdMoney sum = 0;

  for (guint i = 0; i < request->shares->len; i++)
    sum += ((TjdShare *) request->shares->pdata[i])->amount;
  return sum;
}

static gboolean
check_payment_request (TjdCall *call, TjdPaymentRequest *request, GError **error)
{
  if (strcmp (request->iss, tjd_party_name (TJD_PARTY_PORTAL)) != 0 ||
      strcmp (request->aud, tjd_party_name (TJD_PARTY_BANK)) != 0 ||
      strcmp (request->currency, TJD_CURRENCY) != 0 ||
      strcmp (request->payee_number, TJD_PAYEE_NUMBER) != 0)
    return refuse_request (error, "another issuer, audience, currency or payee");
  if (sum_of_shares (request) != request->amount)
    return refuse_request (error, "the shares do not sum to the amount");
  if (strcmp (request->payer, call->principal.personal_id) != 0) {
    tjd_problem_set (error, TJD_PROBLEM_NOT_ALLOWED, "the payer is somebody else");
    return FALSE;
  }
  if (request->exp > tjd_clock_now (call->host->clock))
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_PAYMENT_EXPIRED, "the payment request has expired");
  return FALSE;
}

typedef struct {
  TjdRecord parent;
  char *number;
} AccountRow;

static const TjdField account_row_fields[] = { TJD_STRING (AccountRow, number, TJD_REQUIRED) };
TJD_DEFINE_PRIVATE_RECORD (AccountRow, account_row, account_row_fields)

/* The account that is debited: the debtor's, if the payer signs for it. */
static AccountRow *
find_account (TjdTxn *txn, TjdPaymentRequest *request, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (AccountRow) account =
      tjd_txn_get (txn, account_row_get_type (),
                   "SELECT number FROM accounts WHERE owner = $1 ORDER BY number LIMIT 1", &failed,
                   tjd_text (request->debtor));
  gint64 signs = 1;

  if (failed == NULL && account != NULL && strcmp (request->debtor, request->payer) != 0)
    tjd_txn_get_int (txn,
                     "SELECT count(*) FROM account_signers WHERE account = $1 AND personal_id = $2",
                     &signs, &failed, tjd_text (account->number), tjd_text (request->payer));
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (account == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NO_ACCOUNT, "the debtor has no account here");
  else if (signs == 0)
    tjd_problem_set (error, TJD_PROBLEM_NOT_A_SIGNER, "the payer does not sign for this account");
  else
    return g_steal_pointer (&account);
  return NULL;
}

static TjdPaymentRow *
open_payment (TjdTxn *txn, TjdHost *host, TjdPaymentRequest *request, GError **error)
{
  g_autoptr (AccountRow) account = find_account (txn, request, error);
  g_autoptr (TjdPaymentRow) row = NULL;

  if (account == NULL)
    return NULL;
  row = tjd_payment_row_new ();
  row->id = g_strdup (request->payment);
  row->payer = g_strdup (request->payer);
  row->state = TJD_PAYMENT_AWAITING_CODE;
  row->amount = request->amount;
  row->payee_en = g_strdup (request->payee_en);
  row->payee_ar = g_strdup (request->payee_ar);
  row->payee_number = g_strdup (request->payee_number);
  row->account = g_strdup (account->number);
  row->expires_at = request->exp;
  draw_number (host, row);
  return tjd_payments_open (txn, row, request, error) ? g_steal_pointer (&row) : NULL;
}

/* Bringing the same request again gives the same payment: with a fresh number while it waits for
 * its code, as it stands afterwards. */
static gboolean
start_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdPaymentStart *start = call->request;
  g_autoptr (TjdPaymentRequest) request = read_payment_request (call->host, start->request, error);
  g_autoptr (TjdPaymentRow) row = NULL;
  g_autoptr (GError) none = NULL;

  if (request == NULL || !check_payment_request (call, request, error))
    return FALSE;
  row = tjd_payments_get (txn, request->payment, &none);
  if (row == NULL) {
    if (!g_error_matches (none, TJD_PROBLEM, TJD_PROBLEM_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
    row = open_payment (txn, call->host, request, error);
  } else if (row->state == TJD_PAYMENT_AWAITING_CODE) {
    draw_number (call->host, row);
    if (!tjd_payments_put (txn, row, error))
      return FALSE;
  }
  return row != NULL && show (txn, row, reply, error);
}

static gboolean
read_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdPaymentRow) row = get_own_payment (txn, call, error);

  return row != NULL && show (txn, row, reply, error);
}

static gboolean
code_is (const TjdSecret *secret, const char *number, const char *text, const char *code)
{
  char *expected = tjd_payment_code (secret, number, text, strlen (text));
  gboolean same = tjd_bytes_equal_constant_time (expected, code, TJD_PAYMENT_DIGITS);

  tjd_wipe_string (expected);
  return same;
}

/* Over the text that was shown, or over what a person types by hand: number, amount and payee's
 * number (DESIGN 5). Both bind the code to this amount and this payee. */
static gboolean
check_code (SignerRow *signer, TjdPaymentRow *row, gint64 n_orders, TjdAuthorisation *authorisation)
{
  g_autoptr (TjdSecret) secret = tjd_secret_new_from_base32 (signer->secret);
  g_autofree char *text = signing_text (row, n_orders);
  g_autofree char *typed = tjd_signing_text_short (row->number, row->amount, row->payee_number);
  gboolean over_text = code_is (secret, row->number, text, authorisation->code);
  gboolean over_typed = code_is (secret, row->number, typed, authorisation->code);

  return (over_text | over_typed) && strcmp (row->number, authorisation->number) == 0;
}

static gboolean
set_failures (TjdTxn *txn, SignerRow *signer, gint64 failures, GError **error)
{
  signer->failures = failures;
  return tjd_txn_update (txn, "signers", "personal_id", signer, error);
}

/* The count outlives the refusal. */
static gboolean
refuse_code (TjdTxn *txn, TjdCall *call, SignerRow *signer, GError **error)
{
  if (!set_failures (txn, signer, signer->failures + 1, error))
    return FALSE;
  tjd_problem_set (&call->refusal, TJD_PROBLEM_SIGNING_CODE_WRONG,
                   "not the code for this number, amount and payee");
  tjd_problem_get_document (call->refusal)->tries_left = MAX (0, MAX_WRONG - signer->failures);
  return TRUE;
}

/* A code was right but cannot be followed: the number is spent with it. */
static gboolean
refuse_to_hold (TjdTxn *txn, TjdCall *call, TjdPaymentRow *row, TjdProblemCode why, GError **error)
{
  draw_number (call->host, row);
  if (!tjd_payments_put (txn, row, error))
    return FALSE;
  tjd_problem_set (&call->refusal, why, "%s", tjd_problem_row (why)->title);
  return TRUE;
}

static gboolean
notify_portal (TjdTxn *txn, TjdHost *host, TjdPaymentRow *row, GError **error)
{
  g_autoptr (TjdPaymentNotice) notice = tjd_payment_notice_new ();

  notice->payment = g_strdup (row->id);
  notice->amount = row->amount;
  notice->at = tjd_clock_now (host->clock);
  return tjd_outbox_put (txn, host, "notice", row->id, NULL, NULL, notice, error);
}

static gboolean
hold (TjdTxn *txn,
      TjdCall *call,
      TjdPaymentRow *row,
      SignerRow *signer,
      gpointer *reply,
      GError **error)
{
  gint64 now = tjd_clock_now (call->host->clock);
  TjdMoney available;
  gboolean fits;

  if (!set_failures (txn, signer, 0, error) ||
      !tjd_ledger_get_available (txn, row->account, &available, error))
    return FALSE;
  if (available < row->amount)
    return refuse_to_hold (txn, call, row, TJD_PROBLEM_FUNDS_INSUFFICIENT, error);
  if (!tjd_payments_fits_limit (txn, row, now, &fits, error))
    return FALSE;
  if (!fits)
    return refuse_to_hold (txn, call, row, TJD_PROBLEM_LIMIT_EXCEEDED, error);
  return tjd_payments_hold (txn, row, now, error) && notify_portal (txn, call->host, row, error) &&
         show (txn, row, reply, error);
}

/* Whether a code is awaited now. */
static gboolean
check_awaiting (TjdCall *call, TjdPaymentRow *row, SignerRow *signer, GError **error)
{
  gint64 now = tjd_clock_now (call->host->clock);

  if (row->state != TJD_PAYMENT_AWAITING_CODE)
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_CLOSED, "no code is awaited any more");
  else if (signer->failures >= MAX_WRONG)
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_BLOCKED, "%d wrong codes in a row", MAX_WRONG);
  else if (row->expires_at <= now)
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_EXPIRED, "the payment request has expired");
  else if (row->code_until <= now)
    tjd_problem_set (error, TJD_PROBLEM_NUMBER_EXPIRED, "bring the request again for a new number");
  else
    return TRUE;
  return FALSE;
}

static gboolean
authorise (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdPaymentRow) row = get_own_payment (txn, call, error);
  g_autoptr (SignerRow) signer = row != NULL ? get_signer (txn, row->payer, error) : NULL;
  gint64 n_orders;

  if (signer == NULL || !check_awaiting (call, row, signer, error) ||
      !tjd_payments_count_shares (txn, row->id, &n_orders, error))
    return FALSE;
  return check_code (signer, row, n_orders, call->request)
             ? hold (txn, call, row, signer, reply, error)
             : refuse_code (txn, call, signer, error);
}

static gboolean
unblock (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  return tjd_unblock (txn, call, "UPDATE signers SET failures = 0 WHERE personal_id = $1", error);
}

static const TjdRoute routes[] = {
  { TJD_BANK_HEALTH, .read = tjd_health_read },
  { TJD_BANK_START_PAYMENT, .keyed = start_payment },
  { TJD_BANK_PAYMENT, .read = read_payment },
  { TJD_BANK_AUTHORISE, .keyed = authorise },
  { TJD_BANK_CAPTURE, .keyed = tjd_settlements_capture },
  { TJD_BANK_RELEASE, .keyed = tjd_settlements_release },
  { TJD_BANK_REFUND, .keyed = tjd_refunds_give },
  { TJD_BANK_STATEMENT, .read = tjd_statements_read },
  { TJD_BANK_UNBLOCK, .keyed = unblock },
};

static const TjdStep steps[] = {
  { "notice", TJD_PORTAL_NOTE_PAYMENT, 0, NULL, NULL },
};

const TjdPartyRow tjd_bank = {
  .party = TJD_PARTY_BANK,
  .migrations = migrations,
  .routes = routes,
  .n_routes = G_N_ELEMENTS (routes),
  .steps = steps,
  .n_steps = G_N_ELEMENTS (steps),
  .seed = tjd_customers_seed,
};
