/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "clock.h"
#include "money.h"

static void
test_format (void)
{
  static const struct {
    TjdMoney dirhams;
    const char *text;
  } rows[] = {
    { 0, "0.00" },
    { 5, "0.05" },
    { 50, "0.50" },
    { 100, "1.00" },
    { 99999, "999.99" },
    { 100000, "1,000.00" },
    { 102000, "1,020.00" },
    { 100000000, "1,000,000.00" },
    { -5, "-0.05" },
    { -102000, "-1,020.00" },
    { TJD_MONEY_MAX, "1,000,000,000,000.00" },
    { -TJD_MONEY_MAX, "-1,000,000,000,000.00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = tjd_money_format (rows[i].dirhams);
    TjdMoney read = 1;
    g_assert_cmpstr (text, ==, rows[i].text);
    g_assert_true (tjd_money_parse (text, &read));
    g_assert_cmpint (read, ==, rows[i].dirhams);
  }
}

static void
test_extremes (void)
{
  g_autofree char *least = tjd_money_format (G_MININT64);
  g_autofree char *most = tjd_money_format (G_MAXINT64);

  g_assert_cmpstr (least, ==, "-92,233,720,368,547,758.08");
  g_assert_cmpstr (most, ==, "92,233,720,368,547,758.07");
}

static void
test_round_trip (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (80);

  for (guint i = 0; i < 10000; i++) {
    guint64 bound = G_GUINT64_CONSTANT (1) << (1 + i % 46);
    TjdMoney money = (TjdMoney) tjd_entropy_below (entropy, bound) * (i % 3 ? 1 : -1);
    g_autofree char *text = tjd_money_format (money);
    g_auto (GStrv) groups = g_strsplit (text, ",", -1);
    g_autofree char *plain = g_strjoinv (NULL, groups);
    TjdMoney read = 0, plainly = 0;
    g_assert_true (tjd_money_parse (text, &read));
    g_assert_true (tjd_money_parse (plain, &plainly));
    g_assert_cmpint (read, ==, money);
    g_assert_cmpint (plainly, ==, money);
  }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "1",
    "1.",
    "1.0",
    "1.000",
    ".50",
    "1,020",
    "10,20.00",
    "1,02.00",
    ",100.00",
    "1,,000.00",
    "1000,000.00",
    "01.00",
    "0,001.00",
    "+1.00",
    "-0.00",
    "--1.00",
    "1.-1",
    "1. 0",
    " 1.00",
    "1.00 ",
    "1.00.00",
    "1e3.00",
    "0x1.00",
    "QAR 1.00",
    "1.00 QAR",
    "1.0,0",
    "1,020,00",
    "1000000000000.01",
    "-1000000000000.01",
    "99999999999999999999.00",
    "a.bc",
    "١.٠٠",
    "1,0200.00",
    "1.+5",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    TjdMoney money;
    g_test_message ("%s", texts[i]);
    g_assert_false (tjd_money_parse (texts[i], &money));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/extremes", test_extremes);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/refused", test_refused);
  return g_test_run ();
}
