/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "icu.h"

/* Indexed by language, digits, calendar. English is the day-first kind. */
static const char *const names[TJD_N_LANGUAGES][2][2] = {
  { { "en_GB@calendar=gregorian;numbers=latn", "en_GB@calendar=islamic-umalqura;numbers=latn" },
    { "en_GB@calendar=gregorian;numbers=arab", "en_GB@calendar=islamic-umalqura;numbers=arab" } },
  { { "ar_QA@calendar=gregorian;numbers=latn", "ar_QA@calendar=islamic-umalqura;numbers=latn" },
    { "ar_QA@calendar=gregorian;numbers=arab", "ar_QA@calendar=islamic-umalqura;numbers=arab" } },
};

const char *
tjd_icu_locale (const TjdLocale *locale, TjdIcuCalendar calendar)
{
  return names[locale->language][locale->digits][calendar];
}

char *
tjd_icu_to_utf8 (const UChar *text, int length)
{
  return g_utf16_to_utf8 ((const gunichar2 *) text, length, NULL, NULL, NULL);
}
