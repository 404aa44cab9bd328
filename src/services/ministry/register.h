/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "seed.h"
#include "store.h"
#include "tariff.h"

G_BEGIN_DECLS

/* The ministry's register of permits and its tariff. */

#define TJD_REGISTER_MIGRATION                                                                  \
  "CREATE TABLE permits ("                                                                      \
  "  personal_id TEXT PRIMARY KEY, name_en TEXT NOT NULL, name_ar TEXT NOT NULL,"               \
  "  category TEXT NOT NULL, renewer TEXT NOT NULL, expires_on TEXT NOT NULL,"                  \
  "  hindrance TEXT, late_hindrance TEXT) STRICT;"                                              \
  "CREATE INDEX permits_renewer ON permits (renewer, expires_on);"                              \
  "CREATE TABLE fees ("                                                                         \
  "  category TEXT NOT NULL, valid_from TEXT NOT NULL, per_year INTEGER NOT NULL,"              \
  "  three_year_discount INTEGER NOT NULL, years TEXT NOT NULL,"                                \
  "  PRIMARY KEY (category, valid_from)) STRICT;"                                               \
  "CREATE TABLE rules ("                                                                        \
  "  valid_from TEXT PRIMARY KEY, window_months INTEGER NOT NULL, grace_days INTEGER NOT NULL," \
  "  fine_per_day INTEGER NOT NULL, fine_cap INTEGER NOT NULL) STRICT;"

/* sought is what a search by text looks in: both names and the personal ID, folded (fold.h); of
 * rows from before this migration it is filled in by and by. */
#define TJD_REGISTER_PAGES_MIGRATION                                                          \
  "ALTER TABLE permits ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;"                     \
  "ALTER TABLE permits ADD COLUMN sought TEXT NOT NULL DEFAULT '';"                           \
  "CREATE INDEX permits_page"                                                                 \
  "  ON permits (renewer, expires_on, personal_id, changed_at, category, hindrance, sought);" \
  "DROP INDEX permits_renewer;"                                                               \
  "CREATE INDEX permits_unsought ON permits (personal_id) WHERE sought = ''"

/* FACTS, "ID card". */
#define TJD_REGISTER_CARDS_MIGRATION \
  "ALTER TABLE rules ADD COLUMN lost_card INTEGER NOT NULL DEFAULT 20000"

TJD_DECLARE_RECORD (TjdPermitRow, tjd_permit_row)
struct _TjdPermitRow {
  TjdRecord parent;
  char *personal_id, *name_en, *name_ar;
  TjdCategory category;
  char *renewer;
  char *expires_on;
  TjdReason hindrance;      /* -1: none */
  TjdReason late_hindrance; /* found only when the renewal is carried out */
  gint64 changed_at;        /* UTC seconds */
  char *sought;             /* NULL where it was not asked for */
};

/* What is read of a row; sought is for the database alone. */
#define TJD_PERMIT_COLUMNS                                                                    \
  "personal_id, name_en, name_ar, category, renewer, expires_on, hindrance, late_hindrance, " \
  "changed_at"

/* What is in force on a day, in Asia/Qatar. */
typedef struct {
  TjdDay today;
  TjdTariff *tariff; /* with what is announced */
  TjdRules *rules;   /* borrowed of it */
} TjdTerms;
TjdTerms *tjd_terms_load (TjdTxn *txn, TjdDay today, GError **error);
void tjd_terms_free (TjdTerms *terms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdTerms, tjd_terms_free)
TjdFee *tjd_terms_get_fee (TjdTerms *terms, TjdCategory category); /* borrowed; NULL */

/* The permit, if this renewer may renew it: as its renewer or its holder. NULL without an error if
 * there is none or it is not theirs. */
TjdPermitRow *
tjd_register_get (TjdTxn *txn, const char *personal_id, const char *renewer, GError **error);

/* now: UTC seconds. */
gboolean tjd_register_renew (
    TjdTxn *txn, const char *personal_id, const char *until, gint64 now, GError **error);

/* Fills in what searches look in, of some rows that lack it. */
#define TJD_REGISTER_UNSOUGHT "SELECT count(*) FROM permits WHERE sought = ''"
gboolean tjd_register_index (TjdTxn *txn, gpointer host, GError **error);

gboolean tjd_register_seed (TjdTxn *txn, TjdSeed *seed, gint64 now, GError **error);

G_END_DECLS
