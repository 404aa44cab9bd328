/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gnutls/abstract.h>

#include "jws.h"

G_BEGIN_DECLS

/* What a server shows to its callers: a certificate, those that lead up to its authority, and the
 * private key. */
typedef struct _TjdCertificate TjdCertificate;

/* From PEM files: the chain with the server's own first. TJD_JWS_ERROR_KEY if the key is not the
 * certificate's, G_FILE_ERROR. */
TjdCertificate *tjd_certificate_load (const char *chain, const char *private_key, GError **error);
void tjd_certificate_free (TjdCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdCertificate, tjd_certificate_free)

/* As gnutls_certificate_retrieve_function2 answers; all of it is borrowed. */
void tjd_certificate_present (TjdCertificate *self,
                              gnutls_pcert_st **chain,
                              guint *length,
                              gnutls_privkey_t *private_key);

G_END_DECLS
