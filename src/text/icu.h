/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <unicode/utypes.h>

#include "reading.h"

G_BEGIN_DECLS

/* Between ICU and the rest of this folder; nobody else includes it. */

/* "ar_QA@calendar=gregorian;numbers=arab". Static. */
typedef enum { TJD_ICU_GREGORIAN, TJD_ICU_UMM_AL_QURA } TjdIcuCalendar;
const char *tjd_icu_locale (const TjdLocale *locale, TjdIcuCalendar calendar);

/* ICU's text as ours. (transfer full) */
char *tjd_icu_to_utf8 (const UChar *text, int length);

G_END_DECLS
