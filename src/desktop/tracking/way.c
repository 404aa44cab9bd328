/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way.h"

#include <string.h>

/* Which stop a station of the ministry's makes; that it handed the envelope to the post is the
 * beginning of the way back. */
static const struct {
  TjdStopId stop;
  TjdStopState state;
} stations[] = {
  [TJD_STATION_RECEIVED] = { TJD_STOP_RECEIVED, TJD_STOP_DONE },
  [TJD_STATION_STAMPED] = { TJD_STOP_STAMPED, TJD_STOP_DONE },
  [TJD_STATION_CARD_PRINTED] = { TJD_STOP_CARD_PRINTED, TJD_STOP_DONE },
  [TJD_STATION_HANDED_TO_POST] = { TJD_STOP_BACK, TJD_STOP_UNDER_WAY },
};

/* And what a scan makes of its leg; codes that are not here change nothing. */
static const struct {
  const char *code;
  TjdStopState state;
} scans[] = {
  { TJD_SCAN_POSTED, TJD_STOP_UNDER_WAY },
  { TJD_SCAN_AT_DELIVERY_OFFICE, TJD_STOP_UNDER_WAY },
  { TJD_SCAN_FAILED, TJD_STOP_TROUBLED },
  { TJD_SCAN_DELIVERED, TJD_STOP_DONE },
};

static gboolean
is_newer (const TjdStop *stop, gint64 at)
{
  return stop->at == TJD_NO_INT || at >= stop->at;
}

/* What is delivered stays so, whatever is read of it later. TRUE: it is of now. */
static gboolean
note (TjdWay *way, TjdStopId id, TjdStopState state, gint64 at)
{
  TjdStop *stop = &way->stops[id];

  if (stop->state == TJD_STOP_DONE || (state != TJD_STOP_DONE && !is_newer (stop, at)))
    return FALSE;
  *stop = (TjdStop){ state, at };
  return TRUE;
}

/* A failure stands until something that we know is reported of the same leg. */
static void
note_trouble (TjdWay *way, TjdStopState state, TjdScan *scan)
{
  if (state == TJD_STOP_TROUBLED)
    way->trouble = scan;
  else if (way->trouble != NULL && way->trouble->leg == scan->leg)
    way->trouble = NULL;
}

static void
note_scan (TjdWay *way, TjdScan *scan)
{
  TjdStopId stop = scan->leg == TJD_LEG_OUT ? TJD_STOP_OUT : TJD_STOP_BACK;

  for (guint i = 0; i < G_N_ELEMENTS (scans); i++)
    if (strcmp (scan->code, scans[i].code) == 0 && note (way, stop, scans[i].state, scan->at))
      note_trouble (way, scans[i].state, scan);
}

static void
note_station (TjdWay *way, TjdStation *station)
{
  if ((guint) station->station < G_N_ELEMENTS (stations))
    note (way, stations[station->station].stop, stations[station->station].state, station->at);
}

/* From the end: what is still open before something that was reported was not reported. A failure
 * that the envelope has left behind is no trouble any more. */
static void
mark_unreported (TjdWay *way)
{
  gboolean is_passed = FALSE;

  for (int i = TJD_N_STOPS - 1; i >= 0; i--) {
    TjdStop *stop = &way->stops[i];
    gboolean is_reported = stop->state != TJD_STOP_AHEAD;
    if (is_passed && stop->state != TJD_STOP_DONE) {
      stop->state = TJD_STOP_UNREPORTED;
      if (i == TJD_STOP_OUT && way->trouble != NULL && way->trouble->leg == TJD_LEG_OUT)
        way->trouble = NULL;
    }
    is_passed |= is_reported;
  }
}

void
tjd_way_read (TjdWay *way, TjdOrder *order, TjdConsignment *consignment)
{
  way->trouble = NULL;
  for (guint i = 0; i < TJD_N_STOPS; i++)
    way->stops[i] = (TjdStop){ TJD_STOP_AHEAD, TJD_NO_INT };
  for (guint i = 0; consignment != NULL && i < consignment->scans->len; i++)
    note_scan (way, consignment->scans->pdata[i]);
  for (guint i = 0; i < order->stations->len; i++)
    note_station (way, order->stations->pdata[i]);
  mark_unreported (way);
}

int
tjd_way_current (const TjdWay *way)
{
  int current = -1;

  for (int i = 0; i < TJD_N_STOPS; i++)
    if (way->stops[i].state != TJD_STOP_AHEAD)
      current = i;
  return current;
}

TjdTime
tjd_time_read (TjdConsignment *consignment, gint64 now)
{
  gint64 posted_at = consignment != NULL ? consignment->posted_at : TJD_NO_INT;
  gint64 taken;

  if (posted_at == TJD_NO_INT || consignment->due_at == TJD_NO_INT)
    return (TjdTime){ TJD_TIME_NOT_STARTED, 0 };
  if (consignment->delivered_at != TJD_NO_INT) {
    taken = MAX (consignment->delivered_at - posted_at, 0);
    return (TjdTime){ consignment->delivered_at <= consignment->due_at ? TJD_TIME_IN_TIME
                                                                       : TJD_TIME_LATE,
                      taken };
  }
  if (now < consignment->due_at)
    return (TjdTime){ TJD_TIME_LEFT, consignment->due_at - now };
  return (TjdTime){ TJD_TIME_OVERDUE, now - consignment->due_at };
}
