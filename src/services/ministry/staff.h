/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "day.h"
#include "seed.h"
#include "store.h"

G_BEGIN_DECLS

/* The staff of the sandbox's companies: invented by their number, the same in every sandbox but for
 * the day they are counted from. A few cannot be renewed, each for a reason of FACTS. */

#define TJD_STAFF_MIGRATION                                                     \
  "CREATE TABLE sandbox_words ("                                                \
  "  kind TEXT NOT NULL, position INTEGER NOT NULL, en TEXT NOT NULL, ar TEXT," \
  "  PRIMARY KEY (kind, position)) STRICT"

gboolean tjd_staff_seed (TjdTxn *txn, TjdSeed *seed, gint64 now, GError **error);

G_END_DECLS
