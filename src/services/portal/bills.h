/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "orders.h"
#include "payment.h"

G_BEGIN_DECLS

/* A bill asks somebody to pay for one order, or for many under one total and one code. An order
 * that is billed again is to be paid by its newest bill: what is paid by another is released. */

/* For these (TjdOrderRow), by the caller; each row's payment becomes the bill's. (transfer full) */
TjdBill *tjd_bills_make (TjdTxn *txn, TjdCall *call, GPtrArray *orders, GError **error);

/* The shares of a payment, in order; an empty list if there is no such bill. */
GPtrArray *tjd_bills_list_shares (TjdTxn *txn, const char *payment, GError **error);

/* The endpoints. */
gboolean tjd_bills_ask (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_bills_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
