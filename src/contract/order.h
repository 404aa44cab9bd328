/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quote.h"

G_BEGIN_DECLS

/* An order's way: placed → authorised → executing → executed → captured → dispatched → delivered.
 * Aside: expired (never paid), voided (nothing could be executed, the hold released). */
typedef enum {
  TJD_ORDER_PLACED,
  TJD_ORDER_AUTHORISED,
  TJD_ORDER_EXECUTED,
  TJD_ORDER_CAPTURED,
  TJD_ORDER_DISPATCHED,
  TJD_ORDER_DELIVERED,
  TJD_ORDER_EXPIRED,
  TJD_ORDER_VOIDED,
} TjdOrderState;
GType tjd_order_state_get_type (void);

typedef enum { TJD_OUTCOME_PENDING, TJD_OUTCOME_EXECUTED, TJD_OUTCOME_REFUSED } TjdOutcome;
GType tjd_outcome_get_type (void);

/* The ministry's stations between the two legs. */
typedef enum {
  TJD_STATION_RECEIVED,
  TJD_STATION_STAMPED,
  TJD_STATION_CARD_PRINTED,
  TJD_STATION_HANDED_TO_POST,
} TjdStationName;
GType tjd_station_name_get_type (void);

TJD_DECLARE_RECORD (TjdOrderRequest, tjd_order_request)
struct _TjdOrderRequest {
  TjdRecord parent;
  char *quotation;
};

TJD_DECLARE_RECORD (TjdOrderItem, tjd_order_item)
struct _TjdOrderItem {
  TjdRecord parent;
  char *quote;
  char *personal_id;
  char *name_en;
  char *name_ar;
  gint64 years;
  TjdMoney total;
  TjdOutcome outcome;
  TjdReason reason; /* where refused, else -1 */
  char *renewed_until;
};

TJD_DECLARE_RECORD (TjdStation, tjd_station)
struct _TjdStation {
  TjdRecord parent;
  TjdStationName station;
  gint64 at; /* UTC seconds */
};

TJD_DECLARE_RECORD (TjdOrder, tjd_order)
struct _TjdOrder {
  TjdRecord parent;
  char *id;
  TjdOrderState state;
  gint64 placed_at;
  gint64 expires_at; /* unless it is paid by then */
  GPtrArray *items;
  TjdMoney post_fee;
  TjdMoney total;
  TjdMoney captured; /* TJD_NO_INT before */
  char *payment;
  char *payment_request; /* the portal's JWS, to be taken to the bank */
  char *consignment;     /* NULL before */
  GPtrArray *stations;   /* of TjdStation */
};

TJD_DECLARE_RECORD (TjdOrders, tjd_orders)
struct _TjdOrders {
  TjdRecord parent;
  GPtrArray *orders;
};

/* From the portal to the ministry: carry these quotes out. */
TJD_DECLARE_RECORD (TjdExecutionRequest, tjd_execution_request)
struct _TjdExecutionRequest {
  TjdRecord parent;
  char *order;
  char *renewer;
  GPtrArray *quotes; /* of char * */
};

TJD_DECLARE_RECORD (TjdExecuted, tjd_executed)
struct _TjdExecuted {
  TjdRecord parent;
  char *quote;
  TjdOutcome outcome;
  TjdReason reason;
  TjdMoney fee; /* 0 where refused */
  char *renewed_until;
};

TJD_DECLARE_RECORD (TjdExecution, tjd_execution)
struct _TjdExecution {
  TjdRecord parent;
  char *order;
  GPtrArray *items; /* of TjdExecuted, in the order of the request */
};

/* From the ministry to the portal. */
TJD_DECLARE_RECORD (TjdStationNotice, tjd_station_notice)
struct _TjdStationNotice {
  TjdRecord parent;
  char *order;
  TjdStationName station;
  gint64 at;
};

G_END_DECLS
