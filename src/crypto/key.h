/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jws.h"

G_BEGIN_DECLS

/* What jws.c and dpop.c want of a key beyond jws.h. */
TjdKey *tjd_key_new_from_record (TjdJwk *jwk, GError **error);
TjdJwk *tjd_key_to_record (TjdKey *self); /* the public half, without a kid */
void tjd_key_sign_bytes (TjdKey *self, const char *bytes, gsize length, guint8 signature[64]);
gboolean
tjd_key_verify_bytes (TjdKey *self, const char *bytes, gsize length, const guint8 signature[64]);

G_END_DECLS
