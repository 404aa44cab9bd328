/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choices.h"

#include "review-item.h"

/* FACTS, "Fees per year": the oracle's rows. */
static TjdTariff *
new_tariff (void)
{
  static const struct {
    TjdCategory category;
    TjdMoney per_year;
    gint64 discount;
  } fees[] = {
    { TJD_CATEGORY_WORK, 100000, 20 },
    { TJD_CATEGORY_FAMILY, 50000, 20 },
    { TJD_CATEGORY_DOMESTIC, 30000, 0 },
  };
  TjdTariff *tariff = tjd_tariff_new ();
  TjdRules *rules = tjd_rules_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fees); i++) {
    TjdFee *fee = tjd_fee_new ();
    fee->category = fees[i].category;
    fee->valid_from = g_strdup ("2000-09-01");
    fee->per_year = fees[i].per_year;
    fee->three_year_discount = fees[i].discount;
    for (gint64 years = 1; years <= 3; years++)
      g_array_append_val (fee->years, years);
    g_ptr_array_add (tariff->fees, fee);
  }
  rules->valid_from = g_strdup ("2000-09-01");
  rules->window_months = 3;
  rules->grace_days = 90;
  rules->fine_per_day = 1000;
  rules->fine_cap = 600000;
  rules->lost_card = 20000;
  g_ptr_array_add (tariff->rules, rules);
  return tariff;
}

static void
add_line (TjdQuote *quote, TjdLineKind kind, TjdMoney amount)
{
  TjdLine *line = tjd_line_new ();

  line->kind = kind;
  line->amount = amount;
  quote->total += amount;
  g_ptr_array_add (quote->lines, line);
}

/* For one year, with a fine of that much. */
static void
add_item (GListStore *items, TjdCategory category, TjdMoney fee, TjdMoney fine, gint64 most_years)
{
  g_autoptr (TjdPermit) permit = tjd_permit_new ();
  g_autoptr (TjdQuote) quote = tjd_quote_new ();
  g_autoptr (TjdReviewItem) item = NULL;

  permit->category = category;
  for (gint64 years = 1; years <= most_years; years++)
    g_array_append_val (permit->years, years);
  quote->years = 1;
  quote->total = 0;
  add_line (quote, TJD_LINE_FEE, fee);
  if (fine > 0)
    add_line (quote, TJD_LINE_FINE, fine);
  item = tjd_review_item_new (permit);
  tjd_review_item_answer (item, quote, NULL);
  g_list_store_append (items, item);
}

static void
assert_totals (GArray *choices, const TjdMoney *totals, guint n)
{
  g_assert_cmpuint (choices->len, ==, n);
  for (guint i = 0; i < n; i++) {
    TjdChoice *choice = &g_array_index (choices, TjdChoice, i);
    g_assert_cmpint (choice->years, ==, i + 1);
    g_assert_cmpint (choice->total, ==, totals[i]);
    g_assert_cmpint (choice->is_current, ==, i == 0);
  }
}

static TjdDay
today (void)
{
  TjdDay day;

  g_assert_true (tjd_day_parse ("2026-11-24", &day));
  return day;
}

/* Work 1y = 1,020 and 3y = 2,420; work and family together 1,540 (FACTS). */
static void
test_oracle (void)
{
  const TjdMoney work[] = { 102000, 202000, 242000 };
  const TjdMoney both[] = { 154000, 304000, 364000 };
  g_autoptr (TjdTariff) tariff = new_tariff ();
  g_autoptr (GListStore) items = g_list_store_new (TJD_TYPE_REVIEW_ITEM);
  g_autoptr (GArray) of_one = NULL;
  g_autoptr (GArray) of_two = NULL;

  add_item (items, TJD_CATEGORY_WORK, 100000, 0, 3);
  of_one = tjd_choices_make (G_LIST_MODEL (items), tariff, 2000, today ());
  assert_totals (of_one, work, 3);
  add_item (items, TJD_CATEGORY_FAMILY, 50000, 0, 3);
  of_two = tjd_choices_make (G_LIST_MODEL (items), tariff, 4000, today ());
  assert_totals (of_two, both, 3);
}

/* A fine does not grow with the years. */
static void
test_fine (void)
{
  const TjdMoney totals[] = { 112000, 212000, 252000 };
  g_autoptr (TjdTariff) tariff = new_tariff ();
  g_autoptr (GListStore) items = g_list_store_new (TJD_TYPE_REVIEW_ITEM);
  g_autoptr (GArray) choices = NULL;

  add_item (items, TJD_CATEGORY_WORK, 100000, 10000, 3);
  choices = tjd_choices_make (G_LIST_MODEL (items), tariff, 2000, today ());
  assert_totals (choices, totals, 3);
}

/* Who offers fewer years stays as it is, and that is said. */
static void
test_not_for_all (void)
{
  g_autoptr (TjdTariff) tariff = new_tariff ();
  g_autoptr (GListStore) items = g_list_store_new (TJD_TYPE_REVIEW_ITEM);
  g_autoptr (GArray) choices = NULL;
  TjdChoice *three;

  add_item (items, TJD_CATEGORY_WORK, 100000, 0, 3);
  add_item (items, TJD_CATEGORY_DOMESTIC, 30000, 0, 1);
  choices = tjd_choices_make (G_LIST_MODEL (items), tariff, 4000, today ());
  g_assert_cmpuint (choices->len, ==, 3);
  three = &g_array_index (choices, TjdChoice, 2);
  g_assert_false (three->is_for_all);
  g_assert_cmpint (three->total, ==, 240000 + 30000 + 4000);
}

/* Nothing is said by a tariff that does not agree with what was quoted, nor without one. */
static void
test_silence (void)
{
  g_autoptr (TjdTariff) tariff = new_tariff ();
  g_autoptr (GListStore) items = g_list_store_new (TJD_TYPE_REVIEW_ITEM);
  g_autoptr (GArray) by_other = NULL;
  g_autoptr (GArray) by_none = NULL;

  add_item (items, TJD_CATEGORY_WORK, 110000, 0, 3);
  by_other = tjd_choices_make (G_LIST_MODEL (items), tariff, 2000, today ());
  by_none = tjd_choices_make (G_LIST_MODEL (items), NULL, 2000, today ());
  g_assert_cmpuint (by_other->len, ==, 0);
  g_assert_cmpuint (by_none->len, ==, 0);
}

/* What a figure was is kept until it changes again. */
static void
test_moved (void)
{
  g_autoptr (GListStore) items = g_list_store_new (TJD_TYPE_REVIEW_ITEM);
  g_autoptr (TjdReviewItem) item = NULL;
  g_autoptr (TjdQuote) dearer = tjd_quote_new ();

  add_item (items, TJD_CATEGORY_WORK, 100000, 0, 3);
  item = g_list_model_get_item (G_LIST_MODEL (items), 0);
  g_assert_cmpint (item->total_before, ==, TJD_NO_INT);
  dearer->total = 200000;
  tjd_review_item_answer (item, dearer, NULL);
  g_assert_cmpint (item->total_before, ==, 100000);
  tjd_review_item_answer (item, dearer, NULL);
  g_assert_cmpint (item->total_before, ==, TJD_NO_INT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/choices/oracle", test_oracle);
  g_test_add_func ("/choices/fine", test_fine);
  g_test_add_func ("/choices/not-for-all", test_not_for_all);
  g_test_add_func ("/choices/silence", test_silence);
  g_test_add_func ("/choices/moved", test_moved);
  return g_test_run ();
}
