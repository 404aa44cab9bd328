/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journal.h"
#include "quote.h"
#include "reading.h"
#include "review.h"

G_BEGIN_DECLS

/* Words that the renewal's pages share; translated. */

char *tjd_years_text (const TjdLocale *locale, gint64 years);    /* "2 years" */
char *tjd_permits_text (const TjdLocale *locale, guint permits); /* "2 permits" */

/* Borrowed. */
const char *tjd_line_words (TjdLineKind kind);

/* What is happening now at a step that goes on by itself, as a heading; NULL at the others. */
const char *tjd_step_words (TjdJourneyStep step);

/* "Review asked for on 5 Dec 2026; waiting for the ministry’s staff." with what they decided. */
char *tjd_asked_text (const TjdLocale *locale, TjdReview *review);

G_END_DECLS
