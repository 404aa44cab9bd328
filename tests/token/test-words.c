/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "keyring.h"
#include "words.h"

static TjdTokenWords
words_of (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "for developers");

  return tjd_token_words (error);
}

/* Each answer has words of its own, and none shows what was meant for developers. */
static void
test_own (void)
{
  for (int code = TJD_KEYRING_ERROR_EMPTY; code <= TJD_KEYRING_ERROR_FAILED; code++) {
    TjdTokenWords words = words_of (TJD_KEYRING_ERROR, code);
    g_assert_cmpuint (strlen (words.title), >, 0);
    g_assert_cmpuint (strlen (words.advice), >, 0);
    g_assert_null (strstr (words.advice, "developers"));
    for (int other = TJD_KEYRING_ERROR_EMPTY; other < code; other++) {
      g_assert_cmpstr (words.title, !=, words_of (TJD_KEYRING_ERROR, other).title);
      g_assert_cmpstr (words.advice, !=, words_of (TJD_KEYRING_ERROR, other).advice);
    }
  }
}

static void
test_foreign (void)
{
  g_assert_cmpstr (words_of (G_IO_ERROR, G_IO_ERROR_TIMED_OUT).title, ==,
                   words_of (TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_FAILED).title);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/words/own", test_own);
  g_test_add_func ("/token/words/foreign", test_foreign);
  return g_test_run ();
}
