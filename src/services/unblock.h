/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* An operator lets somebody try again who was blocked by wrong codes, at the portal or at the bank.
 * What was done is kept with who did it and why. */

#define TJD_UNBLOCK_MIGRATION                                                  \
  "CREATE TABLE unblocks ("                                                    \
  "  personal_id TEXT NOT NULL, operator TEXT NOT NULL, reason TEXT NOT NULL," \
  "  at INTEGER NOT NULL) STRICT"

/* reset is the party's UPDATE of its count of failures, $1 the personal ID. Who is not known here
 * is answered like one who is. */
gboolean tjd_unblock (TjdTxn *txn, TjdCall *call, const char *reset, GError **error);

G_END_DECLS
