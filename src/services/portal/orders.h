/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "host.h"
#include "order.h"
#include "quotations.h"

G_BEGIN_DECLS

/* Orders as the portal keeps them, and the saga that carries one from placed to delivered. */

#define TJD_ORDERS_MIGRATION                                                                    \
  "CREATE TABLE quotations ("                                                                   \
  "  id TEXT PRIMARY KEY, renewer TEXT NOT NULL, quotation TEXT NOT NULL,"                      \
  "  tariff TEXT NOT NULL, valid_until INTEGER NOT NULL) STRICT;"                               \
  "CREATE INDEX quotations_end ON quotations (valid_until);"                                    \
  "CREATE TABLE orders ("                                                                       \
  "  id TEXT PRIMARY KEY, renewer TEXT NOT NULL, quotation TEXT NOT NULL UNIQUE,"               \
  "  state TEXT NOT NULL, placed_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,"             \
  "  post_fee INTEGER NOT NULL, total INTEGER NOT NULL, captured INTEGER,"                      \
  "  payment TEXT NOT NULL UNIQUE, payment_request TEXT NOT NULL, tariff TEXT NOT NULL,"        \
  "  consignment TEXT) STRICT;"                                                                 \
  "CREATE INDEX orders_renewer ON orders (renewer, placed_at);"                                 \
  "CREATE INDEX orders_unpaid ON orders (expires_at) WHERE state = 'placed';"                   \
  "CREATE TABLE order_items ("                                                                  \
  "  order_id TEXT NOT NULL REFERENCES orders (id), position INTEGER NOT NULL,"                 \
  "  quote TEXT NOT NULL UNIQUE, personal_id TEXT NOT NULL, name_en TEXT NOT NULL,"             \
  "  name_ar TEXT NOT NULL, years INTEGER NOT NULL, total INTEGER NOT NULL,"                    \
  "  outcome TEXT NOT NULL, reason TEXT, renewed_until TEXT,"                                   \
  "  PRIMARY KEY (order_id, position)) STRICT;"                                                 \
  "CREATE TABLE permits_in_orders ("                                                            \
  "  personal_id TEXT PRIMARY KEY, order_id TEXT NOT NULL) STRICT;"                             \
  "CREATE INDEX permits_in_orders_order ON permits_in_orders (order_id);"                       \
  "CREATE TABLE stations ("                                                                     \
  "  order_id TEXT NOT NULL, position INTEGER NOT NULL, station TEXT NOT NULL, at INTEGER NOT " \
  "NULL,"                                                                                       \
  "  PRIMARY KEY (order_id, position)) STRICT"

/* Many orders under one bill, approval, cancelling, receipts. */
#define TJD_BILLS_MIGRATION                                                                       \
  "CREATE TABLE bills ("                                                                          \
  "  id TEXT PRIMARY KEY, renewer TEXT NOT NULL, payer TEXT NOT NULL, debtor TEXT NOT NULL,"      \
  "  amount INTEGER NOT NULL, request TEXT NOT NULL, made_at INTEGER NOT NULL,"                   \
  "  expires_at INTEGER NOT NULL) STRICT;"                                                        \
  "CREATE TABLE bill_shares ("                                                                    \
  "  bill TEXT NOT NULL REFERENCES bills (id), order_id TEXT NOT NULL,"                           \
  "  position INTEGER NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (bill, order_id)) STRICT;"   \
  "INSERT INTO bills (id, renewer, payer, debtor, amount, request, made_at, expires_at)"          \
  " SELECT payment, renewer, renewer, renewer, total, payment_request, placed_at, expires_at"     \
  " FROM orders;"                                                                                 \
  "INSERT INTO bill_shares (bill, order_id, position, amount)"                                    \
  " SELECT payment, id, 0, total FROM orders;"                                                    \
  "CREATE TABLE orders_2 ("                                                                       \
  "  id TEXT PRIMARY KEY, renewer TEXT NOT NULL, placed_by TEXT NOT NULL, approved_by TEXT,"      \
  "  quotation TEXT NOT NULL UNIQUE, state TEXT NOT NULL, placed_at INTEGER NOT NULL,"            \
  "  expires_at INTEGER NOT NULL, post_fee INTEGER NOT NULL, total INTEGER NOT NULL,"             \
  "  captured INTEGER, captured_at INTEGER, receipt TEXT UNIQUE, payment TEXT,"                   \
  "  tariff TEXT NOT NULL, consignment TEXT) STRICT;"                                             \
  "INSERT INTO orders_2 (id, renewer, placed_by, quotation, state, placed_at, expires_at,"        \
  "  post_fee, total, captured, captured_at, receipt, payment, tariff, consignment)"              \
  " SELECT id, renewer, renewer, quotation, state, placed_at, expires_at, post_fee, total,"       \
  "  captured, CASE WHEN captured > 0 THEN placed_at END, CASE WHEN captured > 0 THEN 'rcp-' ||"  \
  "  translated END, payment, tariff, consignment FROM orders JOIN (SELECT id AS i, replace("     \
  "  replace(replace(replace(lower(hex(randomblob(10))), '0', 'g'), '1', 'h'), '8', 'i'), '9',"   \
  "  'j') AS translated FROM orders) ON i = id;"                                                  \
  "UPDATE outbox SET id = id || '.2', step = 'release', request = json_object('order', subject)"  \
  " WHERE step = 'void' AND state = 'waiting';"                                                   \
  "UPDATE outbox SET id = id || '.2', request = json_object('order', subject, 'lines',"           \
  "  (SELECT json_group_array(json_object('reference', quote, 'amount', total)) FROM order_items" \
  "   WHERE order_id = subject AND outcome = 'executed'), 'post',"                                \
  "  json_extract(request, '$.post')) WHERE step = 'capture' AND state = 'waiting';"              \
  "DROP TABLE orders;"                                                                            \
  "ALTER TABLE orders_2 RENAME TO orders;"                                                        \
  "CREATE INDEX orders_renewer ON orders (renewer, placed_at);"                                   \
  "CREATE INDEX orders_payment ON orders (payment);"                                              \
  "CREATE INDEX orders_unpaid ON orders (expires_at) WHERE state IN ('placed', 'approved');"      \
  "CREATE TABLE approvals ("                                                                      \
  "  order_id TEXT PRIMARY KEY REFERENCES orders (id), personal_id TEXT NOT NULL,"                \
  "  statement TEXT NOT NULL, signature TEXT NOT NULL, at INTEGER NOT NULL) STRICT"

