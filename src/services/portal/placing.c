/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "accounts.h"
#include "bills.h"
#include "identifiers.h"
#include "orders.h"

/* Placing an order by a quotation. One's own is billed at once; a company's waits for a signatory.
 */

#define OWN_SECONDS (15 * 60)              /* to pay */
#define COMPANY_SECONDS (3 * 24 * 60 * 60) /* to approve and pay; the ministry honours longer */

typedef struct {
  TjdRecord parent;
  char *order_id;
} OrderedRow;

static const TjdField ordered_row_fields[] = { TJD_STRING (OrderedRow, order_id, TJD_REQUIRED) };
TJD_DEFINE_PRIVATE_RECORD (OrderedRow, ordered_row, ordered_row_fields)

static TjdOrderRow *
new_order (TjdCall *call, TjdQuotationRow *quotation)
{
  TjdHost *host = call->host;
  TjdOrderRow *order = tjd_order_row_new ();
  gboolean is_own = tjd_format_personal_id.fits (quotation->renewer);

  order->id = tjd_id_new_timed (host->clock, host->entropy, "ord");
  order->renewer = g_strdup (quotation->renewer);
  order->placed_by = g_strdup (call->principal.personal_id);
  order->quotation = g_strdup (quotation->id);
  order->state = TJD_ORDER_PLACED;
  order->placed_at = tjd_clock_now (host->clock);
  order->expires_at = order->placed_at + (is_own ? OWN_SECONDS : COMPANY_SECONDS);
  order->post_fee = quotation->quotation->post_fee;
  order->total = quotation->quotation->total;
  order->tariff = tjd_record_to_json (quotation->tariff);
  return order;
}

static TjdOrderRow *
find_order_of (TjdTxn *txn, const char *personal_id, GError **error)
{
  g_autoptr (OrderedRow) ordered = tjd_txn_get (
      txn, ordered_row_get_type (), "SELECT order_id FROM permits_in_orders WHERE personal_id = $1",
      error, tjd_text (personal_id));

  return ordered != NULL ? tjd_orders_get (txn, "id", ordered->order_id, error) : NULL;
}

/* A holder who places orders and does not pay must not keep their company from renewing: its order
 * takes the place of theirs. Had they paid in this very moment, the hold would be released. */
static gboolean
displace_holder (TjdTxn *txn, TjdOrderRow *order, TjdQuote *quote, GError **error)
{
  g_autoptr (TjdOrderRow) theirs = find_order_of (txn, quote->personal_id, error);
  gboolean moved;

  if (theirs == NULL)
    return *error == NULL;
  if (theirs->state != TJD_ORDER_PLACED || strcmp (theirs->renewer, quote->personal_id) != 0 ||
      strcmp (order->renewer, quote->personal_id) == 0)
    return TRUE;
  return tjd_orders_move (txn, theirs, TJD_ORDER_CANCELLED, &moved, error) &&
         tjd_orders_free_permits (txn, theirs->id, error);
}

/* The table's primary key keeps a permit out of two orders at once. */
static gboolean
claim_permit (TjdTxn *txn, TjdOrderRow *order, TjdQuote *quote, GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (!displace_holder (txn, order, quote, error))
    return FALSE;
  if (tjd_txn_exec (txn, "INSERT INTO permits_in_orders (personal_id, order_id) VALUES ($1, $2)",
                    &failed, tjd_text (quote->personal_id), tjd_text (order->id)) > 0)
    return TRUE;
  if (g_error_matches (failed, TJD_STORE_ERROR, TJD_STORE_ERROR_EXISTS))
    tjd_problem_set (error, TJD_PROBLEM_PERMIT_IN_ORDER, "a permit is in another order");
  else
    g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
add_item (TjdTxn *txn, TjdOrderRow *order, guint position, TjdQuote *quote, GError **error)
{
  return claim_permit (txn, order, quote, error) &&
         tjd_txn_exec (txn,
                       "INSERT INTO order_items (order_id, position, quote, personal_id, name_en,"
                       " name_ar, years, total, outcome)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending')",
                       error, tjd_text (order->id), tjd_int (position), tjd_text (quote->id),
                       tjd_text (quote->personal_id), tjd_text (quote->name_en),
                       tjd_text (quote->name_ar), tjd_int (quote->years),
                       tjd_int (quote->total)) > 0;
}

static gboolean
add_items (TjdTxn *txn, TjdOrderRow *order, GPtrArray *quotes, GError **error)
{
  for (guint i = 0; i < quotes->len; i++)
    if (!add_item (txn, order, i, quotes->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Who may pay is given the bill with the order. */
static gboolean
bill_at_once (TjdTxn *txn, TjdCall *call, TjdOrderRow *order, GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  g_autoptr (TjdBill) bill = NULL;

  if (g_strcmp0 (order->renewer, call->principal.personal_id) != 0)
    return TRUE;
  g_ptr_array_add (orders, order);
  bill = tjd_bills_make (txn, call, orders, error);
  return bill != NULL;
}

TjdOrderRow *
tjd_orders_open (TjdTxn *txn, TjdCall *call, TjdQuotationRow *quotation, GError **error)
{
  g_autoptr (TjdOrderRow) order = new_order (call, quotation);

  return tjd_txn_insert (txn, "orders", order, error) &&
                 add_items (txn, order, quotation->quotation->quotes, error)
             ? g_steal_pointer (&order)
             : NULL;
}

gboolean
tjd_orders_place (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdOrderRequest *asked = call->request;
  g_autoptr (TjdQuotationRow) quotation =
      tjd_quotations_get_usable (txn, call, asked->quotation, error);
  g_autoptr (TjdOrderRow) order = NULL;

  if (quotation == NULL)
    return FALSE;
  order = tjd_orders_open (txn, call, quotation, error);
  if (order == NULL || !bill_at_once (txn, call, order, error))
    return FALSE;
  *reply = tjd_orders_show (txn, order, error);
  return *reply != NULL;
}
