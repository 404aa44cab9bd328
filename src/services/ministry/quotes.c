/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "identifiers.h"
#include "reviews.h"

/* What each renewal costs, or why it is refused. */

#define QUOTE_SECONDS (30 * 60)
#define HONOUR_SECONDS (7 * 24 * 60 * 60) /* after that, for an order that was placed in time */

static const TjdField quote_row_fields[] = {
  TJD_STRING (TjdQuoteRow, id, TJD_REQUIRED),
  TJD_STRING (TjdQuoteRow, renewer, TJD_REQUIRED),
  TJD_STRING (TjdQuoteRow, personal_id, TJD_REQUIRED),
  TJD_INT (TjdQuoteRow, fee, TJD_REQUIRED),
  TJD_STRING (TjdQuoteRow, expires_on, TJD_REQUIRED),
  TJD_STRING (TjdQuoteRow, renewed_until, TJD_REQUIRED),
  TJD_INT (TjdQuoteRow, honoured_until, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdQuoteRow, tjd_quote_row, quote_row_fields)

TjdQuoteRow *
tjd_ministry_get_quote (TjdTxn *txn, const char *id, GError **error)
{
  return tjd_txn_get (txn, tjd_quote_row_get_type (),
                      "SELECT id, renewer, personal_id, fee, expires_on, renewed_until,"
                      " honoured_until FROM quotes WHERE id = $1",
                      error, tjd_text (id));
}

/* What stands against a renewal. */
typedef struct {
  TjdReason reason;  /* -1: nothing */
  TjdDay from;       /* the day from which it could be had, where that is known */
  TjdReview *review; /* what was decided about it; NULL */
} Objection;

static void
objection_clear (Objection *objection)
{
  g_clear_object (&objection->review);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Objection, objection_clear)

static TjdReason
find_reason (TjdPermitRow *row, TjdTerms *terms, gint64 years, TjdDay *from)
{
  TjdFee *fee = tjd_terms_get_fee (terms, row->category);

  *from = tjd_rules_window_opens (terms->rules, tjd_ministry_day (row->expires_on));
  if (terms->today < *from)
    return TJD_REASON_TOO_EARLY;
  if (fee == NULL || !tjd_fee_offers (fee, years))
    return TJD_REASON_YEARS_NOT_OFFERED;
  return (TjdReason) -1;
}

static gboolean
find_objection (TjdTxn *txn,
                TjdPermitRow *row,
                TjdTerms *terms,
                gint64 years,
                Objection *objection,
                GError **error)
{
  objection->reason = row != NULL ? row->hindrance : TJD_REASON_NOT_FOUND;
  if (row == NULL)
    return TRUE;
  if (!tjd_reviews_settle (txn, row->personal_id, &objection->reason, &objection->review, error))
    return FALSE;
  if ((int) objection->reason < 0)
    objection->reason = find_reason (row, terms, years, &objection->from);
  return TRUE;
}

static void
add_refusal (TjdQuotes *quotes, const char *personal_id, const Objection *objection)
{
  TjdRefusal *refusal = tjd_refusal_new ();

  refusal->personal_id = g_strdup (personal_id);
  refusal->reason = objection->reason;
  if (objection->reason == TJD_REASON_TOO_EARLY)
    refusal->possible_from = tjd_day_format (objection->from);
  if (objection->reason == TJD_REASON_REVIEW_REFUSED) {
    refusal->note_en = g_strdup (objection->review->note_en);
    refusal->note_ar = g_strdup (objection->review->note_ar);
  }
  g_ptr_array_add (quotes->refusals, refusal);
}

static TjdQuote *
make_quote (TjdHost *host, TjdPermitRow *row, TjdTerms *terms, TjdWish *wish, TjdMoney reduced_fine)
{
  TjdQuote *quote = tjd_quote_new ();
  TjdRenewal renewal = { .years = wish->years,
                         .expires_on = tjd_ministry_day (row->expires_on),
                         .today = terms->today,
                         .lost_card = wish->lost_card,
                         .reduced_fine = reduced_fine };

  quote->id = tjd_id_new_timed (host->clock, host->entropy, "quo");
  quote->personal_id = g_strdup (row->personal_id);
  quote->name_en = g_strdup (row->name_en);
  quote->name_ar = g_strdup (row->name_ar);
  quote->category = row->category;
  quote->years = wish->years;
  quote->expires_on = g_strdup (row->expires_on);
  quote->renewed_until =
      tjd_day_format (tjd_day_add_months (renewal.expires_on, (int) wish->years * 12));
  quote->total = tjd_renewal_lines (&renewal, tjd_terms_get_fee (terms, row->category),
                                    terms->rules, quote->lines);
  return quote;
}

static gboolean
keep_quote (
    TjdTxn *txn, TjdQuote *quote, const char *renewer, gint64 honoured_until, GError **error)
{
  g_autoptr (TjdQuoteRow) row = tjd_quote_row_new ();

  row->id = g_strdup (quote->id);
  row->renewer = g_strdup (renewer);
  row->personal_id = g_strdup (quote->personal_id);
  row->fee = quote->total;
  row->expires_on = g_strdup (quote->expires_on);
  row->renewed_until = g_strdup (quote->renewed_until);
  row->honoured_until = honoured_until;
  return tjd_txn_insert (txn, "quotes", row, error);
}

static gboolean
add_quote (TjdTxn *txn,
           TjdCall *call,
           TjdTerms *terms,
           TjdWish *wish,
           TjdPermitRow *row,
           TjdQuotes *quotes,
           GError **error)
{
  TjdQuotesRequest *request = call->request;
  TjdMoney reduced_fine = TJD_NO_INT;
  TjdQuote *quote;

  if (tjd_rules_fine (terms->rules, tjd_ministry_day (row->expires_on), terms->today) > 0 &&
      !tjd_reviews_get_reduced_fine (txn, row->personal_id, terms->today, &reduced_fine, error))
    return FALSE;
  quote = make_quote (call->host, row, terms, wish, reduced_fine);
  g_ptr_array_add (quotes->quotes, quote);
  return keep_quote (txn, quote, request->renewer, quotes->valid_until + HONOUR_SECONDS, error);
}

static gboolean
quote_one (
    TjdTxn *txn, TjdCall *call, TjdTerms *terms, TjdWish *wish, TjdQuotes *quotes, GError **error)
{
  TjdQuotesRequest *request = call->request;
  g_autoptr (GError) failed = NULL;
  g_autoptr (TjdPermitRow) row =
      tjd_register_get (txn, wish->personal_id, request->renewer, &failed);
  g_auto (Objection) objection = { 0 };

  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if (!find_objection (txn, row, terms, wish->years, &objection, error))
    return FALSE;
  if ((int) objection.reason < 0)
    return add_quote (txn, call, terms, wish, row, quotes, error);
  add_refusal (quotes, wish->personal_id, &objection);
  return TRUE;
}

static gboolean
check_wishes (GPtrArray *wishes, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < wishes->len; i++) {
    TjdWish *wish = wishes->pdata[i];
    if (!g_hash_table_add (seen, wish->personal_id)) {
      g_autofree char *pointer = g_strdup_printf ("#/permits/%u/personal_id", i);
      tjd_problem_set_at (error, TJD_PROBLEM_INVALID, pointer, "this permit is in the list twice");
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
tjd_ministry_quote (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdQuotesRequest *request = call->request;
  g_autoptr (TjdTerms) terms = NULL;
  g_autoptr (TjdQuotes) quotes = tjd_quotes_new ();

  if (!check_wishes (request->permits, error))
    return FALSE;
  terms = tjd_terms_load (txn, tjd_ministry_today (call->host), error);
  if (terms == NULL)
    return FALSE;
  quotes->valid_until = tjd_clock_now (call->host->clock) + QUOTE_SECONDS;
  for (guint i = 0; i < request->permits->len; i++)
    if (!quote_one (txn, call, terms, request->permits->pdata[i], quotes, error))
      return FALSE;
  *reply = g_steal_pointer (&quotes);
  return TRUE;
}
