/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "secret.h"

G_BEGIN_DECLS

typedef enum { TJD_HASH_SHA1, TJD_HASH_SHA256, TJD_HASH_SHA512 } TjdHash;

#define TJD_HASH_MAX_BYTES 64
gsize tjd_hash_length (TjdHash hash);
void tjd_hash (TjdHash hash, const void *bytes, gsize n_bytes, guint8 *digest);
void
tjd_hmac (TjdHash hash, const TjdSecret *key, const void *bytes, gsize n_bytes, guint8 *digest);

/* RFC 4226 5.3: the dynamic truncation of an HMAC, as so many decimal digits (1 … 10), zeros in
 * front. The caller wipes it. */
char *tjd_otp_truncate (TjdHash hash, const guint8 *digest, guint digits);

char *tjd_hotp (const TjdSecret *key, TjdHash hash, guint digits, guint64 counter);

/* RFC 6238. The sign-in code is SHA-256 with six digits: six, so that a person who types the
 * eight-digit signing code in its place is noticed. */
#define TJD_TOTP_PERIOD 30
#define TJD_SIGN_IN_DIGITS 6
gint64 tjd_totp_step (gint64 now);
char *tjd_sign_in_code (const TjdSecret *key, gint64 now);

/* The time step whose code this is, if it is this one's or the one's before and later than the last
 * one accepted; else -1. Takes the same time either way. */
gint64 tjd_totp_match (const TjdSecret *key, const char *code, gint64 now, gint64 last_accepted);

G_END_DECLS
