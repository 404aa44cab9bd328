/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "model.h"
#include "order.h"
#include "order-words.h"

G_BEGIN_DECLS

/* All orders of a renewer, as far as the list has been scrolled, and how they are looked through.
 * What is fetched anew is merged into what is there: an order is replaced where it has changed,
 * and none goes. */
#define TJD_TYPE_RENEWALS_MODEL (tjd_renewals_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdRenewalsModel, tjd_renewals_model, TJD, RENEWALS_MODEL, TjdModel)

/* A page of them: plain values, by a worker (fetch-orders.h). */
typedef struct {
  char *renewer;       /* whose; NULL: one's own */
  GPtrArray *orders;   /* of TjdOrder */
  char *next;          /* the page behind; NULL: this is the last */
  gboolean is_more;    /* it was asked for as a page behind */
  TjdAccount *account; /* NULL: not asked */
  gint64 as_of;        /* UTC seconds */
  gboolean is_kept;    /* from this computer, because the service could not be reached */
} TjdFetchedOrders;
void tjd_fetched_orders_free (TjdFetchedOrders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdFetchedOrders, tjd_fetched_orders_free)

/* (transfer full). Of another renewer than the one that is looked at now, it is let go. */
void tjd_renewals_model_take (TjdRenewalsModel *self, TjdFetchedOrders *fetched);

/* One order that is known anew. */
void tjd_renewals_model_note (TjdRenewalsModel *self, TjdOrder *order);

GListModel *tjd_renewals_model_get_list (TjdRenewalsModel *self); /* of TjdOrder, newest first */
gboolean tjd_renewals_model_is_fetched (TjdRenewalsModel *self);
gboolean tjd_renewals_model_is_kept (TjdRenewalsModel *self);
gint64 tjd_renewals_model_get_as_of (TjdRenewalsModel *self);        /* UTC seconds */
const char *tjd_renewals_model_get_next (TjdRenewalsModel *self);    /* NULL: all are here */
TjdAccount *tjd_renewals_model_get_account (TjdRenewalsModel *self); /* NULL: not known yet */

/* Whose orders: a mandate's renewer, NULL for one's own; whose permits are looked at, until
 * somebody was chosen here. Another one's list begins anew. */
const char *tjd_renewals_model_get_renewer (TjdRenewalsModel *self);
void tjd_renewals_model_choose_renewer (TjdRenewalsModel *self, const char *renewer);
void tjd_renewals_model_follow_permits (TjdRenewalsModel *self);

const char *tjd_renewals_model_get_search (TjdRenewalsModel *self); /* never NULL */
void tjd_renewals_model_set_search (TjdRenewalsModel *self, const char *text);
TjdOrderGroup tjd_renewals_model_get_group (TjdRenewalsModel *self);
void tjd_renewals_model_set_group (TjdRenewalsModel *self, TjdOrderGroup group);

/* tjd_month_of, 0: any. */
gint64 tjd_renewals_model_get_month (TjdRenewalsModel *self);
void tjd_renewals_model_set_month (TjdRenewalsModel *self, gint64 month);

/* By all three. */
gboolean tjd_renewals_model_is_sought (TjdRenewalsModel *self, TjdOrder *order);
gboolean tjd_renewals_model_is_narrowed (TjdRenewalsModel *self);

G_END_DECLS
