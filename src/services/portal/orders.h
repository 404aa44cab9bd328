/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"
#include "order.h"

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

TJD_DECLARE_RECORD (TjdOrderRow, tjd_order_row)
struct _TjdOrderRow {
  TjdRecord parent;
  char *id, *renewer, *quotation;
  TjdOrderState state;
  gint64 placed_at, expires_at;
  TjdMoney post_fee, total, captured;
  char *payment, *payment_request;
  char *tariff; /* the post's, as it was when it was quoted: JSON of TjdPostTariff */
  char *consignment;
};

/* By a column that is unique; NULL without an error if there is none. */
TjdOrderRow *tjd_orders_get (TjdTxn *txn, const char *column, const char *value, GError **error);

/* All of this renewer's, newest first, at most 500. */
GPtrArray *tjd_orders_list (TjdTxn *txn, const char *renewer, GError **error);
gboolean tjd_orders_put (TjdTxn *txn, TjdOrderRow *row, GError **error); /* updates */

/* Moves the order to a state if its transition table allows; *moved says whether. A step that is
 * behind or beside the order's way is passed over: notices come late, twice, in any order. */
gboolean
tjd_orders_move (TjdTxn *txn, TjdOrderRow *row, TjdOrderState to, gboolean *moved, GError **error);

/* The items, of TjdOrderItem. */
GPtrArray *tjd_orders_list_items (TjdTxn *txn, const char *order, GError **error);
gboolean tjd_orders_put_item (
    TjdTxn *txn, const char *order, guint position, TjdOrderItem *item, GError **error);

/* As people see it. */
TjdOrder *tjd_orders_show (TjdTxn *txn, TjdOrderRow *row, GError **error);

/* The saga (saga.c): what a notice or a step's answer means for an order. */
gboolean tjd_saga_note_payment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_saga_note_station (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_saga_note_scan (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* Orders that nobody paid for. A payment made in time may be reported a little later. */
#define TJD_LATE_NOTICE_SECONDS 60
gboolean tjd_saga_expire (TjdTxn *txn, TjdHost *host, GError **error);
#define TJD_SAGA_STEPS 4
extern const TjdStep tjd_saga_steps[TJD_SAGA_STEPS];

G_END_DECLS
