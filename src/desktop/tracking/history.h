/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "consignment.h"
#include "order.h"
#include "reading.h"

G_BEGIN_DECLS

/* What happened to an order, oldest first: from the order itself, its receipt, the ministry's
 * stations and the post's scans. */
typedef enum {
  TJD_HAPPENED_PLACED,
  TJD_HAPPENED_APPROVED,
  TJD_HAPPENED_HELD,
  TJD_HAPPENED_EXECUTED,
  TJD_HAPPENED_REFUSED, /* all of it: the hold was released */
  TJD_HAPPENED_PAID,
  TJD_HAPPENED_EXPIRED,
  TJD_HAPPENED_CANCELLED,
  TJD_HAPPENED_STATION,
  TJD_HAPPENED_SCAN,
  TJD_HAPPENED_FAILURE, /* a scan as well: a delivery that failed */
} TjdHappened;

typedef struct {
  TjdHappened kind;
  gint64 at;    /* UTC seconds; TJD_NO_INT where nobody has said when */
  char *what;   /* translated */
  char *detail; /* by whom, where, how much; NULL */
} TjdHappening;

/* consignment and receipt may be NULL. An array of TjdHappening. */
GPtrArray *tjd_history_new (const TjdLocale *locale,
                            TjdOrder *order,
                            TjdConsignment *consignment,
                            TjdReceipt *receipt);

G_END_DECLS
