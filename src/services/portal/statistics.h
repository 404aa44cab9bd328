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

#define TJD_STATISTICS_ONCE_MIGRATION                                               \
  "CREATE TABLE refusals_counted (personal_id TEXT NOT NULL, reason TEXT NOT NULL," \
  " since INTEGER NOT NULL, PRIMARY KEY (personal_id, reason)) STRICT;"             \
  "CREATE INDEX refusals_counted_since ON refusals_counted (since)"

#define TJD_STATISTICS_SECONDS 60

/* This permit was refused for this: counted once a day, however often it is asked about. */
gboolean tjd_statistics_count_refusal (
    TjdTxn *txn, TjdHost *host, const char *personal_id, TjdReason reason, GError **error);

gboolean tjd_statistics_renew (TjdTxn *txn, TjdHost *host, GError **error);

/* The endpoints. */
gboolean tjd_statistics_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_catalogue_read (TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
