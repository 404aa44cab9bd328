/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reading.h"
#include "session.h"

G_BEGIN_DECLS

/* What a wrong clock has to do with this failure to sign in, and by how much it is off: a sentence
 * or two. NULL: nothing. */
char *tjd_clock_words (const TjdLocale *locale, TjdSession *session, const GError *error);

G_END_DECLS
