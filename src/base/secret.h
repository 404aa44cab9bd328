/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that must not reach a disk or a log: in pages of their own, locked, left out of core
 * dumps, wiped when freed. Reference counted. */
typedef struct _TjdSecret TjdSecret;

TjdSecret *tjd_secret_new (const void *bytes, gsize n_bytes); /* copies; n_bytes up to 64 KiB */
TjdSecret *tjd_secret_ref (TjdSecret *self);
void tjd_secret_unref (TjdSecret *self);
const guint8 *tjd_secret_get (const TjdSecret *self, gsize *n_bytes);

/* RFC 4648 base32, upper or lower case, padding and spaces optional, as otpauth:// carries it. NULL
 * if it is something else or empty. */
TjdSecret *tjd_secret_new_from_base32 (const char *text);
char *tjd_secret_to_base32 (const TjdSecret *self); /* without padding; the caller wipes it */

/* Compares in a time that depends on n_bytes alone. */
gboolean tjd_bytes_equal_constant_time (const void *a, const void *b, gsize n_bytes);

/* explicit_bzero, then g_free; NULL is fine. */
void tjd_wipe_string (char *text);

/* For a program that holds secrets: neither it nor what it starts leaves its memory behind when it
 * crashes, whether as a file or by a program that collects dumps. */
void tjd_secrets_forbid_core_dumps (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdSecret, tjd_secret_unref)

G_END_DECLS
