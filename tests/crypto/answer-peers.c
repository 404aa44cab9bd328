/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base64url.h"
#include "jws.h"
#include "ocra.h"

/* Our side of test-peers.py: a question a line, an answer a line. Bytes are base64url.
 *
 *   hotp HASH DIGITS KEY COUNTER     the code
 *   sign-in KEY SECONDS              the sign-in code of that moment
 *   payment KEY NUMBER TEXT          the signing code
 *   sign JWK PAYLOAD                 a compact JWS with typ "peer"
 *   verify JWK JWS                   the payload, or "no"
 *   thumbprint JWK
 */

static char *
text_of (const char *encoded)
{
  gsize length;
  g_autofree guint8 *bytes = tjd_base64url_decode (encoded, -1, &length);

  g_assert_nonnull (bytes);
  return g_strndup ((char *) bytes, length);
}

static TjdSecret *
secret_of (const char *encoded)
{
  gsize length;
  g_autofree guint8 *bytes = tjd_base64url_decode (encoded, -1, &length);

  return tjd_secret_new (bytes, length);
}

static TjdKey *
key_of (const char *encoded)
{
  g_autofree char *jwk = text_of (encoded);
  g_autoptr (GError) error = NULL;
  TjdKey *key = tjd_key_new_from_jwk (jwk, &error);

  g_assert_no_error (error);
  return key;
}

static char *
answer_code (char **words)
{
  g_autoptr (TjdSecret) key = NULL;

  if (strcmp (words[0], "hotp") == 0) {
    TjdHash hash = strcmp (words[1], "sha1") == 0     ? TJD_HASH_SHA1
                   : strcmp (words[1], "sha256") == 0 ? TJD_HASH_SHA256
                                                      : TJD_HASH_SHA512;
    key = secret_of (words[3]);
    return tjd_hotp (key, hash, (guint) atoi (words[2]), g_ascii_strtoull (words[4], NULL, 10));
  }
  key = secret_of (words[1]);
  if (strcmp (words[0], "sign-in") == 0)
    return tjd_sign_in_code (key, g_ascii_strtoll (words[2], NULL, 10));
  if (strcmp (words[0], "payment") == 0) {
    g_autofree char *text = text_of (words[3]);
    return tjd_payment_code (key, words[2], text, strlen (text));
  }
  g_assert_not_reached ();
}

static char *
answer_signature (char **words)
{
  g_autoptr (TjdKey) key = key_of (words[1]);
  g_autofree char *payload = NULL;

  if (strcmp (words[0], "thumbprint") == 0)
    return g_strdup (tjd_key_get_thumbprint (key));
  if (strcmp (words[0], "sign") == 0) {
    payload = text_of (words[2]);
    return tjd_jws_sign (key, "peer", FALSE, payload);
  }
  payload = tjd_jws_verify (words[2], "peer", key, NULL);
  return payload != NULL ? tjd_base64url_encode (payload, strlen (payload)) : g_strdup ("no");
}

int
main (void)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0) {
    g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);
    gboolean signs = g_str_has_prefix (words[0], "verify") || strcmp (words[0], "sign") == 0 ||
                     strcmp (words[0], "thumbprint") == 0;
    g_autofree char *answer = signs ? answer_signature (words) : answer_code (words);
    puts (answer);
  }
  return 0;
}
