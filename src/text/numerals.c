/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerals.h"

#include <unicode/unum.h>

#include "icu.h"
#include "isolate.h"

#define MAX_UNITS 64

static const gunichar zeros[] = { [TJD_DIGITS_WESTERN] = '0', [TJD_DIGITS_ARABIC_INDIC] = 0x0660 };

char *
tjd_numerals (const TjdLocale *locale, const char *text)
{
  GString *turned = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int value = g_unichar_digit_value (c);
    g_string_append_unichar (turned, value >= 0 ? zeros[locale->digits] + (gunichar) value : c);
  }
  return g_string_free (turned, FALSE);
}

char *
tjd_number_text (const TjdLocale *locale, gint64 number)
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format =
      unum_open (UNUM_DECIMAL, NULL, 0, tjd_icu_locale (locale, TJD_ICU_GREGORIAN), NULL, &status);
  UChar units[MAX_UNITS];
  int n = unum_formatInt64 (format, number, units, MAX_UNITS, NULL, &status);

  unum_close (format);
  return U_SUCCESS (status) ? tjd_icu_to_utf8 (units, n) : g_strdup (TJD_NOTHING);
}

/* One with letters is Latin as a whole: "rcp-d2f6" has no other digits. */
static gboolean
has_letters (const char *identifier)
{
  while (*identifier != '\0' && !g_ascii_isalpha (*identifier))
    identifier++;
  return *identifier != '\0';
}

char *
tjd_identifier_text (const TjdLocale *locale, const char *identifier)
{
  g_autofree char *turned =
      has_letters (identifier) ? g_strdup (identifier) : tjd_numerals (locale, identifier);

  return g_strconcat (TJD_LRI, turned, TJD_PDI, NULL);
}

const char *
tjd_separator (const TjdLocale *locale)
{
  return locale->digits == TJD_DIGITS_ARABIC_INDIC ? " – " : " · ";
}
