/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "order.h"

G_BEGIN_DECLS

/* One of the ministry's stations by the word of its staff: POST /orders/{id}/stations. */
TJD_DECLARE_RECORD (TjdStationReport, tjd_station_report)
struct _TjdStationReport {
  TjdRecord parent;
  TjdStationName station;
  gint64 at; /* UTC seconds: when it happened */
};

/* What the ministry has noted of an order so far. */
TJD_DECLARE_RECORD (TjdStations, tjd_stations)
struct _TjdStations {
  TjdRecord parent;
  char *order;
  GPtrArray *stations; /* of TjdStation, by their moment */
};

G_END_DECLS
