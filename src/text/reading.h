/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a person reads: a plain value that is handed to everything that makes text for them. There is
 * no such thing for the whole process. */
typedef enum { TJD_LANGUAGE_EN, TJD_LANGUAGE_AR, TJD_N_LANGUAGES } TjdLanguage;
typedef enum { TJD_DIGITS_WESTERN, TJD_DIGITS_ARABIC_INDIC } TjdDigits;

typedef struct {
  TjdLanguage language;
  TjdDigits digits;
  gboolean hijri; /* Hijri days beside Gregorian ones */
} TjdLocale;

G_END_DECLS
