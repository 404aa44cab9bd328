/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* What becomes of an order's share of a payment: it is debited as far as it was carried out, or
 * released. */
gboolean tjd_settlements_capture (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_settlements_release (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
