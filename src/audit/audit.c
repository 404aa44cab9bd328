/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit.h"

#include <string.h>

/* What one party says of an order; what it does not know of stays empty or 0. */
typedef struct {
  TjdRecord parent;
  char *id;    /* the order */
  char *state; /* the portal's word */
  TjdMoney captured, post;
  gint64 cards;
} Line;

static const TjdField line_fields[] = {
  TJD_STRING (Line, id, TJD_REQUIRED),    TJD_STRING (Line, state, TJD_OPTIONAL),
  TJD_INT (Line, captured, TJD_OPTIONAL), TJD_INT (Line, post, TJD_OPTIONAL),
  TJD_INT (Line, cards, TJD_OPTIONAL),
};
TJD_DEFINE_PRIVATE_RECORD (Line, line, line_fields)

static const char portal_sql[] =
    "SELECT id, state, COALESCE(captured, 0) AS captured,"
    " (SELECT count(*) FROM order_items WHERE order_id = orders.id AND outcome = 'executed')"
    " AS cards FROM orders";
static const char ministry_sql[] =
    "SELECT order_id AS id, SUM(CASE WHEN outcome = 'executed' THEN fee ELSE 0 END) AS captured,"
    " SUM(CASE WHEN outcome = 'executed' THEN 1 ELSE 0 END) AS cards"
    " FROM executions GROUP BY order_id";
static const char bank_sql[] =
    "SELECT order_id AS id, SUM(captured) AS captured, SUM(captured_post) AS post"
    " FROM shares GROUP BY order_id";
static const char post_sql[] = "SELECT order_id AS id, fee AS post, cards FROM consignments";

/* Rows of these are what should not be. Of each party: what it wanted of another and was refused.
 */
static const char parked_sql[] = "SELECT id FROM outbox WHERE state = 'parked'";

/* Of the bank's journal by itself. */
static const char unbalanced_sql[] =
    "SELECT transfer AS id, SUM(amount) AS captured FROM entries GROUP BY transfer"
    " HAVING SUM(amount) <> 0";
static const char misdebited_sql[] =
    "SELECT id, captured, post FROM (SELECT s.order_id AS id, SUM(s.captured) AS captured,"
    " COALESCE((SELECT -SUM(e.amount) FROM entries e JOIN accounts a ON a.number = e.account"
    "  AND a.kind = 'customer' WHERE e.transfer = s.order_id OR e.transfer IN"
    "  (SELECT x.payment FROM shares x WHERE x.order_id = s.order_id)), 0) AS post"
    " FROM shares s GROUP BY s.order_id) AS debits WHERE captured <> post";
static const char stray_holds_sql[] =
    "SELECT payment AS id, amount AS captured FROM holds h WHERE amount <>"
    " (SELECT COALESCE(SUM(s.amount), 0) FROM shares s WHERE s.payment = h.payment"
    "  AND s.state = 'held')"
    " UNION ALL SELECT payment AS id, SUM(amount) AS captured FROM shares WHERE state = 'held'"
    " AND payment NOT IN (SELECT payment FROM holds) GROUP BY payment";
static const char unshared_sql[] =
    "SELECT p.id AS id FROM payments p WHERE"
    " p.amount <> (SELECT SUM(s.amount) FROM shares s WHERE s.payment = p.id) OR"
    " p.captured <> (SELECT SUM(s.captured) FROM shares s WHERE s.payment = p.id)";
static const char refunded_sql[] =
    "SELECT r.id AS id FROM refunds r WHERE r.amount <> COALESCE((SELECT SUM(e.amount) FROM"
    " entries e JOIN accounts a ON a.number = e.account AND a.kind = 'customer'"
    " WHERE e.transfer = r.id), 0)";
static const char overdrawn_sql[] =
    "SELECT a.number AS id FROM accounts a WHERE a.kind = 'customer' AND"
    " (SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account = a.number) -"
    " (SELECT COALESCE(SUM(amount), 0) FROM holds WHERE account = a.number) < 0";

/* Permit by permit: what the bank paid on under a quote, and what the ministry carried out by it.
 */
static const char journal_sql[] =
    "SELECT e.transfer AS id, e.amount AS captured FROM entries e JOIN accounts a"
    " ON a.number = e.account AND a.kind = 'ministry' WHERE e.transfer LIKE 'quo-%'";
static const char fees_sql[] =
    "SELECT quote AS id, fee AS captured FROM executions WHERE outcome = 'executed'";

typedef struct {
  const char *sql;
  GPtrArray *lines;
} Reading;

static gboolean
read_lines (TjdTxn *txn, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->lines = tjd_txn_list (txn, line_get_type (), reading->sql, error);
  return reading->lines != NULL;
}

static GPtrArray *
list (TjdDb *db, const char *sql, GError **error)
{
  Reading reading = { sql, NULL };

  return tjd_db_read (db, read_lines, &reading, error) ? reading.lines : NULL;
}

