/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "day.h"
#include "identifiers.h"
#include "jws.h"
#include "orders.h"

/* A company's order is approved by a signatory over its exact bytes: the statement names every
 * permit, quote and amount, and the approval is a signature over it by the key that the signatory's
 * session is bound to. It is kept with the statement. */

#define HEAD "Tajdid order statement 1"

static char *
compose (TjdOrderRow *order, GPtrArray *items)
{
  g_autofree char *placed = tjd_moment_format (order->placed_at);
  g_autofree char *post = tjd_money_format (order->post_fee);
  g_autofree char *total = tjd_money_format (order->total);
  GString *text = g_string_new (HEAD "\n");

  g_string_append_printf (text, "Order: %s\nRenewer: %s\nPlaced by: %s\nPlaced: %s\nPermits: %u\n",
                          order->id, order->renewer, order->placed_by, placed, items->len);
  for (guint i = 0; i < items->len; i++) {
    TjdOrderItem *item = items->pdata[i];
    g_autofree char *amount = tjd_money_format (item->total);
    g_string_append_printf (text, "%s: %" G_GINT64_FORMAT " %s, QAR %s, %s\n", item->personal_id,
                            item->years, item->years == 1 ? "year" : "years", amount, item->quote);
  }
  g_string_append_printf (text, "Post: QAR %s\nTotal: QAR %s\n", post, total);
  return g_string_free (text, FALSE);
}

static char *
make_statement (TjdTxn *txn, TjdOrderRow *order, GError **error)
{
  g_autoptr (GPtrArray) items = tjd_orders_list_items (txn, order->id, error);

  return items != NULL ? compose (order, items) : NULL;
}

gboolean
tjd_approvals_read_statement (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdOrderRow) order = tjd_orders_get_own (txn, call, TJD_ROLE_PREPARER, error);
  g_autofree char *text = order != NULL ? make_statement (txn, order, error) : NULL;
  TjdOrderStatement *statement;

  if (text == NULL)
    return FALSE;
  statement = tjd_order_statement_new ();
  statement->order = g_strdup (order->id);
  statement->text = g_steal_pointer (&text);
  *reply = statement;
  return TRUE;
}

static gboolean
check_signature (TjdCall *call, const char *signature, const char *text, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (TjdKey) key = tjd_jws_read_key (signature, &why);

  if (key != NULL && strcmp (tjd_key_get_thumbprint (key), call->principal.jkt) != 0)
    g_set_error (&why, TJD_JWS_ERROR, TJD_JWS_ERROR_KEY, "another key than the session's");
  if (why == NULL &&
      tjd_jws_verify_detached (signature, TJD_APPROVAL_TYP, key, text, strlen (text), &why))
    return TRUE;
  tjd_problem_set_at (error, TJD_PROBLEM_APPROVAL_INVALID, "#/signature", "%s", why->message);
  return FALSE;
}

static gboolean
keep (TjdTxn *txn, TjdCall *call, TjdOrderRow *order, const char *text, GError **error)
{
  TjdApproval *approval = call->request;

  return tjd_txn_exec (txn,
                       "INSERT INTO approvals (order_id, personal_id, statement, signature, at)"
                       " VALUES ($1, $2, $3, $4, $5)",
                       error, tjd_text (order->id), tjd_text (call->principal.personal_id),
                       tjd_text (text), tjd_text (approval->signature),
                       tjd_int (tjd_clock_now (call->host->clock))) > 0;
}

static gboolean
check_state (TjdCall *call, TjdOrderRow *order, GError **error)
{
  if (tjd_format_establishment_id.fits (order->renewer) && order->state == TJD_ORDER_PLACED &&
      order->expires_at > tjd_clock_now (call->host->clock))
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_ORDER_STATE, "it does not wait for an approval");
  return FALSE;
}

gboolean
tjd_approvals_approve (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdApproval *approval = call->request;
  g_autoptr (TjdOrderRow) order = tjd_orders_get_own (txn, call, TJD_ROLE_SIGNATORY, error);
  g_autofree char *text = NULL;
  gboolean moved;

  if (order == NULL || !check_state (call, order, error))
    return FALSE;
  text = make_statement (txn, order, error);
  if (text == NULL || !check_signature (call, approval->signature, text, error))
    return FALSE;
  order->approved_by = g_strdup (call->principal.personal_id);
  if (!tjd_orders_move (txn, order, TJD_ORDER_APPROVED, &moved, error) ||
      !keep (txn, call, order, text, error))
    return FALSE;
  *reply = tjd_orders_show (txn, order, error);
  return *reply != NULL;
}
