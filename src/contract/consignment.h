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

/* From the portal to the post: an envelope for these cards. */
TJD_DECLARE_RECORD (TjdConsignmentRequest, tjd_consignment_request)
struct _TjdConsignmentRequest {
  TjdRecord parent;
  char *order;
  char *renewer;
  gint64 cards;
};

TJD_DECLARE_RECORD (TjdScan, tjd_scan_event)
struct _TjdScan {
  TjdRecord parent;
  TjdLeg leg;
  char *code; /* raw, as the post has it */
  char *place_en, *place_ar;
  gint64 at; /* UTC seconds */
};

TJD_DECLARE_RECORD (TjdConsignment, tjd_consignment)
struct _TjdConsignment {
  TjdRecord parent;
  char *id;
  char *order;
  gint64 cards;
  TjdMoney fee;
  char *out_item, *back_item; /* S10 */
  gint64 posted_at;           /* EMA of the out leg starts the clock; TJD_NO_INT before */
  gint64 due_at;              /* 24 hours on */
  gint64 delivered_at;        /* EMI of the back leg stops it */
  GPtrArray *scans;           /* of TjdScan, oldest first */
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
