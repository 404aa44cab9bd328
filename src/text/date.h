/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "day.h"
#include "reading.h"

G_BEGIN_DECLS

typedef enum {
  TJD_DATE_LONG,  /* 5 December 2026; with the Hijri day behind it, if that is wanted */
  TJD_DATE_SHORT, /* 5 Dec 2026; never with it */
} TjdDateStyle;

/* Days and moments as isolated runs. What lies outside of TJD_DAY_MIN … TJD_DAY_MAX, or is no day,
 * is an en dash: what comes from a server may be anything. */
char *tjd_date_text (const TjdLocale *locale, TjdDay day, TjdDateStyle style);

/* The same from "2026-12-05"; NULL is no day. */
char *tjd_wire_date_text (const TjdLocale *locale, const char *wire, TjdDateStyle style);

/* By Umm al-Qura: 25 Jumada II 1448 AH, ٢٥ جمادى الآخرة ١٤٤٨ هـ. */
char *tjd_hijri_text (const TjdLocale *locale, TjdDay day);

/* UTC seconds in Qatar's time: 5 Dec 2026, 14:20; and 14:20 alone. */
char *tjd_moment_text (const TjdLocale *locale, gint64 utc_seconds);
char *tjd_time_text (const TjdLocale *locale, gint64 utc_seconds);

G_END_DECLS
