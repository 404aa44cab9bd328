/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <string.h>

#include "base64url.h"
#include "key.h"

#define COORDINATE 32

/* clang-format off */
G_DEFINE_QUARK (tjd-jws-error-quark, tjd_jws_error)
/* clang-format on */

static const TjdField jwk_fields[] = {
  TJD_STRING (TjdJwk, kty, TJD_REQUIRED),
  TJD_STRING (TjdJwk, crv, TJD_REQUIRED),
  TJD_STRING (TjdJwk, x, TJD_REQUIRED, .min = 43, .max = 43),
  TJD_STRING (TjdJwk, y, TJD_REQUIRED, .min = 43, .max = 43),
  TJD_STRING (TjdJwk, d, TJD_SECRET, .min = 43, .max = 43),
  TJD_STRING (TjdJwk, kid, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdJwk, tjd_jwk, jwk_fields)

struct _TjdKey {
  gatomicrefcount references;
  gnutls_privkey_t secret; /* NULL: the public half alone */
  gnutls_pubkey_t open;
  char *x, *y;
  char *thumbprint;
};

/* GnuTLS may put a zero in front or leave zeros out. */
static char *
encode_coordinate (const gnutls_datum_t *number)
{
  guint8 fixed[COORDINATE] = { 0 };
  const guint8 *from = number->data;
  gsize n = number->size;
  char *text;

  while (n > COORDINATE) {
    from++;
    n--;
  }
  memcpy (fixed + COORDINATE - n, from, n);
  text = tjd_base64url_encode (fixed, sizeof fixed);
  explicit_bzero (fixed, sizeof fixed);
  return text;
}

static void
free_number (gnutls_datum_t *number)
{
  if (number->data != NULL)
    explicit_bzero (number->data, number->size);
  gnutls_free (number->data);
}

/* Takes both handles. */
static TjdKey *
key_new (gnutls_privkey_t secret, gnutls_pubkey_t open)
{
  TjdKey *self = g_new0 (TjdKey, 1);
  gnutls_datum_t x = { 0 }, y = { 0 };
  g_autofree char *canonical = NULL;

  g_atomic_ref_count_init (&self->references);
  self->secret = secret;
  self->open = open;
  gnutls_pubkey_export_ecc_raw (open, NULL, &x, &y);
  self->x = encode_coordinate (&x);
  self->y = encode_coordinate (&y);
  free_number (&x);
  free_number (&y);
  canonical = g_strdup_printf ("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}",
                               self->x, self->y);
  self->thumbprint = tjd_sha256_base64url (canonical, strlen (canonical));
  return self;
}

TjdKey *
tjd_key_new_generated (void)
{
  gnutls_privkey_t secret;
  gnutls_pubkey_t open;

  gnutls_privkey_init (&secret);
  gnutls_pubkey_init (&open);
  if (gnutls_privkey_generate (secret, GNUTLS_PK_ECDSA,
                               GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0) < 0 ||
      gnutls_pubkey_import_privkey (open, secret, 0, 0) < 0)
    g_error ("GnuTLS makes no key");
  return key_new (secret, open);
}

static gboolean
decode_coordinate (const char *text, guint8 **bytes)
{
  gsize n = 0;

  *bytes = tjd_base64url_decode (text, -1, &n);
  return *bytes != NULL && n == COORDINATE;
}

TjdKey *
tjd_key_new_from_record (TjdJwk *jwk, GError **error)
{
  g_autofree guint8 *x = NULL;
  g_autofree guint8 *y = NULL;
  g_autofree guint8 *d = NULL;
  gnutls_privkey_t secret = NULL;
  gnutls_pubkey_t open;
  gboolean ok;

  gnutls_pubkey_init (&open);
  ok = strcmp (jwk->kty, "EC") == 0 && strcmp (jwk->crv, "P-256") == 0 &&
       decode_coordinate (jwk->x, &x) && decode_coordinate (jwk->y, &y) &&
       gnutls_pubkey_import_ecc_raw (open, GNUTLS_ECC_CURVE_SECP256R1,
                                     &(gnutls_datum_t){ x, COORDINATE },
                                     &(gnutls_datum_t){ y, COORDINATE }) == 0;
  if (ok && jwk->d != NULL) {
    gnutls_privkey_init (&secret);
    ok = decode_coordinate (jwk->d, &d) &&
         gnutls_privkey_import_ecc_raw (
             secret, GNUTLS_ECC_CURVE_SECP256R1, &(gnutls_datum_t){ x, COORDINATE },
             &(gnutls_datum_t){ y, COORDINATE }, &(gnutls_datum_t){ d, COORDINATE }) == 0;
    if (d != NULL)
      explicit_bzero (d, COORDINATE);
  }
  if (ok)
    return key_new (secret, open);
  if (secret != NULL)
    gnutls_privkey_deinit (secret);
  gnutls_pubkey_deinit (open);
  g_set_error (error, TJD_JWS_ERROR, TJD_JWS_ERROR_KEY, "not a P-256 key");
  return NULL;
}

TjdKey *
tjd_key_new_from_jwk (const char *json, GError **error)
{
  g_autoptr (TjdJwk) jwk =
      tjd_record_from_json (tjd_jwk_get_type (), json, strlen (json), TJD_READ_LENIENT, error);

  return jwk != NULL ? tjd_key_new_from_record (jwk, error) : NULL;
}

TjdKey *
tjd_key_ref (TjdKey *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
tjd_key_unref (TjdKey *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->secret != NULL)
    gnutls_privkey_deinit (self->secret);
  gnutls_pubkey_deinit (self->open);
  g_free (self->x);
  g_free (self->y);
  g_free (self->thumbprint);
  g_free (self);
}

TjdJwk *
tjd_key_to_record (TjdKey *self)
{
  TjdJwk *jwk = tjd_jwk_new ();

  jwk->kty = g_strdup ("EC");
  jwk->crv = g_strdup ("P-256");
  jwk->x = g_strdup (self->x);
  jwk->y = g_strdup (self->y);
  return jwk;
}

char *
tjd_key_to_jwk (TjdKey *self, gboolean with_private)
{
  g_autoptr (TjdJwk) jwk = tjd_key_to_record (self);
  gnutls_datum_t d = { 0 };

  jwk->kid = g_strdup (self->thumbprint);
  if (with_private && self->secret != NULL &&
      gnutls_privkey_export_ecc_raw (self->secret, NULL, NULL, NULL, &d) == 0)
    jwk->d = encode_coordinate (&d);
  free_number (&d);
  return tjd_record_to_json (jwk);
}

const char *
tjd_key_get_thumbprint (TjdKey *self)
{
  return self->thumbprint;
}

gboolean
tjd_key_is_private (TjdKey *self)
{
  return self->secret != NULL;
}

void
tjd_key_sign_bytes (TjdKey *self, const char *bytes, gsize length, guint8 signature[64])
{
  gnutls_datum_t data = { (guint8 *) bytes, (guint) length }, der = { 0 }, r = { 0 }, s = { 0 };

  if (gnutls_privkey_sign_data2 (self->secret, GNUTLS_SIGN_ECDSA_SHA256, 0, &data, &der) < 0 ||
      gnutls_decode_rs_value (&der, &r, &s) < 0)
    g_error ("GnuTLS does not sign");
  memset (signature, 0, 64);
  for (guint half = 0; half < 2; half++) {
    gnutls_datum_t *number = half == 0 ? &r : &s;
    gsize skip = number->size > COORDINATE ? number->size - COORDINATE : 0;
    gsize n = number->size - skip;
    memcpy (signature + COORDINATE * (half + 1) - n, number->data + skip, n);
    gnutls_free (number->data);
  }
  gnutls_free (der.data);
}

gboolean
tjd_key_verify_bytes (TjdKey *self, const char *bytes, gsize length, const guint8 signature[64])
{
  gnutls_datum_t data = { (guint8 *) bytes, (guint) length }, der = { 0 };
  gnutls_datum_t r = { (guint8 *) signature, COORDINATE };
  gnutls_datum_t s = { (guint8 *) signature + COORDINATE, COORDINATE };
  gboolean ok =
      gnutls_encode_rs_value (&der, &r, &s) == 0 &&
      gnutls_pubkey_verify_data2 (self->open, GNUTLS_SIGN_ECDSA_SHA256, 0, &data, &der) >= 0;

  gnutls_free (der.data);
  return ok;
}
