/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quotations.h"

#include "accounts.h"
#include "ask.h"
#include "identifiers.h"
#include "statistics.h"

static const TjdField quotation_row_fields[] = {
  TJD_STRING (TjdQuotationRow, id, TJD_REQUIRED),
  TJD_STRING (TjdQuotationRow, renewer, TJD_REQUIRED),
  TJD_NESTED (TjdQuotationRow, quotation, tjd_quotation_get_type, TJD_REQUIRED),
  TJD_NESTED (TjdQuotationRow, tariff, tjd_post_tariff_get_type, TJD_REQUIRED),
  TJD_INT (TjdQuotationRow, valid_until, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdQuotationRow, tjd_quotation_row, quotation_row_fields)

gboolean
tjd_quotations_count_ordered (
    TjdTxn *txn, const char *personal_id, const char *renewer, gint64 *n, GError **error)
{
  return tjd_txn_get_int (txn,
                          "SELECT count(*) FROM permits_in_orders p JOIN orders o"
                          " ON o.id = p.order_id WHERE p.personal_id = $1 AND NOT"
                          " (o.state = 'placed' AND o.renewer = $1 AND $2 <> $1)",
                          n, error, tjd_text (personal_id), tjd_text (renewer));
}

/* A permit that is in an order under way is refused here: the ministry does not know of it yet. */
static gboolean
refuse_ordered (TjdTxn *txn, const char *renewer, TjdQuotes *quotes, GError **error)
{
  for (guint i = quotes->quotes->len; i-- > 0;) {
    TjdQuote *quote = quotes->quotes->pdata[i];
    TjdRefusal *refusal;
    gint64 ordered;
    if (!tjd_quotations_count_ordered (txn, quote->personal_id, renewer, &ordered, error))
      return FALSE;
    if (ordered == 0)
      continue;
    refusal = tjd_refusal_new ();
    refusal->personal_id = g_strdup (quote->personal_id);
    refusal->reason = TJD_REASON_IN_ANOTHER_ORDER;
    g_ptr_array_add (quotes->refusals, refusal);
    g_ptr_array_remove_index (quotes->quotes, i);
  }
  return TRUE;
}

static gboolean
count_refusals (TjdTxn *txn, TjdHost *host, GPtrArray *refusals, GError **error)
{
  for (guint i = 0; i < refusals->len; i++) {
    TjdRefusal *refusal = refusals->pdata[i];
    if (refusal->reason != TJD_REASON_NOT_FOUND && /* anybody can invent numbers */
        !tjd_statistics_count_refusal (txn, host, refusal->personal_id, refusal->reason, error))
      return FALSE;
  }
  return TRUE;
}

static TjdQuotationRow *
compose (TjdHost *host, const char *renewer, TjdQuotes *quotes, TjdPostTariff *tariff)
{
  TjdQuotationRow *row = tjd_quotation_row_new ();
  TjdQuotation *quotation = row->quotation = tjd_quotation_new ();

  row->id = tjd_id_new_timed (host->clock, host->entropy, "qtn");
  row->renewer = g_strdup (renewer);
  row->tariff = g_object_ref (tariff);
  row->valid_until = quotes->valid_until;
  quotation->id = g_strdup (row->id);
  quotation->renewer = g_strdup (renewer);
  quotation->valid_until = quotes->valid_until;
  tjd_records_extend (quotation->quotes, quotes->quotes);
  quotation->post_fee = tjd_post_tariff_fee (tariff, quotation->quotes->len);
  quotation->total = quotation->post_fee;
  for (guint i = 0; i < quotation->quotes->len; i++)
    quotation->total += ((TjdQuote *) quotation->quotes->pdata[i])->total;
  return row;
}

TjdQuotationRow *
tjd_quotations_keep (TjdTxn *txn,
                     TjdHost *host,
                     const char *renewer,
                     TjdQuotes *quotes,
                     TjdPostTariff *tariff,
                     GError **error)
{
  g_autoptr (TjdQuotationRow) row = NULL;

  if (!refuse_ordered (txn, renewer, quotes, error) ||
      !count_refusals (txn, host, quotes->refusals, error))
    return NULL;
  row = compose (host, renewer, quotes, tariff);
  if (!tjd_txn_insert (txn, "quotations", row, error))
    return NULL;
  tjd_records_extend (row->quotation->refusals, quotes->refusals); /* told, and not kept */
  return g_steal_pointer (&row);
}

typedef struct {
  TjdHost *host;
  const char *renewer;
  TjdQuotes *quotes;
  TjdPostTariff *tariff;
  TjdQuotationRow *row;
} Quoting;

static gboolean
keep_quotation (TjdTxn *txn, gpointer data, GError **error)
{
  Quoting *quoting = data;

  g_clear_object (&quoting->row); /* of a try that was not committed */
  quoting->row = tjd_quotations_keep (txn, quoting->host, quoting->renewer, quoting->quotes,
                                      quoting->tariff, error);
  return quoting->row != NULL;
}

gboolean
tjd_quotations_quote (TjdCall *call, gpointer *reply, GError **error)
{
  TjdQuotationRequest *asked = call->request;
  const char *renewer = asked->renewer != NULL ? asked->renewer : call->principal.personal_id;
  g_autofree char *key = tjd_id_new_timed (call->host->clock, call->host->entropy, "quo");
  g_autoptr (TjdQuotesRequest) request = tjd_quotes_request_new ();
  g_autoptr (TjdQuotes) quotes = NULL;
  g_autoptr (TjdPostTariff) tariff = NULL;
  Quoting quoting = { call->host, renewer };

  if (!tjd_accounts_require_now (call, renewer, TJD_ROLE_PREPARER, error))
    return FALSE;
  request->renewer = g_strdup (renewer);
  tjd_records_extend (request->permits, asked->permits);
  if (!tjd_ask (call->host, TJD_MINISTRY_QUOTE,
                &(TjdArguments){ .request = request, .idempotency_key = key }, (gpointer *) &quotes,
                NULL, error) ||
      !tjd_ask_kept (call->host, TJD_POST_TARIFF, (gpointer *) &tariff, error))
    return FALSE;
  quoting.quotes = quotes;
  quoting.tariff = tariff;
  if (tjd_db_write (call->host->db, keep_quotation, &quoting, error))
    *reply = g_object_ref (quoting.row->quotation);
  g_clear_object (&quoting.row);
  return *reply != NULL;
}

static gboolean
check_usable (TjdTxn *txn, TjdCall *call, TjdQuotationRow *row, GError **error)
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

TjdQuotationRow *
tjd_quotations_get_usable (TjdTxn *txn, TjdCall *call, const char *id, GError **error)
{
  g_autoptr (TjdQuotationRow) row =
      tjd_txn_get (txn, tjd_quotation_row_get_type (),
                   "SELECT id, renewer, quotation, tariff, valid_until FROM quotations"
                   " WHERE id = $1",
                   error, tjd_text (id));
  gboolean may = FALSE;

  if (row != NULL && !tjd_accounts_may (txn, call->host, call->principal.personal_id, row->renewer,
                                        TJD_ROLE_PREPARER, &may, error))
    return NULL;
  if (may)
    return check_usable (txn, call, row, error) ? g_steal_pointer (&row) : NULL;
  if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such quotation");
  return NULL;
}
