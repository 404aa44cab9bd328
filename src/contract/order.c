/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (TjdOrderState,
                 tjd_order_state,
                 "placed",
                 "approved",
                 "authorised",
                 "executed",
                 "captured",
                 "dispatched",
                 "delivered",
                 "expired",
                 "cancelled",
                 "voided")
TJD_DEFINE_ENUM (TjdAttention, tjd_attention, "delivery-failed")
TJD_DEFINE_ENUM (TjdOutcome, tjd_outcome, "pending", "executed", "refused")
TJD_DEFINE_ENUM (
    TjdStationName, tjd_station_name, "received", "stamped", "card-printed", "handed-to-post")

static const TjdField order_request_fields[] = {
  TJD_STRING (TjdOrderRequest, quotation, TJD_REQUIRED, .format = &tjd_format_id),
};
TJD_DEFINE_RECORD (TjdOrderRequest, tjd_order_request, order_request_fields)

static const TjdField order_item_fields[] = {
  TJD_STRING (TjdOrderItem, quote, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdOrderItem, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdOrderItem, name_en, TJD_REQUIRED),
  TJD_STRING (TjdOrderItem, name_ar, TJD_REQUIRED),
  TJD_INT (TjdOrderItem, years, TJD_REQUIRED, .min = 1, .max = 10),
  TJD_INT (TjdOrderItem, total, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_ENUM (TjdOrderItem, outcome, tjd_outcome_get_type, TJD_REQUIRED),
  TJD_ENUM (TjdOrderItem, reason, tjd_reason_get_type, TJD_NULLABLE),
  TJD_STRING (TjdOrderItem, renewed_until, TJD_NULLABLE, .format = &tjd_format_date),
};
TJD_DEFINE_RECORD (TjdOrderItem, tjd_order_item, order_item_fields)

static const TjdField station_fields[] = {
  TJD_ENUM (TjdStation, station, tjd_station_name_get_type, TJD_REQUIRED),
  TJD_INT (TjdStation, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStation, tjd_station, station_fields)

static const TjdField order_fields[] = {
  TJD_STRING (TjdOrder, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdOrder, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdOrder, placed_by, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdOrder, approved_by, TJD_NULLABLE, .format = &tjd_format_personal_id),
  TJD_ENUM (TjdOrder, state, tjd_order_state_get_type, TJD_REQUIRED),
  TJD_INT (TjdOrder, placed_at, TJD_REQUIRED),
  TJD_INT (TjdOrder, expires_at, TJD_REQUIRED),
  TJD_LIST (TjdOrder, items, tjd_order_item_get_type, TJD_REQUIRED, .min = 1, .max = 500),
  TJD_INT (TjdOrder, post_fee, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdOrder, total, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdOrder, captured, TJD_NULLABLE, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdOrder, payment, TJD_NULLABLE, .format = &tjd_format_id),
  TJD_STRING (TjdOrder, payment_request, TJD_NULLABLE, .max = 16384),
  TJD_STRING (TjdOrder, consignment, TJD_NULLABLE, .format = &tjd_format_id),
  TJD_ENUM (TjdOrder, attention, tjd_attention_get_type, TJD_NULLABLE),
  TJD_LIST (TjdOrder, stations, tjd_station_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdOrder, tjd_order, order_fields)

static const TjdField orders_fields[] = {
  TJD_LIST (TjdOrders, orders, tjd_order_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdOrders, tjd_orders, orders_fields)

static const TjdField order_statement_fields[] = {
  TJD_STRING (TjdOrderStatement, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdOrderStatement, text, TJD_REQUIRED, .min = 1, .max = TJD_STATEMENT_MAX),
};
TJD_DEFINE_RECORD (TjdOrderStatement, tjd_order_statement, order_statement_fields)

static const TjdField approval_fields[] = {
  TJD_STRING (TjdApproval, signature, TJD_REQUIRED, .min = 1, .max = 2048),
};
TJD_DEFINE_RECORD (TjdApproval, tjd_approval, approval_fields)

static const TjdField receipt_fields[] = {
  TJD_STRING (TjdReceipt, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdReceipt, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdReceipt, payment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdReceipt, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdReceipt, payer, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_LIST (TjdReceipt, items, tjd_order_item_get_type, TJD_REQUIRED, .min = 1, .max = 500),
  TJD_INT (TjdReceipt, post_fee, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdReceipt, captured, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdReceipt, captured_at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdReceipt, tjd_receipt, receipt_fields)

static const TjdField confirmed_receipt_fields[] = {
  TJD_STRING (TjdConfirmedReceipt, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdConfirmedReceipt, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdConfirmedReceipt, permits, TJD_REQUIRED, .min = 1, .max = 500),
  TJD_INT (TjdConfirmedReceipt, captured, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdConfirmedReceipt, captured_at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdConfirmedReceipt, tjd_confirmed_receipt, confirmed_receipt_fields)

static const TjdField orders_query_fields[] = {
  TJD_STRING (TjdOrdersQuery, renewer, TJD_OPTIONAL, .format = &tjd_format_renewer),
  TJD_INT (TjdOrdersQuery, limit, TJD_OPTIONAL, .min = 1, .max = TJD_PAGE_MAX),
  TJD_STRING (TjdOrdersQuery, after, TJD_OPTIONAL),
  TJD_ENUM (TjdOrdersQuery, state, tjd_order_state_get_type, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdOrdersQuery, tjd_orders_query, orders_query_fields)

static const TjdField execution_request_fields[] = {
  TJD_STRING (TjdExecutionRequest, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdExecutionRequest, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRINGS (
      TjdExecutionRequest, quotes, TJD_REQUIRED, .format = &tjd_format_id, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdExecutionRequest, tjd_execution_request, execution_request_fields)

static const TjdField executed_fields[] = {
  TJD_STRING (TjdExecuted, quote, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdExecuted, outcome, tjd_outcome_get_type, TJD_REQUIRED),
  TJD_ENUM (TjdExecuted, reason, tjd_reason_get_type, TJD_NULLABLE),
  TJD_INT (TjdExecuted, fee, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdExecuted, renewed_until, TJD_NULLABLE, .format = &tjd_format_date),
};
TJD_DEFINE_RECORD (TjdExecuted, tjd_executed, executed_fields)

static const TjdField execution_fields[] = {
  TJD_STRING (TjdExecution, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_LIST (TjdExecution, items, tjd_executed_get_type, TJD_REQUIRED, .min = 1, .max = 500),
};
TJD_DEFINE_RECORD (TjdExecution, tjd_execution, execution_fields)

static const TjdField station_notice_fields[] = {
  TJD_STRING (TjdStationNotice, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdStationNotice, station, tjd_station_name_get_type, TJD_REQUIRED),
  TJD_INT (TjdStationNotice, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStationNotice, tjd_station_notice, station_notice_fields)
