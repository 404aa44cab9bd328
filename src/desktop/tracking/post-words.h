/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reading.h"
#include "way.h"

G_BEGIN_DECLS

/* The way of an envelope in words. New strings are translated, plain text, and harmless to show. */

/* "Envelope out", "Way back"; borrowed. */
const char *tjd_stop_words (TjdStopId stop);
const char *tjd_stop_state_words (TjdStopState state);

/* A scan: "On its way to the ministry"; a code that is not known as the text that it is. */
char *tjd_scan_words (TjdScan *scan);
char *tjd_place_words (const TjdLocale *locale, TjdScan *scan); /* "Al Sadd post office" */
const char *tjd_station_words (TjdStationName station);         /* borrowed */

/* Of a failed delivery: why, what the post does about it, and what the person is to do. Borrowed.
 */
const char *tjd_failure_reason_words (TjdFailureReason reason);
const char *tjd_failure_action_words (TjdFailureAction action);
const char *tjd_failure_remedy_words (TjdFailureReason reason, TjdFailureAction action);

/* "2 hours 5 minutes"; minutes are left out where there are none, and seconds always. */
char *tjd_duration_words (const TjdLocale *locale, gint64 seconds);
char *tjd_time_words (const TjdLocale *locale, TjdTime time);

G_END_DECLS
