/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "date.h"

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#include "icu.h"
#include "isolate.h"

#define MAX_UNITS 128

static const char *const long_pattern[] = { "d MMMM y", "d MMMM y" };
static const char *const short_pattern[] = { "d MMM y", "d MMM y" };
static const char *const hijri_pattern[] = { "d MMMM y G", "d MMMM y G" };
static const char *const moment_pattern[] = { "d MMM y, HH:mm", "d MMM y، HH:mm" };
static const char *const time_pattern[] = { "HH:mm", "HH:mm" };

/* Qatar's hour by what the contract says (day.h), whatever a computer's time zones say. */
static const UChar zone[] = u"GMT+03:00";

/* Gregorian all the way back, as the days of the contract are. */
static void
be_proleptic (UDateFormat *format, UErrorCode *status)
{
  UCalendar *calendar = ucal_clone (udat_getCalendar (format), status);

  ucal_setGregorianChange (calendar, -8.64e15, status);
  udat_setCalendar (format, calendar);
  ucal_close (calendar);
}

static char *
format_moment (const TjdLocale *locale,
               gint64 utc_seconds,
               const char *const *patterns,
               TjdIcuCalendar calendar)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree UChar *pattern =
      (UChar *) g_utf8_to_utf16 (patterns[locale->language], -1, NULL, NULL, NULL);
  UDateFormat *format = udat_open (UDAT_PATTERN, UDAT_PATTERN, tjd_icu_locale (locale, calendar),
                                   zone, -1, pattern, -1, &status);
  UChar units[MAX_UNITS];
  int n;

  if (U_FAILURE (status))
    return g_strdup (TJD_NOTHING);
  if (calendar == TJD_ICU_GREGORIAN)
    be_proleptic (format, &status);
  n = udat_format (format, (UDate) utc_seconds * 1000, units, MAX_UNITS, NULL, &status);
  udat_close (format);
  return U_SUCCESS (status) ? tjd_icu_to_utf8 (units, n) : g_strdup (TJD_NOTHING);
}

static char *
isolate (const char *text)
{
  return g_strconcat (TJD_FSI, text, TJD_PDI, NULL);
}

static gboolean
is_day (TjdDay day)
{
  return day >= TJD_DAY_MIN && day <= TJD_DAY_MAX;
}

static char *
format_hijri (const TjdLocale *locale, TjdDay day)
{
  return format_moment (locale, tjd_day_begins_at (day), hijri_pattern, TJD_ICU_UMM_AL_QURA);
}

char *
tjd_hijri_text (const TjdLocale *locale, TjdDay day)
{
  g_autofree char *text = is_day (day) ? format_hijri (locale, day) : NULL;

  return text != NULL ? isolate (text) : g_strdup (TJD_NOTHING);
}

char *
tjd_date_text (const TjdLocale *locale, TjdDay day, TjdDateStyle style)
{
  g_autofree char *text = NULL, *hijri = NULL;

  if (!is_day (day))
    return g_strdup (TJD_NOTHING);
  text = format_moment (locale, tjd_day_begins_at (day),
                        style == TJD_DATE_LONG ? long_pattern : short_pattern, TJD_ICU_GREGORIAN);
  if (!locale->hijri || style == TJD_DATE_SHORT)
    return isolate (text);
  hijri = format_hijri (locale, day);
  return g_strconcat (TJD_FSI, text, " (", hijri, ")", TJD_PDI, NULL);
}

char *
tjd_wire_date_text (const TjdLocale *locale, const char *wire, TjdDateStyle style)
{
  TjdDay day;

  if (wire == NULL || !tjd_day_parse (wire, &day))
    return g_strdup (TJD_NOTHING);
  return tjd_date_text (locale, day, style);
}

static char *
isolated_moment (const TjdLocale *locale, gint64 utc_seconds, const char *const *patterns)
{
  g_autofree char *text = NULL;

  if (utc_seconds < 0 || utc_seconds > TJD_MOMENT_MAX)
    return g_strdup (TJD_NOTHING);
  text = format_moment (locale, utc_seconds, patterns, TJD_ICU_GREGORIAN);
  return isolate (text);
}

char *
tjd_moment_text (const TjdLocale *locale, gint64 utc_seconds)
{
  return isolated_moment (locale, utc_seconds, moment_pattern);
}

char *
tjd_time_text (const TjdLocale *locale, gint64 utc_seconds)
{
  return isolated_moment (locale, utc_seconds, time_pattern);
}
