/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "consignment.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (TjdLeg, tjd_leg, "out", "back")

static const TjdField consignment_request_fields[] = {
  TJD_STRING (TjdConsignmentRequest, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdConsignmentRequest, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_INT (TjdConsignmentRequest, cards, TJD_REQUIRED, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdConsignmentRequest, tjd_consignment_request, consignment_request_fields)

static const TjdField scan_fields[] = {
  TJD_ENUM (TjdScan, leg, tjd_leg_get_type, TJD_REQUIRED),
  TJD_STRING (TjdScan, code, TJD_REQUIRED, .format = &tjd_format_event),
  TJD_STRING (TjdScan, place_en, TJD_REQUIRED),
  TJD_STRING (TjdScan, place_ar, TJD_REQUIRED),
  TJD_INT (TjdScan, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdScan, tjd_scan_event, scan_fields)

static const TjdField consignment_fields[] = {
  TJD_STRING (TjdConsignment, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdConsignment, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdConsignment, cards, TJD_REQUIRED, .min = 1, .max = 500),
  TJD_INT (TjdConsignment, fee, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdConsignment, out_item, TJD_REQUIRED, .format = &tjd_format_item),
  TJD_STRING (TjdConsignment, back_item, TJD_REQUIRED, .format = &tjd_format_item),
  TJD_INT (TjdConsignment, posted_at, TJD_NULLABLE),
  TJD_INT (TjdConsignment, due_at, TJD_NULLABLE),
  TJD_INT (TjdConsignment, delivered_at, TJD_NULLABLE),
  TJD_LIST (TjdConsignment, scans, tjd_scan_event_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdConsignment, tjd_consignment, consignment_fields)

static const TjdField arrival_fields[] = {
  TJD_STRING (TjdArrival, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdArrival, consignment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdArrival, cards, TJD_REQUIRED, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdArrival, tjd_arrival, arrival_fields)

static const TjdField handover_fields[] = {
  TJD_STRING (TjdHandover, order, TJD_REQUIRED, .format = &tjd_format_id),
};
TJD_DEFINE_RECORD (TjdHandover, tjd_handover, handover_fields)

static const TjdField scan_notice_fields[] = {
  TJD_STRING (TjdScanNotice, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdScanNotice, consignment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdScanNotice, leg, tjd_leg_get_type, TJD_REQUIRED),
  TJD_STRING (TjdScanNotice, code, TJD_REQUIRED, .format = &tjd_format_event),
  TJD_INT (TjdScanNotice, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdScanNotice, tjd_scan_notice, scan_notice_fields)
