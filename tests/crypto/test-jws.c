/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base64url.h"
#include "dpop.h"

static void
test_round_trip (void)
{
  g_autoptr (TjdKey) key = tjd_key_new_generated ();
  g_autoptr (TjdKey) other = tjd_key_new_generated ();
  g_autofree char *jwk = tjd_key_to_jwk (key, TRUE);
  g_autofree char *open = tjd_key_to_jwk (key, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdKey) again = tjd_key_new_from_jwk (jwk, &error);
  g_autofree char *jws = NULL, *payload = NULL;

  g_assert_no_error (error);
  g_assert_null (strstr (open, "\"d\""));
  g_assert_cmpstr (tjd_key_get_thumbprint (key), ==, tjd_key_get_thumbprint (again));
  jws = tjd_jws_sign (again, "test+jwt", FALSE, "{\"a\":1}");
  payload = tjd_jws_verify (jws, "test+jwt", key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (payload, ==, "{\"a\":1}");
  g_assert_null (tjd_jws_verify (jws, "other+jwt", key, &error));
  g_assert_error (error, TJD_JWS_ERROR, TJD_JWS_ERROR_HEADER);
  g_clear_error (&error);
  g_assert_null (tjd_jws_verify (jws, "test+jwt", other, &error));
  g_assert_error (error, TJD_JWS_ERROR, TJD_JWS_ERROR_SIGNATURE);
}

/* Every single changed character makes it another document. */
static void
test_tampering (void)
{
  g_autoptr (TjdKey) key = tjd_key_new_generated ();
  g_autofree char *jws = tjd_jws_sign (key, "test+jwt", FALSE, "{\"amount\":102000}");

  for (gsize i = 0; i < strlen (jws); i++) {
    g_autofree char *changed = g_strdup (jws);
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    g_assert_null (tjd_jws_verify (changed, "test+jwt", key, NULL));
  }
}

static void
expect_header_refused (TjdKey *key, const char *header)
{
  g_autofree char *good = tjd_jws_sign (key, "t", FALSE, "{}");
  g_auto (GStrv) parts = g_strsplit (good, ".", 3);
  g_autofree char *encoded = tjd_base64url_encode (header, strlen (header));
  g_autofree char *jws = g_strdup_printf ("%s.%s.%s", encoded, parts[1], parts[2]);
  g_autoptr (GError) error = NULL;

  g_assert_null (tjd_jws_verify (jws, "t", key, &error));
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, TJD_JWS_ERROR, TJD_JWS_ERROR_SIGNATURE));
}

static void
test_headers (void)
{
  g_autoptr (TjdKey) key = tjd_key_new_generated ();

  expect_header_refused (key, "{\"alg\":\"none\",\"typ\":\"t\"}");
  expect_header_refused (key, "{\"alg\":\"HS256\",\"typ\":\"t\"}");
  expect_header_refused (key, "{\"alg\":\"ES256\",\"typ\":\"t\",\"crit\":[\"b64\"],\"b64\":false}");
  expect_header_refused (key, "{\"alg\":\"ES256\",\"typ\":\"t\",\"crit\":\"b64\"}");
  expect_header_refused (key, "{\"alg\":\"ES256\",\"typ\":\"t\",\"crit\":null}");
  expect_header_refused (key, "{\"alg\":\"ES256\",\"alg\":\"none\",\"typ\":\"t\"}");
  expect_header_refused (key, "[]");
}

static void
test_detached (void)
{
  g_autoptr (TjdKey) key = tjd_key_new_generated ();
  g_autofree char *jws = tjd_jws_sign_detached (key, "t", FALSE, "bytes\0more", 10);

  g_assert_true (tjd_jws_verify_detached (jws, "t", key, "bytes\0more", 10, NULL));
  g_assert_false (tjd_jws_verify_detached (jws, "t", key, "bytes\0mire", 10, NULL));
}

static void
test_base64url (void)
{
  static const char *const bad[] = { "QQ==", "QR", "Q", "Q Q", "+A", "/w", "QUI=", "Q\n" };
  gsize n;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree guint8 *bytes = tjd_base64url_decode (bad[i], -1, &n);
    g_assert_null (bytes);
  }
  for (guint length = 0; length < 100; length++) {
    g_autofree guint8 *bytes = g_malloc0 (length + 1), *again = NULL;
    g_autofree char *text = NULL;
    for (guint i = 0; i < length; i++)
      bytes[i] = (guint8) g_test_rand_int ();
    text = tjd_base64url_encode (bytes, length);
    again = tjd_base64url_decode (text, -1, &n);
    g_assert_cmpmem (bytes, length, again, n);
  }
}

static void
expect_proof_refused (
    const char *proof, const char *method, const char *url, const char *token, gint64 now)
{
  g_autofree char *jkt = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (tjd_dpop_verify (proof, method, url, token, now, 60, &jkt, &error));
  g_assert_nonnull (error);
}

static void
test_dpop (void)
{
  g_autoptr (TjdKey) key = tjd_key_new_generated ();
  g_autofree TjdClock *clock = tjd_clock_new_fixed (1000 * G_USEC_PER_SEC);
  g_autofree char *proof = tjd_dpop_prove (key, clock, tjd_entropy_system (), "POST",
                                           "http://127.0.0.1:8080/orders?x=1", "token", "nonce");
  g_autofree char *jkt = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdDpopClaims) claims = tjd_dpop_verify (proof, "POST", "HTTP://127.0.0.1:8080/orders",
                                                      "token", 1059, 60, &jkt, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (claims->nonce, ==, "nonce");
  g_assert_cmpstr (jkt, ==, tjd_key_get_thumbprint (key));
  expect_proof_refused (proof, "GET", "http://127.0.0.1:8080/orders", "token", 1000);
  expect_proof_refused (proof, "POST", "http://127.0.0.1:8080/order", "token", 1000);
  expect_proof_refused (proof, "POST", "http://127.0.0.1:8081/orders", "token", 1000);
  expect_proof_refused (proof, "POST", "http://127.0.0.1:8080/orders", "other", 1000);
  expect_proof_refused (proof, "POST", "http://127.0.0.1:8080/orders", "token", 1061);
  expect_proof_refused (proof, "POST", "http://127.0.0.1:8080/orders", "token", 900);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jws/round-trip", test_round_trip);
  g_test_add_func ("/jws/tampering", test_tampering);
  g_test_add_func ("/jws/headers", test_headers);
  g_test_add_func ("/jws/detached", test_detached);
  g_test_add_func ("/jws/base64url", test_base64url);
  g_test_add_func ("/jws/dpop", test_dpop);
  return g_test_run ();
}
