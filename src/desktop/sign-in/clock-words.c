/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock-words.h"

#include "calls.h"
#include "numerals.h"
#include "plurals.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define OFF_SECONDS 30 /* a code's life: further off, a token on this computer is wrong */

/* Rounded, in the largest unit of which there are at least two: a flat battery sets it back by
 * years. */
static char *
say_span (const TjdLocale *locale, gint64 seconds)
{
  gint64 unit = seconds >= 2 * DAY ? DAY : seconds >= 2 * HOUR ? HOUR : MINUTE;
  gint64 n = MAX ((seconds + unit / 2) / unit, 1);
  g_autofree char *number = tjd_number_text (locale, n);

  if (unit == DAY)
    return g_strdup_printf (ngettext ("%s day", "%s days", (gulong) n), number);
  if (unit == HOUR)
    return g_strdup_printf (ngettext ("%s hour", "%s hours", (gulong) n), number);
  return g_strdup_printf (ngettext ("%s minute", "%s minutes", (gulong) n), number);
}

char *
tjd_clock_words (const TjdLocale *locale, TjdSession *session, const GError *error)
{
  gboolean is_wrong_code = g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_CODE_WRONG);
  gboolean is_clock = g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CLOCK);
  g_autofree char *span = NULL, *off = NULL;
  gint64 skew;

  if ((!is_wrong_code && !is_clock) || session == NULL ||
      !tjd_call_get_skew (session, TJD_PARTY_PORTAL, &skew) || ABS (skew) <= OFF_SECONDS)
    return NULL;
  span = say_span (locale, ABS (skew));
  /* Translators: %s is a duration: "12 minutes". */
  off = g_strdup_printf (_ ("It is off by about %s."), span);
  if (is_clock)
    return g_steal_pointer (&off);
  return g_strjoin (" ", _ ("This computer’s clock is wrong."), off,
                    _ ("A token on this computer shows wrong codes until it is set."), NULL);
}
