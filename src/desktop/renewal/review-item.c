/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-item.h"

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdReviewItem, tjd_review_item, G_TYPE_OBJECT)

static void
tjd_review_item_finalize (GObject *object)
{
  TjdReviewItem *self = TJD_REVIEW_ITEM (object);

  g_clear_object (&self->permit);
  g_clear_object (&self->quote);
  g_clear_object (&self->refusal);
  g_clear_object (&self->asked);
  G_OBJECT_CLASS (tjd_review_item_parent_class)->finalize (object);
}

static void
tjd_review_item_class_init (TjdReviewItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_review_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", TJD_TYPE_REVIEW_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
tjd_review_item_init (TjdReviewItem *self)
{
  self->total_before = TJD_NO_INT;
}

TjdReviewItem *
tjd_review_item_new (TjdPermit *permit)
{
  TjdReviewItem *self = g_object_new (TJD_TYPE_REVIEW_ITEM, NULL);

  self->permit = g_object_ref (permit);
  self->years = permit->years->len > 0 ? g_array_index (permit->years, gint64, 0) : 1;
  return self;
}

TjdWish *
tjd_review_item_make_wish (TjdReviewItem *self)
{
  TjdWish *wish = tjd_wish_new ();

  wish->personal_id = g_strdup (self->permit->personal_id);
  wish->years = self->years;
  wish->lost_card = self->lost_card;
  return wish;
}

void
tjd_review_item_answer (TjdReviewItem *self, TjdQuote *quote, TjdRefusal *refusal)
{
  TjdMoney before = self->quote != NULL ? self->quote->total : TJD_NO_INT;

  self->total_before =
      quote != NULL && before != TJD_NO_INT && before != quote->total ? before : TJD_NO_INT;
  g_set_object (&self->quote, quote);
  g_set_object (&self->refusal, refusal);
  tjd_review_item_changed (self);
}

void
tjd_review_item_changed (TjdReviewItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
tjd_review_item_offers (TjdReviewItem *self, gint64 years)
{
  for (guint i = 0; i < self->permit->years->len; i++)
    if (g_array_index (self->permit->years, gint64, i) == years)
      return TRUE;
  return FALSE;
}

TjdMoney
tjd_review_item_get_line (TjdReviewItem *self, TjdLineKind kind)
{
  for (guint i = 0; self->quote != NULL && i < self->quote->lines->len; i++) {
    TjdLine *line = self->quote->lines->pdata[i];
    if (line->kind == kind)
      return line->amount;
  }
  return 0;
}
