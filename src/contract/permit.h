/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "record.h"

G_BEGIN_DECLS

/* FACTS, "Fees per year". */
typedef enum {
  TJD_CATEGORY_WORK,
  TJD_CATEGORY_FAMILY,
  TJD_CATEGORY_DOMESTIC,
  TJD_CATEGORY_PERSONAL, /* farmer, sailor, personal sponsorship */
  TJD_CATEGORY_INVESTOR,
  TJD_CATEGORY_PERMANENT,
} TjdCategory;
GType tjd_category_get_type (void);

/* Where a permit stands today. */
typedef enum {
  TJD_STANDING_VALID, /* the renewal window has not opened */
  TJD_STANDING_DUE,   /* it has */
  TJD_STANDING_GRACE, /* past expiry, nothing to pay for it yet */
  TJD_STANDING_LATE,  /* a fine grows */
  TJD_STANDING_CANCELLED,
} TjdStanding;
GType tjd_standing_get_type (void);

/* FACTS, "Refusal reasons seen in the field". */
typedef enum {
  TJD_REASON_NOT_FOUND, /* or not this account's to renew: the same answer */
  TJD_REASON_HOLDER_ABROAD,
  TJD_REASON_ESTABLISHMENT_INVALID,
  TJD_REASON_PASSPORT_CHANGED,
  TJD_REASON_TOO_EARLY,
  TJD_REASON_CANCELLED,
  TJD_REASON_MEDICAL_MISSING,
  TJD_REASON_INSURANCE_MISSING,
  TJD_REASON_MANUAL_REVIEW,
  TJD_REASON_IN_ANOTHER_ORDER,
  TJD_REASON_YEARS_NOT_OFFERED,
  TJD_REASON_REVIEW_REFUSED, /* the review that it needs was refused, with a note */
} TjdReason;
GType tjd_reason_get_type (void);

TJD_DECLARE_RECORD (TjdPermit, tjd_permit)
struct _TjdPermit {
  TjdRecord parent;
  char *personal_id; /* of the holder, and the permit's number */
  char *name_en;
  char *name_ar;
  TjdCategory category;
  char *renewer; /* personal or establishment ID of who may renew it beside the holder */
  char *expires_on;
  GArray *years; /* offered */
  TjdStanding standing;
  TjdMoney fine; /* as of today, dirhams */
};

/* A page of permits, by expiry and personal ID. */
TJD_DECLARE_RECORD (TjdPermits, tjd_permits)
struct _TjdPermits {
  TjdRecord parent;
  GPtrArray *permits;
  gint64 as_of; /* UTC seconds: what to ask changed_since the next time */
};

/* A page of any list has at most so many. */
#define TJD_PAGE_MAX 500

/* The query of GET /permits. All that is given must hold. */
TJD_DECLARE_RECORD (TjdPermitsQuery, tjd_permits_query)
struct _TjdPermitsQuery {
  TjdRecord parent;
  char *renewer;        /* the ministry wants it; at the portal it is the caller if left out */
  gint64 limit;         /* TJD_NO_INT: TJD_PAGE_MAX */
  char *after;          /* where the page before ended: as its Link header has it */
  gint64 changed_since; /* UTC seconds: what would read otherwise than it did then */
  TjdStanding standing; /* -1: any */
  TjdCategory category; /* -1: any */
  char *expires_from;   /* both days included */
  char *expires_to;
  char *text; /* a piece of a name in either script, or digits of the personal ID */
};

G_END_DECLS
