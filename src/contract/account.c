/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "account.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (TjdRole, tjd_role, "preparer", "signatory")

static const TjdField mandate_fields[] = {
  TJD_STRING (TjdMandate, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdMandate, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdMandate, name_en, TJD_REQUIRED),
  TJD_STRING (TjdMandate, name_ar, TJD_REQUIRED),
  TJD_STRING (TjdMandate, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_ENUM (TjdMandate, role, tjd_role_get_type, TJD_REQUIRED),
  TJD_STRING (TjdMandate, granted_by, TJD_NULLABLE, .format = &tjd_format_personal_id),
  TJD_STRING (TjdMandate, valid_from, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_STRING (TjdMandate, valid_until, TJD_NULLABLE, .format = &tjd_format_date),
};
TJD_DEFINE_RECORD (TjdMandate, tjd_mandate, mandate_fields)

static const TjdField mandates_fields[] = {
  TJD_LIST (TjdMandates, mandates, tjd_mandate_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdMandates, tjd_mandates, mandates_fields)

static const TjdField mandates_query_fields[] = {
  TJD_STRING (TjdMandatesQuery, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
};
TJD_DEFINE_RECORD (TjdMandatesQuery, tjd_mandates_query, mandates_query_fields)

static const TjdField mandate_request_fields[] = {
  TJD_STRING (TjdMandateRequest, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdMandateRequest, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_ENUM (TjdMandateRequest, role, tjd_role_get_type, TJD_REQUIRED),
  TJD_STRING (TjdMandateRequest, valid_from, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_STRING (TjdMandateRequest, valid_until, TJD_REQUIRED, .format = &tjd_format_date),
};
TJD_DEFINE_RECORD (TjdMandateRequest, tjd_mandate_request, mandate_request_fields)

static const TjdField account_fields[] = {
  TJD_STRING (TjdAccount, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdAccount, name_en, TJD_REQUIRED),
  TJD_STRING (TjdAccount, name_ar, TJD_REQUIRED),
  TJD_LIST (TjdAccount, mandates, tjd_mandate_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdAccount, tjd_account, account_fields)
