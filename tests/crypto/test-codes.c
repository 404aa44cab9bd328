/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "ocra.h"

/* The published vectors of RFC 4226 appendix D, RFC 6238 appendix B and RFC 6287 appendix C. */

static const char seed[] = "1234567890123456789012345678901234567890123456789012345678901234";

static TjdSecret *
key_for (TjdHash hash)
{
  return tjd_secret_new (seed, tjd_hash_length (hash));
}

static void
test_hotp (void)
{
  static const char *const expected[] = { "755224", "287082", "359152", "969429", "338314",
                                          "254676", "287922", "162583", "399871", "520489" };
  g_autoptr (TjdSecret) key = key_for (TJD_HASH_SHA1);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *code = tjd_hotp (key, TJD_HASH_SHA1, 6, i);
    g_assert_cmpstr (code, ==, expected[i]);
  }
}

static void
test_totp (void)
{
  static const struct {
    gint64 time;
    const char *codes[3];
  } rows[] = {
    { 59, { "94287082", "46119246", "90693936" } },
    { 1111111109, { "07081804", "68084774", "25091201" } },
    { 1111111111, { "14050471", "67062674", "99943326" } },
    { 1234567890, { "89005924", "91819424", "93441116" } },
    { 2000000000, { "69279037", "90698825", "38618901" } },
    { 20000000000, { "65353130", "77737706", "47863826" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint hash = 0; hash < 3; hash++) {
      g_autoptr (TjdSecret) key = key_for ((TjdHash) hash);
      g_autofree char *code =
          tjd_hotp (key, (TjdHash) hash, 8, (guint64) tjd_totp_step (rows[i].time));
      g_assert_cmpstr (code, ==, rows[i].codes[hash]);
    }
}

static void
test_match (void)
{
  g_autoptr (TjdSecret) key = key_for (TJD_HASH_SHA256);
  gint64 now = 1790000000, step = tjd_totp_step (now);
  g_autofree char *code = tjd_sign_in_code (key, now);

  g_assert_cmpint (tjd_totp_match (key, code, now, -1), ==, step);
  g_assert_cmpint (tjd_totp_match (key, code, now + TJD_TOTP_PERIOD, step - 1), ==, step);
  g_assert_cmpint (tjd_totp_match (key, code, now + TJD_TOTP_PERIOD, step), ==, -1);
  g_assert_cmpint (tjd_totp_match (key, code, now + 2 * TJD_TOTP_PERIOD, -1), ==, -1);
  g_assert_cmpint (tjd_totp_match (key, code, now - TJD_TOTP_PERIOD, -1), ==, -1);
  g_assert_cmpint (tjd_totp_match (key, "12345", now, -1), ==, -1);
}

static void
expect_ocra (const char *suite, TjdHash hash, const TjdOcraInput *input, const char *expected)
{
  g_autoptr (TjdSecret) key = key_for (hash);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = tjd_ocra (suite, key, input, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, expected);
}

static void
test_ocra_questions (void)
{
  static const char *const expected[] = { "237653", "243178", "653583", "740991", "608993",
                                          "388898", "816933", "224598", "750600", "294470" };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *question = g_strnfill (8, (char) ('0' + i));
    expect_ocra ("OCRA-1:HOTP-SHA1-6:QN08", TJD_HASH_SHA1, &(TjdOcraInput){ .question = question },
                 expected[i]);
  }
}

static void
test_ocra_counters (void)
{
  static const char *const with_pin[] = { "65347737", "86775851", "78192410", "71565254",
                                          "10104329", "65983500", "70069104", "91771096",
                                          "75011558", "08522129" };
  static const char *const with_512[] = { "07016083", "63947962", "70123924", "25341727",
                                          "33203315", "34205738", "44343969", "51946085",
                                          "20403879", "31409299" };
  guint8 pin[TJD_HASH_MAX_BYTES];

  tjd_hash (TJD_HASH_SHA1, "1234", 4, pin);
  for (guint i = 0; i < 10; i++) {
    g_autofree char *question = g_strnfill (8, (char) ('0' + i));
    expect_ocra ("OCRA-1:HOTP-SHA256-8:C-QN08-PSHA1", TJD_HASH_SHA256,
                 &(TjdOcraInput){ .counter = i, .question = "12345678", .pin_digest = pin },
                 with_pin[i]);
    expect_ocra ("OCRA-1:HOTP-SHA512-8:C-QN08", TJD_HASH_SHA512,
                 &(TjdOcraInput){ .counter = i, .question = question }, with_512[i]);
  }
}

static void
test_ocra_signatures (void)
{
  static const char *const expected[] = { "53095496", "04110475", "31331128", "76028668",
                                          "46554205" };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *question = g_strdup_printf ("SIG1%u000", i);
    expect_ocra ("OCRA-1:HOTP-SHA256-8:QA08", TJD_HASH_SHA256,
                 &(TjdOcraInput){ .question = question }, expected[i]);
  }
}

