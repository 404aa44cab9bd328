/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fee.h"
#include "seed.h"
#include "store.h"

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

TJD_DECLARE_RECORD (TjdPermitRow, tjd_permit_row)
struct _TjdPermitRow {
  TjdRecord parent;
  char *personal_id, *name_en, *name_ar;
  TjdCategory category;
  char *renewer;
  char *expires_on;
  TjdReason hindrance;      /* -1: none */
  TjdReason late_hindrance; /* found only when the renewal is carried out */
};

/* The tariff in force on a day. */
typedef struct {
  TjdDay today;
  TjdRules *rules;
  GPtrArray *fees; /* of TjdFee */
} TjdTariff;
TjdTariff *tjd_tariff_load (TjdTxn *txn, TjdDay today, GError **error);
void tjd_tariff_free (TjdTariff *tariff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdTariff, tjd_tariff_free)
TjdFee *tjd_tariff_get_fee (TjdTariff *tariff, TjdCategory category); /* borrowed; NULL */

/* The permit, if this renewer may renew it: as its renewer or its holder. NULL without an error if
 * there is none or it is not theirs. */
TjdPermitRow *
tjd_register_get (TjdTxn *txn, const char *personal_id, const char *renewer, GError **error);

/* All that this renewer may renew, soonest expiry first. */
GPtrArray *tjd_register_list (TjdTxn *txn, const char *renewer, GError **error);

gboolean
tjd_register_renew (TjdTxn *txn, const char *personal_id, const char *until, GError **error);

gboolean tjd_register_seed (TjdTxn *txn, TjdSeed *seed, TjdDay today, GError **error);

G_END_DECLS
