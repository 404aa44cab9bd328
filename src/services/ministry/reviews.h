/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ministry.h"
#include "review.h"

G_BEGIN_DECLS

/* What the staff decide, and what their decisions mean for a renewal. A permit that needs a manual
 * review, or that a fine stands against, gets a review when somebody asks for one, one at a time.
 * What is granted serves the next renewal that is carried out, and that alone. */

#define TJD_REVIEWS_MIGRATION                                                                \
  "CREATE TABLE reviews ("                                                                   \
  "  id TEXT PRIMARY KEY, kind TEXT NOT NULL, personal_id TEXT NOT NULL,"                    \
  "  ordinal INTEGER NOT NULL, renewer TEXT NOT NULL, asked_by TEXT NOT NULL,"               \
  "  reason TEXT NOT NULL, asked_at INTEGER NOT NULL, state TEXT NOT NULL, decided_by TEXT," \
  "  decided_at INTEGER, note_en TEXT, note_ar TEXT, fine INTEGER, valid_until TEXT,"        \
  "  order_id TEXT, UNIQUE (personal_id, kind, ordinal)) STRICT;"                            \
  "CREATE INDEX reviews_renewer ON reviews (renewer, asked_at, id);"                         \
  "CREATE INDEX reviews_asked ON reviews (asked_at, id);"                                    \
  "CREATE INDEX reviews_open ON reviews (asked_at, id) WHERE state = 'open'"

/* The hindrance as it stands after what was decided: -1 if it is lifted. *review is the
 * permit's newest, NULL if nobody asked for one. */
gboolean tjd_reviews_settle (
    TjdTxn *txn, const char *personal_id, TjdReason *hindrance, TjdReview **review, GError **error);

/* Dirhams that a granted reduction leaves of the fine; TJD_NO_INT if there is none today. */
gboolean tjd_reviews_get_reduced_fine (
    TjdTxn *txn, const char *personal_id, TjdDay today, TjdMoney *fine, GError **error);

/* A renewal was carried out: whatever was granted to this permit is used. */
gboolean tjd_reviews_use (TjdTxn *txn, const char *personal_id, const char *order, GError **error);

/* The endpoints. */
gboolean tjd_reviews_ask (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_reviews_ask_reduction (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_reviews_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_reviews_decide (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
