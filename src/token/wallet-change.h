/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wallet.h"

G_BEGIN_DECLS

/* What is asked of the keyring, for a window: in a thread, since it may wait for the person. */
typedef struct {
  TjdToken *keep; /* NULL: nothing */
  char *label;    /* that a keyring program shows for it */
  char *forget;   /* an account; NULL: nothing */
} TjdWalletChange;

/* Takes the change. done comes in this thread, with window as its object. */
void tjd_wallet_change_run (TjdWalletChange *change,
                            GObject *window,
                            GCancellable *cancellable,
                            GAsyncReadyCallback done);

/* All that stands there then, of TjdHeldToken (transfer full); NULL as tjd_wallet_load has it. */
GPtrArray *tjd_wallet_change_finish (GAsyncResult *result, GError **error);

G_END_DECLS
