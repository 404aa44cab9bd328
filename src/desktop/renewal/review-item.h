/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "permit.h"
#include "quote.h"
#include "review.h"

G_BEGIN_DECLS

/* A permit that is to be renewed: what is wished for, and what the ministry says to it. Either
 * quote or refusal is there, neither before it has answered. Signal "changed". */
#define TJD_TYPE_REVIEW_ITEM (tjd_review_item_get_type ())
G_DECLARE_FINAL_TYPE (TjdReviewItem, tjd_review_item, TJD, REVIEW_ITEM, GObject)

struct _TjdReviewItem {
  GObject parent;
  TjdPermit *permit;
  gint64 years;
  gboolean lost_card;
  TjdQuote *quote;
  TjdRefusal *refusal;
  TjdMoney total_before; /* of the quote before this one, where that was another; TJD_NO_INT */
  TjdReview *asked;      /* the newest that was asked of the ministry's staff about it; NULL */
  gboolean is_open;      /* its lines are shown */
};

TjdReviewItem *tjd_review_item_new (TjdPermit *permit);
TjdWish *tjd_review_item_make_wish (TjdReviewItem *self);

/* What the ministry answered; either may be NULL. */
void tjd_review_item_answer (TjdReviewItem *self, TjdQuote *quote, TjdRefusal *refusal);
void tjd_review_item_changed (TjdReviewItem *self);

gboolean tjd_review_item_offers (TjdReviewItem *self, gint64 years);
TjdMoney tjd_review_item_get_line (TjdReviewItem *self, TjdLineKind kind); /* 0: has none */

G_END_DECLS
