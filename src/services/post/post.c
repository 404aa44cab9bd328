/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "consignment.h"
#include "health.h"
#include "host.h"
#include "identifiers.h"
#include "day.h"

/* The post's part: an envelope for each order, an S10 item for each of its two legs, and the scans
 * that tell where it is. The 24-hour clock belongs to the consignment: it starts when the applicant
 * posts the envelope (EMA, out) and stops when it is back in their hands (EMI, back). */

#define PROMISE_SECONDS (24 * 60 * 60)
#define INDICATOR "RR" /* registered */

static const char *const migrations[] = {
  TJD_HOST_MIGRATION,
  "CREATE TABLE bands ("
  "  valid_from TEXT NOT NULL, position INTEGER NOT NULL, up_to INTEGER, per INTEGER NOT NULL,"
  "  amount INTEGER NOT NULL, PRIMARY KEY (valid_from, position)) STRICT;"
  "CREATE TABLE serials (indicator TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT;"
  "CREATE TABLE consignments ("
  "  id TEXT PRIMARY KEY, order_id TEXT NOT NULL UNIQUE, renewer TEXT NOT NULL,"
  "  cards INTEGER NOT NULL, fee INTEGER NOT NULL, out_item TEXT NOT NULL UNIQUE,"
  "  back_item TEXT NOT NULL UNIQUE, opened_at INTEGER NOT NULL, posted_at INTEGER,"
  "  delivered_at INTEGER) STRICT;"
  "CREATE TABLE scans ("
  "  consignment TEXT NOT NULL REFERENCES consignments (id), leg TEXT NOT NULL,"
  "  code TEXT NOT NULL, place_en TEXT NOT NULL, place_ar TEXT NOT NULL,"
  "  due_at INTEGER NOT NULL, at INTEGER, PRIMARY KEY (consignment, leg, code)) STRICT;"
  "CREATE INDEX scans_due ON scans (due_at) WHERE at IS NULL",
  NULL,
};

/* The simulated courier's round, in minutes of its own from the start of the leg. */
static const struct {
  TjdLeg leg;
  const char *code;
  gint64 minutes;
  const char *place_en, *place_ar;
} round_[] = {
  { TJD_LEG_OUT, TJD_SCAN_POSTED, 60, "Home collection", "الاستلام من المنزل" },
  { TJD_LEG_OUT, TJD_SCAN_AT_DELIVERY_OFFICE, 240, "General Post Office", "مكتب البريد العام" },
  { TJD_LEG_OUT, TJD_SCAN_DELIVERED, 360, "Ministry, permits desk", "الوزارة، مكتب الإقامات" },
  { TJD_LEG_BACK, TJD_SCAN_POSTED, 30, "Ministry, permits desk", "الوزارة، مكتب الإقامات" },
  { TJD_LEG_BACK, TJD_SCAN_AT_DELIVERY_OFFICE, 180, "General Post Office", "مكتب البريد العام" },
  { TJD_LEG_BACK, TJD_SCAN_DELIVERED, 300, "Home delivery", "التسليم في المنزل" },
};

typedef struct {
  TjdRecord parent;
  char *id, *order_id, *renewer;
  gint64 cards;
  TjdMoney fee;
  char *out_item, *back_item;
  gint64 opened_at, posted_at, delivered_at;
} ConsignmentRow;

static const TjdField consignment_row_fields[] = {
  TJD_STRING (ConsignmentRow, id, TJD_REQUIRED),
  TJD_STRING (ConsignmentRow, order_id, TJD_REQUIRED),
  TJD_STRING (ConsignmentRow, renewer, TJD_REQUIRED),
  TJD_INT (ConsignmentRow, cards, TJD_REQUIRED),
  TJD_INT (ConsignmentRow, fee, TJD_REQUIRED),
  TJD_STRING (ConsignmentRow, out_item, TJD_REQUIRED),
  TJD_STRING (ConsignmentRow, back_item, TJD_REQUIRED),
  TJD_INT (ConsignmentRow, opened_at, TJD_REQUIRED),
  TJD_INT (ConsignmentRow, posted_at, TJD_NULLABLE),
  TJD_INT (ConsignmentRow, delivered_at, TJD_NULLABLE),
};
TJD_DEFINE_PRIVATE_RECORD (ConsignmentRow, consignment_row, consignment_row_fields)

