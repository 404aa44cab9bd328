/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reading.h"

G_BEGIN_DECLS

/* text with each of its decimal digits, of whatever script, as the person reads digits; nothing
 * else is changed. text is UTF-8. */
char *tjd_numerals (const TjdLocale *locale, const char *text);

/* A count with its grouping: "72,000", "٧٢٬٠٠٠". */
char *tjd_number_text (const TjdLocale *locale, gint64 number);

/* A number that names something (personal ID, establishment, order), left to right in any
 * surroundings. It must be known to be harmless: what a server sent unchecked goes through
 * tjd_foreign. */
char *tjd_identifier_text (const TjdLocale *locale, const char *identifier);

/* What stands between two things on one line, " · ". Beside Arabic-Indic digits, whose zero is a
 * dot as well, it is a dash. */
const char *tjd_separator (const TjdLocale *locale);

G_END_DECLS
