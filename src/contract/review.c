/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review.h"

#include "identifiers.h"

TJD_DEFINE_ENUM (TjdReviewKind, tjd_review_kind, "renewal", "fine-reduction")
TJD_DEFINE_ENUM (TjdReviewState, tjd_review_state, "open", "granted", "refused")

#define WRITTEN .format = &tjd_format_text, .min = 1, .max = TJD_REVIEW_TEXT_MAX

static const TjdField review_request_fields[] = {
  TJD_STRING (TjdReviewRequest, renewer, TJD_OPTIONAL, .format = &tjd_format_renewer),
  TJD_STRING (TjdReviewRequest, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdReviewRequest, reason, TJD_REQUIRED, WRITTEN),
};
TJD_DEFINE_RECORD (TjdReviewRequest, tjd_review_request, review_request_fields)

static const TjdField review_filing_fields[] = {
  TJD_STRING (TjdReviewFiling, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdReviewFiling, asked_by, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdReviewFiling, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdReviewFiling, reason, TJD_REQUIRED, WRITTEN),
};
TJD_DEFINE_RECORD (TjdReviewFiling, tjd_review_filing, review_filing_fields)

static const TjdField review_fields[] = {
  TJD_STRING (TjdReview, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdReview, kind, tjd_review_kind_get_type, TJD_REQUIRED),
  TJD_STRING (TjdReview, renewer, TJD_REQUIRED, .format = &tjd_format_renewer),
  TJD_STRING (TjdReview, asked_by, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdReview, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_STRING (TjdReview, reason, TJD_REQUIRED, WRITTEN),
  TJD_INT (TjdReview, asked_at, TJD_REQUIRED),
  TJD_ENUM (TjdReview, state, tjd_review_state_get_type, TJD_REQUIRED),
  TJD_STRING (TjdReview, decided_by, TJD_NULLABLE),
  TJD_INT (TjdReview, decided_at, TJD_NULLABLE),
  TJD_STRING (TjdReview, note_en, TJD_NULLABLE, WRITTEN),
  TJD_STRING (TjdReview, note_ar, TJD_NULLABLE, WRITTEN),
  TJD_INT (TjdReview, fine, TJD_NULLABLE, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdReview, valid_until, TJD_NULLABLE, .format = &tjd_format_date),
  TJD_STRING (TjdReview, order, TJD_NULLABLE, .format = &tjd_format_id),
};
TJD_DEFINE_RECORD (TjdReview, tjd_review, review_fields)

static const TjdField reviews_fields[] = {
  TJD_LIST (TjdReviews, reviews, tjd_review_get_type, TJD_REQUIRED, .max = TJD_PAGE_MAX),
};
TJD_DEFINE_RECORD (TjdReviews, tjd_reviews, reviews_fields)

static const TjdField reviews_query_fields[] = {
  TJD_STRING (TjdReviewsQuery, renewer, TJD_OPTIONAL, .format = &tjd_format_renewer),
  TJD_ENUM (TjdReviewsQuery, kind, tjd_review_kind_get_type, TJD_OPTIONAL),
  TJD_ENUM (TjdReviewsQuery, state, tjd_review_state_get_type, TJD_OPTIONAL),
  TJD_INT (TjdReviewsQuery, limit, TJD_OPTIONAL, .min = 1, .max = TJD_PAGE_MAX),
  TJD_STRING (TjdReviewsQuery, after, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdReviewsQuery, tjd_reviews_query, reviews_query_fields)

static const TjdField decision_fields[] = {
  TJD_ENUM (TjdDecision, state, tjd_review_state_get_type, TJD_REQUIRED),
  TJD_STRING (TjdDecision, note_en, TJD_REQUIRED, WRITTEN),
  TJD_STRING (TjdDecision, note_ar, TJD_REQUIRED, WRITTEN),
  TJD_INT (TjdDecision, fine, TJD_OPTIONAL, .max = TJD_MONEY_MAX),
  TJD_STRING (TjdDecision, valid_until, TJD_OPTIONAL, .format = &tjd_format_date),
};
TJD_DEFINE_RECORD (TjdDecision, tjd_decision, decision_fields)
