/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "otp.h"

#include <gnutls/crypto.h>
#include <string.h>

static const struct {
  gnutls_mac_algorithm_t mac;
  gnutls_digest_algorithm_t digest;
  gsize length;
} hashes[] = {
  [TJD_HASH_SHA1] = { GNUTLS_MAC_SHA1, GNUTLS_DIG_SHA1, 20 },
  [TJD_HASH_SHA256] = { GNUTLS_MAC_SHA256, GNUTLS_DIG_SHA256, 32 },
  [TJD_HASH_SHA512] = { GNUTLS_MAC_SHA512, GNUTLS_DIG_SHA512, 64 },
};

gsize
tjd_hash_length (TjdHash hash)
{
  return hashes[hash].length;
}

void
tjd_hash (TjdHash hash, const void *bytes, gsize n_bytes, guint8 *digest)
{
  if (gnutls_hash_fast (hashes[hash].digest, bytes, n_bytes, digest) < 0)
    g_error ("GnuTLS refuses a hash");
}

void
tjd_hmac (TjdHash hash, const TjdSecret *key, const void *bytes, gsize n_bytes, guint8 *digest)
{
  gsize n_key;
  const guint8 *raw = tjd_secret_get (key, &n_key);

  if (gnutls_hmac_fast (hashes[hash].mac, raw, n_key, bytes, n_bytes, digest) < 0)
    g_error ("GnuTLS refuses an HMAC");
}

char *
tjd_otp_truncate (TjdHash hash, const guint8 *digest, guint digits)
{
  guint at = digest[tjd_hash_length (hash) - 1] & 15;
  guint64 code = (guint64) (digest[at] & 127) << 24 | (guint64) digest[at + 1] << 16 |
                 (guint64) digest[at + 2] << 8 | digest[at + 3];
  guint64 modulus = 1;

  for (guint i = 0; i < digits; i++)
    modulus *= 10;
  return g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int) digits, code % modulus);
}

char *
tjd_hotp (const TjdSecret *key, TjdHash hash, guint digits, guint64 counter)
{
  guint64 message = GUINT64_TO_BE (counter);
  guint8 digest[TJD_HASH_MAX_BYTES];
  char *code;

  tjd_hmac (hash, key, &message, sizeof message, digest);
  code = tjd_otp_truncate (hash, digest, digits);
  explicit_bzero (digest, sizeof digest);
  return code;
}

gint64
tjd_totp_step (gint64 now)
{
  return now / TJD_TOTP_PERIOD;
}

static char *
code_of_step (const TjdSecret *key, gint64 step)
{
  return tjd_hotp (key, TJD_HASH_SHA256, TJD_SIGN_IN_DIGITS, (guint64) step);
}

char *
tjd_sign_in_code (const TjdSecret *key, gint64 now)
{
  return code_of_step (key, tjd_totp_step (now));
}

gint64
tjd_totp_match (const TjdSecret *key, const char *code, gint64 now, gint64 last_accepted)
{
  gint64 matched = -1;

  if (strlen (code) != TJD_SIGN_IN_DIGITS)
    return -1;
  for (gint64 step = tjd_totp_step (now) - 1; step <= tjd_totp_step (now); step++) {
    char *expected = code_of_step (key, step);
    if (tjd_bytes_equal_constant_time (expected, code, TJD_SIGN_IN_DIGITS) && step > last_accepted)
      matched = step;
    tjd_wipe_string (expected);
  }
  return matched;
}
