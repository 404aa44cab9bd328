/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* What a customer sees of their account, and what an operator gives back (statements.c, refunds.c).
 */
gboolean tjd_statements_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_refunds_give (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
