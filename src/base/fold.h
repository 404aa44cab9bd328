/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text as it is searched: without case, accents, vowel signs, hamza seats, tatweel and directional
 * marks, digits of every script as ASCII, white space as one space. Both what is searched and what
 * is sought go through it. Not for showing. text is UTF-8. */
char *tjd_fold (const char *text);

G_END_DECLS
