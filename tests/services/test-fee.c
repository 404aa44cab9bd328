/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ministry/fee.h"

#include "seed.h"

/* The oracle of FACTS, by the tariff that the sandbox is filled with. */

typedef struct {
  TjdSeed *seed;
  TjdRules *rules;
} Tariff;

static void
load (Tariff *tariff, gconstpointer data)
{
  g_autofree char *state = g_test_build_filename (G_TEST_BUILT, "fee-state", NULL);
  g_autoptr (GError) error = NULL;

  tariff->seed = tjd_seed_load (state, tjd_entropy_system (), &error);
  g_assert_no_error (error);
  tariff->rules = tjd_rules_new ();
  tariff->rules->window_months = tariff->seed->rules->window_months;
  tariff->rules->grace_days = tariff->seed->rules->grace_days;
  tariff->rules->fine_per_day = tariff->seed->rules->fine_per_day;
  tariff->rules->fine_cap = tariff->seed->rules->fine_cap;
}

static void
unload (Tariff *tariff, gconstpointer data)
{
  g_clear_object (&tariff->seed);
  g_clear_object (&tariff->rules);
}

static TjdFee *
fee_of (Tariff *tariff, TjdCategory category)
{
  for (guint i = 0; i < tariff->seed->fees->len; i++) {
    TjdSeedFee *from = tariff->seed->fees->pdata[i];
    TjdFee *fee;
    if (from->category != category)
      continue;
    fee = tjd_fee_new ();
    fee->category = category;
    fee->per_year = from->per_year;
    fee->three_year_discount = from->three_year_discount;
    g_array_append_vals (fee->years, from->years->data, from->years->len);
    return fee;
  }
  g_assert_not_reached ();
}

/* Dirhams for one renewal so many days after its expiry, without the post. */
static TjdMoney
cost (Tariff *tariff, TjdCategory category, gint64 years, gint64 days_after)
{
  g_autoptr (TjdFee) fee = fee_of (tariff, category);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  TjdDay today = tjd_day_in_qatar (1795507200);
  TjdMoney fine = tjd_rules_fine (tariff->rules, today - days_after, today);
  TjdMoney total = tjd_fee_lines (fee, fine, years, lines), sum = 0;

  for (guint i = 0; i < lines->len; i++)
    sum += ((TjdLine *) lines->pdata[i])->amount;
  g_assert_cmpint (sum, ==, total);
  g_assert_true (tjd_fee_offers (fee, years));
  return total;
}

static TjdMoney
post (Tariff *tariff, gint64 cards)
{
  return tjd_post_tariff_fee (tariff->seed->post_tariff, cards);
}

static void
test_oracle (Tariff *tariff, gconstpointer data)
{
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_WORK, 1, 0) + post (tariff, 1), ==, 1020 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_WORK, 3, 0) + post (tariff, 1), ==, 2420 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_FAMILY, 3, 0) + post (tariff, 1), ==,
                   1220 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_DOMESTIC, 2, 0) + post (tariff, 1), ==,
                   620 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_WORK, 1, 0) +
                       cost (tariff, TJD_CATEGORY_FAMILY, 1, 0) + post (tariff, 2),
                   ==, 1540 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_WORK, 1, 100) + post (tariff, 1), ==,
                   1120 * TJD_RIYAL);
}

static void
test_discount (Tariff *tariff, gconstpointer data)
{
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_PERSONAL, 3, 0), ==, 720 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_DOMESTIC, 3, 0), ==, 900 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_WORK, 2, 0), ==, 2000 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_INVESTOR, 5, 0), ==, 5000 * TJD_RIYAL);
  g_assert_cmpint (cost (tariff, TJD_CATEGORY_PERMANENT, 1, 0), ==, 3000 * TJD_RIYAL);
}

static void
test_fine (Tariff *tariff, gconstpointer data)
{
  g_assert_cmpint (tjd_rules_fine (tariff->rules, 1000, 1000 + 90), ==, 0);
  g_assert_cmpint (tjd_rules_fine (tariff->rules, 1000, 1000 + 91), ==, 10 * TJD_RIYAL);
  g_assert_cmpint (tjd_rules_fine (tariff->rules, 1000, 1000 + 90 + 599), ==, 5990 * TJD_RIYAL);
  g_assert_cmpint (tjd_rules_fine (tariff->rules, 1000, 1000 + 90 + 600), ==, 6000 * TJD_RIYAL);
  g_assert_cmpint (tjd_rules_fine (tariff->rules, 1000, 1000 + 90 + 5000), ==, 6000 * TJD_RIYAL);
}

static void
test_standing (Tariff *tariff, gconstpointer data)
{
  TjdDay expires, opens;

  g_assert_true (tjd_day_parse ("2027-02-28", &expires));
  g_assert_true (tjd_day_parse ("2026-11-28", &opens));
  g_assert_cmpint (tjd_rules_window_opens (tariff->rules, expires), ==, opens);
  g_assert_cmpint (tjd_rules_standing (tariff->rules, expires, opens - 1), ==, TJD_STANDING_VALID);
  g_assert_cmpint (tjd_rules_standing (tariff->rules, expires, opens), ==, TJD_STANDING_DUE);
  g_assert_cmpint (tjd_rules_standing (tariff->rules, expires, expires), ==, TJD_STANDING_DUE);
  g_assert_cmpint (tjd_rules_standing (tariff->rules, expires, expires + 1), ==,
                   TJD_STANDING_GRACE);
  g_assert_cmpint (tjd_rules_standing (tariff->rules, expires, expires + 90), ==,
                   TJD_STANDING_GRACE);
  g_assert_cmpint (tjd_rules_standing (tariff->rules, expires, expires + 91), ==,
                   TJD_STANDING_LATE);
}

#define add(name, func) g_test_add (name, Tariff, NULL, load, func, unload)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/fee/oracle", test_oracle);
  add ("/fee/discount", test_discount);
  add ("/fee/fine", test_fine);
  add ("/fee/standing", test_standing);
  return g_test_run ();
}
