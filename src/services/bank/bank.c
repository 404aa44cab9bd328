/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "health.h"
#include "host.h"
#include "ledger.h"
#include "ocra.h"
#include "payee.h"
#include "payment.h"
#include "sign-in.h"
#include "signing.h"

/* The bank's part: it holds an amount when the payer has signed for it, debits what the portal
 * captures of it and releases the rest. It believes nothing but the portal's signed payment request
 * and the payer's code over what it is about to debit. */

#define MAX_WRONG 5

static const char *const migrations[] = {
  TJD_HOST_MIGRATION,
  TJD_LEDGER_MIGRATION
  "CREATE TABLE signers ("
  "  personal_id TEXT PRIMARY KEY, secret TEXT NOT NULL, failures INTEGER NOT NULL) STRICT;"
  "CREATE TABLE payments ("
  "  id TEXT PRIMARY KEY, payer TEXT NOT NULL, state TEXT NOT NULL, amount INTEGER NOT NULL,"
  "  payee_en TEXT NOT NULL, payee_ar TEXT NOT NULL, payee_number TEXT NOT NULL,"
  "  account TEXT NOT NULL REFERENCES accounts (number), orders TEXT NOT NULL,"
  "  number TEXT NOT NULL, expires_at INTEGER NOT NULL, captured INTEGER NOT NULL,"
  "  captured_post INTEGER NOT NULL, CHECK (captured <= amount)) STRICT",
  NULL,
};

typedef struct {
  TjdRecord parent;
  char *id, *payer;
  TjdPaymentState state;
  TjdMoney amount;
  char *payee_en, *payee_ar, *payee_number, *account;
  GPtrArray *orders;
  char *number;
  gint64 expires_at;
  TjdMoney captured, captured_post;
} PaymentRow;

