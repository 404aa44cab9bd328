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

/* All keys of that name, the one that signs in front: then name.next.jwk, published so that the
 * others know it before it signs, and the public halves in name.past-….jwk, which no longer sign
 * and are believed until somebody removes the file. */
GPtrArray *tjd_keep_keys (const char *directory, const char *name, GError **error);

/* One step of a rotation. Without a next key one is made (*turned is FALSE); with one, it takes the
 * place of the key that signs, whose public half is kept as past. Killed in between, the step is
 * done again by the next call. The key that was made or turned to; a directory without the key that
 * is to be rotated is an error. */
TjdKey *tjd_keep_rotate (const char *directory, const char *name, gboolean *turned, GError **error);

G_END_DECLS
