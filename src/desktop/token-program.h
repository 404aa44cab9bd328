/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "reading.h"

G_BEGIN_DECLS

/* Opens the token in software, tajdid-token, which stands beside this program or on the path.
 * sandbox is the folder of the sandbox whose people's tokens are to be had there, personal_id whose
 * is wanted, request the text to be signed; each may be NULL. The request goes over a pipe: others
 * can read arguments. */
gboolean tjd_token_program_open (const char *sandbox,
                                 const char *personal_id,
                                 const char *request,
                                 TjdLanguage language,
                                 GError **error);

G_END_DECLS
