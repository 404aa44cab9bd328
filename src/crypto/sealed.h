/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "secret.h"

G_BEGIN_DECLS

/* Bytes sealed by AES-256-GCM: a nonce drawn for each sealing, what was sealed, and a tag over both
 * and over a purpose that is not stored: what was sealed for one cannot be opened for another. A
 * key seals a few thousand times in its life, far from where drawn nonces might meet (SP
 * 800-38D 8.3). */
#define TJD_SEALED_KEY_BYTES 32
TjdSecret *tjd_sealed_new_key (const TjdEntropy *entropy);

GBytes *
tjd_sealed_make (TjdSecret *key, const TjdEntropy *entropy, const char *purpose, GBytes *plain);

/* NULL if it is not what this key sealed for this purpose. */
GBytes *tjd_sealed_open (TjdSecret *key, const char *purpose, GBytes *sealed);

G_END_DECLS
