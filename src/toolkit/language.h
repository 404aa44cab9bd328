/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reading.h"

G_BEGIN_DECLS

/* The language of gettext's and GTK's own texts, which is the environment's and so the process's.
 * It needs no locale of the system to be there: on a computer without Arabic locales Arabic is as
 * complete as elsewhere. */

/* Before gtk_init. Translations are looked for in TAJDID_LOCALE_DIR, where it has not been
 * installed, else where it has. */
void tjd_language_start (void);

/* What the person's session says, as it was at the start. */
TjdLanguage tjd_language_of_session (void);

/* From here on texts are looked up in that language, and windows run in its direction. Texts that
 * are already on widgets stay: whoever shows them makes them anew. Main thread, after gtk_init. */
void tjd_language_use (TjdLanguage language);

/* How one reads in the language in use, with its own digits. */
const TjdLocale *tjd_language_locale (void);

/* A text of ours in that language, whichever is in use; msgid is marked by N_(). For what is made
 * in two languages at once. Main thread; borrowed, for ever. */
const char *tjd_language_text (TjdLanguage language, const char *msgid);

G_END_DECLS
