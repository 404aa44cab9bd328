/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paying.h"

#include <string.h>

#include "payee.h"
#include "sign-in.h"
#include "signers.h"
#include "signing.h"

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
    .id = row->id,
    .n_orders = n_orders,
    .valid_until = row->code_until,
  };
  return tjd_signing_text (&request);
}

gboolean
tjd_paying_show (TjdTxn *txn, TjdPaymentRow *row, gpointer *reply, GError **error)
{
  g_autoptr (TjdSignerRow) signer = tjd_signers_get (txn, row->payer, error);
  TjdPayment *payment;
  gint64 n_orders;

  if (signer == NULL || !tjd_payments_count_shares (txn, row->id, &n_orders, error))
    return FALSE;
  payment = tjd_payment_new ();
  payment->id = g_strdup (row->id);
  payment->state = row->state;
  payment->tries_left = tjd_signers_tries_left (signer);
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

static void
draw_number (TjdHost *host, TjdPaymentRow *row)
{
  tjd_signers_draw_number (host, row->expires_at, &row->number, &row->code_until);
}

static gboolean
refuse_request (GError **error, const char *why)
{
  tjd_problem_set_at (error, TJD_PROBLEM_PAYMENT_REQUEST_INVALID, "#/request", "%s", why);
  return FALSE;
}

static TjdPaymentRequest *
read_signed (TjdHost *host, const char *jws, GError **error)
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
check_request (TjdHost *host, TjdPaymentRequest *request, GError **error)
{
  if (strcmp (request->iss, tjd_party_name (TJD_PARTY_PORTAL)) != 0 ||
      strcmp (request->aud, tjd_party_name (TJD_PARTY_BANK)) != 0 ||
      strcmp (request->currency, TJD_CURRENCY) != 0 ||
      strcmp (request->payee_number, TJD_PAYEE_NUMBER) != 0)
    return refuse_request (error, "another issuer, audience, currency or payee");
  if (sum_of_shares (request) != request->amount)
    return refuse_request (error, "the shares do not sum to the amount");
  if (request->exp > tjd_clock_now (host->clock))
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_PAYMENT_EXPIRED, "the payment request has expired");
  return FALSE;
}

TjdPaymentRequest *
tjd_paying_read_request (TjdHost *host, const char *jws, const char *payer, GError **error)
{
  g_autoptr (TjdPaymentRequest) request = read_signed (host, jws, error);

  if (request == NULL)
    return NULL;
  if (strcmp (request->payer, payer) != 0) {
    tjd_problem_set (error, TJD_PROBLEM_NOT_ALLOWED, "the payer is somebody else");
    return NULL;
  }
  return check_request (host, request, error) ? g_steal_pointer (&request) : NULL;
}

static TjdPaymentRow *
open_payment (TjdTxn *txn, TjdHost *host, TjdPaymentRequest *request, GError **error)
{
  g_autofree char *account = tjd_signers_find_account (txn, request->debtor, request->payer, error);
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
  row->account = g_steal_pointer (&account);
  row->expires_at = request->exp;
  draw_number (host, row);
  return tjd_payments_open (txn, row, request, error) ? g_steal_pointer (&row) : NULL;
}

TjdPaymentRow *
tjd_paying_bring (TjdTxn *txn, TjdHost *host, TjdPaymentRequest *request, GError **error)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (TjdPaymentRow) row = tjd_payments_get (txn, request->payment, &none);

  if (row == NULL) {
    if (g_error_matches (none, TJD_PROBLEM, TJD_PROBLEM_NOT_FOUND))
      return open_payment (txn, host, request, error);
    g_propagate_error (error, g_steal_pointer (&none));
    return NULL;
  }
  if (row->state == TJD_PAYMENT_AWAITING_CODE) {
    draw_number (host, row);
    if (!tjd_payments_put (txn, row, error))
      return NULL;
  }
  return g_steal_pointer (&row);
}

