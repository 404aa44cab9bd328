/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "consignments.h"
#include "identifiers.h"

#define CLOCK_SKEW (5 * 60) /* of scanners, ahead of ours */
#define COURIER "courier"

/* The simulated courier's round, in minutes of its own from the start of the leg. Of every so many
 * home deliveries the first attempt finds nobody. */
typedef struct {
  TjdLeg leg;
  const char *code;
  gint64 minutes;
  const char *place_en, *place_ar;
} Stop;

static const Stop stops[] = {
  { TJD_LEG_OUT, TJD_SCAN_POSTED, 60, "Home collection", "الاستلام من المنزل" },
  { TJD_LEG_OUT, TJD_SCAN_AT_DELIVERY_OFFICE, 240, "General Post Office", "مكتب البريد العام" },
  { TJD_LEG_OUT, TJD_SCAN_DELIVERED, 360, "Ministry, permits desk", "الوزارة، مكتب الإقامات" },
  { TJD_LEG_BACK, TJD_SCAN_POSTED, 30, "Ministry, permits desk", "الوزارة، مكتب الإقامات" },
  { TJD_LEG_BACK, TJD_SCAN_AT_DELIVERY_OFFICE, 180, "General Post Office", "مكتب البريد العام" },
  { TJD_LEG_BACK, TJD_SCAN_FAILED, 300, "Home delivery", "التسليم في المنزل" },
  { TJD_LEG_BACK, TJD_SCAN_DELIVERED, 480, "Home delivery", "التسليم في المنزل" },
};
#define FAILS_EVERY 8
#define SECOND_ATTEMPT_MINUTES 180

typedef struct {
  TjdRecord parent;
  char *consignment;
  TjdLeg leg;
  gint64 position;
  char *code, *place_en, *place_ar;
  TjdFailureReason reason;
  TjdFailureAction action;
} RoundRow;

static const TjdField round_row_fields[] = {
  TJD_STRING (RoundRow, consignment, TJD_REQUIRED),
  TJD_ENUM (RoundRow, leg, tjd_leg_get_type, TJD_REQUIRED),
  TJD_INT (RoundRow, position, TJD_REQUIRED),
  TJD_STRING (RoundRow, code, TJD_REQUIRED),
  TJD_STRING (RoundRow, place_en, TJD_REQUIRED),
  TJD_STRING (RoundRow, place_ar, TJD_REQUIRED),
  TJD_ENUM (RoundRow, reason, tjd_failure_reason_get_type, TJD_NULLABLE),
  TJD_ENUM (RoundRow, action, tjd_failure_action_get_type, TJD_NULLABLE),
};
TJD_DEFINE_PRIVATE_RECORD (RoundRow, round_row, round_row_fields)

static const char *
leg_name (TjdLeg leg)
{
  return tjd_enum_to_nick (tjd_leg_get_type (), (int) leg);
}

static gboolean
plan_stop (TjdTxn *txn,
           TjdHost *host,
           const char *consignment,
           guint position,
           gint64 minutes,
           GError **error)
{
  const Stop *stop = &stops[position];
  gboolean fails = strcmp (stop->code, TJD_SCAN_FAILED) == 0;

  return tjd_txn_exec (txn,
                       "INSERT INTO rounds (consignment, leg, position, code, place_en, place_ar,"
                       " reason, action, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                       " ON CONFLICT (consignment, leg, position) DO NOTHING",
                       error, tjd_text (consignment), tjd_text (leg_name (stop->leg)),
                       tjd_int (position), tjd_text (stop->code), tjd_text (stop->place_en),
                       tjd_text (stop->place_ar), tjd_text (fails ? "addressee-absent" : NULL),
                       tjd_text (fails ? "will-retry" : NULL),
                       tjd_int (tjd_host_after (host, minutes))) >= 0;
}

static gboolean
fails_at_first (TjdConsignmentRow *row)
{
  return (row->back_item[9] - '0') % FAILS_EVERY == 0; /* the serial's last digit */
}

