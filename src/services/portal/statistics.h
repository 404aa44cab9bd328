/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figures.h"
#include "host.h"

G_BEGIN_DECLS

/* Open figures: counted anew every minute, read as they were counted; and the catalogue. */

#define TJD_STATISTICS_MIGRATION                                                                 \
  "CREATE TABLE refusal_counts (reason TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;"        \
  "CREATE TABLE statistics (as_of INTEGER PRIMARY KEY, figures TEXT NOT NULL) STRICT;"           \
  "CREATE INDEX order_items_executed ON order_items (order_id) WHERE outcome = 'executed';"      \
  "CREATE INDEX orders_delivered ON orders (delivered_at - posted_at) WHERE delivered_at IS NOT" \
  " NULL AND posted_at IS NOT NULL"

#define TJD_STATISTICS_SECONDS 60

/* One more permit was refused for this. */
gboolean tjd_statistics_count_refusal (TjdTxn *txn, TjdReason reason, GError **error);

gboolean tjd_statistics_renew (TjdTxn *txn, TjdHost *host, GError **error);

/* The endpoints. */
gboolean tjd_statistics_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_catalogue_read (TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
