/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing-renewals.h"

#include "accounts.h"
#include "identifiers.h"
#include "standing-renewal.h"

static const TjdField standing_renewal_row_fields[] = {
  TJD_STRING (TjdStandingRenewalRow, id, TJD_REQUIRED),
  TJD_STRING (TjdStandingRenewalRow, renewer, TJD_REQUIRED),
  TJD_STRING (TjdStandingRenewalRow, standing_mandate, TJD_REQUIRED),
  TJD_STRING (TjdStandingRenewalRow, set_by, TJD_REQUIRED),
  TJD_INT (TjdStandingRenewalRow, years, TJD_REQUIRED),
  TJD_STRINGS (TjdStandingRenewalRow, exempt, TJD_REQUIRED, .max = TJD_STANDING_EXEMPT_MAX),
  TJD_INT (TjdStandingRenewalRow, set_at, TJD_REQUIRED),
  TJD_INT (TjdStandingRenewalRow, ended_at, TJD_NULLABLE),
  TJD_INT (TjdStandingRenewalRow, due_at, TJD_NULLABLE),
  TJD_STRING (TjdStandingRenewalRow, after, TJD_NULLABLE),
  TJD_INT (TjdStandingRenewalRow, at_most, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStandingRenewalRow, tjd_standing_renewal_row, standing_renewal_row_fields)

#define SELECT                                                                             \
  "SELECT id, renewer, standing_mandate, set_by, years, exempt, set_at, ended_at, due_at," \
  " after, at_most FROM standing_renewals r"

TjdStandingRenewalRow *
tjd_standing_renewals_get (TjdTxn *txn, const char *id, GError **error)
{
  return tjd_txn_get (txn, tjd_standing_renewal_row_get_type (), SELECT " WHERE id = $1", error,
                      tjd_text (id));
}

GPtrArray *
tjd_standing_renewals_list_due (TjdTxn *txn, gint64 now, GError **error)
{
  return tjd_txn_list (txn, tjd_standing_renewal_row_get_type (),
                       SELECT " WHERE r.due_at <= $1" TJD_STANDING_NONE_UNDER_WAY, error,
                       tjd_int (now));
}

gboolean
tjd_standing_renewals_put (TjdTxn *txn, TjdStandingRenewalRow *row, GError **error)
{
  return tjd_txn_update (txn, "standing_renewals", "id", row, error);
}

static TjdStandingRenewal *
show (TjdTxn *txn, TjdStandingRenewalRow *row, GError **error)
{
  g_autoptr (GPtrArray) runs = tjd_txn_list (
      txn, tjd_standing_run_get_type (),
      "SELECT begun_us / 1000000 AS at, outcome, order_id AS \"order\", renewed, refused, problem "
      "FROM standing_runs"
      " WHERE renewal = $1 ORDER BY begun_us DESC LIMIT " G_STRINGIFY (TJD_STANDING_RUNS_SHOWN),
      error, tjd_text (row->id));
  TjdStandingRenewal *renewal;

  if (runs == NULL)
    return NULL;
  renewal = tjd_standing_renewal_new ();
  renewal->id = g_strdup (row->id);
  renewal->renewer = g_strdup (row->renewer);
  renewal->standing_mandate = g_strdup (row->standing_mandate);
  renewal->set_by = g_strdup (row->set_by);
  renewal->years = row->years;
  renewal->set_at = row->set_at;
  renewal->ended_at = row->ended_at;
  renewal->due_at = row->due_at;
  tjd_strings_extend (renewal->exempt, row->exempt);
  tjd_records_extend (renewal->runs, runs);
  return renewal;
}

/* What was set before ends with it; a run of it that is under way is finished. */
static gboolean
end_others (TjdTxn *txn, const char *renewer, gint64 now, GError **error)
{
  return tjd_txn_exec (txn,
                       "UPDATE standing_renewals SET ended_at = $2, due_at = NULL"
                       " WHERE renewer = $1 AND ended_at IS NULL",
                       error, tjd_text (renewer), tjd_int (now)) >= 0;
}

gboolean
tjd_standing_renewals_set (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdStandingRenewalRequest *asked = call->request;
  gint64 now = tjd_clock_now (call->host->clock);
  g_autoptr (TjdStandingRenewalRow) row = tjd_standing_renewal_row_new ();

  if (!tjd_accounts_require (txn, call, asked->renewer, TJD_ROLE_SIGNATORY, error) ||
      !end_others (txn, asked->renewer, now, error))
    return FALSE;
  row->id = tjd_id_new (call->host->entropy, "srn");
  row->renewer = g_strdup (asked->renewer);
  row->standing_mandate = g_strdup (asked->standing_mandate);
  row->set_by = g_strdup (call->principal.personal_id);
  row->years = asked->years;
  tjd_strings_extend (row->exempt, asked->exempt);
  row->set_at = row->due_at = now;
  row->ended_at = TJD_NO_INT;
  row->at_most = TJD_STANDING_AT_MOST;
  if (!tjd_txn_insert (txn, "standing_renewals", row, error))
    return FALSE;
  *reply = show (txn, row, error);
  return *reply != NULL;
}

gboolean
tjd_standing_renewals_list (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdStandingRenewalsQuery *query = call->query;
  g_autoptr (TjdStandingRenewals) renewals = tjd_standing_renewals_new ();
  g_autoptr (GPtrArray) rows = NULL;

  if (!tjd_accounts_require (txn, call, query->renewer, TJD_ROLE_PREPARER, error))
    return FALSE;
  rows = tjd_txn_list (
      txn, tjd_standing_renewal_row_get_type (),
      SELECT " WHERE renewer = $1 ORDER BY ended_at IS NULL DESC, set_at DESC, id LIMIT 20", error,
      tjd_text (query->renewer));
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    TjdStandingRenewal *renewal = show (txn, rows->pdata[i], error);
    if (renewal == NULL)
      return FALSE;
    g_ptr_array_add (renewals->renewals, renewal);
  }
  *reply = g_steal_pointer (&renewals);
  return rows != NULL;
}

gboolean
tjd_standing_renewals_end (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdStandingRenewalRow) row = tjd_standing_renewals_get (txn, call->parameter, error);
  gboolean may = FALSE;

  if (row != NULL && !tjd_accounts_may (txn, call->host, call->principal.personal_id, row->renewer,
                                        TJD_ROLE_SIGNATORY, &may, error))
    return FALSE;
  if (!may) {
    if (*error == NULL)
      tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such standing renewal");
    return FALSE;
  }
  if (row->ended_at == TJD_NO_INT) {
    row->ended_at = tjd_clock_now (call->host->clock);
    row->due_at = TJD_NO_INT;
    if (!tjd_standing_renewals_put (txn, row, error))
      return FALSE;
  }
  *reply = show (txn, row, error);
  return *reply != NULL;
}
