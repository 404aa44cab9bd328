/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (TjdPaymentState,
                 tjd_payment_state,
                 "awaiting-code",
                 "authorised",
                 "captured",
                 "voided",
                 "blocked")

static const TjdField payment_request_fields[] = {
  TJD_STRING (TjdPaymentRequest, iss, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, aud, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, payment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdPaymentRequest, payer, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdPaymentRequest, payee_en, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, payee_ar, TJD_REQUIRED),
  TJD_STRING (TjdPaymentRequest, payee_number, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_INT (TjdPaymentRequest, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdPaymentRequest, currency, TJD_REQUIRED, .min = 3, .max = 3),
  TJD_STRINGS (
      TjdPaymentRequest, orders, TJD_REQUIRED, .format = &tjd_format_id, .min = 1, .max = 500),
  TJD_INT (TjdPaymentRequest, iat, TJD_REQUIRED),
  TJD_INT (TjdPaymentRequest, exp, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdPaymentRequest, tjd_payment_request, payment_request_fields)

static const TjdField payment_start_fields[] = {
  TJD_STRING (TjdPaymentStart, request, TJD_REQUIRED, .min = 1, .max = 16384),
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

static const TjdField capture_fields[] = {
  TJD_INT (TjdCapture, ministry, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdCapture, post, TJD_REQUIRED, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdCapture, tjd_capture, capture_fields)

static const TjdField payment_notice_fields[] = {
  TJD_STRING (TjdPaymentNotice, payment, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdPaymentNotice, amount, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_INT (TjdPaymentNotice, at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdPaymentNotice, tjd_payment_notice, payment_notice_fields)
