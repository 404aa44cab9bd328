/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate.h"

#include <string.h>

#include "secret.h"

#define MAX_CHAIN 8

struct _TjdCertificate {
  gnutls_pcert_st chain[MAX_CHAIN];
  guint length;
  gnutls_privkey_t private_key;
};

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, TJD_JWS_ERROR, TJD_JWS_ERROR_KEY, "%s: %s", path, what);
  return FALSE;
}

static gboolean
load_chain (TjdCertificate *self, const char *path, GError **error)
{
  g_autofree char *pem = NULL;
  gsize size;
  guint length = MAX_CHAIN;

  if (!g_file_get_contents (path, &pem, &size, error))
    return FALSE;
  if (gnutls_pcert_list_import_x509_raw (self->chain, &length,
                                         &(gnutls_datum_t){ (guint8 *) pem, (guint) size },
                                         GNUTLS_X509_FMT_PEM, 0) < 0)
    return fail (error, path, "no chain of certificates in PEM");
  self->length = length;
  return TRUE;
}

static gboolean
load_private_key (TjdCertificate *self, const char *path, GError **error)
{
  char *pem = NULL;
  gsize size;
  int code;

  if (!g_file_get_contents (path, &pem, &size, error))
    return FALSE;
  gnutls_privkey_init (&self->private_key);
  code = gnutls_privkey_import_x509_raw (self->private_key,
                                         &(gnutls_datum_t){ (guint8 *) pem, (guint) size },
                                         GNUTLS_X509_FMT_PEM, NULL, 0);
  tjd_wipe_string (pem);
  return code == 0 ? TRUE : fail (error, path, "no private key in PEM");
}

static gboolean
belong_together (TjdCertificate *self)
{
  guint8 certified[64], held[64];
  gsize n_certified = sizeof certified, n_held = sizeof held;
  gnutls_pubkey_t open;
  gboolean same;

  gnutls_pubkey_init (&open);
  same = gnutls_pubkey_import_privkey (open, self->private_key, 0, 0) == 0 &&
         gnutls_pubkey_get_key_id (open, GNUTLS_KEYID_USE_SHA256, held, &n_held) == 0 &&
         gnutls_pubkey_get_key_id (self->chain[0].pubkey, GNUTLS_KEYID_USE_SHA256, certified,
                                   &n_certified) == 0 &&
         n_held == n_certified && memcmp (held, certified, n_held) == 0;
  gnutls_pubkey_deinit (open);
  return same;
}

TjdCertificate *
tjd_certificate_load (const char *chain, const char *private_key, GError **error)
{
  g_autoptr (TjdCertificate) self = g_new0 (TjdCertificate, 1);

  if (!load_chain (self, chain, error) || !load_private_key (self, private_key, error))
    return NULL;
  if (belong_together (self))
    return g_steal_pointer (&self);
  fail (error, private_key, "not the private key of that certificate");
  return NULL;
}

void
tjd_certificate_free (TjdCertificate *self)
{
  for (guint i = 0; i < self->length; i++)
    gnutls_pcert_deinit (&self->chain[i]);
  if (self->private_key != NULL)
    gnutls_privkey_deinit (self->private_key);
  g_free (self);
}

void
tjd_certificate_present (TjdCertificate *self,
                         gnutls_pcert_st **chain,
                         guint *length,
                         gnutls_privkey_t *private_key)
{
  *chain = self->chain;
  *length = self->length;
  *private_key = self->private_key;
}
