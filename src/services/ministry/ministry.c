/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "consignment.h"
#include "health.h"
#include "host.h"
#include "identifiers.h"
#include "order.h"
#include "ministry.h"
#include "staff.h"

/* The ministry's part: it says what each renewal costs or why it is refused, carries out what was
 * paid for, and works on the passports between the two legs of the envelope. */

#define QUOTE_SECONDS (30 * 60)
#define HONOUR_SECONDS (7 * 24 * 60 * 60) /* after that, for an order that was placed in time */

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
  NULL,
};

/* What a station takes, in the simulator's minutes after the envelope's arrival. */
static const gint64 station_minutes[] = {
  [TJD_STATION_RECEIVED] = 10,
  [TJD_STATION_STAMPED] = 60,
  [TJD_STATION_CARD_PRINTED] = 120,
  [TJD_STATION_HANDED_TO_POST] = 180,
};

typedef struct {
  TjdRecord parent;
  char *id, *renewer, *personal_id;
  TjdMoney fee;
  char *expires_on, *renewed_until;
  gint64 honoured_until;
} QuoteRow;

static const TjdField quote_row_fields[] = {
  TJD_STRING (QuoteRow, id, TJD_REQUIRED),
  TJD_STRING (QuoteRow, renewer, TJD_REQUIRED),
  TJD_STRING (QuoteRow, personal_id, TJD_REQUIRED),
  TJD_INT (QuoteRow, fee, TJD_REQUIRED),
  TJD_STRING (QuoteRow, expires_on, TJD_REQUIRED),
  TJD_STRING (QuoteRow, renewed_until, TJD_REQUIRED),
  TJD_INT (QuoteRow, honoured_until, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (QuoteRow, quote_row, quote_row_fields)

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

/* Why this cannot be renewed, or -1; from is the day from which it could, where that is known. */
static TjdReason
find_hindrance (TjdPermitRow *row, TjdTariff *tariff, gint64 years, TjdDay *from)
{
  TjdFee *fee = row != NULL ? tjd_tariff_get_fee (tariff, row->category) : NULL;

  if (row == NULL)
    return TJD_REASON_NOT_FOUND;
  if ((int) row->hindrance >= 0)
    return row->hindrance;
  *from = tjd_rules_window_opens (tariff->rules, tjd_ministry_day (row->expires_on));
  if (tariff->today < *from)
    return TJD_REASON_TOO_EARLY;
  if (fee == NULL || !tjd_fee_offers (fee, years))
    return TJD_REASON_YEARS_NOT_OFFERED;
  return (TjdReason) -1;
}

static void
add_refusal (TjdQuotes *quotes, const char *personal_id, TjdReason reason, TjdDay from)
{
  TjdRefusal *refusal = tjd_refusal_new ();

  refusal->personal_id = g_strdup (personal_id);
  refusal->reason = reason;
  if (reason == TJD_REASON_TOO_EARLY)
    refusal->possible_from = tjd_day_format (from);
  g_ptr_array_add (quotes->refusals, refusal);
}

static TjdQuote *
make_quote (TjdHost *host, TjdPermitRow *row, TjdTariff *tariff, gint64 years)
{
  TjdQuote *quote = tjd_quote_new ();
  TjdDay expires = tjd_ministry_day (row->expires_on);

  quote->id = tjd_id_new (host->entropy, "quo");
  quote->personal_id = g_strdup (row->personal_id);
  quote->name_en = g_strdup (row->name_en);
  quote->name_ar = g_strdup (row->name_ar);
  quote->category = row->category;
  quote->years = years;
  quote->expires_on = g_strdup (row->expires_on);
  quote->renewed_until = tjd_day_format (tjd_day_add_months (expires, (int) years * 12));
  quote->total =
      tjd_fee_lines (tjd_tariff_get_fee (tariff, row->category),
                     tjd_rules_fine (tariff->rules, expires, tariff->today), years, quote->lines);
  return quote;
}

static gboolean
keep_quote (
    TjdTxn *txn, TjdQuote *quote, const char *renewer, gint64 honoured_until, GError **error)
{
  g_autoptr (QuoteRow) row = quote_row_new ();

  row->id = g_strdup (quote->id);
  row->renewer = g_strdup (renewer);
  row->personal_id = g_strdup (quote->personal_id);
  row->fee = quote->total;
  row->expires_on = g_strdup (quote->expires_on);
  row->renewed_until = g_strdup (quote->renewed_until);
  row->honoured_until = honoured_until;
  return tjd_txn_insert (txn, "quotes", row, error);
}

static gboolean
quote_one (
    TjdTxn *txn, TjdCall *call, TjdTariff *tariff, TjdWish *wish, TjdQuotes *quotes, GError **error)
{
  TjdQuotesRequest *request = call->request;
  g_autoptr (GError) failed = NULL;
  g_autoptr (TjdPermitRow) row =
      tjd_register_get (txn, wish->personal_id, request->renewer, &failed);
  TjdDay from = 0;
  TjdReason reason = find_hindrance (row, tariff, wish->years, &from);
  TjdQuote *quote;

  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  if ((int) reason >= 0) {
    add_refusal (quotes, wish->personal_id, reason, from);
    return TRUE;
  }
  quote = make_quote (call->host, row, tariff, wish->years);
  g_ptr_array_add (quotes->quotes, quote);
  return keep_quote (txn, quote, request->renewer, quotes->valid_until + HONOUR_SECONDS, error);
}

static gboolean
check_wishes (GPtrArray *wishes, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < wishes->len; i++) {
    TjdWish *wish = wishes->pdata[i];
    if (!g_hash_table_add (seen, wish->personal_id)) {
      g_autofree char *pointer = g_strdup_printf ("#/permits/%u/personal_id", i);
      tjd_problem_set_at (error, TJD_PROBLEM_INVALID, pointer, "this permit is in the list twice");
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
quote (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdQuotesRequest *request = call->request;
  g_autoptr (TjdTariff) tariff = NULL;
  g_autoptr (TjdQuotes) quotes = tjd_quotes_new ();

  if (!check_wishes (request->permits, error))
    return FALSE;
  tariff = tjd_tariff_load (txn, tjd_ministry_today (call->host), error);
  if (tariff == NULL)
    return FALSE;
  quotes->valid_until = tjd_clock_now (call->host->clock) + QUOTE_SECONDS;
  for (guint i = 0; i < request->permits->len; i++)
    if (!quote_one (txn, call, tariff, request->permits->pdata[i], quotes, error))
      return FALSE;
  *reply = g_steal_pointer (&quotes);
  return TRUE;
}

/* What the register says now against what was quoted: -1, or why it cannot be carried out. */
static TjdReason
find_late_hindrance (TjdHost *host, QuoteRow *quote_, TjdPermitRow *permit)
{
  if (permit == NULL)
    return TJD_REASON_NOT_FOUND;
  if ((int) permit->hindrance >= 0)
    return permit->hindrance;
  if ((int) permit->late_hindrance >= 0)
    return permit->late_hindrance;
  if (strcmp (permit->expires_on, quote_->expires_on) != 0)
    return TJD_REASON_IN_ANOTHER_ORDER; /* renewed meanwhile, under another quote */
  if (quote_->honoured_until <= tjd_clock_now (host->clock))
    return TJD_REASON_MANUAL_REVIEW;
  return (TjdReason) -1;
}

static gboolean
keep_executed (TjdTxn *txn, TjdCall *call, TjdExecuted *executed, guint position, GError **error)
{
  TjdExecutionRequest *request = call->request;

  return tjd_txn_exec (txn,
                       "INSERT INTO executions (quote, order_id, position, outcome, reason, fee,"
                       " renewed_until, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                       error, tjd_text (executed->quote), tjd_text (request->order),
                       tjd_int (position),
                       tjd_text (tjd_enum_to_nick (tjd_outcome_get_type (), executed->outcome)),
                       tjd_text (tjd_enum_to_nick (tjd_reason_get_type (), executed->reason)),
                       tjd_int (executed->fee), tjd_text (executed->renewed_until),
                       tjd_int (tjd_clock_now (call->host->clock))) > 0;
}

static gboolean
refuse_execution (GError **error, guint position, const char *why)
{
  g_autofree char *pointer = g_strdup_printf ("#/quotes/%u", position);

  tjd_problem_set_at (error, TJD_PROBLEM_EXECUTION_REFUSED, pointer, "%s", why);
  return FALSE;
}

static gboolean
execute_one (TjdTxn *txn, TjdCall *call, guint position, TjdExecution *execution, GError **error)
{
  TjdExecutionRequest *request = call->request;
  g_autoptr (QuoteRow) row =
      tjd_txn_get (txn, quote_row_get_type (),
                   "SELECT id, renewer, personal_id, fee, expires_on, renewed_until, honoured_until"
                   " FROM quotes WHERE id = $1",
                   error, tjd_text (request->quotes->pdata[position]));
  g_autoptr (TjdPermitRow) permit = NULL;
  TjdExecuted *executed;

  if (row == NULL || strcmp (row->renewer, request->renewer) != 0)
    return error != NULL && *error != NULL
               ? FALSE
               : refuse_execution (error, position, "not a quote for this renewer");
  permit = tjd_register_get (txn, row->personal_id, row->renewer, error);
  if (permit == NULL && error != NULL && *error != NULL)
    return FALSE;
  executed = tjd_executed_new ();
  g_ptr_array_add (execution->items, executed);
  executed->quote = g_strdup (row->id);
  executed->reason = find_late_hindrance (call->host, row, permit);
  executed->outcome = (int) executed->reason < 0 ? TJD_OUTCOME_EXECUTED : TJD_OUTCOME_REFUSED;
  if (executed->outcome == TJD_OUTCOME_EXECUTED) {
    executed->fee = row->fee;
    executed->renewed_until = g_strdup (row->renewed_until);
    if (!tjd_register_renew (txn, row->personal_id, row->renewed_until,
                             tjd_clock_now (call->host->clock), error))
      return FALSE;
  }
  return keep_executed (txn, call, executed, position, error);
}

static gboolean
load_execution (TjdTxn *txn, const char *order, TjdExecution *execution, GError **error)
{
  g_autoptr (GPtrArray) items =
      tjd_txn_list (txn, tjd_executed_get_type (),
                    "SELECT quote, outcome, reason, fee, renewed_until FROM executions"
                    " WHERE order_id = $1 ORDER BY position",
                    error, tjd_text (order));

  if (items == NULL)
    return FALSE;
  tjd_set_string (&execution->order, order);
  tjd_records_extend (execution->items, items);
  return TRUE;
}

/* An order is carried out once, whatever key it comes under. */
static gboolean
execute (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdExecutionRequest *request = call->request;
  g_autoptr (TjdExecution) execution = tjd_execution_new ();

  if (!load_execution (txn, request->order, execution, error))
    return FALSE;
  if (execution->items->len == 0)
    for (guint i = 0; i < request->quotes->len; i++)
      if (!execute_one (txn, call, i, execution, error))
        return FALSE;
  *reply = g_steal_pointer (&execution);
  return TRUE;
}

static gboolean
read_execution (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdExecution) execution = tjd_execution_new ();

  if (!load_execution (txn, call->parameter, execution, error))
    return FALSE;
  if (execution->items->len == 0) {
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "this order was not carried out");
    return FALSE;
  }
  *reply = g_steal_pointer (&execution);
  return TRUE;
}

/* The envelope came: its stations are planned. */
static gboolean
take_in (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
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
finish_station (TjdTxn *txn, TjdHost *host, WorkingRow *row, GError **error)
{
  g_autoptr (TjdStationNotice) notice = tjd_station_notice_new ();
  const char *name = tjd_enum_to_nick (tjd_station_name_get_type (), row->station);

  notice->order = g_strdup (row->order_id);
  notice->station = row->station;
  notice->at = tjd_clock_now (host->clock);
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
    if (!finish_station (txn, host, rows->pdata[i], error))
      return FALSE;
  return rows != NULL;
}

/* Beside the register's own upkeep: the stamping desk and the card printer, simulated. */
static gboolean
tick (TjdHost *host, GError **error)
{
  return tjd_host_write_if_any (host, TJD_REGISTER_UNSOUGHT, tjd_register_index, error) &&
         (host->pace == 0 ||
          tjd_host_write_if_any (host, "SELECT count(*)" DUE, finish_due, error));
}

static gboolean
seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  gint64 now = tjd_clock_now (host->clock);

  return tjd_register_seed (txn, seed_, now, error) && tjd_staff_seed (txn, seed_, now, error);
}

static const TjdRoute routes[] = {
  { TJD_MINISTRY_HEALTH, .read = tjd_health_read },
  { TJD_MINISTRY_PERMITS, .read = tjd_ministry_read_permits },
  { TJD_MINISTRY_QUOTE, .keyed = quote },
  { TJD_MINISTRY_EXECUTE, .keyed = execute },
  { TJD_MINISTRY_EXECUTION, .read = read_execution },
  { TJD_MINISTRY_ARRIVAL, .keyed = take_in },
};

static const TjdStep steps[] = {
  { "station", TJD_PORTAL_NOTE_STATION, NULL, NULL },
  { "return", TJD_POST_SEND_BACK, NULL, NULL },
};

const TjdPartyRow tjd_ministry = {
  TJD_PARTY_MINISTRY,   migrations, routes, G_N_ELEMENTS (routes), steps,
  G_N_ELEMENTS (steps), tick,       seed,
};
