/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "permit.h"

G_BEGIN_DECLS

/* What people ask the ministry's staff to decide: that a permit which needs a manual review may be
 * renewed, or that a fine be reduced. */
typedef enum { TJD_REVIEW_RENEWAL, TJD_REVIEW_FINE_REDUCTION } TjdReviewKind;
GType tjd_review_kind_get_type (void);

typedef enum { TJD_REVIEW_OPEN, TJD_REVIEW_GRANTED, TJD_REVIEW_REFUSED } TjdReviewState;
GType tjd_review_state_get_type (void);

#define TJD_REVIEW_TEXT_MAX 1000

/* A person's POST /reviews and POST /fine-reductions, and the portal's, which says for whom. */
TJD_DECLARE_RECORD (TjdReviewRequest, tjd_review_request)
struct _TjdReviewRequest {
  TjdRecord parent;
  char *renewer; /* NULL: the caller */
  char *personal_id;
  char *reason; /* in the person's own words */
};

TJD_DECLARE_RECORD (TjdReviewFiling, tjd_review_filing)
struct _TjdReviewFiling {
  TjdRecord parent;
  char *renewer;
  char *asked_by;
  char *personal_id;
  char *reason;
};

TJD_DECLARE_RECORD (TjdReview, tjd_review)
struct _TjdReview {
  TjdRecord parent;
  char *id; /* "rev-…" */
  TjdReviewKind kind;
  char *renewer;
  char *asked_by;
  char *personal_id;
  char *reason;
  gint64 asked_at; /* UTC seconds */
  TjdReviewState state;
  char *decided_by; /* for the ministry's staff alone */
  gint64 decided_at;
  char *note_en, *note_ar;
  TjdMoney fine;     /* what is left of it, at most: of a granted reduction */
  char *valid_until; /* the last day on which that holds */
  char *order;       /* that used what was granted; NULL before */
};

TJD_DECLARE_RECORD (TjdReviews, tjd_reviews)
struct _TjdReviews {
  TjdRecord parent;
  GPtrArray *reviews; /* a page, oldest first */
};

/* The query of GET /reviews, and of the portal's GET /requests. */
TJD_DECLARE_RECORD (TjdReviewsQuery, tjd_reviews_query)
struct _TjdReviewsQuery {
  TjdRecord parent;
  char *renewer;
  TjdReviewKind kind;   /* -1: either */
  TjdReviewState state; /* -1: any */
  gint64 limit;         /* TJD_NO_INT: TJD_PAGE_MAX */
  char *after;
};

/* POST /reviews/{id}/decision: the note is shown to whoever asked. */
TJD_DECLARE_RECORD (TjdDecision, tjd_decision)
struct _TjdDecision {
  TjdRecord parent;
  TjdReviewState state; /* granted or refused */
  char *note_en, *note_ar;
  TjdMoney fine; /* of a granted reduction, with its last day; else neither */
  char *valid_until;
};

G_END_DECLS
