/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"
#include "register.h"

G_BEGIN_DECLS

/* What the ministry's files share. */

TjdDay tjd_ministry_today (TjdHost *host);
TjdDay tjd_ministry_day (const char *text); /* of a date that was stored */

/* permits.c */
gboolean tjd_ministry_read_permits (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
