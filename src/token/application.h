/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clock.h"

G_BEGIN_DECLS

/* app.tajdid.Token: one window; a second start raises it and hands over what it was started with.
 *
 *   --sandbox FOLDER         where the sandbox keeps its tokens (FOLDER/tokens, or FOLDER itself);
 *                            else TAJDID_SANDBOX_TOKENS
 *   --person ID              whose token is wanted
 *   --request-from-stdin     a signing request comes on standard input; no secret, but others can
 *                            read arguments
 *   --language en|ar         else the session's
 *
 * A code leaves it by the eye or the clipboard alone. */
#define TJD_TYPE_TOKEN_APPLICATION (tjd_token_application_get_type ())
G_DECLARE_FINAL_TYPE (
    TjdTokenApplication, tjd_token_application, TJD, TOKEN_APPLICATION, AdwApplication)

TjdTokenApplication *tjd_token_application_new (const TjdClock *clock);

G_END_DECLS
