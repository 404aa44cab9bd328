/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "consignment.h"
#include "model.h"
#include "order.h"

G_BEGIN_DECLS

/* One order with all that is known of it: behind the pages Order and Follow. */
#define TJD_TYPE_ORDER_MODEL (tjd_order_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdOrderModel, tjd_order_model, TJD, ORDER_MODEL, TjdModel)

TjdOrderModel *tjd_order_model_new (TjdShell *shell, const char *order_id);

/* Plain values, by a worker (fetch-orders.h). */
typedef struct {
  TjdOrder *order;
  TjdConsignment *consignment; /* NULL: not yet */
  TjdReceipt *receipt;         /* NULL: not yet */
  gint64 as_of;                /* UTC seconds */
  gboolean is_kept;            /* from this computer */
  gboolean may_sign;           /* it waits for a signatory, and the person is one */
} TjdFetchedOrder;
void tjd_fetched_order_free (TjdFetchedOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdFetchedOrder, tjd_fetched_order_free)

/* (transfer full). What is kept does not take the place of what was fetched before. TRUE: something
 * is otherwise than it was. */
gboolean tjd_order_model_take (TjdOrderModel *self, TjdFetchedOrder *fetched);

/* The order alone: from a list, or as a call answered. TRUE as above. */
gboolean tjd_order_model_note (TjdOrderModel *self, TjdOrder *order);

const char *tjd_order_model_get_id (TjdOrderModel *self);
TjdOrder *tjd_order_model_get_order (TjdOrderModel *self);             /* NULL: not fetched */
TjdConsignment *tjd_order_model_get_consignment (TjdOrderModel *self); /* NULL */
TjdReceipt *tjd_order_model_get_receipt (TjdOrderModel *self);         /* NULL */
gint64 tjd_order_model_get_as_of (TjdOrderModel *self); /* UTC seconds; 0: not asked itself */
gboolean tjd_order_model_is_kept (TjdOrderModel *self);
gboolean tjd_order_model_may_sign (TjdOrderModel *self);

/* The key that this order's cancellation is asked for under: one for as long as the model lives. */
const char *tjd_order_model_get_cancel_key (TjdOrderModel *self);

G_END_DECLS
