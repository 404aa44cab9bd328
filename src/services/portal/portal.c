/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "authorization.h"
#include "health.h"
#include "identifiers.h"
#include "orders.h"
#include "payee.h"
#include "payment.h"
#include "sign-in.h"

/* The portal's part: people sign in here, are told what renewals cost and place orders; it drives
 * the other three (saga.c). */

#define ORDER_SECONDS (15 * 60) /* to pay */

static const char *const migrations[] = {
  TJD_HOST_MIGRATION,
  TJD_AUTHORIZATION_MIGRATION TJD_ORDERS_MIGRATION,
  NULL,
};

typedef struct {
  TjdRecord parent;
  char *id, *renewer;
  TjdQuotation *quotation;
  TjdPostTariff *tariff;
  gint64 valid_until;
} QuotationRow;

static const TjdField quotation_row_fields[] = {
  TJD_STRING (QuotationRow, id, TJD_REQUIRED),
  TJD_STRING (QuotationRow, renewer, TJD_REQUIRED),
  TJD_NESTED (QuotationRow, quotation, tjd_quotation_get_type, TJD_REQUIRED),
  TJD_NESTED (QuotationRow, tariff, tjd_post_tariff_get_type, TJD_REQUIRED),
  TJD_INT (QuotationRow, valid_until, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (QuotationRow, quotation_row, quotation_row_fields)

/* Asks another party while a person waits. What it finds wrong with the request is passed on; any
 * other failure is that it cannot be reached. */
static gboolean
ask (TjdHost *host,
     TjdEndpointId endpoint,
     const TjdArguments *arguments,
     gpointer *reply,
     GError **error)
{
  TjdCaller caller = { tjd_trust_get_own_key (host->trust), NULL, TRUE, TJD_PARTY_PORTAL };
  g_autoptr (GError) failed = NULL;

  if (tjd_transport_call (host->transport, &caller, endpoint, arguments, reply, NULL, &failed))
    return TRUE;
  if (g_error_matches (failed, TJD_PROBLEM, TJD_PROBLEM_INVALID))
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    tjd_problem_set (error, TJD_PROBLEM_PARTY_UNREACHABLE, "the %s does not answer now",
                     tjd_party_name (tjd_endpoint (endpoint)->party));
  return FALSE;
}

static gboolean
show_permits (TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdPermitsQuery) query = tjd_permits_query_new ();

  query->renewer = g_strdup (call->principal.personal_id);
  return ask (call->host, TJD_MINISTRY_PERMITS, &(TjdArguments){ .query = query }, reply, error);
}

typedef struct {
  TjdCall *call;
  TjdQuotes *quotes;
  QuotationRow *row;
} Quoting;

/* A permit that is in an order under way is refused here: the ministry does not know of it yet. */
static gboolean
refuse_ordered (TjdTxn *txn, Quoting *quoting, GError **error)
{
  GPtrArray *quotes = quoting->quotes->quotes;

  for (guint i = quotes->len; i-- > 0;) {
    TjdQuote *quote = quotes->pdata[i];
    TjdRefusal *refusal;
    gint64 ordered;
    if (!tjd_txn_get_int (txn, "SELECT count(*) FROM permits_in_orders WHERE personal_id = $1",
                          &ordered, error, tjd_text (quote->personal_id)))
      return FALSE;
    if (ordered == 0)
      continue;
    refusal = tjd_refusal_new ();
    refusal->personal_id = g_strdup (quote->personal_id);
    refusal->reason = TJD_REASON_IN_ANOTHER_ORDER;
    g_ptr_array_add (quoting->quotes->refusals, refusal);
    g_ptr_array_remove_index (quotes, i);
  }
  return TRUE;
}

static void
compose (Quoting *quoting)
{
  QuotationRow *row = quoting->row;
  TjdQuotation *quotation = row->quotation = tjd_quotation_new ();

  quotation->id = g_strdup (row->id);
  quotation->valid_until = row->valid_until = quoting->quotes->valid_until;
  tjd_records_extend (quotation->quotes, quoting->quotes->quotes);
  tjd_records_extend (quotation->refusals, quoting->quotes->refusals);
  quotation->post_fee = tjd_post_tariff_fee (row->tariff, quotation->quotes->len);
  quotation->total = quotation->post_fee;
  for (guint i = 0; i < quotation->quotes->len; i++)
    quotation->total += ((TjdQuote *) quotation->quotes->pdata[i])->total;
}

static gboolean
keep_quotation (TjdTxn *txn, gpointer data, GError **error)
{
  Quoting *quoting = data;

  if (!refuse_ordered (txn, quoting, error))
    return FALSE;
  compose (quoting);
  return tjd_txn_insert (txn, "quotations", quoting->row, error);
}

static gboolean
quote (TjdCall *call, gpointer *reply, GError **error)
{
  TjdQuotationRequest *asked = call->request;
  g_autoptr (TjdQuotesRequest) request = tjd_quotes_request_new ();
  g_autoptr (TjdQuotes) quotes = NULL;
  g_autoptr (QuotationRow) row = quotation_row_new ();
  Quoting quoting = { call, NULL, row };

  row->id = tjd_id_new (call->host->entropy, "qtn");
  row->renewer = g_strdup (call->principal.personal_id);
  request->renewer = g_strdup (row->renewer);
  tjd_records_extend (request->permits, asked->permits);
  if (!ask (call->host, TJD_MINISTRY_QUOTE,
            &(TjdArguments){ .request = request, .idempotency_key = row->id }, (gpointer *) &quotes,
            error) ||
      !ask (call->host, TJD_POST_TARIFF, &(TjdArguments){ 0 }, (gpointer *) &row->tariff, error))
    return FALSE;
  quoting.quotes = quotes;
  if (!tjd_db_write (call->host->db, keep_quotation, &quoting, error))
    return FALSE;
  *reply = g_object_ref (row->quotation);
  return TRUE;
}

static QuotationRow *
get_quotation (TjdTxn *txn, TjdCall *call, GError **error)
{
  TjdOrderRequest *asked = call->request;
  QuotationRow *row =
      tjd_txn_get (txn, quotation_row_get_type (),
                   "SELECT id, renewer, quotation, tariff, valid_until FROM quotations"
                   " WHERE id = $1 AND renewer = $2",
                   error, tjd_text (asked->quotation), tjd_text (call->principal.personal_id));

  if (row == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such quotation");
  return row;
}

static gboolean
check_quotation (TjdTxn *txn, TjdCall *call, QuotationRow *row, GError **error)
{
  gint64 used;

  if (!tjd_txn_get_int (txn, "SELECT count(*) FROM orders WHERE quotation = $1", &used, error,
                        tjd_text (row->id)))
    return FALSE;
  if (used > 0)
    tjd_problem_set (error, TJD_PROBLEM_QUOTATION_USED, "there is an order for this quotation");
  else if (row->quotation->quotes->len == 0)
    tjd_problem_set (error, TJD_PROBLEM_QUOTATION_EMPTY, "nothing in it can be renewed");
  else if (row->valid_until <= tjd_clock_now (call->host->clock))
    tjd_problem_set (error, TJD_PROBLEM_QUOTATION_EXPIRED, "ask for a new quotation");
  else
    return TRUE;
  return FALSE;
}

static char *
sign_payment_request (TjdHost *host, TjdOrderRow *order)
{
  g_autoptr (TjdPaymentRequest) request = tjd_payment_request_new ();
  g_autofree char *json = NULL;

  request->iss = g_strdup (tjd_party_name (TJD_PARTY_PORTAL));
  request->aud = g_strdup (tjd_party_name (TJD_PARTY_BANK));
  request->payment = g_strdup (order->payment);
  request->payer = g_strdup (order->renewer);
  request->payee_en = g_strdup (TJD_PAYEE_EN);
  request->payee_ar = g_strdup (TJD_PAYEE_AR);
  request->payee_number = g_strdup (TJD_PAYEE_NUMBER);
  request->amount = order->total;
  request->currency = g_strdup (TJD_CURRENCY);
  g_ptr_array_add (request->orders, g_strdup (order->id));
  request->iat = order->placed_at;
  request->exp = order->expires_at;
  json = tjd_record_to_json (request);
  return tjd_jws_sign (tjd_trust_get_own_key (host->trust), TJD_PAYMENT_REQUEST_TYP, FALSE, json);
}

static TjdOrderRow *
new_order (TjdCall *call, QuotationRow *quotation)
{
  TjdHost *host = call->host;
  TjdOrderRow *order = tjd_order_row_new ();

  order->id = tjd_id_new (host->entropy, "ord");
  order->renewer = g_strdup (quotation->renewer);
  order->quotation = g_strdup (quotation->id);
  order->state = TJD_ORDER_PLACED;
  order->placed_at = tjd_clock_now (host->clock);
  order->expires_at = order->placed_at + ORDER_SECONDS;
  order->post_fee = quotation->quotation->post_fee;
  order->total = quotation->quotation->total;
  order->captured = TJD_NO_INT;
  order->payment = tjd_id_new (host->entropy, "pay");
  order->payment_request = sign_payment_request (host, order);
  order->tariff = tjd_record_to_json (quotation->tariff);
  return order;
}

/* The table's primary key keeps a permit out of two orders at once. */
static gboolean
claim_permit (TjdTxn *txn, TjdOrderRow *order, TjdQuote *quote_, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (tjd_txn_exec (txn, "INSERT INTO permits_in_orders (personal_id, order_id) VALUES ($1, $2)",
                    &failed, tjd_text (quote_->personal_id), tjd_text (order->id)) > 0)
    return TRUE;
  if (g_error_matches (failed, TJD_STORE_ERROR, TJD_STORE_ERROR_EXISTS))
    tjd_problem_set (error, TJD_PROBLEM_PERMIT_IN_ORDER, "a permit is in another order");
  else
    g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
add_item (TjdTxn *txn, TjdOrderRow *order, guint position, TjdQuote *quote_, GError **error)
{
  return claim_permit (txn, order, quote_, error) &&
         tjd_txn_exec (txn,
                       "INSERT INTO order_items (order_id, position, quote, personal_id, name_en,"
                       " name_ar, years, total, outcome)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending')",
                       error, tjd_text (order->id), tjd_int (position), tjd_text (quote_->id),
                       tjd_text (quote_->personal_id), tjd_text (quote_->name_en),
                       tjd_text (quote_->name_ar), tjd_int (quote_->years),
                       tjd_int (quote_->total)) > 0;
}

static gboolean
place_order (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (QuotationRow) quotation = get_quotation (txn, call, error);
  g_autoptr (TjdOrderRow) order = NULL;
  GPtrArray *quotes;

  if (quotation == NULL || !check_quotation (txn, call, quotation, error))
    return FALSE;
  order = new_order (call, quotation);
  if (!tjd_txn_insert (txn, "orders", order, error))
    return FALSE;
  quotes = quotation->quotation->quotes;
  for (guint i = 0; i < quotes->len; i++)
    if (!add_item (txn, order, i, quotes->pdata[i], error))
      return FALSE;
  *reply = tjd_orders_show (txn, order, error);
  return *reply != NULL;
}

static gboolean
read_order (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdOrderRow) row = tjd_orders_get (txn, "id", call->parameter, error);

  if (row != NULL && strcmp (row->renewer, call->principal.personal_id) == 0)
    *reply = tjd_orders_show (txn, row, error);
  else if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such order");
  return *reply != NULL;
}

static gboolean
read_orders (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdOrders) orders = tjd_orders_new ();
  g_autoptr (GPtrArray) rows = tjd_orders_list (txn, call->principal.personal_id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    TjdOrder *order = tjd_orders_show (txn, rows->pdata[i], error);
    if (order == NULL)
      return FALSE;
    g_ptr_array_add (orders->orders, order);
  }
  if (rows != NULL)
    *reply = g_steal_pointer (&orders);
  return rows != NULL;
}

static gboolean
sweep (TjdTxn *txn, gpointer data, GError **error)
{
  TjdHost *host = data;
  gint64 now = tjd_clock_now (host->clock);

  return tjd_saga_expire (txn, host, error) && tjd_authorization_sweep (txn, now, error);
}

static gboolean
tick (TjdHost *host, GError **error)
{
  return tjd_host_write_if_any (
      host,
      "SELECT (SELECT count(*) FROM orders WHERE state = 'placed' AND expires_at + " G_STRINGIFY (
          TJD_LATE_NOTICE_SECONDS) " <= $1 / 1000000)"
                                   " + (SELECT count(*) FROM auth_sessions WHERE expires_at <= $1 "
                                   "/ 1000000)",
      sweep, error);
}

static gboolean
seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  return tjd_authorization_seed (txn, seed_, error);
}

