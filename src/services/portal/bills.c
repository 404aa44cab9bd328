/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bills.h"

#include <string.h>

#include "accounts.h"
#include "identifiers.h"
#include "payee.h"
#include "sign-in.h"

#define BILL_SECONDS (15 * 60) /* to pay; not longer than its orders wait */

/* Whose account is debited: a company's for its own, else the payer's. */
static const char *
debtor_of (const char *renewer, const char *payer)
{
  return tjd_format_establishment_id.fits (renewer) ? renewer : payer;
}

static char *
sign_request (TjdHost *host, TjdBill *bill, gint64 now)
{
  g_autoptr (TjdPaymentRequest) request = tjd_payment_request_new ();
  g_autofree char *json = NULL;

  request->iss = g_strdup (tjd_party_name (TJD_PARTY_PORTAL));
  request->aud = g_strdup (tjd_party_name (TJD_PARTY_BANK));
  request->payment = g_strdup (bill->id);
  request->payer = g_strdup (bill->payer);
  request->debtor = g_strdup (bill->debtor);
  request->payee_en = g_strdup (TJD_PAYEE_EN);
  request->payee_ar = g_strdup (TJD_PAYEE_AR);
  request->payee_number = g_strdup (TJD_PAYEE_NUMBER);
  request->amount = bill->amount;
  request->currency = g_strdup (TJD_CURRENCY);
  tjd_records_extend (request->shares, bill->shares);
  request->iat = now;
  request->exp = bill->expires_at;
  json = tjd_record_to_json (request);
  return tjd_jws_sign (tjd_trust_get_own_key (host->trust), TJD_PAYMENT_REQUEST_TYP, FALSE, json);
}

static gboolean
keep (TjdTxn *txn, TjdBill *bill, gint64 now, GError **error)
{
  gboolean ok =
      tjd_txn_exec (txn,
                    "INSERT INTO bills (id, renewer, payer, debtor, amount, request, made_at,"
                    " expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    error, tjd_text (bill->id), tjd_text (bill->renewer), tjd_text (bill->payer),
                    tjd_text (bill->debtor), tjd_int (bill->amount), tjd_text (bill->request),
                    tjd_int (now), tjd_int (bill->expires_at)) > 0;

  for (guint i = 0; ok && i < bill->shares->len; i++) {
    TjdShare *share = bill->shares->pdata[i];
    ok = tjd_txn_exec (txn,
                       "INSERT INTO bill_shares (bill, order_id, position, amount)"
                       " VALUES ($1, $2, $3, $4)",
                       error, tjd_text (bill->id), tjd_text (share->order), tjd_int (i),
                       tjd_int (share->amount)) > 0;
  }
  return ok;
}

static gboolean
add_share (TjdTxn *txn, TjdBill *bill, TjdOrderRow *order, GError **error)
{
  TjdShare *share = tjd_share_new ();

  share->order = g_strdup (order->id);
  share->amount = order->total;
  g_ptr_array_add (bill->shares, share);
  bill->amount += order->total;
  bill->expires_at = MIN (bill->expires_at, order->expires_at);
  tjd_set_string (&order->payment, bill->id);
  return tjd_orders_put (txn, order, error);
}

TjdBill *
tjd_bills_make (TjdTxn *txn, TjdCall *call, GPtrArray *orders, GError **error)
{
  TjdOrderRow *first = orders->pdata[0];
  gint64 now = tjd_clock_now (call->host->clock);
  g_autoptr (TjdBill) bill = tjd_bill_new ();

  bill->id = tjd_id_new_timed (call->host->clock, call->host->entropy, "pay");
  bill->renewer = g_strdup (first->renewer);
  bill->payer = g_strdup (call->principal.personal_id);
  bill->debtor = g_strdup (debtor_of (first->renewer, bill->payer));
  bill->expires_at = now + BILL_SECONDS;
  for (guint i = 0; i < orders->len; i++)
    if (!add_share (txn, bill, orders->pdata[i], error))
      return NULL;
  bill->request = sign_request (call->host, bill, now);
  return keep (txn, bill, now, error) ? g_steal_pointer (&bill) : NULL;
}

GPtrArray *
tjd_bills_list_shares (TjdTxn *txn, const char *payment, GError **error)
{
  return tjd_txn_list (txn, tjd_share_get_type (),
                       "SELECT order_id AS \"order\", amount FROM bill_shares WHERE bill = $1"
                       " ORDER BY position",
                       error, tjd_text (payment));
}

static gboolean
refuse (GError **error, TjdProblemCode code, guint position, const char *why)
{
  g_autofree char *pointer = g_strdup_printf ("#/orders/%u", position);

  tjd_problem_set_at (error, code, pointer, "%s", why);
  return FALSE;
}

/* What the caller may pay for now: a company's order once it is approved. */
static gboolean
check_order (TjdTxn *txn, TjdCall *call, GPtrArray *orders, TjdOrderRow *row, GError **error)
{
  TjdOrderRow *first = orders->len > 0 ? orders->pdata[0] : row;
  TjdOrderState wanted =
      tjd_format_establishment_id.fits (row->renewer) ? TJD_ORDER_APPROVED : TJD_ORDER_PLACED;
  gboolean may;

  if (!tjd_accounts_may (txn, call->host, call->principal.personal_id, row->renewer,
                         TJD_ROLE_SIGNATORY, &may, error))
    return FALSE;
  if (!may)
    return refuse (error, TJD_PROBLEM_NOT_FOUND, orders->len, "there is no such order");
  if (strcmp (first->renewer, row->renewer) != 0)
    return refuse (error, TJD_PROBLEM_INVALID, orders->len, "another renewer's");
  if (row->state != wanted || row->expires_at <= tjd_clock_now (call->host->clock))
    return refuse (error, TJD_PROBLEM_ORDER_STATE, orders->len, "not to be paid now");
  for (guint i = 0; i < orders->len; i++)
    if (strcmp (((TjdOrderRow *) orders->pdata[i])->id, row->id) == 0)
      return refuse (error, TJD_PROBLEM_INVALID, orders->len, "this order is in the list twice");
  return TRUE;
}

gboolean
tjd_bills_ask (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdBillRequest *asked = call->request;
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < asked->orders->len; i++) {
    g_autoptr (TjdOrderRow) row = tjd_orders_get (txn, "id", asked->orders->pdata[i], error);
    if (row == NULL)
      return *error == NULL ? refuse (error, TJD_PROBLEM_NOT_FOUND, i, "there is no such order")
                            : FALSE;
    if (!check_order (txn, call, orders, row, error))
      return FALSE;
    g_ptr_array_add (orders, g_steal_pointer (&row));
  }
  *reply = tjd_bills_make (txn, call, orders, error);
  return *reply != NULL;
}

gboolean
tjd_bills_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdBill) bill =
      tjd_txn_get (txn, tjd_bill_get_type (),
                   "SELECT id, renewer, payer, debtor, amount, request, expires_at FROM bills"
                   " WHERE id = $1",
                   error, tjd_text (call->parameter));
  g_autoptr (GPtrArray) shares = NULL;
  gboolean may = FALSE;

  if (bill != NULL && !tjd_accounts_may (txn, call->host, call->principal.personal_id,
                                         bill->renewer, TJD_ROLE_SIGNATORY, &may, error))
    return FALSE;
  if (!may) {
    if (*error == NULL)
      tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such bill");
    return FALSE;
  }
  shares = tjd_bills_list_shares (txn, bill->id, error);
  if (shares == NULL)
    return FALSE;
  tjd_records_extend (bill->shares, shares);
  *reply = g_steal_pointer (&bill);
  return TRUE;
}
