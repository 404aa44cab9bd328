/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secret.h"

G_BEGIN_DECLS

/* A token as two otpauth lines: one secret that the portal shares (sign-in codes, otpauth://totp)
 * and one that the bank shares (signing codes, otpauth://ocra). */
typedef struct {
  char *personal_id;
  TjdSecret *sign_in;
  TjdSecret *signing;
} TjdToken;

/* Takes exactly what tjd_token_print gives, line ends aside; NULL with G_IO_ERROR_INVALID_DATA. */
TjdToken *tjd_token_parse (const char *text, GError **error);
char *tjd_token_print (const TjdToken *token); /* the caller wipes it */
void tjd_token_free (TjdToken *token);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdToken, tjd_token_free)

G_END_DECLS
