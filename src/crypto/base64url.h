/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* RFC 4648 5 without padding, as JOSE has it. Decoding refuses padding, other characters and stray
 * bits: one spelling a value. */
char *tjd_base64url_encode (const void *bytes, gsize n_bytes);
guint8 *tjd_base64url_decode (const char *text, gssize length, gsize *n_bytes); /* NULL if not */
char *tjd_sha256_base64url (const void *bytes, gsize n_bytes);

G_END_DECLS
