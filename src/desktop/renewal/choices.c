/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choices.h"

#include "review-item.h"

#define MAX_YEARS 10

/* What of a renewal's price depends on the years. TJD_NO_INT: the tariff does not say. */
static TjdMoney
fee_for (TjdReviewItem *item, gint64 years, TjdTariff *tariff, TjdDay today)
{
  TjdFee *fee = tjd_tariff_get_fee (tariff, item->permit->category, today);
  TjdRules *rules = tjd_tariff_get_rules (tariff, today);
  TjdRenewal renewal = { years, today, today, FALSE, TJD_NO_INT };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  if (fee == NULL || rules == NULL || !tjd_fee_offers (fee, years))
    return TJD_NO_INT;
  return tjd_renewal_lines (&renewal, fee, rules, lines);
}

static TjdMoney
quoted_fee (TjdReviewItem *item)
{
  return tjd_review_item_get_line (item, TJD_LINE_FEE) +
         tjd_review_item_get_line (item, TJD_LINE_DISCOUNT);
}

/* FALSE: it offers no such years. */
static gboolean
add (TjdChoice *choice, TjdReviewItem *item, TjdTariff *tariff, TjdDay today)
{
  gboolean offers = tjd_review_item_offers (item, choice->years);

  choice->total += item->quote->total;
  if (!offers) {
    choice->is_for_all = FALSE;
    return FALSE;
  }
  choice->total += fee_for (item, choice->years, tariff, today) - quoted_fee (item);
  choice->is_current = choice->is_current && item->quote->years == choice->years;
  return TRUE;
}

/* A tariff that would have given other fees than were quoted says nothing of other years. */
static gboolean
agrees (GListModel *items, TjdTariff *tariff, TjdDay today)
{
  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (TjdReviewItem) item = g_list_model_get_item (items, i);
    if (fee_for (item, item->quote->years, tariff, today) != quoted_fee (item))
      return FALSE;
  }
  return TRUE;
}

static gboolean
make_choice (TjdChoice *choice, GListModel *items, TjdTariff *tariff, TjdDay today)
{
  guint n_offering = 0;

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (TjdReviewItem) item = g_list_model_get_item (items, i);
    if (tjd_review_item_offers (item, choice->years) &&
        fee_for (item, choice->years, tariff, today) == TJD_NO_INT)
      return FALSE;
    n_offering += add (choice, item, tariff, today);
  }
  return n_offering > 0;
}

GArray *
tjd_choices_make (GListModel *items, TjdTariff *tariff, TjdMoney post_fee, TjdDay today)
{
  GArray *choices = g_array_new (FALSE, FALSE, sizeof (TjdChoice));
  guint n_others = 0;

  if (tariff == NULL || !agrees (items, tariff, today))
    return choices;
  for (gint64 years = 1; years <= MAX_YEARS; years++) {
    TjdChoice choice = { years, post_fee, TRUE, TRUE };
    if (!make_choice (&choice, items, tariff, today))
      continue;
    g_array_append_val (choices, choice);
    n_others += !choice.is_current;
  }
  if (n_others == 0)
    g_array_set_size (choices, 0);
  return choices;
}