static GHashTable *
by_id (GPtrArray *lines)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lines->len; i++)
    g_hash_table_insert (table, ((Line *) lines->pdata[i])->id, lines->pdata[i]);
  return table;
}

typedef struct {
  GPtrArray *portal, *ministry, *bank, *post;
  GPtrArray *parked[4];
  GPtrArray *unbalanced, *misdebited, *stray_holds, *unshared, *refunded, *overdrawn;
  GPtrArray *journal, *fees;
  TjdMoney ministry_balance, post_balance, collection_balance;
  TjdMoney ministry_refunds, post_refunds;
} Books;

static void
books_free (Books *books)
{
  GPtrArray *all[] = { books->portal,     books->ministry,   books->bank,        books->post,
                       books->parked[0],  books->parked[1],  books->parked[2],   books->parked[3],
                       books->unbalanced, books->misdebited, books->stray_holds, books->overdrawn,
                       books->unshared,   books->refunded,   books->journal,     books->fees };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (&all[i], g_ptr_array_unref);
  g_free (books);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Books, books_free)

static TjdDb *
open_db (const char *directory, const char *party, GError **error)
{
  g_autofree char *file = g_strconcat (party, ".db", NULL);
  g_autofree char *path = g_build_filename (directory, file, NULL);

  return tjd_db_open_read_only (path, error);
}

static gboolean
read_balances (TjdTxn *txn, gpointer data, GError **error)
{
  static const char sql[] = "SELECT COALESCE(SUM(amount), 0) FROM entries WHERE account IN"
                            " (SELECT number FROM accounts WHERE kind = $1)";
  Books *books = data;

  static const char refunds_sql[] =
      "SELECT COALESCE(SUM(amount), 0) FROM refunds WHERE source = $1";

  return tjd_txn_get_int (txn, refunds_sql, &books->ministry_refunds, error,
                          tjd_text ("ministry")) &&
         tjd_txn_get_int (txn, refunds_sql, &books->post_refunds, error, tjd_text ("post")) &&
         tjd_txn_get_int (txn, sql, &books->ministry_balance, error, tjd_text ("ministry")) &&
         tjd_txn_get_int (txn, sql, &books->post_balance, error, tjd_text ("post")) &&
         tjd_txn_get_int (txn, sql, &books->collection_balance, error, tjd_text ("collection"));
}

static gboolean
read_bank (TjdDb *bank, Books *books, GError **error)
{
  return (books->bank = list (bank, bank_sql, error)) != NULL &&
         (books->unbalanced = list (bank, unbalanced_sql, error)) != NULL &&
         (books->misdebited = list (bank, misdebited_sql, error)) != NULL &&
         (books->stray_holds = list (bank, stray_holds_sql, error)) != NULL &&
         (books->unshared = list (bank, unshared_sql, error)) != NULL &&
         (books->refunded = list (bank, refunded_sql, error)) != NULL &&
         (books->overdrawn = list (bank, overdrawn_sql, error)) != NULL &&
         (books->journal = list (bank, journal_sql, error)) != NULL &&
         tjd_db_read (bank, read_balances, books, error);
}

static Books *
read_books (const char *directory, GError **error)
{
  g_autoptr (Books) books = g_new0 (Books, 1);
  g_autoptr (TjdDb) portal = open_db (directory, "portal", error);
  g_autoptr (TjdDb) ministry = portal != NULL ? open_db (directory, "ministry", error) : NULL;
  g_autoptr (TjdDb) bank = ministry != NULL ? open_db (directory, "bank", error) : NULL;
  g_autoptr (TjdDb) post = bank != NULL ? open_db (directory, "post", error) : NULL;

  if (post == NULL)
    return NULL;
  books->portal = list (portal, portal_sql, error);
  if (books->portal != NULL)
    books->ministry = list (ministry, ministry_sql, error);
  if (books->ministry != NULL)
    books->fees = list (ministry, fees_sql, error);
  if (books->fees != NULL)
    books->post = list (post, post_sql, error);
  return books->post != NULL && read_bank (bank, books, error) &&
                 (books->parked[0] = list (portal, parked_sql, error)) != NULL &&
                 (books->parked[1] = list (ministry, parked_sql, error)) != NULL &&
                 (books->parked[2] = list (bank, parked_sql, error)) != NULL &&
                 (books->parked[3] = list (post, parked_sql, error)) != NULL
             ? g_steal_pointer (&books)
             : NULL;
}

