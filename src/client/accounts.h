/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "failure.h"

G_BEGIN_DECLS

/* Places of services that this computer keeps something of a person for: a session or its key in
 * the keyring, what is read offline in the folder. root has a folder for each place, as
 * tjd_home_prepare makes it. Their names, sorted; NULL-terminated, NULL with TJD_KEYRING_ERROR.
 * Nothing is unlocked for it. */
char **tjd_accounts_list (const char *root, GCancellable *cancellable, GError **error);

/* All of that goes. The journal stays: it has no names, and without it a payment in doubt could not
 * be cleared up. TJD_KEYRING_ERROR, G_FILE_ERROR. */
gboolean tjd_accounts_forget (const char *root,
                              const char *place,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