static const TjdField payment_row_fields[] = {
  TJD_STRING (PaymentRow, id, TJD_REQUIRED),
  TJD_STRING (PaymentRow, payer, TJD_REQUIRED),
  TJD_ENUM (PaymentRow, state, tjd_payment_state_get_type, TJD_REQUIRED),
  TJD_INT (PaymentRow, amount, TJD_REQUIRED),
  TJD_STRING (PaymentRow, payee_en, TJD_REQUIRED),
  TJD_STRING (PaymentRow, payee_ar, TJD_REQUIRED),
  TJD_STRING (PaymentRow, payee_number, TJD_REQUIRED),
  TJD_STRING (PaymentRow, account, TJD_REQUIRED),
  TJD_STRINGS (PaymentRow, orders, TJD_REQUIRED),
  TJD_STRING (PaymentRow, number, TJD_REQUIRED),
  TJD_INT (PaymentRow, expires_at, TJD_REQUIRED),
  TJD_INT (PaymentRow, captured, TJD_REQUIRED),
  TJD_INT (PaymentRow, captured_post, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (PaymentRow, payment_row, payment_row_fields)

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

#define PAYMENT_COLUMNS                                                                   \
  "id, payer, state, amount, payee_en, payee_ar, payee_number, account, orders, number, " \
  "expires_at, captured, captured_post"

static PaymentRow *
get_payment (TjdTxn *txn, const char *id, GError **error)
{
  g_autoptr (GError) failed = NULL;
  PaymentRow *row = tjd_txn_get (txn, payment_row_get_type (),
                                 "SELECT " PAYMENT_COLUMNS " FROM payments WHERE id = $1", &failed,
                                 tjd_text (id));

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (row == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such payment");
  return row;
}

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
static PaymentRow *
get_own_payment (TjdTxn *txn, TjdCall *call, GError **error)
{
  g_autoptr (PaymentRow) row = get_payment (txn, call->parameter, error);

  if (row == NULL || call->principal.kind == TJD_PRINCIPAL_PARTY ||
      strcmp (row->payer, call->principal.personal_id) == 0)
    return g_steal_pointer (&row);
  tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such payment");
  return NULL;
}

static char *
signing_text (PaymentRow *row)
{
  TjdSigningRequest request = {
    .number = row->number,
    .payee_en = row->payee_en,
    .payee_ar = row->payee_ar,
    .payee_number = row->payee_number,
    .amount = row->amount,
    .payment = row->id,
    .n_orders = row->orders->len,
    .valid_until = row->expires_at,
  };
  return tjd_signing_text (&request);
}

/* The row as people and the portal see it. */
static gboolean
show (TjdTxn *txn, PaymentRow *row, gpointer *reply, GError **error)
{
  g_autoptr (SignerRow) signer = get_signer (txn, row->payer, error);
  TjdPayment *payment;

  if (signer == NULL)
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
  payment->signing_text = signing_text (row);
  payment->expires_at = row->expires_at;
  payment->captured = row->captured;
  *reply = payment;
  return TRUE;
}

static void
draw_number (TjdHost *host, char **number)
{
  g_free (*number);
  *number = g_strdup_printf ("%08u", (guint) tjd_entropy_below (host->entropy, 100000000));
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
                               ? tjd_trust_dup_known_key (host->trust, header->kid)
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

static gboolean
check_payment_request (TjdCall *call, TjdPaymentRequest *request, GError **error)
{
  if (strcmp (request->iss, tjd_party_name (TJD_PARTY_PORTAL)) != 0 ||
      strcmp (request->aud, tjd_party_name (TJD_PARTY_BANK)) != 0 ||
      strcmp (request->currency, TJD_CURRENCY) != 0 ||
      strcmp (request->payee_number, TJD_PAYEE_NUMBER) != 0)
    return refuse_request (error, "another issuer, audience, currency or payee");
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

static PaymentRow *
open_payment (TjdTxn *txn, TjdHost *host, TjdPaymentRequest *request, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (AccountRow) account =
      tjd_txn_get (txn, account_row_get_type (),
                   "SELECT number FROM accounts WHERE owner = $1 ORDER BY number LIMIT 1", &failed,
                   tjd_text (request->payer));
  g_autoptr (PaymentRow) row = payment_row_new ();

  if (account == NULL) {
    if (failed != NULL)
      g_propagate_error (error, g_steal_pointer (&failed));
    else
      tjd_problem_set (error, TJD_PROBLEM_NO_ACCOUNT, "the payer has no account here");
    return NULL;
  }
  row->id = g_strdup (request->payment);
  row->payer = g_strdup (request->payer);
  row->state = TJD_PAYMENT_AWAITING_CODE;
  row->amount = request->amount;
  row->payee_en = g_strdup (request->payee_en);
  row->payee_ar = g_strdup (request->payee_ar);
  row->payee_number = g_strdup (request->payee_number);
  row->account = g_strdup (account->number);
  tjd_strings_extend (row->orders, request->orders);
  draw_number (host, &row->number);
  row->expires_at = request->exp;
  return tjd_txn_insert (txn, "payments", row, error) ? g_steal_pointer (&row) : NULL;
}

/* Bringing the same request again gives the same payment: with a fresh number while it waits for
 * its code, as it stands afterwards. */
static gboolean
start_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdPaymentStart *start = call->request;
  g_autoptr (TjdPaymentRequest) request = read_payment_request (call->host, start->request, error);
  g_autoptr (PaymentRow) row = NULL;
  g_autoptr (GError) none = NULL;

  if (request == NULL || !check_payment_request (call, request, error))
    return FALSE;
  row = get_payment (txn, request->payment, &none);
  if (row == NULL) {
    if (!g_error_matches (none, TJD_PROBLEM, TJD_PROBLEM_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
    row = open_payment (txn, call->host, request, error);
  } else if (row->state == TJD_PAYMENT_AWAITING_CODE) {
    draw_number (call->host, &row->number);
    if (!tjd_txn_update (txn, "payments", "id", row, error))
      return FALSE;
  }
  return row != NULL && show (txn, row, reply, error);
}

static gboolean
read_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (PaymentRow) row = get_own_payment (txn, call, error);

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
check_code (SignerRow *signer, PaymentRow *row, TjdAuthorisation *authorisation)
{
  g_autoptr (TjdSecret) secret = tjd_secret_new_from_base32 (signer->secret);
  g_autofree char *text = signing_text (row);
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

/* A code was right but there is not enough to hold: the number is spent with it. */
static gboolean
refuse_funds (TjdTxn *txn, TjdCall *call, PaymentRow *row, GError **error)
{
  draw_number (call->host, &row->number);
  if (!tjd_txn_update (txn, "payments", "id", row, error))
    return FALSE;
  tjd_problem_set (&call->refusal, TJD_PROBLEM_FUNDS_INSUFFICIENT, "the account lacks the amount");
  return TRUE;
}

static gboolean
notify_portal (TjdTxn *txn, TjdHost *host, PaymentRow *row, GError **error)
{
  g_autoptr (TjdPaymentNotice) notice = tjd_payment_notice_new ();

  notice->payment = g_strdup (row->id);
  notice->amount = row->amount;
  notice->at = tjd_clock_now (host->clock);
  return tjd_outbox_put (txn, host, "notice", row->id, NULL, NULL, notice, error);
}

static gboolean
hold (
    TjdTxn *txn, TjdCall *call, PaymentRow *row, SignerRow *signer, gpointer *reply, GError **error)
{
  TjdMoney available;

  if (!set_failures (txn, signer, 0, error) ||
      !tjd_ledger_get_available (txn, row->account, &available, error))
    return FALSE;
  if (available < row->amount)
    return refuse_funds (txn, call, row, error);
  row->state = TJD_PAYMENT_AUTHORISED;
  return tjd_ledger_hold (txn, row->id, row->account, row->amount, error) &&
         tjd_txn_update (txn, "payments", "id", row, error) &&
         notify_portal (txn, call->host, row, error) && show (txn, row, reply, error);
}

static gboolean
authorise (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (PaymentRow) row = get_own_payment (txn, call, error);
  g_autoptr (SignerRow) signer = row != NULL ? get_signer (txn, row->payer, error) : NULL;

  if (signer == NULL)
    return FALSE;
  if (row->state != TJD_PAYMENT_AWAITING_CODE) {
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_CLOSED, "no code is awaited any more");
    return FALSE;
  }
  if (signer->failures >= MAX_WRONG) {
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_BLOCKED, "%d wrong codes in a row", MAX_WRONG);
    return FALSE;
  }
  if (row->expires_at <= tjd_clock_now (call->host->clock)) {
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_EXPIRED, "the payment request has expired");
    return FALSE;
  }
  return check_code (signer, row, call->request) ? hold (txn, call, row, signer, reply, error)
                                                 : refuse_code (txn, call, signer, error);
}

static gboolean
refuse_capture (GError **error, const char *why)
{
  tjd_problem_set (error, TJD_PROBLEM_CAPTURE_REFUSED, "%s", why);
  return FALSE;
}

/* Payer to collection account, and on to ministry and post, in one transaction. */
static gboolean
debit (TjdTxn *txn, TjdHost *host, PaymentRow *row, TjdCapture *capture, GError **error)
{
  g_autofree char *to_ministry = g_strconcat (row->id, ".ministry", NULL);
  g_autofree char *to_post = g_strconcat (row->id, ".post", NULL);
  gint64 now = tjd_clock_now (host->clock);

  row->state = TJD_PAYMENT_CAPTURED;
  row->captured = capture->ministry + capture->post;
  row->captured_post = capture->post;
  return tjd_ledger_release (txn, row->id, error) &&
         tjd_ledger_transfer (txn, row->id, row->account, TJD_PAYEE_NUMBER, row->captured, now,
                              error) &&
         tjd_ledger_transfer (txn, to_ministry, TJD_PAYEE_NUMBER, TJD_ACCOUNT_MINISTRY,
                              capture->ministry, now, error) &&
         tjd_ledger_transfer (txn, to_post, TJD_PAYEE_NUMBER, TJD_ACCOUNT_POST, capture->post, now,
                              error) &&
         tjd_txn_update (txn, "payments", "id", row, error);
}

static gboolean
capture (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdCapture *asked = call->request;
  g_autoptr (PaymentRow) row = get_payment (txn, call->parameter, error);
  TjdMoney sum = asked->ministry + asked->post;

  if (row == NULL)
    return FALSE;
  if (row->state == TJD_PAYMENT_CAPTURED && row->captured == sum &&
      row->captured_post == asked->post)
    return show (txn, row, reply, error);
  if (row->state != TJD_PAYMENT_AUTHORISED)
    return refuse_capture (error, "nothing is held");
  if (sum == 0 || sum > row->amount)
    return refuse_capture (error, "not more than nothing and at most what is held");
  return debit (txn, call->host, row, asked, error) && show (txn, row, reply, error);
}

static gboolean
void_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (PaymentRow) row = get_payment (txn, call->parameter, error);

  if (row == NULL)
    return FALSE;
  if (row->state == TJD_PAYMENT_CAPTURED)
    return refuse_capture (error, "it was captured");
  row->state = TJD_PAYMENT_VOIDED;
  return tjd_ledger_release (txn, row->id, error) &&
         tjd_txn_update (txn, "payments", "id", row, error) && show (txn, row, reply, error);
}

static gboolean
open_own_accounts (TjdTxn *txn, GError **error)
{
  return tjd_ledger_open_account (txn, TJD_PAYEE_NUMBER, "collection", NULL, error) &&
         tjd_ledger_open_account (txn, TJD_ACCOUNT_MINISTRY, "ministry", NULL, error) &&
         tjd_ledger_open_account (txn, TJD_ACCOUNT_POST, "post", NULL, error) &&
         tjd_ledger_open_account (txn, TJD_ACCOUNT_EQUITY, "equity", NULL, error);
}

static gboolean
seed_person (TjdTxn *txn, TjdHost *host, TjdSeedPerson *person, GError **error)
{
  g_autoptr (SignerRow) signer = signer_row_new ();
  g_autofree char *funding = NULL;

  if (person->account == NULL)
    return TRUE;
  funding = g_strconcat ("funding.", person->account, NULL);
  signer->personal_id = g_strdup (person->personal_id);
  signer->secret = g_strdup (person->signing_secret);
  return tjd_ledger_open_account (txn, person->account, "customer", person->personal_id, error) &&
         tjd_ledger_transfer (txn, funding, TJD_ACCOUNT_EQUITY, person->account, person->balance,
                              tjd_clock_now (host->clock), error) &&
         tjd_txn_insert (txn, "signers", signer, error);
}

static gboolean
seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  gboolean ok = open_own_accounts (txn, error);

  for (guint i = 0; ok && i < seed_->people->len; i++)
    ok = seed_person (txn, host, seed_->people->pdata[i], error);
  return ok;
}

static const TjdRoute routes[] = {
  { TJD_BANK_HEALTH, .read = tjd_health_read }, { TJD_BANK_START_PAYMENT, .keyed = start_payment },
  { TJD_BANK_PAYMENT, .read = read_payment },   { TJD_BANK_AUTHORISE, .keyed = authorise },
  { TJD_BANK_CAPTURE, .keyed = capture },       { TJD_BANK_VOID, .keyed = void_payment },
};

static const TjdStep steps[] = {
  { "notice", TJD_PORTAL_NOTE_PAYMENT, NULL, NULL },
};

const TjdPartyRow tjd_bank = {
  TJD_PARTY_BANK, migrations,           routes, G_N_ELEMENTS (routes),
  steps,          G_N_ELEMENTS (steps), NULL,   seed,
};
