/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "consignments.h"

#include <string.h>

#include "day.h"
#include "identifiers.h"

/* A consignment for each order, with an S10 item for each of its two legs. The 24-hour clock
 * belongs to it: it starts when the applicant posts it (EMA, out) and stops when it is back in
 * their hands (EMI, back). */

#define PROMISE_SECONDS (24 * 60 * 60)

/* Registered, by kind. */
static const char *const indicators[] = {
  [TJD_CONSIGNMENT_ENVELOPE] = "RR",
  [TJD_CONSIGNMENT_BAG] = "RB",
};

static const TjdField consignment_row_fields[] = {
  TJD_STRING (TjdConsignmentRow, id, TJD_REQUIRED),
  TJD_STRING (TjdConsignmentRow, order_id, TJD_REQUIRED),
  TJD_STRING (TjdConsignmentRow, renewer, TJD_REQUIRED),
  TJD_ENUM (TjdConsignmentRow, kind, tjd_consignment_kind_get_type, TJD_REQUIRED),
  TJD_INT (TjdConsignmentRow, cards, TJD_REQUIRED),
  TJD_INT (TjdConsignmentRow, fee, TJD_REQUIRED),
  TJD_STRING (TjdConsignmentRow, out_item, TJD_REQUIRED),
  TJD_STRING (TjdConsignmentRow, back_item, TJD_REQUIRED),
  TJD_STRING (TjdConsignmentRow, applicant_en, TJD_REQUIRED),
  TJD_STRING (TjdConsignmentRow, applicant_ar, TJD_REQUIRED),
  TJD_INT (TjdConsignmentRow, opened_at, TJD_REQUIRED),
  TJD_INT (TjdConsignmentRow, posted_at, TJD_NULLABLE),
  TJD_INT (TjdConsignmentRow, delivered_at, TJD_NULLABLE),
};
TJD_DEFINE_RECORD (TjdConsignmentRow, tjd_consignment_row, consignment_row_fields)

#define CONSIGNMENT_COLUMNS                                                      \
  "id, order_id, renewer, kind, cards, fee, out_item, back_item, applicant_en, " \
  "applicant_ar, opened_at, posted_at, delivered_at"

