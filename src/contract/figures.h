/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "permit.h"

G_BEGIN_DECLS

/* Open figures of the service, as anybody may know them. */
TJD_DECLARE_RECORD (TjdRefusalCount, tjd_refusal_count)
struct _TjdRefusalCount {
  TjdRecord parent;
  TjdReason reason;
  gint64 count; /* of permits, when they were quoted or carried out */
};

TJD_DECLARE_RECORD (TjdStatistics, tjd_statistics)
struct _TjdStatistics {
  TjdRecord parent;
  gint64 as_of; /* UTC seconds */
  gint64 renewals;
  TjdMoney captured; /* dirhams */
  gint64 deliveries; /* consignments that came back */
  /* Seconds from the envelope's posting until its return; TJD_NO_INT before there is any. */
  gint64 median_seconds, p95_seconds;
  gint64 within_24_hours; /* of the deliveries */
  GPtrArray *refusals;    /* of TjdRefusalCount, the most frequent first */
};

/* What the portal offers, and what could come next: chosen by effect on society, by volume, and by
 * how ready the provider is (as the pilot's second phase was). */
typedef enum { TJD_READINESS_LIVE, TJD_READINESS_PLANNED, TJD_READINESS_CONSIDERED } TjdReadiness;
GType tjd_readiness_get_type (void);

typedef enum { TJD_AUDIENCE_RESIDENTS, TJD_AUDIENCE_COMPANIES, TJD_AUDIENCE_ALL } TjdAudience;
GType tjd_audience_get_type (void);

TJD_DECLARE_RECORD (TjdService, tjd_service)
struct _TjdService {
  TjdRecord parent;
  char *id; /* "renewal" */
  char *name_en, *name_ar;
  char *summary_en, *summary_ar;
  TjdAudience audience;
  gint64 effect; /* 1 to 5 */
  gint64 volume; /* a year, as estimated */
  TjdReadiness readiness;
};

TJD_DECLARE_RECORD (TjdCatalogue, tjd_catalogue)
struct _TjdCatalogue {
  TjdRecord parent;
  GPtrArray *services; /* of TjdService */
};

G_END_DECLS
