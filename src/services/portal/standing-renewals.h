/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* Standing renewals: whoever of a company's staff comes due is renewed day by day, without a
 * person, and paid for by a standing mandate (contract/standing-renewal.h). What is set stands in
 * standing-renewals.c, how it runs in standing-runs.c. */

#define TJD_STANDING_RENEWALS_MIGRATION                                                          \
  "CREATE TABLE standing_renewals ("                                                             \
  "  id TEXT PRIMARY KEY, renewer TEXT NOT NULL REFERENCES accounts (renewer),"                  \
  "  standing_mandate TEXT NOT NULL, set_by TEXT NOT NULL, years INTEGER NOT NULL,"              \
  "  exempt TEXT NOT NULL, set_at INTEGER NOT NULL, ended_at INTEGER, due_at INTEGER,"           \
  "  after TEXT, at_most INTEGER NOT NULL) STRICT;"                                              \
  "CREATE UNIQUE INDEX standing_renewals_one ON standing_renewals (renewer)"                     \
  " WHERE ended_at IS NULL;"                                                                     \
  "CREATE INDEX standing_renewals_renewer ON standing_renewals (renewer, set_at);"               \
  "CREATE INDEX standing_renewals_due ON standing_renewals (due_at) WHERE due_at IS NOT NULL;"   \
  "CREATE TABLE standing_runs ("                                                                 \
  "  id TEXT PRIMARY KEY, renewal TEXT NOT NULL REFERENCES standing_renewals (id),"              \
  "  begun_us INTEGER NOT NULL, outcome TEXT NOT NULL, order_id TEXT, renewed INTEGER NOT NULL," \
  "  refused INTEGER NOT NULL, problem TEXT, tariff TEXT, next TEXT,"                            \
  "  more INTEGER NOT NULL) STRICT;"                                                             \
  "CREATE INDEX standing_runs_renewal ON standing_runs (renewal, begun_us);"                     \
  "CREATE INDEX standing_runs_under_way ON standing_runs (renewal)"                              \
  " WHERE outcome = 'under-way';"                                                                \
  "CREATE INDEX standing_runs_begun ON standing_runs (begun_us)"

#define TJD_STANDING_RUNS_PURGE                                         \
  "DELETE FROM standing_runs WHERE id IN (SELECT id FROM standing_runs" \
  " WHERE begun_us / 1000000 < $1 AND outcome <> 'under-way' ORDER BY begun_us LIMIT 500)"

TJD_DECLARE_RECORD (TjdStandingRenewalRow, tjd_standing_renewal_row)
struct _TjdStandingRenewalRow {
  TjdRecord parent;
  char *id, *renewer, *standing_mandate, *set_by;
  gint64 years;
  GPtrArray *exempt;
  gint64 set_at, ended_at;
  gint64 due_at;  /* of the next run; TJD_NO_INT: one is under way, or it has ended */
  char *after;    /* today's runs have come so far in the ministry's list; NULL: at its start */
  gint64 at_most; /* permits in the next run: fewer where the mandate would not bear more */
};

#define TJD_STANDING_AT_MOST 500

/* NULL without an error if there is none. */
TjdStandingRenewalRow *tjd_standing_renewals_get (TjdTxn *txn, const char *id, GError **error);
gboolean tjd_standing_renewals_put (TjdTxn *txn, TjdStandingRenewalRow *row, GError **error);

/* Those that a run is due of. */
GPtrArray *tjd_standing_renewals_list_due (TjdTxn *txn, gint64 now, GError **error);

/* A company has one run at a time, however often it sets anew what is to be done. */
#define TJD_STANDING_NONE_UNDER_WAY                                         \
  " AND NOT EXISTS (SELECT 1 FROM standing_runs u JOIN standing_renewals o" \
  " ON o.id = u.renewal WHERE u.outcome = 'under-way' AND o.renewer = r.renewer)"

/* How many are due for a run, for the party's tick: $1 is now in UTC microseconds. */
#define TJD_STANDING_RUNS_DUE                                         \
  "(SELECT count(*) FROM standing_renewals r WHERE r.due_at <= $1 / " \
  "1000000" TJD_STANDING_NONE_UNDER_WAY ")"

/* Begins the runs that are due; their steps. */
gboolean tjd_standing_runs_begin (TjdTxn *txn, TjdHost *host, GError **error);
extern const TjdStep tjd_standing_steps[];

/* The endpoints. */
gboolean tjd_standing_renewals_set (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_standing_renewals_list (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_standing_renewals_end (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
