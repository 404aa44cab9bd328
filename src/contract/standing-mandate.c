/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing-mandate.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (
    TjdStandingMandateState, tjd_standing_mandate_state, "awaiting-code", "active", "ended")

static const TjdField standing_mandate_request_fields[] = {
  TJD_STRING (
      TjdStandingMandateRequest, debtor, TJD_REQUIRED, .format = &tjd_format_establishment_id),
  TJD_INT (TjdStandingMandateRequest, monthly_limit, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdStandingMandateRequest, valid_until, TJD_REQUIRED, .format = &tjd_format_date),
};
TJD_DEFINE_RECORD (TjdStandingMandateRequest,
                   tjd_standing_mandate_request,
                   standing_mandate_request_fields)

static const TjdField standing_mandate_fields[] = {
  TJD_STRING (TjdStandingMandate, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdStandingMandate, debtor, TJD_REQUIRED, .format = &tjd_format_establishment_id),
  TJD_STRING (TjdStandingMandate, account, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_STRING (TjdStandingMandate, signer, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_ENUM (TjdStandingMandate, state, tjd_standing_mandate_state_get_type, TJD_REQUIRED),
  TJD_STRING (TjdStandingMandate, payee_en, TJD_REQUIRED),
  TJD_STRING (TjdStandingMandate, payee_ar, TJD_REQUIRED),
  TJD_STRING (TjdStandingMandate, payee_number, TJD_REQUIRED, .format = &tjd_format_account),
  TJD_INT (TjdStandingMandate, monthly_limit, TJD_REQUIRED, .min = 1, .max = TJD_MONEY_MAX),
  TJD_INT (TjdStandingMandate, used, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdStandingMandate, valid_until, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_STRING (TjdStandingMandate, number, TJD_REQUIRED, .format = &tjd_format_code8),
  TJD_STRING (TjdStandingMandate, signing_text, TJD_REQUIRED, .max = 2048),
  TJD_INT (TjdStandingMandate, code_until, TJD_REQUIRED),
  TJD_INT (TjdStandingMandate, tries_left, TJD_REQUIRED, .max = 5),
};
TJD_DEFINE_RECORD (TjdStandingMandate, tjd_standing_mandate, standing_mandate_fields)

static const TjdField standing_mandates_fields[] = {
  TJD_LIST (TjdStandingMandates, mandates, tjd_standing_mandate_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStandingMandates, tjd_standing_mandates, standing_mandates_fields)
