/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "otpauth.h"
#include "signing.h"

G_BEGIN_DECLS

/* A token in software, for who has none of metal: its secrets come in a file that its owner alone
 * can read, or on standard input; never in arguments or the environment. */

/* The token in a file (NULL: standard input). The file must be a regular one, the caller's own, and
 * closed to everyone else; else G_IO_ERROR_PERMISSION_DENIED. */
TjdToken *tjd_token_read (const char *path, GError **error);

/* A payment request, or a standing mandate, as the bank writes it, from a file ("-": standard
 * input). text is what its code covers. */
TjdSigningRequest *tjd_token_read_request (const char *path, char **text, GError **error);

/* The codes, to be wiped by the caller. */
char *tjd_token_sign_in_code (const TjdToken *token, gint64 now);
char *tjd_token_signing_code (const TjdToken *token, const char *number, const char *text);

G_END_DECLS
