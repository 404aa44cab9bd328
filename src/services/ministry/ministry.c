/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ministry.h"

#include "health.h"
#include "purge.h"
#include "reviews.h"
#include "staff.h"

/* The ministry's part: it says what each renewal costs or why it is refused, carries out what was
 * paid for, and works on the passports between the two legs of the envelope. */

static const char *const migrations[] = {
  TJD_HOST_MIGRATION,
  TJD_REGISTER_MIGRATION
  "CREATE TABLE quotes ("
  "  id TEXT PRIMARY KEY, renewer TEXT NOT NULL, personal_id TEXT NOT NULL,"
  "  fee INTEGER NOT NULL, expires_on TEXT NOT NULL, renewed_until TEXT NOT NULL,"
  "  honoured_until INTEGER NOT NULL) STRICT;"
  "CREATE TABLE executions ("
  "  quote TEXT PRIMARY KEY REFERENCES quotes (id), order_id TEXT NOT NULL,"
  "  position INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT, fee INTEGER NOT NULL,"
  "  renewed_until TEXT, at INTEGER NOT NULL, UNIQUE (order_id, position)) STRICT;"
  "CREATE TABLE workings ("
  "  order_id TEXT NOT NULL, station TEXT NOT NULL, consignment TEXT NOT NULL,"
  "  due_at INTEGER NOT NULL, at INTEGER, PRIMARY KEY (order_id, station)) STRICT;"
  "CREATE INDEX workings_due ON workings (due_at) WHERE at IS NULL",
  TJD_STAFF_MIGRATION,
  TJD_REGISTER_PAGES_MIGRATION,
  TJD_REGISTER_CARDS_MIGRATION,
  TJD_PURGE_MIGRATION "; CREATE INDEX quotes_end ON quotes (honoured_until)",
  TJD_REVIEWS_MIGRATION,
  NULL,
};

/* Beside the register's own upkeep: the stamping desk and the card printer, simulated. */
static gboolean
tick (TjdHost *host, GError **error)
{
  return tjd_host_write_if_any (host, TJD_REGISTER_UNSOUGHT, tjd_register_index, error) &&
         tjd_ministry_finish_due (host, error);
}

static gboolean
seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  gint64 now = tjd_clock_now (host->clock);

  return tjd_register_seed (txn, seed_, now, error) && tjd_staff_seed (txn, seed_, now, error);
}

/* What nobody ordered by in time; looked for during two months. */
static const char *const purge[] = {
  "DELETE FROM quotes WHERE id IN (SELECT id FROM quotes q WHERE honoured_until < $1"
  " AND honoured_until > $1 - 5184000 AND NOT EXISTS"
  " (SELECT 1 FROM executions WHERE quote = q.id) LIMIT 500)",
  NULL,
};

static const TjdRoute routes[] = {
  { TJD_MINISTRY_HEALTH, .plain = tjd_health_read },
  { TJD_MINISTRY_TARIFF, .read = tjd_ministry_read_tariff },
  { TJD_MINISTRY_PERMITS, .read = tjd_ministry_read_permits },
  { TJD_MINISTRY_QUOTE, .keyed = tjd_ministry_quote },
  { TJD_MINISTRY_EXECUTE, .keyed = tjd_ministry_execute },
  { TJD_MINISTRY_EXECUTION, .read = tjd_ministry_read_execution },
  { TJD_MINISTRY_ARRIVAL, .keyed = tjd_ministry_take_in },
  { TJD_MINISTRY_REPORT_STATION, .keyed = tjd_ministry_report_station },
  { TJD_MINISTRY_ASK_REVIEW, .keyed = tjd_reviews_ask },
  { TJD_MINISTRY_ASK_REDUCTION, .keyed = tjd_reviews_ask_reduction },
  { TJD_MINISTRY_REVIEWS, .read = tjd_reviews_read },
  { TJD_MINISTRY_DECIDE, .keyed = tjd_reviews_decide },
};

static const TjdStep steps[] = {
  { "station", TJD_PORTAL_NOTE_STATION },
  { "return", TJD_POST_SEND_BACK },
  { NULL },
};

const TjdPartyRow tjd_ministry = {
  .party = TJD_PARTY_MINISTRY,
  .migrations = migrations,
  .routes = routes,
  .n_routes = G_N_ELEMENTS (routes),
  .steps = { steps },
  .tick = tick,
  .purge = purge,
  .seed = seed,
};
