/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "date.h"
#include "record.h"

#define FSI "\u2068"
#define PDI "\u2069"
#define NOTHING "\u2013"

static const TjdLocale english = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE };
static const TjdLocale english_hijri = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, TRUE };
static const TjdLocale arabic = { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, FALSE };
static const TjdLocale arabic_western = { TJD_LANGUAGE_AR, TJD_DIGITS_WESTERN, FALSE };
static const TjdLocale arabic_hijri = { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, TRUE };

static void
expect (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_days (void)
{
  const char *day = "2026-12-05";

  expect (tjd_wire_date_text (&english, day, TJD_DATE_LONG), FSI "5 December 2026" PDI);
  expect (tjd_wire_date_text (&english, day, TJD_DATE_SHORT), FSI "5 Dec 2026" PDI);
  expect (tjd_wire_date_text (&arabic, day, TJD_DATE_LONG), FSI "٥ ديسمبر ٢٠٢٦" PDI);
  expect (tjd_wire_date_text (&arabic_western, day, TJD_DATE_SHORT), FSI "5 ديسمبر 2026" PDI);
  expect (tjd_wire_date_text (&english_hijri, day, TJD_DATE_LONG),
          FSI "5 December 2026 (25 Jumada II 1448 AH)" PDI);
  expect (tjd_wire_date_text (&english_hijri, day, TJD_DATE_SHORT), FSI "5 Dec 2026" PDI);
  expect (tjd_wire_date_text (&arabic_hijri, day, TJD_DATE_LONG),
          FSI "٥ ديسمبر ٢٠٢٦ (٢٥ جمادى الآخرة ١٤٤٨ هـ)" PDI);
}

/* The first days of months as Umm al-Qura has them; libitl is a day off in some. */
static void
test_umm_al_qura (void)
{
  static const struct {
    const char *gregorian, *hijri;
  } rows[] = {
    { "2000-04-06", "1 Muharram 1421 AH" }, { "2022-07-30", "1 Muharram 1444 AH" },
    { "2023-03-23", "1 Ramadan 1444 AH" },  { "2023-04-21", "1 Shawwal 1444 AH" },
    { "2024-03-11", "1 Ramadan 1445 AH" },  { "2024-04-10", "1 Shawwal 1445 AH" },
    { "2024-07-07", "1 Muharram 1446 AH" }, { "2025-03-01", "1 Ramadan 1446 AH" },
    { "2025-03-30", "1 Shawwal 1446 AH" },  { "2025-06-26", "1 Muharram 1447 AH" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *expected = g_strconcat (FSI, rows[i].hijri, PDI, NULL);
    TjdDay day;
    g_assert_true (tjd_day_parse (rows[i].gregorian, &day));
    expect (tjd_hijri_text (&english, day), expected);
  }
}

/* Every day that can be is written, and as the contract counts it: no Julian calendar behind 1582.
 */
static void
test_bounds (void)
{
  expect (tjd_wire_date_text (&english, "0001-01-01", TJD_DATE_LONG), FSI "1 January 1" PDI);
  expect (tjd_wire_date_text (&english, "1582-10-10", TJD_DATE_LONG), FSI "10 October 1582" PDI);
  expect (tjd_wire_date_text (&english, "9999-12-31", TJD_DATE_LONG), FSI "31 December 9999" PDI);
  expect (tjd_date_text (&english, 0, TJD_DATE_LONG), NOTHING);
  expect (tjd_date_text (&english, G_MAXINT64, TJD_DATE_LONG), NOTHING);
  expect (tjd_hijri_text (&english, G_MININT64), NOTHING);
  expect (tjd_wire_date_text (&english, NULL, TJD_DATE_LONG), NOTHING);
  expect (tjd_wire_date_text (&english, "2026-02-30", TJD_DATE_LONG), NOTHING);
  expect (tjd_wire_date_text (&english, "%n", TJD_DATE_LONG), NOTHING);
}

static void
test_moments (void)
{
  gint64 moment;

  g_assert_true (tjd_moment_parse ("2026-12-04T21:05:00Z", &moment)); /* past midnight in Doha */
  expect (tjd_moment_text (&english, moment), FSI "5 Dec 2026, 00:05" PDI);
  expect (tjd_moment_text (&arabic, moment), FSI "٥ ديسمبر ٢٠٢٦، ٠٠:٠٥" PDI);
  expect (tjd_time_text (&english, moment), FSI "00:05" PDI);
  expect (tjd_time_text (&arabic, moment + 14 * 3600), FSI "١٤:٠٥" PDI);
  expect (tjd_moment_text (&english, 0), FSI "1 Jan 1970, 03:00" PDI);
  expect (tjd_moment_text (&english, TJD_INT_MAX), NOTHING);
  expect (tjd_time_text (&english, TJD_NO_INT), NOTHING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/days", test_days);
  g_test_add_func ("/date/umm-al-qura", test_umm_al_qura);
  g_test_add_func ("/date/bounds", test_bounds);
  g_test_add_func ("/date/moments", test_moments);
  return g_test_run ();
}
