/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "order-model.h"
#include "renewals-model.h"

G_BEGIN_DECLS

/* The work behind Renewals, an order and Follow. data is a TjdOrdersRequest for each. */
typedef struct {
  TjdSession *session;
  char *file; /* that orders are kept in for reading offline: their own, as they are of another
                 moment than permits */
  char *account;
  char *renewer; /* NULL: one's own */
  char *next;    /* a page behind; NULL: the first */
  char *order;   /* of one order */
  char *key;     /* of a cancellation */
} TjdOrdersRequest;
TjdOrdersRequest *tjd_orders_request_new (TjdShell *shell);

/* A page of orders; the first is kept for reading offline, and what was kept is the answer where
 * the service cannot be reached. Results are TjdFetchedOrders. */
extern const TjdWork tjd_fetch_orders;

/* One order with its consignment and receipt, as far as they are there. A TjdFetchedOrder. */
extern const TjdWork tjd_fetch_order;

/* A TjdOrder, cancelled. */
extern const TjdWork tjd_cancel_order;

G_END_DECLS
