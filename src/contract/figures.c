/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figures.h"

TJD_DEFINE_ENUM (TjdReadiness, tjd_readiness, "live", "planned", "considered")
TJD_DEFINE_ENUM (TjdAudience, tjd_audience, "residents", "companies", "all")

static const TjdField refusal_count_fields[] = {
  TJD_ENUM (TjdRefusalCount, reason, tjd_reason_get_type, TJD_REQUIRED),
  TJD_INT (TjdRefusalCount, count, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdRefusalCount, tjd_refusal_count, refusal_count_fields)

static const TjdField statistics_fields[] = {
  TJD_INT (TjdStatistics, as_of, TJD_REQUIRED),
  TJD_INT (TjdStatistics, renewals, TJD_REQUIRED),
  TJD_INT (TjdStatistics, captured, TJD_REQUIRED),
  TJD_INT (TjdStatistics, deliveries, TJD_REQUIRED),
  TJD_INT (TjdStatistics, median_seconds, TJD_NULLABLE),
  TJD_INT (TjdStatistics, p95_seconds, TJD_NULLABLE),
  TJD_INT (TjdStatistics, within_24_hours, TJD_REQUIRED),
  TJD_LIST (TjdStatistics, refusals, tjd_refusal_count_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStatistics, tjd_statistics, statistics_fields)

static const TjdField service_fields[] = {
  TJD_STRING (TjdService, id, TJD_REQUIRED),
  TJD_STRING (TjdService, name_en, TJD_REQUIRED),
  TJD_STRING (TjdService, name_ar, TJD_REQUIRED),
  TJD_STRING (TjdService, summary_en, TJD_REQUIRED),
  TJD_STRING (TjdService, summary_ar, TJD_REQUIRED),
  TJD_ENUM (TjdService, audience, tjd_audience_get_type, TJD_REQUIRED),
  TJD_INT (TjdService, effect, TJD_REQUIRED, .min = 1, .max = 5),
  TJD_INT (TjdService, volume, TJD_REQUIRED),
  TJD_ENUM (TjdService, readiness, tjd_readiness_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdService, tjd_service, service_fields)

static const TjdField catalogue_fields[] = {
  TJD_LIST (TjdCatalogue, services, tjd_service_get_type, TJD_REQUIRED, .max = 100),
};
TJD_DEFINE_RECORD (TjdCatalogue, tjd_catalogue, catalogue_fields)
