/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permit.h"

#include "day.h"
#include "identifiers.h"

TJD_DEFINE_ENUM (
    TjdCategory, tjd_category, "work", "family", "domestic", "personal", "investor", "permanent")
TJD_DEFINE_ENUM (TjdStanding, tjd_standing, "valid", "due", "grace", "late", "cancelled")
TJD_DEFINE_ENUM (TjdReason,
                 tjd_reason,
                 "not-found",
                 "holder-abroad",
                 "establishment-invalid",
                 "passport-changed",
                 "too-early",
                 "cancelled",
                 "medical-missing",
                 "insurance-missing",
                 "manual-review",
                 "in-another-order",
                 "years-not-offered",
                 "review-refused")

static const TjdField permit_fields[] = {
  TJD_STRING (TjdPermit, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdPermit, name_en, TJD_REQUIRED),
  TJD_STRING (TjdPermit, name_ar, TJD_REQUIRED),
  TJD_ENUM (TjdPermit, category, tjd_category_get_type, TJD_REQUIRED),
  TJD_STRING (TjdPermit, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdPermit, expires_on, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_INTS (TjdPermit, years, TJD_REQUIRED, .max = 10),
  TJD_ENUM (TjdPermit, standing, tjd_standing_get_type, TJD_REQUIRED),
  TJD_INT (TjdPermit, fine, TJD_REQUIRED, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdPermit, tjd_permit, permit_fields)

static const TjdField permits_fields[] = {
  TJD_LIST (TjdPermits, permits, tjd_permit_get_type, TJD_REQUIRED, .max = TJD_PAGE_MAX),
  TJD_INT (TjdPermits, as_of, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdPermits, tjd_permits, permits_fields)

static const TjdField permits_query_fields[] = {
  TJD_STRING (TjdPermitsQuery, renewer, TJD_OPTIONAL, .format = &tjd_format_renewer),
  TJD_INT (TjdPermitsQuery, limit, TJD_OPTIONAL, .min = 1, .max = TJD_PAGE_MAX),
  TJD_STRING (TjdPermitsQuery, after, TJD_OPTIONAL),
  TJD_INT (TjdPermitsQuery, changed_since, TJD_OPTIONAL, .max = TJD_MOMENT_MAX),
  TJD_ENUM (TjdPermitsQuery, standing, tjd_standing_get_type, TJD_OPTIONAL),
  TJD_ENUM (TjdPermitsQuery, category, tjd_category_get_type, TJD_OPTIONAL),
  TJD_STRING (TjdPermitsQuery, expires_from, TJD_OPTIONAL, .format = &tjd_format_date),
  TJD_STRING (TjdPermitsQuery, expires_to, TJD_OPTIONAL, .format = &tjd_format_date),
  TJD_STRING (TjdPermitsQuery, text, TJD_OPTIONAL, .min = 1, .max = 64),
};
TJD_DEFINE_RECORD (TjdPermitsQuery, tjd_permits_query, permits_query_fields)
