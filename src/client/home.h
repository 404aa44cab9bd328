/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

G_BEGIN_DECLS

/* Makes sure of the folder (0700) that the client keeps its files in, one for each place of
 * services, and returns the account under which the keyring has what belongs to it: a random name
 * that stands in a file there and says nothing about the person. NULL with G_FILE_ERROR. */
char *tjd_home_prepare (const char *folder, const TjdEntropy *entropy, GError **error);

/* The same where it is there already; NULL where it is not. */
char *tjd_home_read_account (const char *folder);

G_END_DECLS
