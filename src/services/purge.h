/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* What no party needs any longer: stored replies and carried rows of the outbox after a month,
 * beside what the party's own row names. A little at a time, so that nobody waits for it. */

#define TJD_PURGE_MIGRATION                  \
  "CREATE INDEX replies_at ON replies (at);" \
  "CREATE INDEX outbox_done ON outbox (due_at) WHERE state = 'done'"

gboolean tjd_purge_tick (TjdHost *host, GError **error);

G_END_DECLS
