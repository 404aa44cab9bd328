/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dpop.h"

#include <string.h>

#include "base64url.h"
#include "key.h"

#define TYP "dpop+jwt"

static const TjdField claims_fields[] = {
  TJD_STRING (TjdDpopClaims, jti, TJD_REQUIRED, .min = 8, .max = 128),
  TJD_STRING (TjdDpopClaims, htm, TJD_REQUIRED),
  TJD_STRING (TjdDpopClaims, htu, TJD_REQUIRED, .max = 2048),
  TJD_INT (TjdDpopClaims, iat, TJD_REQUIRED),
  TJD_STRING (TjdDpopClaims, ath, TJD_OPTIONAL),
  TJD_STRING (TjdDpopClaims, nonce, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdDpopClaims, tjd_dpop_claims, claims_fields)

char *
tjd_dpop_prove (TjdKey *key,
                const TjdClock *clock,
                const TjdEntropy *entropy,
                const char *method,
                const char *url,
                const char *access_token,
                const char *nonce)
{
  g_autoptr (TjdDpopClaims) claims = tjd_dpop_claims_new ();
  g_autofree char *json = NULL;
  guint8 random[16];

  tjd_entropy_fill (entropy, random, sizeof random);
  claims->jti = tjd_base64url_encode (random, sizeof random);
  claims->htm = g_strdup (method);
  claims->htu = g_strndup (url, strcspn (url, "?#"));
  claims->iat = tjd_clock_now (clock);
  if (access_token != NULL)
    claims->ath = tjd_sha256_base64url (access_token, strlen (access_token));
  claims->nonce = g_strdup (nonce);
  json = tjd_record_to_json (claims);
  return tjd_jws_sign (key, TYP, TRUE, json);
}

/* RFC 9449 4.3 has us normalise scheme, host and port (RFC 3986 6.2). */
static char *
normalise (const char *url)
{
  g_autoptr (GUri) uri =
      g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autofree char *host = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  return g_strdup_printf ("%s://%s:%d%s", g_uri_get_scheme (uri), host, g_uri_get_port (uri),
                          g_uri_get_path (uri));
}

static gboolean
same_address (const char *claimed, const char *actual)
{
  g_autofree char *left = strpbrk (claimed, "?#") == NULL ? normalise (claimed) : NULL;
  g_autofree char *right = normalise (actual);

  return left != NULL && right != NULL && strcmp (left, right) == 0;
}

static const char *
find_fault (TjdDpopClaims *claims,
            const char *method,
            const char *url,
            const char *access_token,
            gint64 now,
            gint64 window)
{
  g_autofree char *ath =
      access_token != NULL ? tjd_sha256_base64url (access_token, strlen (access_token)) : NULL;

  if (strcmp (claims->htm, method) != 0)
    return "htm is another method";
  if (!same_address (claims->htu, url))
    return "htu is another address";
  if (access_token != NULL && g_strcmp0 (claims->ath, ath) != 0)
    return "ath is of another token";
  if (claims->iat < now - window || claims->iat > now + window)
    return "iat is too far from now";
  return NULL;
}

TjdDpopClaims *
tjd_dpop_verify (const char *proof,
                 const char *method,
                 const char *url,
                 const char *access_token,
                 gint64 now,
                 gint64 window,
                 char **jkt,
                 GError **error)
{
  g_autoptr (TjdKey) key = NULL;
  g_autofree char *json = tjd_jws_verify_embedded (proof, TYP, &key, error);
  g_autoptr (TjdDpopClaims) claims = NULL;
  const char *fault;

  if (json == NULL)
    return NULL;
  claims = tjd_record_from_json (tjd_dpop_claims_get_type (), json, strlen (json), TJD_READ_LENIENT,
                                 error);
  if (claims == NULL)
    return NULL;
  fault = find_fault (claims, method, url, access_token, now, window);
  if (fault != NULL) {
    g_set_error_literal (error, TJD_JWS_ERROR, TJD_JWS_ERROR_CLAIM, fault);
    return NULL;
  }
  *jkt = g_strdup (tjd_key_get_thumbprint (key));
  return g_steal_pointer (&claims);
}
