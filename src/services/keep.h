/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jws.h"

G_BEGIN_DECLS

/* Files of a state directory that are made once and then kept: keys and tokens, 0600. Several
 * processes may start on one directory; whoever comes first makes the file, all read the same. */

/* Stores contents unless there is a file of this name; gives what is there then. (transfer full) */
char *tjd_keep_once (const char *path, const char *contents, GError **error);

/* The key pair in directory/keys/name.jwk, made if it is missing. */
TjdKey *tjd_keep_key (const char *directory, const char *name, GError **error);

G_END_DECLS
