/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the keyring's answer is to a person: what happened, and what to do. */
typedef struct {
  const char *title;
  const char *advice;
} TjdTokenWords;

TjdTokenWords tjd_token_words (const GError *error);

G_END_DECLS
