/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TJD_SCAN_MAX_DEPTH 32
#define TJD_SCAN_MAX_BYTES (8 * 1024 * 1024)
#define TJD_SCAN_MAX_MEMBERS 1024

/* Bytes from outside are scanned before json-glib sees them: exactly one RFC 8259 value, valid
 * UTF-8, no NUL, no lone surrogates, at most TJD_SCAN_MAX_DEPTH levels and TJD_SCAN_MAX_BYTES, no
 * duplicate keys (compared after unescaping), at most TJD_SCAN_MAX_MEMBERS of them in an object
 * (hash tables without a secret seed take them next), integers within 64 bits, other numbers within
 * a double. Errors are TJD_RECORD_ERROR with the pointer to the innermost member that was reached.
 * bytes may be NULL where length is 0. */
gboolean tjd_scan (const char *bytes, gsize length, GError **error);

G_END_DECLS
