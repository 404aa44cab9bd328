/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words for each code of each domain; words.c alone reads them. Untranslated: N_(). */
typedef struct {
  const char *happened;
  const char *remedy;
} TjdWordsRow;

/* NULL where there is none. */
const TjdWordsRow *tjd_words_of_problem (int code);
const TjdWordsRow *tjd_words_of_transport (int code);
const TjdWordsRow *tjd_words_of_client (int code);
const TjdWordsRow *tjd_words_of_keyring (int code);

G_END_DECLS
