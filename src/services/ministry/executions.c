/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "order.h"
#include "reviews.h"

/* What was paid for is carried out, an order once. */

/* What the register says now against what was quoted: -1, or why it cannot be carried out.
 * hindrance is what is left of the permit's own after what was decided about it. */
static TjdReason
find_late_hindrance (TjdHost *host, TjdQuoteRow *quote_, TjdPermitRow *permit, TjdReason hindrance)
{
  if (permit == NULL)
    return TJD_REASON_NOT_FOUND;
  if ((int) hindrance >= 0)
    return hindrance;
  if (strcmp (permit->expires_on, quote_->expires_on) != 0)
    return TJD_REASON_IN_ANOTHER_ORDER; /* renewed meanwhile, under another quote */
  if (quote_->honoured_until <= tjd_clock_now (host->clock))
    return TJD_REASON_MANUAL_REVIEW;
  return (TjdReason) -1;
}

static gboolean
refuse_execution (GError **error, guint position, const char *why)
{
  g_autofree char *pointer = g_strdup_printf ("#/quotes/%u", position);

  tjd_problem_set_at (error, TJD_PROBLEM_EXECUTION_REFUSED, pointer, "%s", why);
  return FALSE;
}

static gboolean
keep_executed (TjdTxn *txn, TjdCall *call, TjdExecuted *executed, guint position, GError **error)
{
  TjdExecutionRequest *request = call->request;
  g_autoptr (GError) failed = NULL;

  if (tjd_txn_exec (txn,
                    "INSERT INTO executions (quote, order_id, position, outcome, reason, fee,"
                    " renewed_until, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    &failed, tjd_text (executed->quote), tjd_text (request->order),
                    tjd_int (position),
                    tjd_text (tjd_enum_to_nick (tjd_outcome_get_type (), executed->outcome)),
                    tjd_text (tjd_enum_to_nick (tjd_reason_get_type (), executed->reason)),
                    tjd_int (executed->fee), tjd_text (executed->renewed_until),
                    tjd_int (tjd_clock_now (call->host->clock))) > 0)
    return TRUE;
  if (g_error_matches (failed, TJD_STORE_ERROR, TJD_STORE_ERROR_EXISTS))
    return refuse_execution (error, position, "used by another order");
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* The first of the permit's hindrances that was not lifted, or -1. */
static gboolean
settle_hindrances (TjdTxn *txn, TjdPermitRow *permit, TjdReason *hindrance, GError **error)
{
  TjdReason own[] = { permit->hindrance, permit->late_hindrance };

  *hindrance = (TjdReason) -1;
  for (guint i = 0; i < G_N_ELEMENTS (own) && (int) *hindrance < 0; i++) {
    g_autoptr (TjdReview) review = NULL;
    *hindrance = own[i];
    if (!tjd_reviews_settle (txn, permit->personal_id, hindrance, &review, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
renew (TjdTxn *txn, TjdCall *call, TjdQuoteRow *row, TjdExecuted *executed, GError **error)
{
  TjdExecutionRequest *request = call->request;

  executed->fee = row->fee;
  executed->renewed_until = g_strdup (row->renewed_until);
  return tjd_register_renew (txn, row->personal_id, row->renewed_until,
                             tjd_clock_now (call->host->clock), error) &&
         tjd_reviews_use (txn, row->personal_id, request->order, error);
}

static gboolean
execute_one (TjdTxn *txn, TjdCall *call, guint position, TjdExecution *execution, GError **error)
{
  TjdExecutionRequest *request = call->request;
  g_autoptr (TjdQuoteRow) row =
      tjd_ministry_get_quote (txn, request->quotes->pdata[position], error);
  g_autoptr (TjdPermitRow) permit = NULL;
  TjdReason hindrance = (TjdReason) -1;
  TjdExecuted *executed;

  if (row == NULL || strcmp (row->renewer, request->renewer) != 0)
    return error != NULL && *error != NULL
               ? FALSE
               : refuse_execution (error, position, "not a quote for this renewer");
  permit = tjd_register_get (txn, row->personal_id, row->renewer, error);
  if (permit == NULL && error != NULL && *error != NULL)
    return FALSE;
  if (permit != NULL && !settle_hindrances (txn, permit, &hindrance, error))
    return FALSE;
  executed = tjd_executed_new ();
  g_ptr_array_add (execution->items, executed);
  executed->quote = g_strdup (row->id);
  executed->reason = find_late_hindrance (call->host, row, permit, hindrance);
  executed->outcome = (int) executed->reason < 0 ? TJD_OUTCOME_EXECUTED : TJD_OUTCOME_REFUSED;
  if (executed->outcome == TJD_OUTCOME_EXECUTED && !renew (txn, call, row, executed, error))
    return FALSE;
  return keep_executed (txn, call, executed, position, error);
}

static gboolean
load_execution (TjdTxn *txn, const char *order, TjdExecution *execution, GError **error)
{
  g_autoptr (GPtrArray) items =
      tjd_txn_list (txn, tjd_executed_get_type (),
                    "SELECT quote, outcome, reason, fee, renewed_until FROM executions"
                    " WHERE order_id = $1 ORDER BY position",
                    error, tjd_text (order));

  if (items == NULL)
    return FALSE;
  tjd_set_string (&execution->order, order);
  tjd_records_extend (execution->items, items);
  return TRUE;
}

/* An order is carried out once, whatever key it comes under. */
gboolean
tjd_ministry_execute (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdExecutionRequest *request = call->request;
  g_autoptr (TjdExecution) execution = tjd_execution_new ();

  if (!load_execution (txn, request->order, execution, error))
    return FALSE;
  if (execution->items->len == 0)
    for (guint i = 0; i < request->quotes->len; i++)
      if (!execute_one (txn, call, i, execution, error))
        return FALSE;
  *reply = g_steal_pointer (&execution);
  return TRUE;
}

gboolean
tjd_ministry_read_execution (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdExecution) execution = tjd_execution_new ();

  if (!load_execution (txn, call->parameter, execution, error))
    return FALSE;
  if (execution->items->len == 0) {
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "this order was not carried out");
    return FALSE;
  }
  *reply = g_steal_pointer (&execution);
  return TRUE;
}
