/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office.h"

#include <string.h>

/* What the ministry says a renewal costs, by the tariff that the sandbox is filled with: every row
 * of FACTS, "Fees per year and rules", under its name. */

#define QID "29035609999"
#define NOW "2026-11-24T08:00:00Z"

typedef struct {
  const char *fact; /* the row of FACTS, and what of it */
  const char *category;
  const char *expires_on;
  const char *moment; /* NULL: NOW */
  gint64 years;
  gboolean lost_card;
  gint64 riyals;    /* -1: refused */
  const char *says; /* the lines, or the reason and the day from which it would not stand */
  const char *until;
} Row;

static const Row rows[] = {
  /* fees */
  { "work permit: 1,000", "work", "2026-12-01", NULL, 1, 0, 1000, "fee 1000", "2027-12-01" },
  { "work permit: 2 years", "work", "2026-12-01", NULL, 2, 0, 2000, "fee 2000", "2028-12-01" },
  { "family: 500", "family", "2026-12-01", NULL, 1, 0, 500, "fee 500", "2027-12-01" },
  { "domestic worker: 300", "domestic", "2026-12-01", NULL, 1, 0, 300, "fee 300", "2027-12-01" },
  { "domestic worker: 2 years", "domestic", "2026-12-01", NULL, 2, 0, 600, "fee 600",
    "2028-12-01" },
  { "personal sponsorship, farmer, sailor: 300", "personal", "2026-12-01", NULL, 1, 0, 300,
    "fee 300", "2027-12-01" },
  { "investor: 1,000, five-year permits", "investor", "2026-12-01", NULL, 5, 0, 5000, "fee 5000",
    "2031-12-01" },
  { "permanent residency: 3,000", "permanent", "2026-12-01", NULL, 1, 0, 3000, "fee 3000",
    "2027-12-01" },
  /* three-year renewal */
  { "three-year renewal: -20 % for work", "work", "2026-12-01", NULL, 3, 0, 2400,
    "fee 3000 discount -600", "2029-12-01" },
  { "three-year renewal: -20 % for family", "family", "2026-12-01", NULL, 3, 0, 1200,
    "fee 1500 discount -300", "2029-12-01" },
  { "three-year renewal: -20 % for personal sponsorship", "personal", "2026-12-01", NULL, 3, 0, 720,
    "fee 900 discount -180", "2029-12-01" },
  { "three-year renewal: not for domestic", "domestic", "2026-12-01", NULL, 3, 0, 900, "fee 900",
    "2029-12-01" },
  /* years offered */
  { "years offered: 1, 2, 3", "work", "2026-12-01", NULL, 5, 0, -1, "years-not-offered", NULL },
  { "years offered: 1, 2, 3", "family", "2026-12-01", NULL, 4, 0, -1, "years-not-offered", NULL },
  { "years offered: 5 for investor", "investor", "2026-12-01", NULL, 1, 0, -1, "years-not-offered",
    NULL },
  /* ID card */
  { "ID card: a lost one adds 200", "work", "2026-12-01", NULL, 1, 1, 1200,
    "fee 1000 lost-card 200", "2027-12-01" },
  { "ID card: no discount on it", "family", "2026-12-01", NULL, 3, 1, 1400,
    "fee 1500 discount -300 lost-card 200", "2029-12-01" },
  /* renewal window: from three months before expiry, on that day in Qatar */
  { "renewal window: the day before", "work", "2027-02-25", NULL, 1, 0, -1, "too-early 2026-11-25",
    NULL },
  { "renewal window: its first day", "work", "2027-02-24", NULL, 1, 0, 1000, "fee 1000",
    "2028-02-24" },
  { "renewal window: a second before midnight in Qatar", "work", "2027-02-25",
    "2026-11-24T20:59:59Z", 1, 0, -1, "too-early 2026-11-25", NULL },
  { "renewal window: midnight in Qatar", "work", "2027-02-25", "2026-11-24T21:00:00Z", 1, 0, 1000,
    "fee 1000", "2028-02-25" },
  { "renewal window: of 31 May it opens with February's last day", "work", "2027-05-31",
    "2027-02-28T08:00:00Z", 1, 0, 1000, "fee 1000", "2028-05-31" },
  { "renewal window: of 29 May in a leap year too", "work", "2028-05-31", "2028-02-28T08:00:00Z", 1,
    0, -1, "too-early 2028-02-29", NULL },
  /* grace: 90 days after; then 10 a day */
  { "grace: the day of expiry", "work", "2026-11-24", NULL, 1, 0, 1000, "fee 1000", "2027-11-24" },
  { "grace: the first day", "work", "2026-11-23", NULL, 1, 0, 1000, "fee 1000", "2027-11-23" },
  { "grace: the last day, the 90th", "work", "2026-08-26", NULL, 1, 0, 1000, "fee 1000",
    "2027-08-26" },
  { "late fine: the 91st day", "work", "2026-08-25", NULL, 1, 0, 1010, "fee 1000 fine 10",
    "2027-08-25" },
  { "grace: its last second in Qatar", "work", "2026-08-26", "2026-11-24T20:59:59Z", 1, 0, 1000,
    "fee 1000", "2027-08-26" },
  { "late fine: from midnight in Qatar", "work", "2026-08-26", "2026-11-24T21:00:00Z", 1, 0, 1010,
    "fee 1000 fine 10", "2027-08-26" },
  { "late fine: 10 a calendar day after the grace", "work", "2026-08-16", NULL, 1, 0, 1100,
    "fee 1000 fine 100", "2027-08-16" },
  { "late fine: over a leap day", "work", "2027-11-30", "2028-03-01T08:00:00Z", 1, 0, 1020,
    "fee 1000 fine 20", "2028-11-30" },
  { "late fine: a day below the cap", "work", "2025-01-04", NULL, 1, 0, 6990, "fee 1000 fine 5990",
    "2026-01-04" },
  { "late fine: at most 6,000, 600 days past the grace", "work", "2025-01-03", NULL, 1, 0, 7000,
    "fee 1000 fine 6000", "2026-01-03" },
  { "late fine: no more a day later", "work", "2025-01-02", NULL, 1, 0, 7000, "fee 1000 fine 6000",
    "2026-01-02" },
  { "late fine: nor ten years later", "domestic", "2016-01-03", NULL, 2, 0, 6600,
    "fee 600 fine 6000", "2018-01-03" },
  { "late fine: not reduced by the discount", "work", "2026-08-16", NULL, 3, 1, 2700,
    "fee 3000 discount -600 fine 100 lost-card 200", "2029-08-16" },
  /* leap days */
  { "29 February, one year", "work", "2028-02-29", "2028-02-01T08:00:00Z", 1, 0, 1000, "fee 1000",
    "2029-02-28" },
  { "29 February, two years", "work", "2028-02-29", "2028-02-01T08:00:00Z", 2, 0, 2000, "fee 2000",
    "2030-02-28" },
  { "29 February, three years", "work", "2028-02-29", "2028-02-01T08:00:00Z", 3, 0, 2400,
    "fee 3000 discount -600", "2031-02-28" },
  { "29 February, five years", "investor", "2028-02-29", "2028-02-01T08:00:00Z", 5, 0, 5000,
    "fee 5000", "2033-02-28" },
  { "28 February before a leap year", "work", "2027-02-28", "2027-02-01T08:00:00Z", 1, 0, 1000,
    "fee 1000", "2028-02-28" },
};