G_GNUC_PRINTF (2, 3)
static void
differ (TjdAudit *audit, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (audit->differences, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
compare (TjdAudit *audit, const char *order, const char *what, gint64 left, gint64 right)
{
  if (left != right)
    differ (audit, "%s: %s: %" G_GINT64_FORMAT " against %" G_GINT64_FORMAT, order, what, left,
            right);
}

static gboolean
is_open (Line *order)
{
  return strcmp (order->state, "authorised") == 0 || strcmp (order->state, "executed") == 0;
}

/* One order through all four books. While it is under way the parties may be a step apart. */
static void
check_order (TjdAudit *audit, Line *order, Line *execution, Line *payment, Line *consignment)
{
  TjdMoney fees = execution != NULL ? execution->captured : 0;
  TjdMoney debited = payment != NULL ? payment->captured : 0;
  gint64 cards = execution != NULL ? execution->cards : 0;

  audit->orders++;
  audit->delivered += strcmp (order->state, "delivered") == 0;
  if (is_open (order)) {
    audit->open++;
    if (debited > 0)
      compare (audit, order->id, "debited less post, and fees executed", debited - payment->post,
               fees);
    return;
  }
  compare (audit, order->id, "captured by portal and bank", order->captured, debited);
  compare (audit, order->id, "debited less post, and fees executed",
           debited - (payment != NULL ? payment->post : 0), fees);
  compare (audit, order->id, "cards of portal and ministry", order->cards, cards);
  if (consignment != NULL) {
    compare (audit, order->id, "cards of ministry and post", cards, consignment->cards);
    compare (audit, order->id, "post fee of post and bank", consignment->post,
             payment != NULL ? payment->post : 0);
  }
}

static void
check_orders (TjdAudit *audit, Books *books)
{
  g_autoptr (GHashTable) executions = by_id (books->ministry);
  g_autoptr (GHashTable) payments = by_id (books->bank);
  g_autoptr (GHashTable) consignments = by_id (books->post);

  for (guint i = 0; i < books->portal->len; i++) {
    Line *order = books->portal->pdata[i];
    check_order (audit, order, g_hash_table_lookup (executions, order->id),
                 g_hash_table_lookup (payments, order->id),
                 g_hash_table_lookup (consignments, order->id));
    g_hash_table_remove (executions, order->id);
    g_hash_table_remove (payments, order->id);
    g_hash_table_remove (consignments, order->id);
  }
  compare (audit, "portal", "executions of orders it does not know", g_hash_table_size (executions),
           0);
  compare (audit, "portal", "payments of orders it does not know", g_hash_table_size (payments), 0);
  compare (audit, "portal", "consignments of orders it does not know",
           g_hash_table_size (consignments), 0);
}

static void
report (TjdAudit *audit, GPtrArray *lines, const char *what)
{
  for (guint i = 0; i < lines->len; i++)
    differ (audit, "%s: %s", what, ((Line *) lines->pdata[i])->id);
}

static void
check_journal (TjdAudit *audit, Books *books)
{
  g_autoptr (GHashTable) fees = by_id (books->fees);

  for (guint i = 0; i < books->journal->len; i++) {
    Line *entry = books->journal->pdata[i];
    Line *fee = g_hash_table_lookup (fees, entry->id);
    compare (audit, entry->id, "a permit's line in the journal, and its fee", entry->captured,
             fee != NULL ? fee->captured : 0);
  }
}

static void
check_bank (TjdAudit *audit, Books *books)
{
  TjdMoney to_post = 0;

  report (audit, books->unbalanced, "bank: a transfer that does not sum to zero");
  report (audit, books->misdebited, "bank: an order whose entries are not what was captured");
  report (audit, books->stray_holds, "bank: a hold that is not what its shares hold");
  report (audit, books->unshared, "bank: a payment that is not the sum of its shares");
  report (audit, books->refunded, "bank: a refund that the payer did not get");
  report (audit, books->overdrawn, "bank: an account below zero");
  for (guint i = 0; i < books->bank->len; i++) {
    Line *payment = books->bank->pdata[i];
    audit->debited += payment->captured;
    to_post += payment->post;
  }
  audit->ministry = books->ministry_balance + books->ministry_refunds;
  audit->post = books->post_balance + books->post_refunds;
  audit->refunded = books->ministry_refunds + books->post_refunds;
  compare (audit, "bank", "paid to the post and captured for it", audit->post, to_post);
  compare (audit, "bank", "paid to the ministry and captured for it", audit->ministry,
           audit->debited - to_post);
  compare (audit, "bank", "left on the collection account", books->collection_balance, 0);
}

TjdAudit *
tjd_audit_run (const char *directory, GError **error)
{
  g_autoptr (Books) books = read_books (directory, error);
  TjdAudit *audit;

  if (books == NULL)
    return NULL;
  audit = g_new0 (TjdAudit, 1);
  audit->differences = g_ptr_array_new_with_free_func (g_free);
  check_orders (audit, books);
  check_bank (audit, books);
  check_journal (audit, books);
  for (guint i = 0; i < G_N_ELEMENTS (books->parked); i++)
    report (audit, books->parked[i], "refused by another party, and left");
  for (guint i = 0; i < books->ministry->len; i++)
    audit->executed += ((Line *) books->ministry->pdata[i])->cards;
  return audit;
}

void
tjd_audit_free (TjdAudit *audit)
{
  g_ptr_array_unref (audit->differences);
  g_free (audit);
}
