/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"
#include "day.h"

#define DAY (24 * 60 * 60)

static void
test_parse (void)
{
  static const char *const days[] = { "1970-01-01", "2000-02-29", "2024-02-29",
                                      "2026-11-24", "0001-01-01", "9999-12-31" };
  static const char *const refused[] = {
    "",           "2026-11-4",   "2026-1-24",  "26-11-24",   "2026-11-241", " 2026-11-24",
    "2026/11/24", "2026-11-24Z", "2026-00-10", "2026-13-01", "2026-11-00",  "2026-11-31",
    "2026-02-29", "1900-02-29",  "2100-02-29", "0000-01-01", "+026-11-24",  "2026-+1-24",
    "2026-11- 4", "20261124--",  "-026-11-24", "٢٠٢٦-١١-٢٤",
  };
  TjdDay day, before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *text = NULL;
    g_assert_true (tjd_day_parse (days[i], &day));
    text = tjd_day_format (day);
    g_assert_cmpstr (text, ==, days[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_test_message ("%s", refused[i]);
    g_assert_false (tjd_day_parse (refused[i], &before));
  }
}

/* The day changes at 21:00 UTC, and the year too. */
static void
test_boundary (void)
{
  static const char *const rows[][2] = {
    { "2026-11-24T20:59:59Z", "2026-11-24" }, { "2026-11-24T21:00:00Z", "2026-11-25" },
    { "2026-12-31T20:59:59Z", "2026-12-31" }, { "2026-12-31T21:00:00Z", "2027-01-01" },
    { "2024-02-28T21:00:00Z", "2024-02-29" }, { "2024-02-29T21:00:00Z", "2024-03-01" },
    { "1970-01-01T00:00:00Z", "1970-01-01" }, { "2026-11-25T00:00:00Z", "2026-11-25" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = NULL;
    gint64 moment = 0;
    g_assert_true (tjd_moment_parse (rows[i][0], &moment));
    text = tjd_day_format (tjd_day_in_qatar (moment));
    g_assert_cmpstr (text, ==, rows[i][1]);
  }
}

/* GDateTime has a calendar of its own, and the zone's own file knows when Qatar's day begins. */
static void
test_against_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Qatar");
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (9);

  if (zone == NULL) {
    g_test_skip ("there are no time zones here");
    return;
  }
  for (guint i = 0; i < 5000; i++) { /* 1973 … 2100: three hours since June 1972 */
    gint64 moment = 3 * 366 * DAY + (gint64) tjd_entropy_below (entropy, (guint64) 127 * 365 * DAY);
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
    g_autofree char *expected = g_date_time_format (local, "%Y-%m-%d");
    g_autofree char *ours = tjd_day_format (tjd_day_in_qatar (moment));
    g_assert_cmpstr (ours, ==, expected);
  }
}

static void
test_moments (void)
{
  static const char *const refused[] = {
    "",
    "2026-11-24",
    "2026-11-24T05:00:00",
    "2026-11-24 05:00:00Z",
    "2026-11-24T05:00:00z",
    "2026-11-24T24:00:00Z",
    "2026-11-24T05:60:00Z",
    "2026-11-24T05:00:60Z",
    "2026-02-30T05:00:00Z",
    "2026-11-24T05:00:00.0Z",
    "2026-11-24T05:00+03:00",
    "1969-12-31T23:59:59Z",
    "2026-11-24T-5:00:00Z",
  };
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (11);
  gint64 read;

  for (guint i = 0; i < 5000; i++) {
    gint64 moment = (gint64) tjd_entropy_below (entropy, (guint64) 8000 * 365 * DAY);
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (moment);
    g_autofree char *expected = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
    g_autofree char *ours = tjd_moment_format (moment);
    g_assert_cmpstr (ours, ==, expected);
    g_assert_true (tjd_moment_parse (ours, &read));
    g_assert_cmpint (read, ==, moment);
  }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_test_message ("%s", refused[i]);
    g_assert_false (tjd_moment_parse (refused[i], &read));
  }
}

static void
test_months (void)
{
  static const struct {
    const char *from;
    int months;
    const char *to;
  } rows[] = {
    { "2026-11-24", 12, "2027-11-24" }, { "2024-02-29", 12, "2025-02-28" },
    { "2024-02-29", 36, "2027-02-28" }, { "2024-02-29", 48, "2028-02-29" },
    { "2026-01-31", 1, "2026-02-28" },  { "2024-01-31", 1, "2024-02-29" },
    { "2026-10-31", 1, "2026-11-30" },  { "2026-12-31", 1, "2027-01-31" },
    { "2026-05-31", -3, "2026-02-28" }, { "2026-01-15", -3, "2025-10-15" },
    { "2026-11-24", 0, "2026-11-24" },  { "2026-11-24", 60, "2031-11-24" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = NULL;
    TjdDay day = 0;
    g_assert_true (tjd_day_parse (rows[i].from, &day));
    text = tjd_day_format (tjd_day_add_months (day, rows[i].months));
    g_assert_cmpstr (text, ==, rows[i].to);
  }
}

static void
test_months_against_gdatetime (void)
{
  TjdDay day = 0;

  g_assert_true (tjd_day_parse ("2023-01-01", &day));
  for (guint i = 0; i < 3 * 366; i++, day++) {
    g_autofree char *from = tjd_day_format (day);
    g_autofree char *iso = g_strconcat (from, "T00:00:00Z", NULL);
    g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (iso, NULL);
    for (int months = -14; months <= 38; months += 13) {
      g_autoptr (GDateTime) moved = g_date_time_add_months (start, months);
      g_autofree char *expected = g_date_time_format (moved, "%Y-%m-%d");
      g_autofree char *ours = tjd_day_format (tjd_day_add_months (day, months));
      g_assert_cmpstr (ours, ==, expected);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day/parse", test_parse);
  g_test_add_func ("/day/boundary", test_boundary);
  g_test_add_func ("/day/against-zone", test_against_zone);
  g_test_add_func ("/day/moments", test_moments);
  g_test_add_func ("/day/months", test_months);
  g_test_add_func ("/day/months-against-gdatetime", test_months_against_gdatetime);
  return g_test_run ();
}
