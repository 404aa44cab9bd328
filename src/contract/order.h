/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quote.h"

G_BEGIN_DECLS

/* An order's way: placed → (approved) → authorised → executed → captured → dispatched → delivered.
 * A company's must be approved by a signatory first. Aside: expired (never paid), cancelled (by who
 * placed it), voided (nothing could be executed, the hold released). */
typedef enum {
  TJD_ORDER_PLACED,
  TJD_ORDER_APPROVED,
  TJD_ORDER_AUTHORISED,
  TJD_ORDER_EXECUTED,
  TJD_ORDER_CAPTURED,
  TJD_ORDER_DISPATCHED,
  TJD_ORDER_DELIVERED,
  TJD_ORDER_EXPIRED,
  TJD_ORDER_CANCELLED,
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

/* Why somebody should look at an order. */
typedef enum { TJD_ATTENTION_DELIVERY_FAILED } TjdAttention;
GType tjd_attention_get_type (void);

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
  char *renewer;
  char *placed_by;
  char *approved_by; /* the signatory; NULL where none was needed, or before */
  TjdOrderState state;
  gint64 placed_at;
  gint64 expires_at; /* unless it is paid by then */
  GPtrArray *items;
  TjdMoney post_fee;
  TjdMoney total;
  TjdMoney captured;      /* TJD_NO_INT before */
  char *payment;          /* that it is, or was last, to be paid by; NULL before there is a bill */
  char *payment_request;  /* the portal's JWS for the bank, where it is for this order alone */
  char *consignment;      /* NULL before */
  TjdAttention attention; /* -1: none */
  GPtrArray *stations;    /* of TjdStation */
};

/* A page of orders, newest first. */
TJD_DECLARE_RECORD (TjdOrders, tjd_orders)
struct _TjdOrders {
  TjdRecord parent;
  GPtrArray *orders;
};

TJD_DECLARE_RECORD (TjdOrdersQuery, tjd_orders_query)
struct _TjdOrdersQuery {
  TjdRecord parent;
  char *renewer; /* NULL: the caller */
  gint64 limit;  /* TJD_NO_INT: TJD_PAGE_MAX */
  char *after;
  TjdOrderState state; /* -1: any */
};

/* An order in the words that a signatory approves: exactly these bytes. */
#define TJD_STATEMENT_MAX 131072
TJD_DECLARE_RECORD (TjdOrderStatement, tjd_order_statement)
struct _TjdOrderStatement {
  TjdRecord parent;
  char *order;
  char *text;
};

/* A detached JWS (RFC 7515 appendix F) over the statement's bytes by the signatory's DPoP key. */
#define TJD_APPROVAL_TYP "tajdid-approval+jws"
TJD_DECLARE_RECORD (TjdApproval, tjd_approval)
struct _TjdApproval {
  TjdRecord parent;
  char *signature;
};

/* What was paid for, once the bank has debited it. */
TJD_DECLARE_RECORD (TjdReceipt, tjd_receipt)
struct _TjdReceipt {
  TjdRecord parent;
  char *id; /* "rcp-…": whoever knows it may have it confirmed */
  char *order;
  char *payment;
  char *renewer;
  char *payer;
  GPtrArray *items; /* of TjdOrderItem, those that were carried out */
  TjdMoney post_fee;
  TjdMoney captured;
  gint64 captured_at; /* UTC seconds */
};

/* What anybody may know who was shown a receipt: that it is true. */
TJD_DECLARE_RECORD (TjdConfirmedReceipt, tjd_confirmed_receipt)
struct _TjdConfirmedReceipt {
  TjdRecord parent;
  char *id;
  char *order;
  gint64 permits;
  TjdMoney captured;
  gint64 captured_at;
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
