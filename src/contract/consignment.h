/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "record.h"

G_BEGIN_DECLS

typedef enum { TJD_LEG_OUT, TJD_LEG_BACK } TjdLeg; /* to the ministry, and home */
GType tjd_leg_get_type (void);

/* UPU EMSEVT codes that the app has a milestone for (FACTS, "Post events"); others stay text. */
#define TJD_SCAN_POSTED "EMA"
#define TJD_SCAN_AT_DELIVERY_OFFICE "EMG"
#define TJD_SCAN_FAILED "EMH"
#define TJD_SCAN_DELIVERED "EMI"

/* Up to five passports go in an envelope, more in a bag. */
typedef enum { TJD_CONSIGNMENT_ENVELOPE, TJD_CONSIGNMENT_BAG } TjdConsignmentKind;
GType tjd_consignment_kind_get_type (void);
#define TJD_ENVELOPE_CARDS 5

/* Why a delivery failed, and what is done about it: they go with TJD_SCAN_FAILED. */
typedef enum {
  TJD_FAILURE_ADDRESSEE_ABSENT,
  TJD_FAILURE_ADDRESS_INSUFFICIENT,
  TJD_FAILURE_PREMISES_CLOSED,
  TJD_FAILURE_REFUSED,
  TJD_FAILURE_OTHER,
} TjdFailureReason;
GType tjd_failure_reason_get_type (void);

typedef enum {
  TJD_FAILURE_WILL_RETRY,
  TJD_FAILURE_ADDRESSEE_ADVISED,
  TJD_FAILURE_HELD_FOR_COLLECTION,
  TJD_FAILURE_RETURNED,
} TjdFailureAction;
GType tjd_failure_action_get_type (void);

/* From the portal to the post: an envelope or a bag for these cards. */
TJD_DECLARE_RECORD (TjdConsignmentRequest, tjd_consignment_request)
struct _TjdConsignmentRequest {
  TjdRecord parent;
  char *order;
  char *renewer;
  char *applicant_en, *applicant_ar; /* the renewer's name, for the label */
  gint64 cards;
};

TJD_DECLARE_RECORD (TjdScan, tjd_scan_event)
struct _TjdScan {
  TjdRecord parent;
  TjdLeg leg;
  char *code; /* raw, as the post has it */
  char *place_en, *place_ar;
  gint64 at;               /* UTC seconds, when it happened */
  TjdFailureReason reason; /* of a failure, else -1 */
  TjdFailureAction action;
};

TJD_DECLARE_RECORD (TjdConsignment, tjd_consignment)
struct _TjdConsignment {
  TjdRecord parent;
  char *id;
  char *order;
  TjdConsignmentKind kind;
  gint64 cards;
  TjdMoney fee;
  char *out_item, *back_item; /* S10 */
  gint64 posted_at;           /* EMA of the out leg starts the clock; TJD_NO_INT before */
  gint64 due_at;              /* 24 hours on */
  gint64 delivered_at;        /* EMI of the back leg stops it */
  GPtrArray *scans;           /* of TjdScan, in the order in which they happened */
};

/* What an item number stands for. */
TJD_DECLARE_RECORD (TjdFoundItem, tjd_found_item)
struct _TjdFoundItem {
  TjdRecord parent;
  char *number;
  char *consignment;
  TjdLeg leg;
};

TJD_DECLARE_RECORD (TjdItemQuery, tjd_item_query)
struct _TjdItemQuery {
  TjdRecord parent;
  char *number;
};

/* One side of a label: lines of an address, in two languages. */
TJD_DECLARE_RECORD (TjdAddress, tjd_address)
struct _TjdAddress {
  TjdRecord parent;
  GPtrArray *en, *ar; /* of char * */
};

/* What is printed on the envelope: who it is from and for on its way out, and both item numbers. */
TJD_DECLARE_RECORD (TjdLabel, tjd_label)
struct _TjdLabel {
  TjdRecord parent;
  char *consignment;
  char *order;
  TjdConsignmentKind kind;
  gint64 cards;
  char *service_en, *service_ar;
  char *out_item, *back_item; /* also what their barcodes say (Code 128) */
  TjdAddress *applicant, *ministry;
};

/* From the post to the ministry: the envelope of this order was handed over. */
TJD_DECLARE_RECORD (TjdArrival, tjd_arrival)
struct _TjdArrival {
  TjdRecord parent;
  char *order;
  char *consignment;
  gint64 cards;
};

/* From the ministry to the post: it goes back. */
TJD_DECLARE_RECORD (TjdHandover, tjd_handover)
struct _TjdHandover {
  TjdRecord parent;
  char *order;
};

/* From the post to the portal. */
TJD_DECLARE_RECORD (TjdScanNotice, tjd_scan_notice)
struct _TjdScanNotice {
  TjdRecord parent;
  char *order;
  char *consignment;
  TjdLeg leg;
  char *code;
  gint64 at;
};

G_END_DECLS
