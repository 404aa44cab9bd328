/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days (expiry, grace, fine) are calendar dates in Asia/Qatar, which has been three hours ahead of
 * UTC without a change since 1972. A day is its Julian number (GDate), on the wire "2026-11-24". */
typedef gint64 TjdDay;

#define TJD_QATAR_AHEAD (3 * 60 * 60)

/* What can be written with four digits for the year. */
#define TJD_DAY_MIN ((TjdDay) 1)
#define TJD_DAY_MAX ((TjdDay) 3652059)
#define TJD_MOMENT_MAX G_GINT64_CONSTANT (253402300799) /* the end of TJD_DAY_MAX, UTC */

gboolean tjd_day_parse (const char *text, TjdDay *day); /* exactly YYYY-MM-DD, a date that exists */
char *tjd_day_format (TjdDay day);
TjdDay tjd_day_in_qatar (gint64 utc_seconds);
gint64 tjd_day_begins_at (TjdDay day); /* midnight in Asia/Qatar, in UTC seconds */

/* The same day of the month; the 29th of February and the like become the month's last day. */
TjdDay tjd_day_add_months (TjdDay day, int months);

/* "2026-11-24T05:00:00Z" and back. */
char *tjd_moment_format (gint64 utc_seconds);
gboolean tjd_moment_parse (const char *text, gint64 *utc_seconds);

G_END_DECLS