TjdPostTariff *
tjd_consignments_load_tariff (TjdTxn *txn, TjdHost *host, GError **error)
{
  g_autofree char *today = tjd_day_format (tjd_day_in_qatar (tjd_clock_now (host->clock)));
  TjdPostTariff *tariff = tjd_txn_get (txn, tjd_post_tariff_get_type (),
                                       "SELECT valid_from FROM bands WHERE valid_from <= $1"
                                       " ORDER BY valid_from DESC LIMIT 1",
                                       error, tjd_text (today));
  g_autoptr (GPtrArray) bands = NULL;

  if (tariff == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_UNAVAILABLE, "no tariff of the post is in force");
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

TjdConsignmentRow *
tjd_consignments_get (TjdTxn *txn, const char *column, const char *value, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT " CONSIGNMENT_COLUMNS " FROM consignments WHERE %s = $1", column);

  return tjd_txn_get (txn, tjd_consignment_row_get_type (), sql, error, tjd_text (value));
}

TjdConsignmentRow *
tjd_consignments_get_own (TjdTxn *txn, TjdCall *call, GError **error)
{
  const TjdPrincipal *principal = &call->principal;
  g_autoptr (TjdConsignmentRow) row = tjd_consignments_get (txn, "id", call->parameter, error);

  if (row != NULL && (principal->kind != TJD_PRINCIPAL_PERSON ||
                      strcmp (row->renewer, principal->personal_id) == 0))
    return g_steal_pointer (&row);
  if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such consignment");
  return NULL;
}

gboolean
tjd_consignments_show (TjdTxn *txn, TjdConsignmentRow *row, gpointer *reply, GError **error)
{
  g_autoptr (GPtrArray) scans =
      tjd_txn_list (txn, tjd_scan_event_get_type (),
                    "SELECT leg, code, place_en, place_ar, at, reason, action FROM scans"
                    " WHERE consignment = $1 ORDER BY at, leg DESC, code, recorded_at LIMIT 500",
                    error, tjd_text (row->id));
  TjdConsignment *consignment;

  if (scans == NULL)
    return FALSE;
  consignment = tjd_consignment_new ();
  consignment->id = g_strdup (row->id);
  consignment->order = g_strdup (row->order_id);
  consignment->kind = row->kind;
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

static gboolean
take_serial (TjdTxn *txn, const char *indicator, char **item, GError **error)
{
  gint64 serial;

  if (tjd_txn_exec (txn,
                    "INSERT INTO serials (indicator, next) VALUES ($1, 1)"
                    " ON CONFLICT (indicator) DO UPDATE SET next = next + 1",
                    error, tjd_text (indicator)) < 0 ||
      !tjd_txn_get_int (txn, "SELECT next FROM serials WHERE indicator = $1", &serial, error,
                        tjd_text (indicator)))
    return FALSE;
  *item = tjd_item_new (indicator, (guint32) serial);
  return TRUE;
}

static TjdConsignmentRow *
new_consignment (TjdTxn *txn, TjdCall *call, GError **error)
{
  TjdConsignmentRequest *request = call->request;
  g_autoptr (TjdPostTariff) tariff = tjd_consignments_load_tariff (txn, call->host, error);
  g_autoptr (TjdConsignmentRow) row = tjd_consignment_row_new ();
  const char *indicator;

  if (tariff == NULL)
    return NULL;
  row->id = tjd_id_new_timed (call->host->clock, call->host->entropy, "con");
  row->order_id = g_strdup (request->order);
  row->renewer = g_strdup (request->renewer);
  row->kind = request->cards > TJD_ENVELOPE_CARDS ? TJD_CONSIGNMENT_BAG : TJD_CONSIGNMENT_ENVELOPE;
  row->cards = request->cards;
  row->fee = tjd_post_tariff_fee (tariff, request->cards);
  row->applicant_en = g_strdup (request->applicant_en);
  row->applicant_ar = g_strdup (request->applicant_ar);
  row->opened_at = tjd_clock_now (call->host->clock);
  indicator = indicators[row->kind];
  return take_serial (txn, indicator, &row->out_item, error) &&
                 take_serial (txn, indicator, &row->back_item, error) &&
                 tjd_txn_insert (txn, "consignments", row, error) &&
                 tjd_scans_plan_leg (txn, call->host, row, TJD_LEG_OUT, error)
             ? g_steal_pointer (&row)
             : NULL;
}

/* One an order, whatever key it comes under. */
gboolean
tjd_consignments_open (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdConsignmentRequest *request = call->request;
  g_autoptr (TjdConsignmentRow) row = tjd_consignments_get (txn, "order_id", request->order, error);

  if (row == NULL && *error == NULL)
    row = new_consignment (txn, call, error);
  return row != NULL && tjd_consignments_show (txn, row, reply, error);
}

gboolean
tjd_consignments_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdConsignmentRow) row = tjd_consignments_get_own (txn, call, error);

  return row != NULL && tjd_consignments_show (txn, row, reply, error);
}

/* The ministry hands it over: the way back begins. */
gboolean
tjd_consignments_send_back (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdHandover *handover = call->request;
  g_autoptr (TjdConsignmentRow) row = tjd_consignments_get (txn, "id", call->parameter, error);

  if (row != NULL && strcmp (row->order_id, handover->order) == 0)
    return tjd_scans_plan_leg (txn, call->host, row, TJD_LEG_BACK, error);
  if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such consignment");
  return FALSE;
}

gboolean
tjd_consignments_find_item (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdItemQuery *query = call->query;

  *reply = tjd_txn_get (txn, tjd_found_item_get_type (),
                        "SELECT $1 AS number, id AS consignment,"
                        " CASE out_item WHEN $1 THEN 'out' ELSE 'back' END AS leg"
                        " FROM consignments WHERE out_item = $1 OR back_item = $1",
                        error, tjd_text (query->number));
  if (*reply == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such item");
  return *reply != NULL;
}
