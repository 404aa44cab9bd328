/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment.h"

#include "identifiers.h"
#include "permit.h"

TJD_DEFINE_ENUM (TjdPaymentState,
                 tjd_payment_state,
                 "awaiting-code",
                 "authorised",
                 "captured",
                 "voided",
                 "blocked")
TJD_DEFINE_ENUM (TjdShareState, tjd_share_state, "open", "held", "captured", "released")

static const TjdField share_fields[] = {
  TJD_STRING (TjdShare, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdShare, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdShare, tjd_share, share_fields)

static const TjdField payment_request_fields[] = {
  TJD_STRING (TjdPaymentRequest, iss, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, aud, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, payment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdPaymentRequest, payer, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdPaymentRequest, debtor, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdPaymentRequest, payee_en, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, payee_ar, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, payee_number, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_INT (TjdPaymentRequest, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdPaymentRequest, currency, TJD_REQUIRED, .min = 3, .max = 3),
  TJD_LIST (
      TjdPaymentRequest, shares, tjd_share_get_type, TJD_REQUIRED, .min = 1, .max = TJD_MAX_SHARES),
  TJD_INT (TjdPaymentRequest, iat, TJD_REQUIRED),
  TJD_INT (TjdPaymentRequest, exp, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdPaymentRequest, tjd_payment_request, payment_request_fields)

static const TjdField bill_fields[] = {
  TJD_STRING (TjdBill, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdBill, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdBill, payer, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdBill, debtor, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_LIST (TjdBill, shares, tjd_share_get_type, TJD_REQUIRED, .min = 1, .max = TJD_MAX_SHARES),
  TJD_INT (TjdBill, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdBill, request, TJD_REQUIRED, .min = 1, .max = TJD_PAYMENT_REQUEST_MAX),
  TJD_INT (TjdBill, expires_at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdBill, tjd_bill, bill_fields)

static const TjdField bill_request_fields[] = {
  TJD_STRINGS (TjdBillRequest,
               orders,
               TJD_REQUIRED,
               .format = &tjd_format_id,
               .min = 1,
               .max = TJD_MAX_SHARES),
};
TJD_DEFINE_RECORD (TjdBillRequest, tjd_bill_request, bill_request_fields)

static const TjdField payment_start_fields[] = {
  TJD_STRING (TjdPaymentStart, request, TJD_REQUIRED, .min = 1, .max = TJD_PAYMENT_REQUEST_MAX),
};
TJD_DEFINE_RECORD (TjdPaymentStart, tjd_payment_start, payment_start_fields)

static const TjdField payment_fields[] = {
  TJD_STRING (TjdPayment, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdPayment, state, tjd_payment_state_get_type, TJD_REQUIRED),
  TJD_INT (TjdPayment, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdPayment, currency, TJD_REQUIRED, .min = 3, .max = 3),
  TJD_STRING (TjdPayment, payee_en, TJD_REQUIRED),
  TJD_STRING (TjdPayment, payee_ar, TJD_REQUIRED),
  TJD_STRING (TjdPayment, payee_number, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_STRING (TjdPayment, account, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_STRING (TjdPayment, number, TJD_REQUIRED, .format = &tjd_format_code8),
  TJD_STRING (TjdPayment, signing_text, TJD_REQUIRED, .max = 2048),
  TJD_INT (TjdPayment, code_until, TJD_REQUIRED),
  TJD_INT (TjdPayment, expires_at, TJD_REQUIRED),
  TJD_INT (TjdPayment, tries_left, TJD_REQUIRED, .max = 5),
  TJD_INT (TjdPayment, captured, TJD_REQUIRED, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdPayment, tjd_payment, payment_fields)

static const TjdField authorisation_fields[] = {
  TJD_STRING (TjdAuthorisation, number, TJD_REQUIRED, .format = &tjd_format_code8),
  TJD_STRING (TjdAuthorisation, code, TJD_REQUIRED | TJD_SECRET, .format = &tjd_format_code8),
};
TJD_DEFINE_RECORD (TjdAuthorisation, tjd_authorisation, authorisation_fields)

static const TjdField capture_line_fields[] = {
  TJD_STRING (TjdCaptureLine, reference, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdCaptureLine, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdCaptureLine, tjd_capture_line, capture_line_fields)

static const TjdField capture_fields[] = {
  TJD_STRING (TjdCapture, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_LIST (TjdCapture, lines, tjd_capture_line_get_type, TJD_REQUIRED, .min = 1, .max = 500),
  TJD_INT (TjdCapture, post, TJD_REQUIRED, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdCapture, tjd_capture, capture_fields)

static const TjdField release_fields[] = {
  TJD_STRING (TjdRelease, order, TJD_REQUIRED, .format = &tjd_format_id),
};
TJD_DEFINE_RECORD (TjdRelease, tjd_release, release_fields)

static const TjdField settlement_fields[] = {
  TJD_STRING (TjdSettlement, payment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdSettlement, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdSettlement, state, tjd_share_state_get_type, TJD_REQUIRED),
  TJD_INT (TjdSettlement, captured, TJD_REQUIRED, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdSettlement, tjd_settlement, settlement_fields)

TJD_DEFINE_ENUM (TjdRefundSource, tjd_refund_source, "ministry", "post")

static const TjdField refund_request_fields[] = {
  TJD_STRING (TjdRefundRequest, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdRefundRequest, source, tjd_refund_source_get_type, TJD_REQUIRED),
  TJD_INT (TjdRefundRequest, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdRefundRequest, reason, TJD_REQUIRED, .min = 1, .max = 256),
};
TJD_DEFINE_RECORD (TjdRefundRequest, tjd_refund_request, refund_request_fields)

static const TjdField refund_fields[] = {
  TJD_STRING (TjdRefund, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdRefund, payment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdRefund, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdRefund, source, tjd_refund_source_get_type, TJD_REQUIRED),
  TJD_INT (TjdRefund, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdRefund, reason, TJD_REQUIRED, .min = 1, .max = 256),
  TJD_INT (TjdRefund, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdRefund, tjd_refund, refund_fields)

static const TjdField statement_query_fields[] = {
  TJD_STRING (TjdStatementQuery, owner, TJD_OPTIONAL, .format = &tjd_format_renewer),
  TJD_STRING (TjdStatementQuery, after, TJD_OPTIONAL),
  TJD_INT (TjdStatementQuery, limit, TJD_OPTIONAL, .min = 1, .max = TJD_PAGE_MAX),
};
TJD_DEFINE_RECORD (TjdStatementQuery, tjd_statement_query, statement_query_fields)

static const TjdField movement_fields[] = {
  TJD_STRING (TjdMovement, reference, TJD_REQUIRED),
  TJD_INT (TjdMovement, amount, TJD_REQUIRED, .min = -TJD_MONEY_MAX, .max = TJD_MONEY_MAX),
  TJD_INT (TjdMovement, balance, TJD_REQUIRED, .min = -TJD_MONEY_MAX, .max = TJD_MONEY_MAX),
  TJD_INT (TjdMovement, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdMovement, tjd_movement, movement_fields)

static const TjdField statement_fields[] = {
  TJD_STRING (TjdStatement, account, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_INT (TjdStatement, balance, TJD_REQUIRED, .min = -TJD_MONEY_MAX, .max = TJD_MONEY_MAX),
  TJD_INT (TjdStatement, held, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdStatement, daily_limit, TJD_NULLABLE, .max = TJD_MONEY_MAX),
  TJD_LIST (TjdStatement, movements, tjd_movement_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStatement, tjd_statement, statement_fields)

static const TjdField payment_notice_fields[] = {
  TJD_STRING (TjdPaymentNotice, payment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdPaymentNotice, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_INT (TjdPaymentNotice, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdPaymentNotice, tjd_payment_notice, payment_notice_fields)
