/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "statements.h"

#include <string.h>

#include "page.h"
#include "payments.h"
#include "permit.h"

static gboolean
check_owner (TjdTxn *txn, TjdCall *call, const char *owner, GError **error)
{
  gint64 signs;

  if (strcmp (owner, call->principal.personal_id) == 0)
    return TRUE;
  if (!tjd_txn_get_int (txn,
                        "SELECT count(*) FROM account_signers s JOIN accounts a"
                        " ON a.number = s.account WHERE a.owner = $1 AND s.personal_id = $2",
                        &signs, error, tjd_text (owner), tjd_text (call->principal.personal_id)))
    return FALSE;
  if (signs == 0)
    tjd_problem_set (error, TJD_PROBLEM_NOT_A_SIGNER, "the caller does not sign for this account");
  return signs > 0;
}

static TjdStatement *
get_account (TjdTxn *txn, const char *owner, GError **error)
{
  g_autoptr (GError) failed = NULL;
  TjdStatement *statement = tjd_txn_get (
      txn, tjd_statement_get_type (),
      "SELECT number AS account, daily_limit,"
      " (SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account = a.number) AS balance,"
      " (SELECT COALESCE(SUM(amount), 0) FROM holds WHERE account = a.number) AS held"
      " FROM accounts a WHERE owner = $1 ORDER BY number LIMIT 1",
      &failed, tjd_text (owner));

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (statement == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NO_ACCOUNT, "there is no account here");
  return statement;
}

/* Newest first from the cursor on; one more than the limit, where there is a next page. */
static GPtrArray *
list_movements (
    TjdTxn *txn, const char *account, const TjdCursor *cursor, gint64 limit, GError **error)
{
  gboolean at_start = *cursor->first == '\0';
  gint64 at = at_start ? G_MAXINT64 : g_ascii_strtoll (cursor->first, NULL, 10);

  return tjd_txn_list (
      txn, tjd_movement_get_type (),
      "SELECT reference, amount, at, balance FROM (SELECT transfer AS reference, amount, at,"
      " SUM(amount) OVER (ORDER BY at, transfer) AS balance FROM entries WHERE account = $1) AS "
      "all_"
      " WHERE at < $2 OR (at = $2 AND reference < $3) ORDER BY at DESC, reference DESC LIMIT $4",
      error, tjd_text (account), tjd_int (at), tjd_text (cursor->second), tjd_int (limit + 1));
}

static void
set_next (TjdCall *call, TjdMovement *last)
{
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, last->at);
  g_autofree char *after = tjd_cursor_print (at, last->reference);

  tjd_page_set_next (call, after);
}

gboolean
tjd_statements_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdStatementQuery *query = call->query;
  const char *owner = query->owner != NULL ? query->owner : call->principal.personal_id;
  gint64 limit = query->limit != TJD_NO_INT ? query->limit : TJD_PAGE_MAX;
  g_auto (TjdCursor) cursor = { NULL, NULL };
  g_autoptr (TjdStatement) statement = NULL;
  g_autoptr (GPtrArray) movements = NULL;

  if (!tjd_cursor_read (&cursor, query->after, error) || !check_owner (txn, call, owner, error))
    return FALSE;
  statement = get_account (txn, owner, error);
  movements =
      statement != NULL ? list_movements (txn, statement->account, &cursor, limit, error) : NULL;
  if (movements == NULL)
    return FALSE;
  if (movements->len > limit) {
    g_ptr_array_set_size (movements, (int) limit);
    set_next (call, movements->pdata[limit - 1]);
  }
  tjd_records_extend (statement->movements, movements);
  *reply = g_steal_pointer (&statement);
  return TRUE;
}
