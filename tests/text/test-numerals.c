/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerals.h"

static const TjdLocale western = { TJD_LANGUAGE_AR, TJD_DIGITS_WESTERN, FALSE };
static const TjdLocale indic = { TJD_LANGUAGE_EN, TJD_DIGITS_ARABIC_INDIC, FALSE };

static void
expect (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_numerals (void)
{
  expect (tjd_numerals (&western, "٢ يوم, ۲, ２, 2"), "2 يوم, 2, 2, 2");
  expect (tjd_numerals (&indic, "٢ day, ۲, ２, 2"), "٢ day, ٢, ٢, ٢");
  expect (tjd_numerals (&indic, ""), "");
}

static void
test_numbers (void)
{
  expect (tjd_number_text (&western, 72000), "72,000");
  expect (tjd_number_text (&indic, 72000), "٧٢٬٠٠٠");
  expect (tjd_number_text (&western, G_MAXINT64), "9,223,372,036,854,775,807");
}

static void
test_identifiers (void)
{
  expect (tjd_identifier_text (&western, "27612405934"), "\u206627612405934\u2069");
  expect (tjd_identifier_text (&indic, "01005700"), "\u2066٠١٠٠٥٧٠٠\u2069");
  expect (tjd_identifier_text (&indic, "rcp-d2f6sloleif7"), "\u2066rcp-d2f6sloleif7\u2069");
}

static void
test_separator (void)
{
  g_assert_cmpstr (tjd_separator (&western), ==, " · ");
  g_assert_cmpstr (tjd_separator (&indic), ==, " – ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/numerals/numerals", test_numerals);
  g_test_add_func ("/numerals/numbers", test_numbers);
  g_test_add_func ("/numerals/identifiers", test_identifiers);
  g_test_add_func ("/numerals/separator", test_separator);
  return g_test_run ();
}