static void
open_office (Office *office, gconstpointer data)
{
  office_open (office, NOW);
}

static void
close_office (Office *office, gconstpointer data)
{
  office_close (office);
}

/* "fee 1000 fine 10", in riyals. */
static char *
tell_lines (TjdQuote *quote)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < quote->lines->len; i++) {
    TjdLine *line = quote->lines->pdata[i];
    g_assert_cmpint (line->amount % TJD_RIYAL, ==, 0);
    g_string_append_printf (text, "%s%s %" G_GINT64_FORMAT, i > 0 ? " " : "",
                            tjd_enum_to_nick (tjd_line_kind_get_type (), (int) line->kind),
                            line->amount / TJD_RIYAL);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
tell_refusal (TjdRefusal *refusal)
{
  const char *reason = tjd_enum_to_nick (tjd_reason_get_type (), (int) refusal->reason);

  return refusal->possible_from != NULL ? g_strjoin (" ", reason, refusal->possible_from, NULL)
                                        : g_strdup (reason);
}

static void
check_row (Office *office, const Row *row)
{
  g_autoptr (TjdQuotes) quotes = NULL;
  g_autofree char *says = NULL;

  g_test_message ("%s", row->fact);
  office_set_clock (office, row->moment != NULL ? row->moment : NOW);
  office_add_permit (office, QID, row->category, row->expires_on, NULL);
  quotes = office_quote (office, QID, row->years, row->lost_card);
  if (quotes->quotes->len == 1) {
    TjdQuote *quote = quotes->quotes->pdata[0];
    says = tell_lines (quote);
    g_assert_cmpint (quote->total, ==, row->riyals * TJD_RIYAL);
    g_assert_cmpstr (quote->renewed_until, ==, row->until);
  } else {
    says = tell_refusal (quotes->refusals->pdata[0]);
    g_assert_cmpint (row->riyals, ==, -1);
  }
  g_assert_cmpstr (says, ==, row->says);
}

static void
test_facts (Office *office, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check_row (office, &rows[i]);
}

/* --- FACTS, "Oracle from these rows" --- */

static TjdMoney
cost (Office *office, const char *category, const char *expires_on, gint64 years)
{
  g_autoptr (TjdQuotes) quotes = NULL;

  office_add_permit (office, QID, category, expires_on, NULL);
  quotes = office_quote (office, QID, years, FALSE);
  return ((TjdQuote *) quotes->quotes->pdata[0])->total;
}

static TjdMoney
post (Office *office, gint64 cards)
{
  return tjd_post_tariff_fee (office->seed->post_tariff, cards);
}

static void
test_oracle (Office *office, gconstpointer data)
{
  const char *due = "2026-12-01", *hundred_days_past_grace = "2026-05-18";

  g_assert_cmpint (cost (office, "work", due, 1) + post (office, 1), ==, 1020 * TJD_RIYAL);
  g_assert_cmpint (cost (office, "work", due, 3) + post (office, 1), ==, 2420 * TJD_RIYAL);
  g_assert_cmpint (cost (office, "family", due, 3) + post (office, 1), ==, 1220 * TJD_RIYAL);
  g_assert_cmpint (cost (office, "domestic", due, 2) + post (office, 1), ==, 620 * TJD_RIYAL);
  g_assert_cmpint (cost (office, "work", due, 1) + cost (office, "family", due, 1) +
                       post (office, 2),
                   ==, 1540 * TJD_RIYAL);
  g_assert_cmpint (cost (office, "work", "2026-08-16", 1) + post (office, 1), ==, 1120 * TJD_RIYAL);
  g_assert_cmpint (cost (office, "work", hundred_days_past_grace, 1) + post (office, 1), ==,
                   2020 * TJD_RIYAL);
  g_assert_cmpint (cost (office, "work", "2025-01-03", 1) + post (office, 1), ==, 7020 * TJD_RIYAL);
}

/* --- FACTS: "all fees and rules below are data (valid_from, per category)" --- */

static const Row from_then_on[] = {
  { "announced, a second before", "work", "2026-12-01", "2026-11-24T20:59:59Z", 3, 1, 2600,
    "fee 3000 discount -600 lost-card 200", "2029-12-01" },
  { "a fee from midnight in Qatar", "work", "2026-12-01", "2026-11-24T21:00:00Z", 3, 1, 3490,
    "fee 3600 discount -360 lost-card 250", "2029-12-01" },
  { "years from midnight in Qatar", "work", "2026-12-01", "2026-11-24T21:00:00Z", 2, 0, -1,
    "years-not-offered", NULL },
  { "another category's stays", "family", "2026-12-01", "2026-11-24T21:00:00Z", 3, 0, 1200,
    "fee 1500 discount -300", "2029-12-01" },
  { "window before", "family", "2027-05-25", "2026-11-24T20:59:59Z", 1, 0, -1,
    "too-early 2027-02-25", NULL },
  { "window from midnight", "family", "2027-05-25", "2026-11-24T21:00:00Z", 1, 0, 500, "fee 500",
    "2028-05-25" },
  { "grace before", "family", "2026-10-01", "2026-11-24T20:59:59Z", 1, 0, 500, "fee 500",
    "2027-10-01" },
  { "grace from midnight", "family", "2026-10-01", "2026-11-24T21:00:00Z", 1, 0, 1000,
    "fee 500 fine 500", "2027-10-01" },
  { "cap from midnight", "family", "2026-01-01", "2026-11-24T21:00:00Z", 1, 0, 1500,
    "fee 500 fine 1000", "2027-01-01" },
  { "the next one's first day", "family", "2027-02-01", "2026-12-31T21:00:00Z", 1, 0, 600,
    "fee 600", "2028-02-01" },
};

static void
test_dated (Office *office, gconstpointer data)
{
  office_exec (office,
               "INSERT INTO fees (category, valid_from, per_year, three_year_discount, years)"
               " VALUES ('work', '2026-11-25', 120000, 10, '[1,3]'),"
               " ('work', '2030-01-01', 1, 0, '[1]'), ('family', '2027-01-01', 60000, 20, '[1]')");
  office_exec (office,
               "INSERT INTO rules (valid_from, window_months, grace_days, fine_per_day, fine_cap,"
               " lost_card) VALUES ('2026-11-25', 6, 30, 2000, 100000, 25000)");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) /* nothing that is announced holds before */
    if (rows[i].moment == NULL || g_str_has_prefix (rows[i].moment, "2026-11-24T20"))
      check_row (office, &rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (from_then_on); i++)
    check_row (office, &from_then_on[i]);
}