gboolean
tjd_paying_start (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdPaymentStart *start = call->request;
  g_autoptr (TjdPaymentRequest) request =
      tjd_paying_read_request (call->host, start->request, call->principal.personal_id, error);
  g_autoptr (TjdPaymentRow) row =
      request != NULL ? tjd_paying_bring (txn, call->host, request, error) : NULL;

  return row != NULL && tjd_paying_show (txn, row, reply, error);
}

gboolean
tjd_paying_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdPaymentRow) row = get_own_payment (txn, call, error);

  return row != NULL && tjd_paying_show (txn, row, reply, error);
}

/* Over the text that was shown, or over what a person types by hand: number, amount and payee's
 * number (DESIGN 5). Both bind the code to this amount and this payee. */
static gboolean
check_code (TjdSignerRow *signer,
            TjdPaymentRow *row,
            gint64 n_orders,
            TjdAuthorisation *authorisation)
{
  g_autofree char *text = signing_text (row, n_orders);
  g_autofree char *typed = tjd_signing_text_short (row->number, row->amount, row->payee_number);
  gboolean over_text = tjd_signers_code_is (signer, row->number, text, authorisation);
  gboolean over_typed = tjd_signers_code_is (signer, row->number, typed, authorisation);

  return over_text | over_typed;
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

gboolean
tjd_paying_check (
    TjdTxn *txn, TjdHost *host, TjdPaymentRow *row, TjdProblemCode *why, GError **error)
{
  TjdMoney available;
  gboolean fits;

  if (!tjd_ledger_get_available (txn, row->account, &available, error) ||
      !tjd_payments_fits_limit (txn, row, tjd_clock_now (host->clock), &fits, error))
    return FALSE;
  if (available < row->amount)
    *why = TJD_PROBLEM_FUNDS_INSUFFICIENT;
  else
    *why = fits ? TJD_N_PROBLEMS : TJD_PROBLEM_LIMIT_EXCEEDED;
  return TRUE;
}

gboolean
tjd_paying_hold (TjdTxn *txn, TjdHost *host, TjdPaymentRow *row, gpointer *reply, GError **error)
{
  return tjd_payments_hold (txn, row, tjd_clock_now (host->clock), error) &&
         notify_portal (txn, host, row, error) && tjd_paying_show (txn, row, reply, error);
}

/* The signer's code is right. */
static gboolean
follow_code (TjdTxn *txn,
             TjdCall *call,
             TjdPaymentRow *row,
             TjdSignerRow *signer,
             gpointer *reply,
             GError **error)
{
  TjdProblemCode why;

  if (!tjd_signers_set_failures (txn, signer, 0, error) ||
      !tjd_paying_check (txn, call->host, row, &why, error))
    return FALSE;
  return why == TJD_N_PROBLEMS ? tjd_paying_hold (txn, call->host, row, reply, error)
                               : refuse_to_hold (txn, call, row, why, error);
}

/* Whether a code is awaited now. */
static gboolean
check_awaiting (TjdCall *call, TjdPaymentRow *row, TjdSignerRow *signer, GError **error)
{
  gint64 now = tjd_clock_now (call->host->clock);

  if (row->state != TJD_PAYMENT_AWAITING_CODE)
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_CLOSED, "no code is awaited any more");
  else if (signer->failures >= TJD_MAX_WRONG)
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_BLOCKED, "%d wrong codes in a row", TJD_MAX_WRONG);
  else if (row->expires_at <= now)
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_EXPIRED, "the payment request has expired");
  else if (row->code_until <= now)
    tjd_problem_set (error, TJD_PROBLEM_NUMBER_EXPIRED, "bring the request again for a new number");
  else
    return TRUE;
  return FALSE;
}

gboolean
tjd_paying_authorise (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdPaymentRow) row = get_own_payment (txn, call, error);
  g_autoptr (TjdSignerRow) signer = row != NULL ? tjd_signers_get (txn, row->payer, error) : NULL;
  gint64 n_orders;

  if (signer == NULL || !check_awaiting (call, row, signer, error) ||
      !tjd_payments_count_shares (txn, row->id, &n_orders, error))
    return FALSE;
  return check_code (signer, row, n_orders, call->request)
             ? follow_code (txn, call, row, signer, reply, error)
             : tjd_signers_refuse_code (txn, call, signer, error);
}
