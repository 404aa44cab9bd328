/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reading.h"

G_BEGIN_DECLS

/* Text that somebody else wrote (a server, a file), made harmless to show as plain text: valid
 * UTF-8, one line, without controls, marks of direction, invisible characters and towers of
 * accents; at most max_characters, the last of them an ellipsis if it was longer; isolated, so that
 * it turns nothing around it. Nothing left is an empty string. It is still not markup: never hand
 * it to Pango's. text may be NULL, any bytes, and of any length. */
char *tjd_foreign (const char *text, guint max_characters);

/* The same without isolates: for what only a computer reads, such as a clipboard. */
char *tjd_foreign_plain (const char *text, guint max_characters);

#define TJD_NAME_CHARACTERS 80

/* A name in the person's language, or in the other one where there is none. */
char *tjd_name_text (const TjdLocale *locale, const char *name_en, const char *name_ar);

/* What stands in an avatar for that name, with a space between as AdwAvatar takes names apart: "S
 * L"; one letter in Arabic, whose letters join. An empty string where a name begins with no letter.
 */
char *tjd_initials (const TjdLocale *locale, const char *name_en, const char *name_ar);

G_END_DECLS
