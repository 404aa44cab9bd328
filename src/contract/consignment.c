/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "consignment.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (TjdLeg, tjd_leg, "out", "back")
TJD_DEFINE_ENUM (TjdConsignmentKind, tjd_consignment_kind, "envelope", "bag")
TJD_DEFINE_ENUM (TjdFailureReason,
                 tjd_failure_reason,
                 "addressee-absent",
                 "address-insufficient",
                 "premises-closed",
                 "refused",
                 "other")
TJD_DEFINE_ENUM (TjdFailureAction,
                 tjd_failure_action,
                 "will-retry",
                 "addressee-advised",
                 "held-for-collection",
                 "returned")

static const TjdField consignment_request_fields[] = {
  TJD_STRING (TjdConsignmentRequest, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdConsignmentRequest, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdConsignmentRequest, applicant_en, TJD_REQUIRED, .min = 1, .max = 256),
  TJD_STRING (TjdConsignmentRequest, applicant_ar, TJD_REQUIRED, .min = 1, .max = 256),
  TJD_INT (TjdConsignmentRequest, cards, TJD_REQUIRED, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdConsignmentRequest, tjd_consignment_request, consignment_request_fields)

static const TjdField scan_fields[] = {
  TJD_ENUM (TjdScan, leg, tjd_leg_get_type, TJD_REQUIRED),
  TJD_STRING (TjdScan, code, TJD_REQUIRED, .format = &tjd_format_event),
  TJD_STRING (TjdScan, place_en, TJD_REQUIRED, .min = 1, .max = 256),
  TJD_STRING (TjdScan, place_ar, TJD_REQUIRED, .min = 1, .max = 256),
  TJD_INT (TjdScan, at, TJD_REQUIRED),
  TJD_ENUM (TjdScan, reason, tjd_failure_reason_get_type, TJD_OPTIONAL),
  TJD_ENUM (TjdScan, action, tjd_failure_action_get_type, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdScan, tjd_scan_event, scan_fields)

static const TjdField consignment_fields[] = {
  TJD_STRING (TjdConsignment, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdConsignment, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdConsignment, kind, tjd_consignment_kind_get_type, TJD_REQUIRED),
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

static const TjdField item_fields[] = {
  TJD_STRING (TjdFoundItem, number, TJD_REQUIRED, .format = &tjd_format_item),
  TJD_STRING (TjdFoundItem, consignment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdFoundItem, leg, tjd_leg_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdFoundItem, tjd_found_item, item_fields)

static const TjdField item_query_fields[] = {
  TJD_STRING (TjdItemQuery, number, TJD_REQUIRED, .format = &tjd_format_item),
};
TJD_DEFINE_RECORD (TjdItemQuery, tjd_item_query, item_query_fields)

static const TjdField address_fields[] = {
  TJD_STRINGS (TjdAddress, en, TJD_REQUIRED, .min = 1, .max = 6),
  TJD_STRINGS (TjdAddress, ar, TJD_REQUIRED, .min = 1, .max = 6),
};
TJD_DEFINE_RECORD (TjdAddress, tjd_address, address_fields)

static const TjdField label_fields[] = {
  TJD_STRING (TjdLabel, consignment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdLabel, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdLabel, kind, tjd_consignment_kind_get_type, TJD_REQUIRED),
  TJD_INT (TjdLabel, cards, TJD_REQUIRED, .min = 1, .max = 500),
  TJD_STRING (TjdLabel, service_en, TJD_REQUIRED),
  TJD_STRING (TjdLabel, service_ar, TJD_REQUIRED),
  TJD_STRING (TjdLabel, out_item, TJD_REQUIRED, .format = &tjd_format_item),
  TJD_STRING (TjdLabel, back_item, TJD_REQUIRED, .format = &tjd_format_item),
  TJD_NESTED (TjdLabel, applicant, tjd_address_get_type, TJD_REQUIRED),
  TJD_NESTED (TjdLabel, ministry, tjd_address_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdLabel, tjd_label, label_fields)

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