typedef struct {
  TjdRecord parent;
  char *consignment;
  TjdLeg leg;
  char *code;
} ScanRow;

static const TjdField scan_row_fields[] = {
  TJD_STRING (ScanRow, consignment, TJD_REQUIRED),
  TJD_ENUM (ScanRow, leg, tjd_leg_get_type, TJD_REQUIRED),
  TJD_STRING (ScanRow, code, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (ScanRow, scan_row, scan_row_fields)

#define CONSIGNMENT_COLUMNS                                                        \
  "id, order_id, renewer, cards, fee, out_item, back_item, opened_at, posted_at, " \
  "delivered_at"

static TjdPostTariff *
load_tariff (TjdTxn *txn, TjdHost *host, GError **error)
{
  g_autofree char *today = tjd_day_format (tjd_day_in_qatar (tjd_clock_now (host->clock)));
  TjdPostTariff *tariff = tjd_txn_get (txn, tjd_post_tariff_get_type (),
                                       "SELECT valid_from FROM bands WHERE valid_from <= $1"
                                       " ORDER BY valid_from DESC LIMIT 1",
                                       error, tjd_text (today));
  g_autoptr (GPtrArray) bands = NULL;

  if (tariff == NULL)
    return NULL;
  bands = tjd_txn_list (txn, tjd_post_band_get_type (),
                        "SELECT up_to, per, amount FROM bands WHERE valid_from = $1"
                        " ORDER BY position",
                        error, tjd_text (tariff->valid_from));
  if (bands != NULL)
    tjd_records_extend (tariff->bands, bands);
  else
    g_clear_object (&tariff);
  return tariff;
}

static gboolean
read_tariff (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{

  *reply = load_tariff (txn, call->host, error);
  if (*reply == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_INTERNAL, "no tariff is in force");
  return *reply != NULL;
}

static gboolean
show (TjdTxn *txn, ConsignmentRow *row, gpointer *reply, GError **error)
{
  g_autoptr (GPtrArray) scans =
      tjd_txn_list (txn, tjd_scan_event_get_type (),
                    "SELECT leg, code, place_en, place_ar, at FROM scans"
                    " WHERE consignment = $1 AND at IS NOT NULL ORDER BY due_at",
                    error, tjd_text (row->id));
  TjdConsignment *consignment;

  if (scans == NULL)
    return FALSE;
  consignment = tjd_consignment_new ();
  consignment->id = g_strdup (row->id);
  consignment->order = g_strdup (row->order_id);
  consignment->cards = row->cards;
  consignment->fee = row->fee;
  consignment->out_item = g_strdup (row->out_item);
  consignment->back_item = g_strdup (row->back_item);
  consignment->posted_at = row->posted_at;
  consignment->due_at =
      row->posted_at != TJD_NO_INT ? row->posted_at + PROMISE_SECONDS : TJD_NO_INT;
  consignment->delivered_at = row->delivered_at;
  tjd_records_extend (consignment->scans, scans);
  *reply = consignment;
  return TRUE;
}

static ConsignmentRow *
get_consignment (TjdTxn *txn, const char *column, const char *value, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT " CONSIGNMENT_COLUMNS " FROM consignments WHERE %s = $1", column);

  return tjd_txn_get (txn, consignment_row_get_type (), sql, error, tjd_text (value));
}

static gboolean
take_serial (TjdTxn *txn, char **item, GError **error)
{
  gint64 serial;

  if (tjd_txn_exec (txn, "UPDATE serials SET next = next + 1 WHERE indicator = $1", error,
                    tjd_text (INDICATOR)) <= 0 ||
      !tjd_txn_get_int (txn, "SELECT next FROM serials WHERE indicator = $1", &serial, error,
                        tjd_text (INDICATOR)))
    return FALSE;
  *item = tjd_item_new (INDICATOR, (guint32) serial);
  return TRUE;
}

/* The courier's next leg is planned; without a simulator real scans would come instead. */
static gboolean
plan_leg (TjdTxn *txn, TjdHost *host, const char *consignment, TjdLeg leg, GError **error)
{
  for (guint i = 0; host->pace > 0 && i < G_N_ELEMENTS (round_); i++)
    if (round_[i].leg == leg &&
        tjd_txn_exec (txn,
                      "INSERT INTO scans (consignment, leg, code, place_en, place_ar, due_at)"
                      " VALUES ($1, $2, $3, $4, $5, $6)"
                      " ON CONFLICT (consignment, leg, code) DO NOTHING",
                      error, tjd_text (consignment),
                      tjd_text (tjd_enum_to_nick (tjd_leg_get_type (), (int) leg)),
                      tjd_text (round_[i].code), tjd_text (round_[i].place_en),
                      tjd_text (round_[i].place_ar),
                      tjd_int (tjd_host_after (host, round_[i].minutes))) < 0)
      return FALSE;
  return TRUE;
}

static ConsignmentRow *
new_consignment (TjdTxn *txn, TjdCall *call, GError **error)
{
  TjdConsignmentRequest *request = call->request;
  g_autoptr (TjdPostTariff) tariff = load_tariff (txn, call->host, error);
  g_autoptr (ConsignmentRow) row = consignment_row_new ();

  if (tariff == NULL)
    return NULL;
  row->id = tjd_id_new (call->host->entropy, "con");
  row->order_id = g_strdup (request->order);
  row->renewer = g_strdup (request->renewer);
  row->cards = request->cards;
  row->fee = tjd_post_tariff_fee (tariff, request->cards);
  row->opened_at = tjd_clock_now (call->host->clock);
  row->posted_at = row->delivered_at = TJD_NO_INT;
  return take_serial (txn, &row->out_item, error) && take_serial (txn, &row->back_item, error) &&
                 tjd_txn_insert (txn, "consignments", row, error) &&
                 plan_leg (txn, call->host, row->id, TJD_LEG_OUT, error)
             ? g_steal_pointer (&row)
             : NULL;
}

/* One envelope an order, whatever key it comes under. */
static gboolean
open_consignment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdConsignmentRequest *request = call->request;
  g_autoptr (ConsignmentRow) row = get_consignment (txn, "order_id", request->order, error);

  if (row == NULL && *error == NULL)
    row = new_consignment (txn, call, error);
  return row != NULL && show (txn, row, reply, error);
}

static gboolean
read_consignment (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  const TjdPrincipal *principal = &call->principal;
  g_autoptr (ConsignmentRow) row = get_consignment (txn, "id", call->parameter, error);

  if (row != NULL && (principal->kind == TJD_PRINCIPAL_PARTY ||
                      strcmp (row->renewer, principal->personal_id) == 0))
    return show (txn, row, reply, error);
  if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such consignment");
  return FALSE;
}

/* The ministry hands the envelope over: the way back begins. */
static gboolean
send_back (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdHandover *handover = call->request;
  g_autoptr (ConsignmentRow) row = get_consignment (txn, "id", call->parameter, error);

  if (row != NULL && strcmp (row->order_id, handover->order) == 0)
    return plan_leg (txn, call->host, row->id, TJD_LEG_BACK, error);
  if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such consignment");
  return FALSE;
}

static gboolean
tell_portal (TjdTxn *txn, TjdHost *host, ConsignmentRow *row, ScanRow *scan, GError **error)
{
  g_autoptr (TjdScanNotice) notice = tjd_scan_notice_new ();
  g_autofree char *suffix = g_strdup_printf (
      "%s.%s", tjd_enum_to_nick (tjd_leg_get_type (), (int) scan->leg), scan->code);

  notice->order = g_strdup (row->order_id);
  notice->consignment = g_strdup (row->id);
  notice->leg = scan->leg;
  notice->code = g_strdup (scan->code);
  notice->at = tjd_clock_now (host->clock);
  return tjd_outbox_put (txn, host, "scan", row->id, suffix, NULL, notice, error);
}

static gboolean
tell_ministry (TjdTxn *txn, TjdHost *host, ConsignmentRow *row, GError **error)
{
  g_autoptr (TjdArrival) arrival = tjd_arrival_new ();

  arrival->order = g_strdup (row->order_id);
  arrival->consignment = g_strdup (row->id);
  arrival->cards = row->cards;
  return tjd_outbox_put (txn, host, "arrival", row->id, NULL, NULL, arrival, error);
}

/* What a scan means for the consignment: it starts the clock, brings the envelope to the ministry,
 * or stops the clock. Any other is only kept and passed on. */
static gboolean
take_scan (TjdTxn *txn, TjdHost *host, ScanRow *scan, GError **error)
{
  g_autoptr (ConsignmentRow) row = get_consignment (txn, "id", scan->consignment, error);
  gint64 now = tjd_clock_now (host->clock);
  gboolean is_out = scan->leg == TJD_LEG_OUT;

  if (row == NULL ||
      tjd_txn_exec (txn,
                    "UPDATE scans SET at = $4 WHERE consignment = $1 AND leg = $2 AND code = $3",
                    error, tjd_text (scan->consignment),
                    tjd_text (tjd_enum_to_nick (tjd_leg_get_type (), (int) scan->leg)),
                    tjd_text (scan->code), tjd_int (now)) <= 0)
    return FALSE;
  if (is_out && strcmp (scan->code, TJD_SCAN_POSTED) == 0)
    row->posted_at = now;
  if (!is_out && strcmp (scan->code, TJD_SCAN_DELIVERED) == 0)
    row->delivered_at = now;
  if (is_out && strcmp (scan->code, TJD_SCAN_DELIVERED) == 0 &&
      !tell_ministry (txn, host, row, error))
    return FALSE;
  return tjd_txn_update (txn, "consignments", "id", row, error) &&
         tell_portal (txn, host, row, scan, error);
}

#define DUE " FROM scans WHERE at IS NULL AND due_at <= $1"

static gboolean
take_due (TjdTxn *txn, gpointer data, GError **error)
{
  TjdHost *host = data;
  g_autoptr (GPtrArray) rows = tjd_txn_list (
      txn, scan_row_get_type (), "SELECT consignment, leg, code" DUE " ORDER BY due_at LIMIT 200",
      error, tjd_int (tjd_clock_now_us (host->clock)));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!take_scan (txn, host, rows->pdata[i], error))
      return FALSE;
  return rows != NULL;
}

/* The courier, simulated. */
static gboolean
tick (TjdHost *host, GError **error)
{
  return host->pace == 0 || tjd_host_write_if_any (host, "SELECT count(*)" DUE, take_due, error);
}

static gboolean
seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  TjdPostTariff *tariff = seed_->post_tariff;

  for (guint i = 0; i < tariff->bands->len; i++) {
    TjdPostBand *band = tariff->bands->pdata[i];
    if (tjd_txn_exec (txn,
                      "INSERT INTO bands (valid_from, position, up_to, per, amount)"
                      " VALUES ($1, $2, $3, $4, $5)",
                      error, tjd_text (tariff->valid_from), tjd_int (i), tjd_int (band->up_to),
                      tjd_int (band->per), tjd_int (band->amount)) < 0)
      return FALSE;
  }
  return tjd_txn_exec (txn, "INSERT INTO serials (indicator, next) VALUES ($1, 10000000)", error,
                       tjd_text (INDICATOR)) > 0;
}

static const TjdRoute routes[] = {
  { TJD_POST_HEALTH, .read = tjd_health_read },
  { TJD_POST_TARIFF, .read = read_tariff },
  { TJD_POST_OPEN_CONSIGNMENT, .keyed = open_consignment },
  { TJD_POST_CONSIGNMENT, .read = read_consignment },
  { TJD_POST_SEND_BACK, .keyed = send_back },
};

static const TjdStep steps[] = {
  { "scan", TJD_PORTAL_NOTE_SCAN, NULL, NULL },
  { "arrival", TJD_MINISTRY_ARRIVAL, NULL, NULL },
};

const TjdPartyRow tjd_post = {
  TJD_PARTY_POST, migrations,           routes, G_N_ELEMENTS (routes),
  steps,          G_N_ELEMENTS (steps), tick,   seed,
};