/* --- where a permit stands --- */

static TjdTariff *
get_tariff (Office *office)
{
  g_autoptr (GError) error = NULL;
  TjdTariff *tariff =
      office_call (office, tjd_ministry_read_tariff, TJD_MINISTRY_TARIFF, &(TjdCall){ 0 }, &error);

  g_assert_no_error (error);
  return tariff;
}

static void
test_standing (Office *office, gconstpointer data)
{
  static const struct {
    const char *expires_on;
    TjdStanding standing;
  } days[] = {
    { "2027-02-25", TJD_STANDING_VALID }, { "2027-02-24", TJD_STANDING_DUE },
    { "2026-11-24", TJD_STANDING_DUE },   { "2026-11-23", TJD_STANDING_GRACE },
    { "2026-08-26", TJD_STANDING_GRACE }, { "2026-08-25", TJD_STANDING_LATE },
  };
  TjdDay today = tjd_ministry_today (&office->host);
  g_autoptr (TjdTariff) tariff = get_tariff (office);
  TjdRules *rules = tjd_tariff_get_rules (tariff, today);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    TjdDay expires = tjd_ministry_day (days[i].expires_on), from, to;
    g_assert_cmpint (tjd_rules_standing (rules, expires, today), ==, days[i].standing);
    tjd_rules_expiries (rules, days[i].standing, today, &from, &to);
    g_assert_true (from <= expires && expires <= to);
  }
}

