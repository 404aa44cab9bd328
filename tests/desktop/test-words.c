/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <gio/gio.h>
#include <string.h>

#include "language.h"
#include "reasons.h"

static const TjdLocale locales[] = {
  { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE },
  { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, FALSE },
};

typedef struct {
  GQuark domain;
  int n_codes;
} Domain;

static gboolean
is_arabic (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_ARABIC)
      return TRUE;
  return FALSE;
}

static void
expect_own_words (const TjdLocale *locale, GError *error, GHashTable *said)
{
  g_autoptr (TjdWords) words = tjd_words_new (locale, error, TJD_CHARGE_NOTHING);
  g_autoptr (TjdWords) without = tjd_words_new (locale, error, TJD_NOT_ABOUT_MONEY);

  g_assert_true (tjd_words_are_own (error));
  g_assert_cmpint (strlen (words->happened), >, 8);
  g_assert_cmpint (strlen (words->money), >, 8);
  g_assert_cmpint (strlen (words->remedy), >, 7);
  g_assert_null (without->money);
  g_assert_null (strstr (words->happened, error->message));
  g_assert_cmpint (is_arabic (words->happened), ==, locale->language == TJD_LANGUAGE_AR);
  g_assert_cmpint (is_arabic (words->money), ==, locale->language == TJD_LANGUAGE_AR);
  g_assert_cmpint (is_arabic (words->remedy), ==, locale->language == TJD_LANGUAGE_AR);
  g_test_message ("%s", words->happened);
  /* nobody else says the same */
  g_assert_true (g_hash_table_add (said, g_strdup (words->happened)));
}

/* Every code of every domain, in both languages: in words that no other has. */
static void
test_own_words (void)
{
  const Domain domains[] = {
    { TJD_PROBLEM, TJD_N_PROBLEMS },
    { TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_UNTRUSTED + 1 },
    { TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_LOCKED + 1 },
    { TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_FAILED + 1 },
  };

  for (guint l = 0; l < G_N_ELEMENTS (locales); l++) {
    g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    tjd_language_use (locales[l].language);
    for (guint d = 0; d < G_N_ELEMENTS (domains); d++)
      for (int code = 0; code < domains[d].n_codes; code++) {
        g_autoptr (GError) error = NULL;
        if (domains[d].domain == TJD_PROBLEM)
          tjd_problem_set (&error, (TjdProblemCode) code, "for developers");
        else
          error = g_error_new_literal (domains[d].domain, code, "for developers");
        expect_own_words (&locales[l], error, said);
      }
  }
}

/* The tables end where their enums end: one more row would be a code without words. */
static void
test_nothing_beyond (void)
{
  g_autoptr (GError) beyond =
      g_error_new_literal (TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_LOCKED + 1, "beyond");
  g_autoptr (GError) foreign = g_error_new_literal (g_quark_from_string ("no-such"), 0, "foreign");

  g_assert_false (tjd_words_are_own (beyond));
  g_assert_false (tjd_words_are_own (foreign));
}

static void
expect_figures (const TjdLocale *locale, gint64 tries, gint64 until, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdWords) words = NULL;

  tjd_language_use (locale->language);
  tjd_problem_set (&error, TJD_PROBLEM_CODE_WRONG, "for developers");
  tjd_problem_get_document (error)->tries_left = tries;
  tjd_problem_get_document (error)->blocked_until = until;
  words = tjd_words_new (locale, error, TJD_NOT_ABOUT_MONEY);
  g_assert_true (g_str_has_prefix (words->remedy, expected));
}

static void
test_figures (void)
{
  expect_figures (&locales[0], 1, TJD_NO_INT, "1 try is left. ");
  expect_figures (&locales[0], 4, TJD_NO_INT, "4 tries are left. ");
  expect_figures (&locales[0], 0, 1796421600,
                  "You can try again from \u20685 Dec 2026, 01:00\u2069. ");
  expect_figures (&locales[1], 1, TJD_NO_INT, "بقيت محاولة واحدة. ");
  expect_figures (&locales[1], 2, TJD_NO_INT, "بقيت محاولتان. ");
  expect_figures (&locales[1], 4, TJD_NO_INT, "بقيت ٤ محاولات. ");
  expect_figures (&locales[1], TJD_INT_MAX, TJD_INT_MAX, "يمكنك المحاولة مرة أخرى من –. ");
}

static char *
say_wrong_code (TjdProblemCode code, gint64 left)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdWords) words = NULL;

  tjd_problem_set (&error, code, "wrong");
  tjd_problem_get_document (error)->tries_left = left;
  words = tjd_words_new (&locales[0], error, TJD_NOT_ABOUT_MONEY);
  return tjd_words_dup_text (words);
}

/* The last one is told as the block that it has led to, whichever way that ends. */
static void
test_last_code (void)
{
  g_autofree char *sign_in = NULL, *signing = NULL, *another = NULL;

  tjd_language_use (TJD_LANGUAGE_EN);
  sign_in = say_wrong_code (TJD_PROBLEM_CODE_WRONG, 0);
  signing = say_wrong_code (TJD_PROBLEM_SIGNING_CODE_WRONG, 0);
  another = say_wrong_code (TJD_PROBLEM_SIGNING_CODE_WRONG, 1);
  g_assert_true (g_str_has_prefix (sign_in, "Signing in is blocked after too many wrong codes."));
  g_assert_true (g_str_has_prefix (signing, "Signing payments is blocked after too many wrong"));
  g_assert_true (g_str_has_prefix (another, "The signing code is not right. 1 try is left."));
}

static void
test_money (void)
{
  for (guint l = 0; l < G_N_ELEMENTS (locales); l++) {
    g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
    tjd_language_use (locales[l].language);
    for (guint charge = TJD_CHARGE_NOTHING; charge <= TJD_CHARGE_UNKNOWN; charge++)
      g_assert_true (g_hash_table_add (said, (char *) tjd_charge_words ((TjdCharge) charge)));
  }
}

static void
test_reasons (void)
{
  for (guint l = 0; l < G_N_ELEMENTS (locales); l++) {
    g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    tjd_language_use (locales[l].language);
    for (int reason = 0; tjd_enum_to_nick (tjd_reason_get_type (), reason) != NULL; reason++) {
      g_autoptr (TjdWords) words = tjd_words_for_reason ((TjdReason) reason);
      g_assert_true (g_hash_table_add (said, g_strdup (words->happened)));
      g_assert_cmpint (is_arabic (words->remedy), ==, locales[l].language == TJD_LANGUAGE_AR);
    }
  }
}

int
main (int argc, char **argv)
{
  tjd_language_start ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/own", test_own_words);
  g_test_add_func ("/words/nothing-beyond", test_nothing_beyond);
  g_test_add_func ("/words/figures", test_figures);
  g_test_add_func ("/words/last-code", test_last_code);
  g_test_add_func ("/words/money", test_money);
  g_test_add_func ("/words/reasons", test_reasons);
  return g_test_run ();
}
