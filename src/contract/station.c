/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station.h"

#include "day.h"
#include "identifiers.h"

static const TjdField station_report_fields[] = {
  TJD_ENUM (TjdStationReport, station, tjd_station_name_get_type, TJD_REQUIRED),
  TJD_INT (TjdStationReport, at, TJD_REQUIRED, .max = TJD_MOMENT_MAX),
};
TJD_DEFINE_RECORD (TjdStationReport, tjd_station_report, station_report_fields)

static const TjdField stations_fields[] = {
  TJD_STRING (TjdStations, order, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_LIST (TjdStations, stations, tjd_station_get_type, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdStations, tjd_stations, stations_fields)