static const TjdRoute routes[] = {
  { TJD_PORTAL_HEALTH, .read = tjd_health_read },
  { TJD_PORTAL_KEYS, .plain = tjd_authorization_keys },
  { TJD_PORTAL_CHALLENGE, .plain = tjd_authorization_challenge },
  { TJD_PORTAL_TOKEN, .plain = tjd_authorization_token },
  { TJD_PORTAL_REVOKE, .plain = tjd_authorization_revoke },
  { TJD_PORTAL_PERMITS, .plain = show_permits },
  { TJD_PORTAL_QUOTE, .plain = quote },
  { TJD_PORTAL_PLACE_ORDER, .keyed = place_order },
  { TJD_PORTAL_ORDERS, .read = read_orders },
  { TJD_PORTAL_ORDER, .read = read_order },
  { TJD_PORTAL_NOTE_PAYMENT, .keyed = tjd_saga_note_payment },
  { TJD_PORTAL_NOTE_STATION, .keyed = tjd_saga_note_station },
  { TJD_PORTAL_NOTE_SCAN, .keyed = tjd_saga_note_scan },
};

const TjdPartyRow tjd_portal = {
  TJD_PARTY_PORTAL, migrations,     routes, G_N_ELEMENTS (routes),
  tjd_saga_steps,   TJD_SAGA_STEPS, tick,   seed,
};
