/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "otpauth.h"

G_BEGIN_DECLS

/* The tokens that stand in the keyring, each as its two lines under a name drawn at random: what
 * finds an item there is not secret, and the personal ID is nobody's business. Functions are
 * synchronous and fail as the keyring does (TJD_KEYRING_ERROR). */
typedef struct {
  char *account;
  TjdToken *token;
} TjdHeldToken;

void tjd_held_token_free (TjdHeldToken *held);

/* (element-type TjdHeldToken) by personal ID; empty if there is none. What is there and is no token
 * is passed over. */
GPtrArray *tjd_wallet_load (GCancellable *cancellable, GError **error);

/* Takes the place of the same person's. label is what a keyring program shows for it. */
gboolean tjd_wallet_keep (const TjdToken *token,
                          const char *label,
                          GCancellable *cancellable,
                          GError **error);
gboolean tjd_wallet_forget (const char *account, GCancellable *cancellable, GError **error);

G_END_DECLS
