/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "day.h"

#include <string.h>

#define JULIAN_1970 719163 /* g_date_get_julian of 1970-01-01 */
#define DAY_SECONDS (24 * 60 * 60)

static gboolean
two_digits (const char *text, guint *value)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *value = (guint) (text[0] - '0') * 10 + (guint) (text[1] - '0');
  return TRUE;
}

gboolean
tjd_day_parse (const char *text, TjdDay *day)
{
  guint century, year, month, in_month;
  GDate date;

  if (strlen (text) != 10 || text[4] != '-' || text[7] != '-' || !two_digits (text, &century) ||
      !two_digits (text + 2, &year) || !two_digits (text + 5, &month) ||
      !two_digits (text + 8, &in_month))
    return FALSE;
  year += century * 100;
  if (!g_date_valid_dmy ((GDateDay) in_month, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) in_month, (GDateMonth) month, (GDateYear) year);
  *day = g_date_get_julian (&date);
  return TRUE;
}

char *
tjd_day_format (TjdDay day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);
  return g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (&date),
                          (guint) g_date_get_month (&date), (guint) g_date_get_day (&date));
}

TjdDay
tjd_day_in_qatar (gint64 utc_seconds)
{
  return JULIAN_1970 + (utc_seconds + TJD_QATAR_AHEAD) / DAY_SECONDS;
}

gint64
tjd_day_begins_at (TjdDay day)
{
  return (day - JULIAN_1970) * DAY_SECONDS - TJD_QATAR_AHEAD;
}

TjdDay
tjd_day_add_months (TjdDay day, int months)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);
  if (months < 0)
    g_date_subtract_months (&date, (guint) -months);
  else
    g_date_add_months (&date, (guint) months);
  return g_date_get_julian (&date);
}

char *
tjd_moment_format (gint64 utc_seconds)
{
  g_autofree char *day = tjd_day_format (JULIAN_1970 + utc_seconds / DAY_SECONDS);
  guint in_day = (guint) (utc_seconds % DAY_SECONDS);

  return g_strdup_printf ("%sT%02u:%02u:%02uZ", day, in_day / 3600, in_day / 60 % 60, in_day % 60);
}

gboolean
tjd_moment_parse (const char *text, gint64 *utc_seconds)
{
  g_autofree char *date = g_strndup (text, 10);
  guint hour, minute, second;
  TjdDay day;

  if (strlen (text) != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != 'Z' || !tjd_day_parse (date, &day) || day < JULIAN_1970 ||
      !two_digits (text + 11, &hour) || !two_digits (text + 14, &minute) ||
      !two_digits (text + 17, &second) || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  *utc_seconds = (day - JULIAN_1970) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
  return TRUE;
}
