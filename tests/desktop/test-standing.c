/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing.h"

#include "language.h"
#include "permits-model.h"

static const TjdLocale english = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE };
static const TjdLocale arabic = { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, FALSE };

static TjdDay
day_of (const char *text)
{
  TjdDay day;

  g_assert_true (tjd_day_parse (text, &day));
  return day;
}

/* FACTS: three months' window, 90 days' grace, 10 a day, at most 6,000. */
static TjdRules *
new_rules (void)
{
  TjdRules *rules = tjd_rules_new ();

  rules->valid_from = g_strdup ("2000-01-01");
  rules->window_months = 3;
  rules->grace_days = 90;
  rules->fine_per_day = 1000;
  rules->fine_cap = 600000;
  return rules;
}

static TjdPermit *
new_permit (const char *expires_on, TjdRules *rules, TjdDay today)
{
  TjdPermit *permit = tjd_permit_new ();
  gint64 years[] = { 1, 2, 3 };

  permit->personal_id = g_strdup ("27612405934");
  permit->expires_on = g_strdup (expires_on);
  permit->standing = tjd_rules_standing (rules, day_of (expires_on), today);
  permit->fine = tjd_rules_fine (rules, day_of (expires_on), today);
  permit->category = TJD_CATEGORY_WORK;
  g_array_append_vals (permit->years, years, 3);
  return permit;
}

static void
expect (const TjdLocale *locale, const char *expires_on, const char *text, gboolean may_renew)
{
  TjdDay today = day_of ("2026-12-05");
  g_autoptr (TjdRules) rules = new_rules ();
  g_autoptr (TjdPermit) permit = new_permit (expires_on, rules, today);
  g_autoptr (TjdStandingWords) words = NULL;

  tjd_language_use (locale->language);
  words = tjd_standing_words_new (locale, permit, rules, today);
  g_assert_cmpstr (words->text, ==, text);
  g_assert_cmpint (words->may_renew, ==, may_renew);
}

static void
test_meaning (void)
{
  expect (&english, "2026-12-26", "Expires in 21 days", TRUE);
  expect (&english, "2026-12-06", "Expires tomorrow", TRUE);
  expect (&english, "2026-12-05", "Expires today", TRUE);
  expect (&english, "2026-12-04", "In grace: 89 days left", TRUE);
  expect (&english, "2026-09-06", "In grace: last day", TRUE);
  expect (
      &english, "2026-08-26",
      "Late: fine of \u2068QAR\u00a0110.00\u2069 so far, and \u2068QAR\u00a010.00\u2069 each day",
      TRUE);
  expect (&english, "2020-01-01", "Late: fine of \u2068QAR\u00a06,000.00\u2069", TRUE);
  expect (&english, "2027-06-05", "Expires in 182 days, can be renewed from \u20685 Mar 2027\u2069",
          FALSE);
  expect (&arabic, "2026-12-26", "تنتهي خلال ٢١ يومًا", TRUE);
  expect (&arabic, "2026-12-15", "تنتهي خلال ١٠ أيام", TRUE);
  expect (&arabic, "2026-12-07", "تنتهي خلال يومين", TRUE);
  expect (&arabic, "2026-12-04", "مهلة السماح: بقي ٨٩ يومًا", TRUE);
}

static void
expect_date (const TjdLocale *locale, const char *expires_on, const char *text)
{
  TjdDay today = day_of ("2026-12-05");
  g_autoptr (TjdRules) rules = new_rules ();
  g_autoptr (TjdPermit) permit = new_permit (expires_on, rules, today);
  g_autoptr (TjdStandingWords) words = NULL;

  tjd_language_use (locale->language);
  words = tjd_standing_words_new (locale, permit, rules, today);
  g_assert_cmpstr (words->date, ==, text);
}

static void
test_date (void)
{
  expect_date (&english, "2026-12-05", "Valid until \u20685 December 2026\u2069");
  expect_date (&english, "2026-12-04", "Expired \u20684 December 2026\u2069");
  expect_date (&english, "2020-01-01", "Expired \u20681 January 2020\u2069");
  expect_date (&arabic, "2026-12-04", "انتهت في \u2068٤ ديسمبر ٢٠٢٦\u2069");
}

static void
test_hostile (void)
{
  g_autoptr (TjdPermit) permit = tjd_permit_new ();
  g_autoptr (TjdStandingWords) words = NULL;

  tjd_language_use (TJD_LANGUAGE_EN);
  permit->standing = TJD_STANDING_LATE;
  permit->fine = TJD_MONEY_MAX;
  permit->expires_on = g_strdup ("%n");
  words = tjd_standing_words_new (&english, permit, NULL, day_of ("2026-12-05"));
  g_assert_cmpstr (words->text, ==, "Date unknown");
}

static TjdTariff *
new_tariff (void)
{
  TjdTariff *tariff = tjd_tariff_new ();
  TjdFee *fee = tjd_fee_new ();

  fee->category = TJD_CATEGORY_WORK;
  fee->valid_from = g_strdup ("2000-01-01");
  fee->per_year = 100000;
  fee->three_year_discount = 20;
  g_array_append_val (fee->years, ((gint64[]){ 1 })[0]);
  g_ptr_array_add (tariff->fees, fee);
  g_ptr_array_add (tariff->rules, new_rules ());
  return tariff;
}

/* FACTS' oracle less the post: a year of work 1,000; 100 days after expiry 1,100. */
static void
test_least_fee (void)
{
  TjdDay today = day_of ("2026-12-05");
  g_autoptr (TjdTariff) tariff = new_tariff ();
  g_autoptr (TjdRules) rules = new_rules ();
  g_autoptr (TjdPermit) due = new_permit ("2026-12-26", rules, today);
  g_autoptr (TjdPermit) late = new_permit ("2026-08-27", rules, today);

  g_assert_cmpint (tjd_permit_least_fee (due, tariff, today), ==, 100000);
  g_assert_cmpint (tjd_permit_least_fee (late, tariff, today), ==, 110000);
  g_assert_cmpint (tjd_permit_least_fee (due, NULL, today), ==, 0);
}

static void
test_urgency (void)
{
  TjdDay today = day_of ("2026-12-05");
  g_autoptr (TjdRules) rules = new_rules ();
  g_autoptr (TjdPermit) late = new_permit ("2026-01-01", rules, today);
  g_autoptr (TjdPermit) due = new_permit ("2026-12-26", rules, today);
  g_autoptr (TjdPermit) cancelled = new_permit ("2025-01-01", rules, today);

  cancelled->standing = TJD_STANDING_CANCELLED;
  g_assert_cmpint (tjd_permit_compare_urgency (late, due, NULL), <, 0);
  g_assert_cmpint (tjd_permit_compare_urgency (due, late, NULL), >, 0);
  g_assert_cmpint (tjd_permit_compare_urgency (due, cancelled, NULL), <, 0);
  g_assert_cmpint (tjd_permit_compare_urgency (due, due, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  tjd_language_start ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standing/meaning", test_meaning);
  g_test_add_func ("/standing/date", test_date);
  g_test_add_func ("/standing/hostile", test_hostile);
  g_test_add_func ("/standing/least-fee", test_least_fee);
  g_test_add_func ("/standing/urgency", test_urgency);
  return g_test_run ();
}
