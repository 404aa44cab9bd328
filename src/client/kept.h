/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "failure.h"

G_BEGIN_DECLS

/* What the keyring keeps of a session: the key, a JWK, and the refresh token with whose it is. */

/* The key first: a token is of no use without it. */
gboolean tjd_kept_store (const char *account,
                         const char *personal_id,
                         TjdSecret *refresh_token,
                         TjdKey *key,
                         GCancellable *cancellable,
                         GError **error);

/* TJD_CLIENT_ERROR_NOT_SIGNED_IN where there is none, or not one that can be read. */
TjdKey *tjd_kept_read_key (const char *account, GCancellable *cancellable, GError **error);
TjdSecret *tjd_kept_read_token (const char *account,
                                char **personal_id,
                                GCancellable *cancellable,
                                GError **error);

gboolean tjd_kept_forget_token (const char *account, GCancellable *cancellable, GError **error);
gboolean tjd_kept_forget (const char *account, GCancellable *cancellable, GError **error);

G_END_DECLS