static void
test_ocra_suites (void)
{
  static const char *const bad[] = {
    "",
    "OCRA-1",
    "OCRA-2:HOTP-SHA1-6:QN08",
    "OCRA-1:HOTP-MD5-6:QN08",
    "OCRA-1:HOTP-SHA1-3:QN08",
    "OCRA-1:HOTP-SHA1-11:QN08",
    "OCRA-1:HOTP-SHA1-6:QN8",
    "OCRA-1:HOTP-SHA1-6:QX08",
    "OCRA-1:HOTP-SHA1-6:QN65",
    "OCRA-1:HOTP-SHA1-6:C",
    "OCRA-1:HOTP-SHA1-6:QN08-C",
    "OCRA-1:HOTP-SHA1-6:QN08-S64",
    "OCRA-1:HOTP-SHA1-6:QN08-S000",
    "OCRA-1:HOTP-SHA1-6:QN08-S513",
    "OCRA-1:HOTP-SHA1-6:QN08-T60S",
    "OCRA-1:HOTP-SHA1-6:QN08-T1M-S064",
    "OCRA-1:HOTP-SHA1-6:QN08-",
    "OCRA-1:HOTP-SHA1-6:QN08:",
  };
  TjdOcraSuite suite;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (tjd_ocra_parse_suite (bad[i], &suite, &error));
    g_assert_error (error, TJD_OCRA_ERROR, TJD_OCRA_ERROR_SUITE);
  }
  g_assert_true (
      tjd_ocra_parse_suite ("OCRA-1:HOTP-SHA512-10:C-QH40-PSHA256-S128-T48H", &suite, NULL));
  g_assert_cmpint (suite.time_step, ==, 48 * 3600);
  g_assert_cmpint (suite.session_length, ==, 128);
}

/* Any change of what was shown voids the code. */
static void
test_payment_code (void)
{
  g_autoptr (TjdSecret) key = key_for (TJD_HASH_SHA256);
  const char *text = "Amount: QAR 1,020.00\n", *other = "Amount: QAR 1,020.01\n";
  g_autofree char *code = tjd_payment_code (key, "48151623", text, strlen (text));
  g_autofree char *again = tjd_payment_code (key, "48151623", text, strlen (text));
  g_autofree char *changed = tjd_payment_code (key, "48151623", other, strlen (other));
  g_autofree char *renumbered = tjd_payment_code (key, "48151624", text, strlen (text));

  g_assert_cmpuint (strlen (code), ==, 8);
  g_assert_cmpstr (code, ==, again);
  g_assert_cmpstr (code, !=, changed);
  g_assert_cmpstr (code, !=, renumbered);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codes/hotp", test_hotp);
  g_test_add_func ("/codes/totp", test_totp);
  g_test_add_func ("/codes/match", test_match);
  g_test_add_func ("/codes/ocra/questions", test_ocra_questions);
  g_test_add_func ("/codes/ocra/counters", test_ocra_counters);
  g_test_add_func ("/codes/ocra/signatures", test_ocra_signatures);
  g_test_add_func ("/codes/ocra/suites", test_ocra_suites);
  g_test_add_func ("/codes/payment", test_payment_code);
  return g_test_run ();
}