/* --- GET /tariff --- */

static void
test_tariff (Office *office, gconstpointer data)
{
  g_autoptr (TjdTariff) now = get_tariff (office);
  g_autoptr (TjdTariff) announced = NULL, later = NULL;

  g_assert_cmpuint (now->fees->len, ==, 6); /* every category */
  for (int category = 0; tjd_enum_to_nick (tjd_category_get_type (), category) != NULL; category++)
    g_assert_nonnull (
        tjd_tariff_get_fee (now, (TjdCategory) category, tjd_ministry_today (&office->host)));
  g_assert_null (tjd_tariff_get_fee (now, TJD_CATEGORY_WORK, tjd_ministry_day ("2000-08-31")));
  office_exec (office,
               "INSERT INTO fees (category, valid_from, per_year, three_year_discount, years)"
               " VALUES ('work', '2026-11-25', 120000, 20, '[1]')");
  announced = get_tariff (office);
  g_assert_cmpuint (announced->fees->len, ==, 7);
  g_assert_cmpint (
      tjd_tariff_get_fee (announced, TJD_CATEGORY_WORK, tjd_ministry_day ("2026-11-24"))->per_year,
      ==, 100000);
  g_assert_cmpint (
      tjd_tariff_get_fee (announced, TJD_CATEGORY_WORK, tjd_ministry_day ("2026-11-25"))->per_year,
      ==, 120000);
  office_set_clock (office, "2026-11-24T21:00:00Z");
  later = get_tariff (office);
  g_assert_cmpuint (later->fees->len, ==, 6); /* what is over is not told */
  g_assert_cmpuint (later->rules->len, ==, 1);
}

#define add(name, func) g_test_add (name, Office, NULL, open_office, func, close_office)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/tariff/facts", test_facts);
  add ("/tariff/oracle", test_oracle);
  add ("/tariff/dated", test_dated);
  add ("/tariff/standing", test_standing);
  add ("/tariff/published", test_tariff);
  return g_test_run ();
}
