/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jws.h"

#include <string.h>

#include "base64url.h"
#include "key.h"

/* Critical extensions (RFC 7515 4.1.11) are none that we know: we refuse whatever crit says, and a
 * list, which it should be, is no string. */
static const TjdField header_fields[] = {
  TJD_STRING (TjdJwsHeader, alg, TJD_REQUIRED),
  TJD_STRING (TjdJwsHeader, typ, TJD_OPTIONAL),
  TJD_STRING (TjdJwsHeader, kid, TJD_OPTIONAL),
  TJD_STRING (TjdJwsHeader, crit, TJD_OPTIONAL),
  TJD_NESTED (TjdJwsHeader, jwk, tjd_jwk_get_type, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdJwsHeader, tjd_jws_header, header_fields)

static char *
encode_header (TjdKey *key, const char *typ, gboolean embed_jwk)
{
  g_autoptr (TjdJwsHeader) header = tjd_jws_header_new ();
  g_autofree char *json = NULL;

  header->alg = g_strdup ("ES256");
  header->typ = g_strdup (typ);
  if (embed_jwk)
    header->jwk = tjd_key_to_record (key);
  else
    header->kid = g_strdup (tjd_key_get_thumbprint (key));
  json = tjd_record_to_json (header);
  return tjd_base64url_encode (json, strlen (json));
}

static char *
encode_signature (TjdKey *key, const char *input)
{
  guint8 signature[64];

  tjd_key_sign_bytes (key, input, strlen (input), signature);
  return tjd_base64url_encode (signature, sizeof signature);
}

char *
tjd_jws_sign (TjdKey *key, const char *typ, gboolean embed_jwk, const char *payload)
{
  g_autofree char *header = encode_header (key, typ, embed_jwk);
  g_autofree char *body = tjd_base64url_encode (payload, strlen (payload));
  g_autofree char *input = g_strconcat (header, ".", body, NULL);
  g_autofree char *signature = encode_signature (key, input);

  return g_strconcat (input, ".", signature, NULL);
}

char *
tjd_jws_sign_detached (
    TjdKey *key, const char *typ, gboolean embed_jwk, const char *payload, gsize length)
{
  g_autofree char *header = encode_header (key, typ, embed_jwk);
  g_autofree char *body = tjd_base64url_encode (payload, length);
  g_autofree char *input = g_strconcat (header, ".", body, NULL);
  g_autofree char *signature = encode_signature (key, input);

  return g_strconcat (header, "..", signature, NULL);
}

static gboolean
fail (GError **error, TjdJwsError code, const char *what)
{
  g_set_error_literal (error, TJD_JWS_ERROR, code, what);
  return FALSE;
}

static gboolean
split (const char *compact, char ***parts, GError **error)
{
  if (strlen (compact) > TJD_JWS_MAX_BYTES)
    return fail (error, TJD_JWS_ERROR_FORMAT, "too long");
  *parts = g_strsplit (compact, ".", 4);
  if (g_strv_length (*parts) != 3)
    return fail (error, TJD_JWS_ERROR_FORMAT, "not three parts");
  return TRUE;
}

static TjdJwsHeader *
decode_header (const char *part, GError **error)
{
  gsize length;
  g_autofree guint8 *json = tjd_base64url_decode (part, -1, &length);
  g_autoptr (TjdJwsHeader) header = NULL;

  if (json == NULL) {
    fail (error, TJD_JWS_ERROR_FORMAT, "the header is not base64url");
    return NULL;
  }
  header = tjd_record_from_json (tjd_jws_header_get_type (), (char *) json, length,
                                 TJD_READ_LENIENT, error);
  if (header == NULL)
    return NULL;
  if (header->crit != NULL) {
    fail (error, TJD_JWS_ERROR_HEADER, "a critical extension");
    return NULL;
  }
  if (strcmp (header->alg, "ES256") != 0) {
    fail (error, TJD_JWS_ERROR_HEADER, "another algorithm than ES256");
    return NULL;
  }
  return g_steal_pointer (&header);
}

TjdJwsHeader *
tjd_jws_read_header (const char *compact, GError **error)
{
  g_auto (GStrv) parts = NULL;

  return split (compact, &parts, error) ? decode_header (parts[0], error) : NULL;
}

static TjdKey *
embedded_key (TjdJwsHeader *header, GError **error)
{
  if (header->jwk != NULL && header->jwk->d == NULL)
    return tjd_key_new_from_record (header->jwk, error);
  fail (error, TJD_JWS_ERROR_KEY, "the header lacks a public key");
  return NULL;
}

TjdKey *
tjd_jws_read_key (const char *compact, GError **error)
{
  g_autoptr (TjdJwsHeader) header = tjd_jws_read_header (compact, error);

  return header != NULL ? embedded_key (header, error) : NULL;
}

static gboolean
check (TjdJwsHeader *header,
       char **parts,
       const char *body,
       const char *typ,
       TjdKey *key,
       GError **error)
{
  g_autofree char *input = g_strconcat (parts[0], ".", body, NULL);
  g_autofree guint8 *signature = NULL;
  gsize length = 0;

  if (g_strcmp0 (header->typ, typ) != 0)
    return fail (error, TJD_JWS_ERROR_HEADER, "another typ");
  signature = tjd_base64url_decode (parts[2], -1, &length);
  if (signature == NULL || length != 64 ||
      !tjd_key_verify_bytes (key, input, strlen (input), signature))
    return fail (error, TJD_JWS_ERROR_SIGNATURE, "the signature does not hold");
  return TRUE;
}

static char *
decode_payload (const char *part, GError **error)
{
  gsize length;
  g_autofree guint8 *payload = tjd_base64url_decode (part, -1, &length);

  if (payload == NULL || memchr (payload, '\0', length) != NULL) {
    fail (error, TJD_JWS_ERROR_FORMAT, "the payload is not text in base64url");
    return NULL;
  }
  return g_strndup ((char *) payload, length);
}

char *
tjd_jws_verify (const char *compact, const char *typ, TjdKey *key, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (TjdJwsHeader) header = NULL;

  if (!split (compact, &parts, error) || (header = decode_header (parts[0], error)) == NULL ||
      !check (header, parts, parts[1], typ, key, error))
    return NULL;
  return decode_payload (parts[1], error);
}

char *
tjd_jws_verify_embedded (const char *compact, const char *typ, TjdKey **key, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (TjdJwsHeader) header = NULL;
  g_autoptr (TjdKey) own = NULL;
  char *payload;

  if (!split (compact, &parts, error) || (header = decode_header (parts[0], error)) == NULL ||
      (own = embedded_key (header, error)) == NULL ||
      !check (header, parts, parts[1], typ, own, error))
    return NULL;
  payload = decode_payload (parts[1], error);
  if (payload != NULL)
    *key = g_steal_pointer (&own);
  return payload;
}

gboolean
tjd_jws_verify_detached (const char *compact,
                         const char *typ,
                         TjdKey *key,
                         const char *payload,
                         gsize length,
                         GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *body = tjd_base64url_encode (payload, length);
  g_autoptr (TjdJwsHeader) header = NULL;

  if (!split (compact, &parts, error) || (header = decode_header (parts[0], error)) == NULL)
    return FALSE;
  if (*parts[1] != '\0')
    return fail (error, TJD_JWS_ERROR_FORMAT, "the payload is not detached");
  return check (header, parts, body, typ, key, error);
}