#define TJD_ORDERS_PAGES_MIGRATION                                         \
  "CREATE INDEX orders_page ON orders (renewer, placed_at DESC, id DESC);" \
  "DROP INDEX orders_renewer"

/* When the post last had news of it, and when a delivery last failed. */
#define TJD_FOLLOWING_MIGRATION                       \
  "ALTER TABLE orders ADD COLUMN scanned_at INTEGER;" \
  "ALTER TABLE orders ADD COLUMN failed_at INTEGER;"  \
  "ALTER TABLE orders ADD COLUMN posted_at INTEGER;"  \
  "ALTER TABLE orders ADD COLUMN delivered_at INTEGER"

TJD_DECLARE_RECORD (TjdOrderRow, tjd_order_row)
struct _TjdOrderRow {
  TjdRecord parent;
  char *id, *renewer, *placed_by, *approved_by, *quotation;
  TjdOrderState state;
  gint64 placed_at, expires_at;
  TjdMoney post_fee, total, captured;
  gint64 captured_at;
  char *receipt; /* drawn when it is captured */
  char *payment; /* the newest bill's */
  char *tariff;  /* the post's, as it was when it was quoted: JSON of TjdPostTariff */
  char *consignment;
  gint64 scanned_at, failed_at;   /* the latest scan that was no failure, and that was one */
  gint64 posted_at, delivered_at; /* what the 24-hour clock runs from and to */
};

/* By a column that is unique; NULL without an error if there is none. */
TjdOrderRow *tjd_orders_get (TjdTxn *txn, const char *column, const char *value, GError **error);

/* This renewer's that the query asks for, newest first, at most limit. */
GPtrArray *tjd_orders_list (
    TjdTxn *txn, const char *renewer, TjdOrdersQuery *query, gint64 limit, GError **error);
gboolean tjd_orders_put (TjdTxn *txn, TjdOrderRow *row, GError **error); /* updates */

/* Moves the order to a state if its transition table allows; *moved says whether. A step that is
 * behind or beside the order's way is passed over: notices come late, twice, in any order. */
gboolean
tjd_orders_move (TjdTxn *txn, TjdOrderRow *row, TjdOrderState to, gboolean *moved, GError **error);

/* The items, of TjdOrderItem. */
GPtrArray *tjd_orders_list_items (TjdTxn *txn, const char *order, GError **error);
gboolean tjd_orders_put_item (
    TjdTxn *txn, const char *order, guint position, TjdOrderItem *item, GError **error);

/* One by a quotation, in the caller's name: the quotation's permits are the order's alone, or it is
 * TJD_PROBLEM_PERMIT_IN_ORDER. (transfer full) */
TjdOrderRow *
tjd_orders_open (TjdTxn *txn, TjdCall *call, TjdQuotationRow *quotation, GError **error);

/* As people see it. */
TjdOrder *tjd_orders_show (TjdTxn *txn, TjdOrderRow *row, GError **error);

/* The order of the path, if the caller has the role for its renewer; else TJD_PROBLEM_NOT_FOUND. */
TjdOrderRow *tjd_orders_get_own (TjdTxn *txn, TjdCall *call, TjdRole role, GError **error);

/* The endpoints: placing (placing.c), approval (approvals.c), following (following.c),
 * receipts (receipts.c). */
gboolean tjd_orders_place (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_orders_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_orders_read_list (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_orders_cancel (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_approvals_read_statement (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_approvals_approve (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_following_read_consignment (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_following_read_label (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_receipts_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_receipts_confirm (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* The permits of an order that came to its end are free for another. */
gboolean tjd_orders_free_permits (TjdTxn *txn, const char *order, GError **error);

/* The saga (saga.c): what a notice or a step's answer means for an order. */
gboolean tjd_saga_note_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_saga_note_station (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_saga_note_scan (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* Orders that nobody paid for. A payment made in time may be reported a little later. */
#define TJD_LATE_NOTICE_SECONDS 60
gboolean tjd_saga_expire (TjdTxn *txn, TjdHost *host, GError **error);
extern const TjdStep tjd_saga_steps[];

G_END_DECLS
