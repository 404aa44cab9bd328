/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "consignment.h"
#include "order.h"

G_BEGIN_DECLS

/* Where a passport is, as five stops on one line. A stop is what was reported of it and nothing
 * else: of the two legs by the post, of what is between them by the ministry. What lies before
 * something that was reported, and was not reported itself, is not taken as done. */
typedef enum {
  TJD_STOP_OUT, /* the envelope's way to the ministry */
  TJD_STOP_RECEIVED,
  TJD_STOP_STAMPED,
  TJD_STOP_CARD_PRINTED,
  TJD_STOP_BACK, /* and home */
  TJD_N_STOPS
} TjdStopId;

typedef enum {
  TJD_STOP_AHEAD,
  TJD_STOP_UNDER_WAY,
  TJD_STOP_DONE,
  TJD_STOP_UNREPORTED, /* something later was reported, this was not */
  TJD_STOP_TROUBLED,   /* a delivery failed, and nothing is known since */
} TjdStopState;

typedef struct {
  TjdStopState state;
  gint64 at; /* UTC seconds, of what was reported last; TJD_NO_INT */
} TjdStop;

typedef struct {
  TjdStop stops[TJD_N_STOPS];
  TjdScan *trouble; /* the failed delivery that stands; borrowed, NULL */
} TjdWay;

/* Whatever the order of scans and stations is. consignment may be NULL: there is none yet. */
void tjd_way_read (TjdWay *way, TjdOrder *order, TjdConsignment *consignment);

/* The stop that is of now: the one under way or in trouble, else the last that is done; -1 before
 * the first. */
int tjd_way_current (const TjdWay *way);

/* The 24-hour clock: from the posting of the way out to the delivery of the way back (FACTS, "Post
 * events"). */
typedef enum {
  TJD_TIME_NOT_STARTED,
  TJD_TIME_LEFT,    /* seconds until it is due, more than 0 */
  TJD_TIME_OVERDUE, /* seconds since */
  TJD_TIME_IN_TIME, /* seconds that it took */
  TJD_TIME_LATE,    /* seconds that it took */
} TjdTimeState;

typedef struct {
  TjdTimeState state;
  gint64 seconds;
} TjdTime;

TjdTime tjd_time_read (TjdConsignment *consignment, gint64 now);

G_END_DECLS
