/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reading.h"

G_BEGIN_DECLS

/* The window's language for as long as it runs: --language's, else the session's. It needs no
 * locale of the system. Before GTK; translations are looked for in TAJDID_LOCALE_DIR, where the
 * program has not been installed. */
void tjd_token_language_start (int argc, char **argv);

/* How the person reads: digits are those of the language. */
const TjdLocale *tjd_token_locale (void);

G_END_DECLS
