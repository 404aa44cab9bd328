/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "foreign.h"

static const TjdLocale english = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE };
static const TjdLocale arabic = { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, FALSE };

static const struct {
  const char *from, *plain;
} rows[] = {
  { "Sara Lindqvist", "Sara Lindqvist" },
  { "سارة ليندكفست", "سارة ليندكفست" },
  { NULL, "" },
  { "", "" },
  { "  \t\r\n ", "" },
  { "a\nb\r\n\tc", "a b c" },
  { " edge  to\u2028edge\u00a0", "edge to edge" },
  { "pay \u202e00.0001 RAQ\u202c now", "pay 00.0001 RAQ now" },
  { "\u2066open\u2067\u2068\u200f\u061cisolates", "openisolates" },
  { "\u2069\u2069closed", "closed" },
  { "<b>%n &amp; %s</b>", "<b>%n &amp; %s</b>" },
  { "bell\a esc\033[31m del\177", "bell esc[31m del" },
  { "zero\u200bwidth\ufeff\u00adhidden\U000E0041", "zerowidthhidden" },
  { "\xff\xfe broken \xc3", "\ufffd\ufffd broken \ufffd" },
  { "private\ue000 unassigned\u0378", "private unassigned" },
  { "\u200dlead", "lead" },
  { "نیم\u200cفاصله", "نیم\u200cفاصله" },
  { "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306!", "Z\u0300\u0301\u0302\u0303!" },
};

static void
test_harmless (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *plain = tjd_foreign_plain (rows[i].from, 40);
    g_assert_cmpstr (plain, ==, rows[i].plain);
  }
}

static void
test_isolated (void)
{
  g_autofree char *text = tjd_foreign ("عمر", 40);
  g_autofree char *none = tjd_foreign ("\u202e", 40);

  g_assert_cmpstr (text, ==, "\u2068عمر\u2069");
  g_assert_cmpstr (none, ==, "");
}

static void
expect_capped (const char *from, guint max, const char *expected)
{
  g_autofree char *plain = tjd_foreign_plain (from, max);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_capped (void)
{
  expect_capped ("abcde", 5, "abcde");
  expect_capped ("abcdef", 5, "abcd…");
  expect_capped ("سسسسسس", 5, "سسسس…");
  expect_capped ("abcd e", 5, "abcd…");
  expect_capped ("abcde\u0301", 5, "abcde\u0301"); /* marks belong to their letter */
  expect_capped ("abcde\u0301f", 5, "abcd…");
  expect_capped ("abcdefg\u0301", 5, "abcd…");
}

/* 64 kB of anything come back short, valid, and soon. */
static void
test_long (void)
{
  static const char *const pieces[] = { "x", "س", "\u0301", "\u202e", "\xf0", "👩‍👩‍👧",
                                        " " };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++) {
    g_autoptr (GString) long_text = g_string_new (NULL);
    g_autofree char *text = NULL;
    while (long_text->len < 65536)
      g_string_append (long_text, pieces[i]);
    text = tjd_foreign (long_text->str, TJD_NAME_CHARACTERS);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_cmpint (g_utf8_strlen (text, -1), <=, TJD_NAME_CHARACTERS * 5 + 2);
    g_assert_cmpint (strlen (text), <=, 2600);
  }
}

/* Whatever bytes come: valid, one line, and every isolate closed. */
static void
test_any_bytes (void)
{
  for (guint round = 0; round < 2000; round++) {
    char bytes[65] = "";
    g_autofree char *text = NULL;
    for (guint i = 0; i < 64; i++)
      bytes[i] = (char) g_test_rand_int_range (1, 256);
    text = tjd_foreign (bytes, 20);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_null (strpbrk (text, "\n\r\t\v\f\033"));
    g_assert_true (*text == '\0' ||
                   (g_str_has_prefix (text, "\u2068") && g_str_has_suffix (text, "\u2069")));
  }
}

static void
test_names (void)
{
  g_autofree char *own = tjd_name_text (&arabic, "Omar Haddad", "عمر حداد");
  g_autofree char *other = tjd_name_text (&arabic, "Omar Haddad", "");
  g_autofree char *none = tjd_name_text (&english, NULL, NULL);

  g_assert_cmpstr (own, ==, "\u2068عمر حداد\u2069");
  g_assert_cmpstr (other, ==, "\u2068Omar Haddad\u2069");
  g_assert_cmpstr (none, ==, "");
}

static void
expect_initials (const TjdLocale *locale, const char *name, const char *expected)
{
  g_autofree char *initials = tjd_initials (locale, name, name);

  g_assert_cmpstr (initials, ==, expected);
}

static void
test_initials (void)
{
  expect_initials (&english, "Sara Lindqvist", "S L");
  expect_initials (&english, "sara  maria\tlindqvist ", "S L");
  expect_initials (&english, "Sara", "S");
  expect_initials (&english, "élan vital", "É V");
  expect_initials (&english, "\u202eSara \u2066Lindqvist", "S L");
  expect_initials (&arabic, "سارة ليندكفست", "س");
  expect_initials (&english, "42 Sara", "");
  expect_initials (&english, NULL, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/harmless", test_harmless);
  g_test_add_func ("/foreign/isolated", test_isolated);
  g_test_add_func ("/foreign/capped", test_capped);
  g_test_add_func ("/foreign/long", test_long);
  g_test_add_func ("/foreign/any-bytes", test_any_bytes);
  g_test_add_func ("/foreign/names", test_names);
  g_test_add_func ("/foreign/initials", test_initials);
  return g_test_run ();
}
