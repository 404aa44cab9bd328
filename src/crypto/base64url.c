/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base64url.h"

#include <string.h>

#include "otp.h"

char *
tjd_base64url_encode (const void *bytes, gsize n_bytes)
{
  char *text = g_base64_encode (bytes, n_bytes);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

guint8 *
tjd_base64url_decode (const char *text, gssize length, gsize *n_bytes)
{
  g_autofree char *padded = length < 0 ? g_strdup (text) : g_strndup (text, (gsize) length);
  g_autofree char *plain = g_strconcat (padded, &"===="[4 - (4 - strlen (padded) % 4) % 4], NULL);
  g_autofree guint8 *bytes = NULL;
  g_autofree char *again = NULL;

  g_strdelimit (plain, "-", '+');
  g_strdelimit (plain, "_", '/');
  bytes = g_base64_decode (plain, n_bytes);
  again = tjd_base64url_encode (bytes, *n_bytes);
  return strcmp (again, padded) == 0 ? g_steal_pointer (&bytes) : NULL;
}

char *
tjd_sha256_base64url (const void *bytes, gsize n_bytes)
{
  guint8 digest[32];

  tjd_hash (TJD_HASH_SHA256, bytes, n_bytes, digest);
  return tjd_base64url_encode (digest, sizeof digest);
}
