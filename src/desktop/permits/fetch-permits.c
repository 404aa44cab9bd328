/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch-permits.h"

#include <string.h>

#include "calls.h"
#include "offline.h"
#include "reasons.h"
#include "standing.h"

static void
fetch_request_free (TjdFetchRequest *self)
{
  tjd_session_unref (self->session);
  g_free (self->file);
  g_free (self->account);
  g_free (self);
}

static void
find_request_free (TjdFindRequest *self)
{
  tjd_session_unref (self->session);
  g_free (self->personal_id);
  g_free (self);
}

static int
compare_pointed_to (gconstpointer a, gconstpointer b, gpointer data)
{
  return tjd_permit_compare_urgency (*(TjdPermit *const *) a, *(TjdPermit *const *) b, data);
}

static void
sort_by_urgency (GPtrArray *permits)
{
  g_ptr_array_sort_with_data (permits, compare_pointed_to, NULL);
}

/* Reading goes on without it: that it cannot be kept is no error. */
static void
keep (TjdFetchRequest *request, TjdPermits *permits, GCancellable *cancellable)
{
  g_autoptr (TjdOffline) kept =
      tjd_offline_load_own (request->session, request->file, request->account, cancellable);

  if (kept == NULL) {
    kept = tjd_offline_new ();
    kept->personal_id = tjd_session_dup_personal_id (request->session);
  }
  if (kept->account == NULL)
    kept->account = tjd_call_account (request->session, cancellable, NULL);
  kept->as_of = permits->as_of;
  g_ptr_array_set_size (kept->permits, 0);
  tjd_records_extend (kept->permits, permits->permits);
  if (kept->account != NULL)
    tjd_offline_save (kept, request->file, request->account, tjd_entropy_system (), cancellable,
                      NULL);
}

static TjdFetchedPermits *
read_kept (TjdFetchRequest *request, GCancellable *cancellable)
{
  g_autoptr (TjdOffline) kept =
      tjd_offline_load_own (request->session, request->file, request->account, cancellable);
  TjdFetchedPermits *fetched;

  if (kept == NULL)
    return NULL;
  fetched = g_new0 (TjdFetchedPermits, 1);
  fetched->permits = g_ptr_array_ref (kept->permits);
  fetched->as_of = kept->as_of;
  fetched->is_kept = TRUE;
  return fetched;
}

static gpointer
fetch_permits (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdFetchRequest *request = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (TjdPermits) permits =
      tjd_call_all_permits (request->session, NULL, cancellable, &failure);
  TjdFetchedPermits *fetched =
      permits == NULL && tjd_failure_is_offline (failure) ? read_kept (request, cancellable) : NULL;

  if (permits == NULL) {
    if (fetched == NULL)
      g_propagate_error (error, g_steal_pointer (&failure));
    return fetched;
  }
  fetched = g_new0 (TjdFetchedPermits, 1);
  fetched->permits = g_ptr_array_ref (permits->permits);
  fetched->as_of = permits->as_of;
  fetched->tariff = tjd_call_tariff (request->session, cancellable, NULL);
  if (tjd_session_is_kept (request->session))
    keep (request, permits, cancellable);
  sort_by_urgency (fetched->permits);
  return fetched;
}

static TjdPermit *
permit_of_quote (TjdQuote *quote)
{
  TjdPermit *permit = tjd_permit_new ();

  permit->personal_id = g_strdup (quote->personal_id);
  permit->name_en = g_strdup (quote->name_en);
  permit->name_ar = g_strdup (quote->name_ar);
  permit->category = quote->category;
  permit->expires_on = g_strdup (quote->expires_on);
  permit->standing = TJD_STANDING_DUE;
  permit->fine = 0;
  g_array_append_val (permit->years, quote->years);
  return permit;
}

/* Its standing as the ministry's rules say; the fine by its line. */
static void
complete (TjdPermit *permit, TjdQuote *quote, TjdTariff *tariff)
{
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (tjd_clock_system ()));
  TjdRules *rules = tariff != NULL ? tjd_tariff_get_rules (tariff, today) : NULL;
  TjdFee *fee = tariff != NULL ? tjd_tariff_get_fee (tariff, permit->category, today) : NULL;
  TjdDay expires_on;

  for (guint i = 0; i < quote->lines->len; i++)
    if (((TjdLine *) quote->lines->pdata[i])->kind == TJD_LINE_FINE)
      permit->fine = ((TjdLine *) quote->lines->pdata[i])->amount;
  if (rules != NULL && tjd_day_parse (permit->expires_on, &expires_on))
    permit->standing = tjd_rules_standing (rules, expires_on, today);
  if (fee != NULL) {
    g_array_set_size (permit->years, 0);
    g_array_append_vals (permit->years, fee->years->data, fee->years->len);
  }
}

/* A refusal says why as the problem that there is no such permit for this person would. */
static gpointer
find_permit (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdFindRequest *request = data;
  g_autoptr (TjdQuotationRequest) wanted = tjd_quotation_request_new ();
  g_autoptr (TjdQuotation) quotation = NULL;
  g_autoptr (TjdTariff) tariff = NULL;
  TjdWish *wish = tjd_wish_new ();
  TjdPermit *permit;

  wish->personal_id = g_strdup (request->personal_id);
  wish->years = 1;
  g_ptr_array_add (wanted->permits, wish);
  quotation = tjd_call_quote (request->session, wanted, cancellable, error);
  if (quotation == NULL)
    return NULL;
  if (quotation->quotes->len == 0) {
    TjdReason reason = quotation->refusals->len > 0
                           ? ((TjdRefusal *) quotation->refusals->pdata[0])->reason
                           : TJD_REASON_NOT_FOUND;
    g_set_error_literal (error, TJD_REFUSED, (int) reason, "refused");
    return NULL;
  }
  tariff = tjd_call_tariff (request->session, cancellable, NULL);
  permit = permit_of_quote (quotation->quotes->pdata[0]);
  complete (permit, quotation->quotes->pdata[0], tariff);
  return permit;
}

const TjdWork tjd_fetch_permits = { "fetch permits", fetch_permits,
                                    (GDestroyNotify) fetch_request_free,
                                    (GDestroyNotify) tjd_fetched_permits_free };
const TjdWork tjd_find_permit = { "find permit", find_permit, (GDestroyNotify) find_request_free,
                                  g_object_unref };

TjdFetchRequest *
tjd_fetch_request_new (TjdShell *shell)
{
  TjdFetchRequest *self = g_new0 (TjdFetchRequest, 1);

  self->session = tjd_session_ref (tjd_shell_get_session (shell));
  self->file = g_build_filename (tjd_shell_get_folder (shell), TJD_OFFLINE_FILE, NULL);
  self->account = g_strdup (tjd_shell_get_account (shell));
  return self;
}

TjdFindRequest *
tjd_find_request_new (TjdShell *shell, const char *personal_id)
{
  TjdFindRequest *self = g_new0 (TjdFindRequest, 1);

  self->session = tjd_session_ref (tjd_shell_get_session (shell));
  self->personal_id = g_strdup (personal_id);
  return self;
}
