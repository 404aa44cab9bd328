/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "consignment.h"
#include "ministry.h"
#include "station.h"

/* What is done with the passports between the two legs of the envelope: by the simulated desk and
 * printer of a sandbox, or as the staff report it, in whatever order. A station is noted once. */

#define AHEAD_SECONDS 60 /* that the clock of whoever reports may be */

/* What a station takes, in the simulator's minutes after the envelope's arrival. */
static const gint64 station_minutes[] = {
  [TJD_STATION_RECEIVED] = 10,
  [TJD_STATION_STAMPED] = 60,
  [TJD_STATION_CARD_PRINTED] = 120,
  [TJD_STATION_HANDED_TO_POST] = 180,
};

typedef struct {
  TjdRecord parent;
  char *order_id;
  TjdStationName station;
  char *consignment;
  gint64 due_at, at;
} WorkingRow;

static const TjdField working_row_fields[] = {
  TJD_STRING (WorkingRow, order_id, TJD_REQUIRED),
  TJD_ENUM (WorkingRow, station, tjd_station_name_get_type, TJD_REQUIRED),
  TJD_STRING (WorkingRow, consignment, TJD_REQUIRED),
  TJD_INT (WorkingRow, due_at, TJD_REQUIRED),
  TJD_INT (WorkingRow, at, TJD_NULLABLE),
};
TJD_DEFINE_PRIVATE_RECORD (WorkingRow, working_row, working_row_fields)

/* The envelope came: its stations are planned. */
gboolean
tjd_ministry_take_in (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdArrival *arrival = call->request;

  for (guint i = 0; i < G_N_ELEMENTS (station_minutes); i++)
    if (tjd_txn_exec (txn,
                      "INSERT INTO workings (order_id, station, consignment, due_at)"
                      " VALUES ($1, $2, $3, $4) ON CONFLICT (order_id, station) DO NOTHING",
                      error, tjd_text (arrival->order),
                      tjd_text (tjd_enum_to_nick (tjd_station_name_get_type (), (int) i)),
                      tjd_text (arrival->consignment),
                      tjd_int (tjd_host_after (call->host, station_minutes[i]))) < 0)
      return FALSE;
  return TRUE;
}

static gboolean
hand_over (TjdTxn *txn, TjdHost *host, WorkingRow *row, GError **error)
{
  g_autoptr (TjdHandover) handover = tjd_handover_new ();

  handover->order = g_strdup (row->order_id);
  return tjd_outbox_put (txn, host, "return", row->order_id, NULL, row->consignment, handover,
                         error);
}

static gboolean
finish_station (TjdTxn *txn, TjdHost *host, WorkingRow *row, gint64 at, GError **error)
{
  g_autoptr (TjdStationNotice) notice = tjd_station_notice_new ();
  const char *name = tjd_enum_to_nick (tjd_station_name_get_type (), row->station);

  notice->order = g_strdup (row->order_id);
  notice->station = row->station;
  notice->at = at;
  if (tjd_txn_exec (txn, "UPDATE workings SET at = $3 WHERE order_id = $1 AND station = $2", error,
                    tjd_text (row->order_id), tjd_text (name), tjd_int (notice->at)) <= 0 ||
      !tjd_outbox_put (txn, host, "station", row->order_id, name, NULL, notice, error))
    return FALSE;
  return row->station != TJD_STATION_HANDED_TO_POST || hand_over (txn, host, row, error);
}

#define DUE " FROM workings WHERE at IS NULL AND due_at <= $1"

static gboolean
finish_due (TjdTxn *txn, gpointer data, GError **error)
{
  TjdHost *host = data;
  g_autoptr (GPtrArray) rows = tjd_txn_list (txn, working_row_get_type (),
                                             "SELECT order_id, station, consignment, due_at, at" DUE
                                             " ORDER BY due_at LIMIT 200",
                                             error, tjd_int (tjd_clock_now_us (host->clock)));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!finish_station (txn, host, rows->pdata[i], tjd_clock_now (host->clock), error))
      return FALSE;
  return rows != NULL;
}

gboolean
tjd_ministry_finish_due (TjdHost *host, GError **error)
{
  return host->pace == 0 || tjd_host_write_if_any (host, "SELECT count(*)" DUE, finish_due, error);
}

static WorkingRow *
get_working (TjdTxn *txn, const char *order, TjdStationName station, GError **error)
{
  const char *name = tjd_enum_to_nick (tjd_station_name_get_type (), (int) station);
  WorkingRow *row = tjd_txn_get (txn, working_row_get_type (),
                                 "SELECT order_id, station, consignment, due_at, at FROM workings"
                                 " WHERE order_id = $1 AND station = $2",
                                 error, tjd_text (order), tjd_text (name));

  if (row == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "no envelope of this order has arrived");
  return row;
}

static TjdStations *
show_stations (TjdTxn *txn, const char *order, GError **error)
{
  g_autoptr (GPtrArray) rows =
      tjd_txn_list (txn, tjd_station_get_type (),
                    "SELECT station, at FROM workings WHERE order_id = $1 AND at IS NOT NULL"
                    " ORDER BY at, due_at",
                    error, tjd_text (order));
  TjdStations *stations;

  if (rows == NULL)
    return NULL;
  stations = tjd_stations_new ();
  stations->order = g_strdup (order);
  tjd_records_extend (stations->stations, rows);
  return stations;
}

gboolean
tjd_ministry_report_station (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdStationReport *report = call->request;
  g_autoptr (WorkingRow) row = NULL;

  if (report->at > tjd_clock_now (call->host->clock) + AHEAD_SECONDS) {
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/at", "this moment is to come");
    return FALSE;
  }
  row = get_working (txn, call->parameter, report->station, error);
  if (row == NULL ||
      (row->at == TJD_NO_INT && !finish_station (txn, call->host, row, report->at, error)))
    return FALSE;
  *reply = show_stations (txn, call->parameter, error);
  return *reply != NULL;
}
