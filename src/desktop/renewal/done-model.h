/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model.h"
#include "order.h"

G_BEGIN_DECLS

/* What has come of a payment: the orders under it, asked for every few seconds until each is
 * debited or released. Signal "changed". */
#define TJD_TYPE_DONE_MODEL (tjd_done_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdDoneModel, tjd_done_model, TJD, DONE_MODEL, TjdModel)

/* orders of TjdOrder; total, in dirhams, is held or was debited. journey is the journal's entry. */
TjdDoneModel *
tjd_done_model_new (TjdShell *shell, GPtrArray *orders, TjdMoney total, const char *journey);

GPtrArray *tjd_done_model_get_orders (TjdDoneModel *self);   /* of TjdOrder */
GPtrArray *tjd_done_model_get_receipts (TjdDoneModel *self); /* of char *: receipt numbers */
TjdMoney tjd_done_model_get_total (TjdDoneModel *self);
TjdMoney tjd_done_model_get_captured (TjdDoneModel *self); /* so far */

/* Every order is debited or released, and there is a receipt for each that is debited. */
gboolean tjd_done_model_is_settled (TjdDoneModel *self);

/* Why it could not be asked when it was tried last; NULL: it was answered. */
const GError *tjd_done_model_get_trouble (TjdDoneModel *self);

/* The person has seen that it is paid: the journal forgets it. Once. */
void tjd_done_model_note_seen (TjdDoneModel *self);

G_END_DECLS
