/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing-renewal.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (
    TjdStandingRunOutcome, tjd_standing_run_outcome, "under-way", "nothing-due", "paid", "refused")

static const TjdField standing_renewal_request_fields[] = {
  TJD_STRING (
      TjdStandingRenewalRequest, renewer, TJD_REQUIRED, .format = &tjd_format_establishment_id),
  TJD_STRING (TjdStandingRenewalRequest, standing_mandate, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_INT (TjdStandingRenewalRequest, years, TJD_REQUIRED, .min = 1, .max = 10),
  TJD_STRINGS (TjdStandingRenewalRequest,
               exempt,
               TJD_REQUIRED,
               .format = &tjd_format_personal_id,
               .max = TJD_STANDING_EXEMPT_MAX),
};
TJD_DEFINE_RECORD (TjdStandingRenewalRequest,
                   tjd_standing_renewal_request,
                   standing_renewal_request_fields)

static const TjdField standing_run_fields[] = {
  TJD_INT (TjdStandingRun, at, TJD_REQUIRED),
  TJD_ENUM (TjdStandingRun, outcome, tjd_standing_run_outcome_get_type, TJD_REQUIRED),
  TJD_STRING (TjdStandingRun, order, TJD_NULLABLE, .format = &tjd_format_id),
  TJD_INT (TjdStandingRun, renewed, TJD_REQUIRED, .max = 500),
  TJD_INT (TjdStandingRun, refused, TJD_REQUIRED, .max = 500),
  TJD_STRING (TjdStandingRun, problem, TJD_NULLABLE),
};
TJD_DEFINE_RECORD (TjdStandingRun, tjd_standing_run, standing_run_fields)

static const TjdField standing_renewal_fields[] = {
  TJD_STRING (TjdStandingRenewal, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdStandingRenewal, renewer, TJD_REQUIRED, .format = &tjd_format_establishment_id),
  TJD_STRING (TjdStandingRenewal, standing_mandate, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_STRING (TjdStandingRenewal, set_by, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_INT (TjdStandingRenewal, years, TJD_REQUIRED, .min = 1, .max = 10),
  TJD_STRINGS (TjdStandingRenewal,
               exempt,
               TJD_REQUIRED,
               .format = &tjd_format_personal_id,
               .max = TJD_STANDING_EXEMPT_MAX),
  TJD_INT (TjdStandingRenewal, set_at, TJD_REQUIRED),
  TJD_INT (TjdStandingRenewal, ended_at, TJD_NULLABLE),
  TJD_INT (TjdStandingRenewal, due_at, TJD_NULLABLE),
  TJD_LIST (TjdStandingRenewal,
            runs,
            tjd_standing_run_get_type,
            TJD_REQUIRED,
            .max = TJD_STANDING_RUNS_SHOWN),
};
TJD_DEFINE_RECORD (TjdStandingRenewal, tjd_standing_renewal, standing_renewal_fields)

static const TjdField standing_renewals_fields[] = {
  TJD_LIST (TjdStandingRenewals, renewals, tjd_standing_renewal_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStandingRenewals, tjd_standing_renewals, standing_renewals_fields)

static const TjdField standing_renewals_query_fields[] = {
  TJD_STRING (
      TjdStandingRenewalsQuery, renewer, TJD_REQUIRED, .format = &tjd_format_establishment_id),
};
TJD_DEFINE_RECORD (TjdStandingRenewalsQuery,
                   tjd_standing_renewals_query,
                   standing_renewals_query_fields)
