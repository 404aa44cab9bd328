/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "jws.h"

G_BEGIN_DECLS

/* Proof of possession (RFC 9449): each request carries a JWS over its method and address by the key
 * that its access token is bound to. */

/* A proof. url is cut off at its query; access_token and nonce may be NULL. */
char *tjd_dpop_prove (TjdKey *key,
                      const TjdClock *clock,
                      const TjdEntropy *entropy,
                      const char *method,
                      const char *url,
                      const char *access_token,
                      const char *nonce);

TJD_DECLARE_RECORD (TjdDpopClaims, tjd_dpop_claims)
struct _TjdDpopClaims {
  TjdRecord parent;
  char *jti, *htm, *htu;
  gint64 iat;
  char *ath, *nonce;
};

/* What a proof says, once it holds for this method, address and token (NULL: none) and was made
 * within window seconds of now; jti and nonce are the caller's to judge. jkt is the key's
 * thumbprint. NULL on error (TJD_JWS_ERROR or TJD_RECORD_ERROR). */
TjdDpopClaims *tjd_dpop_verify (const char *proof,
                                const char *method,
                                const char *url,
                                const char *access_token,
                                gint64 now,
                                gint64 window,
                                char **jkt,
                                GError **error);

G_END_DECLS
