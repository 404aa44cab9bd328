/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record.h"

G_BEGIN_DECLS

/* JWS (RFC 7515) with ES256 and nothing else. */

typedef enum {
  TJD_JWS_ERROR_FORMAT,    /* not a compact JWS as we take it */
  TJD_JWS_ERROR_HEADER,    /* another algorithm, another typ, a crit */
  TJD_JWS_ERROR_KEY,       /* not a P-256 key */
  TJD_JWS_ERROR_SIGNATURE, /* not this key's over these bytes */
  TJD_JWS_ERROR_CLAIM,     /* what it says does not fit (dpop.h) */
} TjdJwsError;
#define TJD_JWS_ERROR (tjd_jws_error_quark ())
GQuark tjd_jws_error_quark (void);

/* A P-256 key: a pair, or the public half. Reference counted, used from any thread. */
typedef struct _TjdKey TjdKey;
TjdKey *tjd_key_new_generated (void);
TjdKey *tjd_key_new_from_jwk (const char *json, GError **error); /* RFC 7517 */
TjdKey *tjd_key_ref (TjdKey *self);
void tjd_key_unref (TjdKey *self);
char *tjd_key_to_jwk (TjdKey *self, gboolean with_private); /* kid is the thumbprint */
const char *tjd_key_get_thumbprint (TjdKey *self);          /* RFC 7638, base64url */
gboolean tjd_key_is_private (TjdKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdKey, tjd_key_unref)

TJD_DECLARE_RECORD (TjdJwk, tjd_jwk)
struct _TjdJwk {
  TjdRecord parent;
  char *kty, *crv, *x, *y, *d, *kid;
};

TJD_DECLARE_RECORD (TjdJwsHeader, tjd_jws_header)
struct _TjdJwsHeader {
  TjdRecord parent;
  char *alg, *typ, *kid, *crit;
  TjdJwk *jwk;
};

#define TJD_JWS_MAX_BYTES (64 * 1024)

/* Compact. The header has kid, or the public key itself where embed_jwk is set. */
char *tjd_jws_sign (TjdKey *key, const char *typ, gboolean embed_jwk, const char *payload);

/* The payload of a compact JWS by this key with this typ; NULL on error. */
char *tjd_jws_verify (const char *compact, const char *typ, TjdKey *key, GError **error);

/* The same by the key that the header brings along: whose it is must be known by its thumbprint. */
char *tjd_jws_verify_embedded (const char *compact, const char *typ, TjdKey **key, GError **error);

/* The same with the payload kept apart (RFC 7515 appendix F). */
char *tjd_jws_sign_detached (
    TjdKey *key, const char *typ, gboolean embed_jwk, const char *payload, gsize length);
gboolean tjd_jws_verify_detached (const char *compact,
                                  const char *typ,
                                  TjdKey *key,
                                  const char *payload,
                                  gsize length,
                                  GError **error);

/* The header, read and checked but for typ; nothing is verified yet. */
TjdJwsHeader *tjd_jws_read_header (const char *compact, GError **error);

/* The public key that the header brings along: whose it is must be known by its thumbprint. */
TjdKey *tjd_jws_read_key (const char *compact, GError **error);

G_END_DECLS
