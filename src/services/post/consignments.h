/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "consignment.h"
#include "host.h"

G_BEGIN_DECLS

/* Consignments and what happened to them. Scans are only ever added, as they come: late, twice, in
 * any order. Where a consignment stands is concluded from all of them by when they happened. */

#define TJD_CONSIGNMENTS_MIGRATION                                                              \
  "CREATE TABLE bands ("                                                                        \
  "  valid_from TEXT NOT NULL, position INTEGER NOT NULL, up_to INTEGER, per INTEGER NOT NULL," \
  "  amount INTEGER NOT NULL, PRIMARY KEY (valid_from, position)) STRICT;"                      \
  "CREATE TABLE serials (indicator TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT;"            \
  "CREATE TABLE consignments ("                                                                 \
  "  id TEXT PRIMARY KEY, order_id TEXT NOT NULL UNIQUE, renewer TEXT NOT NULL,"                \
  "  cards INTEGER NOT NULL, fee INTEGER NOT NULL, out_item TEXT NOT NULL UNIQUE,"              \
  "  back_item TEXT NOT NULL UNIQUE, opened_at INTEGER NOT NULL, posted_at INTEGER,"            \
  "  delivered_at INTEGER) STRICT;"                                                             \
  "CREATE TABLE scans ("                                                                        \
  "  consignment TEXT NOT NULL REFERENCES consignments (id), leg TEXT NOT NULL,"                \
  "  code TEXT NOT NULL, place_en TEXT NOT NULL, place_ar TEXT NOT NULL,"                       \
  "  due_at INTEGER NOT NULL, at INTEGER, PRIMARY KEY (consignment, leg, code)) STRICT;"        \
  "CREATE INDEX scans_due ON scans (due_at) WHERE at IS NULL"

/* The courier's plan apart from what happened; bags; names for labels. */
#define TJD_ROUNDS_MIGRATION                                                                  \
  "ALTER TABLE consignments ADD COLUMN kind TEXT NOT NULL DEFAULT 'envelope';"                \
  "ALTER TABLE consignments ADD COLUMN applicant_en TEXT NOT NULL DEFAULT '';"                \
  "ALTER TABLE consignments ADD COLUMN applicant_ar TEXT NOT NULL DEFAULT '';"                \
  "UPDATE consignments SET applicant_en = renewer, applicant_ar = renewer;"                   \
  "CREATE TABLE rounds ("                                                                     \
  "  consignment TEXT NOT NULL REFERENCES consignments (id), leg TEXT NOT NULL,"              \
  "  position INTEGER NOT NULL, code TEXT NOT NULL, place_en TEXT NOT NULL,"                  \
  "  place_ar TEXT NOT NULL, reason TEXT, action TEXT, due_at INTEGER NOT NULL,"              \
  "  PRIMARY KEY (consignment, leg, position)) STRICT;"                                       \
  "CREATE INDEX rounds_due ON rounds (due_at);"                                               \
  "INSERT INTO rounds (consignment, leg, position, code, place_en, place_ar, due_at)"         \
  " SELECT consignment, leg, CASE code WHEN 'EMA' THEN 0 WHEN 'EMG' THEN 1 ELSE 2 END, code," \
  "  place_en, place_ar, due_at FROM scans WHERE at IS NULL;"                                 \
  "CREATE TABLE scans_2 ("                                                                    \
  "  id TEXT PRIMARY KEY, consignment TEXT NOT NULL REFERENCES consignments (id),"            \
  "  leg TEXT NOT NULL, code TEXT NOT NULL, place_en TEXT NOT NULL, place_ar TEXT NOT NULL,"  \
  "  reason TEXT, action TEXT, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,"            \
  "  recorded_by TEXT NOT NULL) STRICT;"                                                      \
  "INSERT INTO scans_2 (id, consignment, leg, code, place_en, place_ar, at, recorded_at,"     \
  "  recorded_by) SELECT consignment || '.' || leg || '.' || code, consignment, leg, code,"   \
  "  place_en, place_ar, at, at, 'courier' FROM scans WHERE at IS NOT NULL;"                  \
  "DROP TABLE scans;"                                                                         \
  "ALTER TABLE scans_2 RENAME TO scans;"                                                      \
  "CREATE INDEX scans_consignment ON scans (consignment, at);"                                \
  "INSERT INTO serials (indicator, next) SELECT 'RB', next FROM serials WHERE indicator = 'RR'"

TJD_DECLARE_RECORD (TjdConsignmentRow, tjd_consignment_row)
struct _TjdConsignmentRow {
  TjdRecord parent;
  char *id, *order_id, *renewer;
  TjdConsignmentKind kind;
  gint64 cards;
  TjdMoney fee;
  char *out_item, *back_item;
  char *applicant_en, *applicant_ar;
  gint64 opened_at, posted_at, delivered_at; /* UTC seconds */
};

/* By a column that is unique; NULL without an error if there is none. */
TjdConsignmentRow *
tjd_consignments_get (TjdTxn *txn, const char *column, const char *value, GError **error);

/* The path's, if the caller may see it; else TJD_PROBLEM_NOT_FOUND. */
TjdConsignmentRow *tjd_consignments_get_own (TjdTxn *txn, TjdCall *call, GError **error);

/* As people see it. */
gboolean
tjd_consignments_show (TjdTxn *txn, TjdConsignmentRow *row, gpointer *reply, GError **error);

TjdPostTariff *tjd_consignments_load_tariff (TjdTxn *txn, TjdHost *host, GError **error);

/* Something happened: kept, concluded from, and told to whom it concerns. */
gboolean tjd_scans_add (TjdTxn *txn,
                        TjdHost *host,
                        const char *consignment,
                        TjdScan *scan,
                        const char *recorded_by,
                        GError **error);

/* The courier's next leg, planned. Without a simulator real scans come instead. */
gboolean
tjd_scans_plan_leg (TjdTxn *txn, TjdHost *host, TjdConsignmentRow *row, TjdLeg leg, GError **error);

/* The courier, simulated: what is due happens. */
gboolean tjd_scans_tick (TjdHost *host, GError **error);

/* The endpoints. */
gboolean tjd_consignments_open (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_consignments_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_consignments_send_back (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_consignments_find_item (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_scans_report (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_labels_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