gboolean
tjd_scans_plan_leg (TjdTxn *txn, TjdHost *host, TjdConsignmentRow *row, TjdLeg leg, GError **error)
{
  gboolean fails = fails_at_first (row);

  for (guint i = 0; host->pace > 0 && i < G_N_ELEMENTS (stops); i++) {
    gboolean is_home = leg == TJD_LEG_BACK && strcmp (stops[i].code, TJD_SCAN_DELIVERED) == 0;
    if (stops[i].leg != leg || (strcmp (stops[i].code, TJD_SCAN_FAILED) == 0 && !fails))
      continue;
    if (!plan_stop (txn, host, row->id, i,
                    stops[i].minutes - (is_home && !fails ? SECOND_ATTEMPT_MINUTES : 0), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
tell_portal (TjdTxn *txn,
             TjdHost *host,
             TjdConsignmentRow *row,
             const char *id,
             TjdScan *scan,
             GError **error)
{
  g_autoptr (TjdScanNotice) notice = tjd_scan_notice_new ();

  notice->order = g_strdup (row->order_id);
  notice->consignment = g_strdup (row->id);
  notice->leg = scan->leg;
  notice->code = g_strdup (scan->code);
  notice->at = scan->at;
  return tjd_outbox_put (txn, host, "scan", row->id, id, NULL, notice, error);
}

/* Once, however often it is scanned. */
static gboolean
tell_ministry (TjdTxn *txn, TjdHost *host, TjdConsignmentRow *row, GError **error)
{
  g_autoptr (TjdArrival) arrival = tjd_arrival_new ();

  arrival->order = g_strdup (row->order_id);
  arrival->consignment = g_strdup (row->id);
  arrival->cards = row->cards;
  return tjd_outbox_put (txn, host, "arrival", row->id, NULL, NULL, arrival, error);
}

static gint64
earliest (gint64 known, gint64 at)
{
  return known == TJD_NO_INT ? at : MIN (known, at);
}

/* The first posting starts the clock, the first delivery home stops it: neither is concluded from
 * anything else, and the order in which they are told does not matter. A code that is not known
 * here moves nothing. */
static gboolean
conclude (TjdTxn *txn, TjdHost *host, TjdConsignmentRow *row, TjdScan *scan, GError **error)
{
  gboolean is_out = scan->leg == TJD_LEG_OUT;
  gboolean is_delivery = strcmp (scan->code, TJD_SCAN_DELIVERED) == 0;

  if (is_out && strcmp (scan->code, TJD_SCAN_POSTED) == 0)
    row->posted_at = earliest (row->posted_at, scan->at);
  if (!is_out && is_delivery)
    row->delivered_at = earliest (row->delivered_at, scan->at);
  return tjd_txn_update (txn, "consignments", "id", row, error) &&
         (!is_out || !is_delivery || tell_ministry (txn, host, row, error));
}

static gboolean
keep (TjdTxn *txn,
      TjdHost *host,
      const char *id,
      const char *consignment,
      TjdScan *scan,
      const char *recorded_by,
      GError **error)
{
  return tjd_txn_exec (
             txn,
             "INSERT INTO scans (id, consignment, leg, code, place_en, place_ar, reason, action,"
             " at, recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
             error, tjd_text (id), tjd_text (consignment), tjd_text (leg_name (scan->leg)),
             tjd_text (scan->code), tjd_text (scan->place_en), tjd_text (scan->place_ar),
             tjd_text (tjd_enum_to_nick (tjd_failure_reason_get_type (), (int) scan->reason)),
             tjd_text (tjd_enum_to_nick (tjd_failure_action_get_type (), (int) scan->action)),
             tjd_int (scan->at), tjd_int (tjd_clock_now (host->clock)), tjd_text (recorded_by)) > 0;
}

gboolean
tjd_scans_add (TjdTxn *txn,
               TjdHost *host,
               const char *consignment,
               TjdScan *scan,
               const char *recorded_by,
               GError **error)
{
  g_autoptr (TjdConsignmentRow) row = tjd_consignments_get (txn, "id", consignment, error);
  g_autofree char *id = tjd_id_new_timed (host->clock, host->entropy, "scn");

  return row != NULL && keep (txn, host, id, consignment, scan, recorded_by, error) &&
         conclude (txn, host, row, scan, error) && tell_portal (txn, host, row, id, scan, error);
}

static gboolean
check_report (TjdCall *call, TjdConsignmentRow *row, TjdScan *scan, GError **error)
{
  gboolean fails = strcmp (scan->code, TJD_SCAN_FAILED) == 0;
  const char *pointer = NULL;

  if (fails != ((int) scan->reason >= 0))
    pointer = "#/reason";
  else if (fails != ((int) scan->action >= 0))
    pointer = "#/action";
  else if (scan->at < row->opened_at - CLOCK_SKEW ||
           scan->at > tjd_clock_now (call->host->clock) + CLOCK_SKEW)
    pointer = "#/at";
  if (pointer != NULL)
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, pointer,
                        "a failure has a reason and an action and nothing else has; it happened"
                        " after the consignment was opened, and is not to come");
  return pointer == NULL;
}

/* What the post's own people scanned or were told. */
gboolean
tjd_scans_report (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdConsignmentRow) row = tjd_consignments_get_own (txn, call, error);
  g_autoptr (TjdConsignmentRow) after = NULL;

  if (row == NULL || !check_report (call, row, call->request, error) ||
      !tjd_scans_add (txn, call->host, row->id, call->request, call->principal.name, error))
    return FALSE;
  after = tjd_consignments_get (txn, "id", row->id, error);
  return after != NULL && tjd_consignments_show (txn, after, reply, error);
}

static gboolean
take_round (TjdTxn *txn, TjdHost *host, RoundRow *row, GError **error)
{
  g_autoptr (TjdScan) scan = tjd_scan_event_new ();

  scan->leg = row->leg;
  scan->code = g_strdup (row->code);
  scan->place_en = g_strdup (row->place_en);
  scan->place_ar = g_strdup (row->place_ar);
  scan->reason = row->reason;
  scan->action = row->action;
  scan->at = tjd_clock_now (host->clock);
  return tjd_txn_exec (txn,
                       "DELETE FROM rounds WHERE consignment = $1 AND leg = $2 AND position = $3",
                       error, tjd_text (row->consignment), tjd_text (leg_name (row->leg)),
                       tjd_int (row->position)) > 0 &&
         tjd_scans_add (txn, host, row->consignment, scan, COURIER, error);
}

#define DUE " FROM rounds WHERE due_at <= $1"

static gboolean
take_due (TjdTxn *txn, gpointer data, GError **error)
{
  TjdHost *host = data;
  g_autoptr (GPtrArray) rows =
      tjd_txn_list (txn, round_row_get_type (),
                    "SELECT consignment, leg, position, code, place_en, place_ar, reason,"
                    " action" DUE " ORDER BY due_at, position LIMIT 200",
                    error, tjd_int (tjd_clock_now_us (host->clock)));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!take_round (txn, host, rows->pdata[i], error))
      return FALSE;
  return rows != NULL;
}

gboolean
tjd_scans_tick (TjdHost *host, GError **error)
{
  return host->pace == 0 || tjd_host_write_if_any (host, "SELECT count(*)" DUE, take_due, error);
}
