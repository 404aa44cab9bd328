/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "amount.h"

#include <unicode/unum.h>

#include "icu.h"
#include "isolate.h"

#define MAX_UNITS 64

/* ICU's own patterns put the sign and marks of direction in places that differ between versions;
 * the words around the number are ours. */
static const struct {
  const char *before, *after;
} currency[] = {
  [TJD_LANGUAGE_EN] = { "QAR" TJD_NBSP, "" },
  [TJD_LANGUAGE_AR] = { "", TJD_NBSP "ر.ق" },
};

/* By way of decimal digits: a double would not hold every int64. */
static char *
format_number (const TjdLocale *locale, TjdMoney dirhams)
{
  guint64 absolute = dirhams < 0 ? -(guint64) dirhams : (guint64) dirhams;
  g_autofree char *digits = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", dirhams < 0 ? "-" : "",
                                             absolute / TJD_RIYAL, (guint) (absolute % TJD_RIYAL));
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format =
      unum_open (UNUM_DECIMAL, NULL, 0, tjd_icu_locale (locale, TJD_ICU_GREGORIAN), NULL, &status);
  UChar units[MAX_UNITS];
  int n;

  unum_setAttribute (format, UNUM_FRACTION_DIGITS, 2);
  n = unum_formatDecimal (format, digits, -1, units, MAX_UNITS, NULL, &status);
  unum_close (format);
  return U_SUCCESS (status) ? tjd_icu_to_utf8 (units, n) : g_strdup (TJD_NOTHING);
}

char *
tjd_amount_text (const TjdLocale *locale, TjdMoney dirhams)
{
  g_autofree char *number = format_number (locale, dirhams);

  return g_strconcat (TJD_FSI, currency[locale->language].before, number,
                      currency[locale->language].after, TJD_PDI, NULL);
}
