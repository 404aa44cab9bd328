/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "failure.h"
#include "reading.h"

G_BEGIN_DECLS

/* An error in the app's own words, in the order people need them: what happened, whether money
 * moved, what to do. By domain and code alone; of what a service wrote nothing is shown. Strings
 * are translated, plain text. */
typedef struct {
  char *happened; /* one sentence, also a heading */
  char *money;    /* NULL where no money could have moved by what was asked */
  char *remedy;   /* one or more sentences */
} TjdWords;

#define TJD_NOT_ABOUT_MONEY (-1)

/* charge is a TjdCharge or TJD_NOT_ABOUT_MONEY. */
TjdWords *tjd_words_new (const TjdLocale *locale, const GError *error, int charge);
void tjd_words_free (TjdWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdWords, tjd_words_free)

/* Money and remedy as one paragraph, for below a heading; and all three. */
char *tjd_words_dup_explanation (const TjdWords *self);
char *tjd_words_dup_text (const TjdWords *self);

/* Translated; borrowed. */
const char *tjd_charge_words (TjdCharge charge);

/* FALSE where an error would only get the words that fit anything: a test asks. */
gboolean tjd_words_are_own (const GError *error);

G_END_DECLS
