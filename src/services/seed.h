/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "permit.h"
#include "quote.h"

G_BEGIN_DECLS

/* What --sandbox fills empty databases with: data/sandbox/seed.json, compiled in. Each party takes
 * its part. Days are relative to the day of the seeding. */

TJD_DECLARE_RECORD (TjdSeedFee, tjd_seed_fee)
struct _TjdSeedFee {
  TjdRecord parent;
  TjdCategory category;
  TjdMoney per_year;
  gint64 three_year_discount; /* per cent */
  GArray *years;
};

/* FACTS, "renewal window", "late fine". */
TJD_DECLARE_RECORD (TjdSeedRules, tjd_seed_rules)
struct _TjdSeedRules {
  TjdRecord parent;
  gint64 window_months;
  gint64 grace_days;
  TjdMoney fine_per_day;
  TjdMoney fine_cap;
};

TJD_DECLARE_RECORD (TjdSeedPermit, tjd_seed_permit)
struct _TjdSeedPermit {
  TjdRecord parent;
  char *personal_id;
  char *name_en;
  char *name_ar;
  TjdCategory category;
  gint64 expires_in;        /* days; below zero: it has expired */
  TjdReason hindrance;      /* why the ministry refuses to quote, -1 if it does not */
  TjdReason late_hindrance; /* found only when it is carried out, as when a passport was changed */
};

TJD_DECLARE_RECORD (TjdSeedPerson, tjd_seed_person)
struct _TjdSeedPerson {
  TjdRecord parent;
  char *personal_id;
  char *name_en;
  char *name_ar;
  char *account; /* NULL: no account at this bank */
  TjdMoney balance;
  GPtrArray *permits;                    /* that this person may renew */
  char *sign_in_secret, *signing_secret; /* base32; not in the file: drawn when it is read */
};

TJD_DECLARE_RECORD (TjdSeed, tjd_seed)
struct _TjdSeed {
  TjdRecord parent;
  TjdSeedRules *rules;
  GPtrArray *fees;
  TjdPostTariff *post_tariff;
  GPtrArray *people;
};

/* The compiled-in file, with every person's secrets as their token file in state_dir/tokens has
 * them; files that are missing are made (0600). (transfer full) */
TjdSeed *tjd_seed_load (const char *state_dir, const TjdEntropy *entropy, GError **error);

G_END_DECLS
