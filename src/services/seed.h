/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
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
  TjdMoney lost_card;
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

/* Somebody who acts for a company. */
TJD_DECLARE_RECORD (TjdSeedOfficer, tjd_seed_officer)
struct _TjdSeedOfficer {
  TjdRecord parent;
  char *personal_id; /* of one of the people */
  TjdRole role;
};

/* A company and its staff, who are invented by the number (sandbox.c). */
TJD_DECLARE_RECORD (TjdSeedCompany, tjd_seed_company)
struct _TjdSeedCompany {
  TjdRecord parent;
  char *establishment_id;
  char *name_en;
  char *name_ar;
  char *account;
  TjdMoney balance;
  gint64 staff;
  gint64 due;          /* per cent of them that can be renewed now */
  GPtrArray *officers; /* of TjdSeedOfficer */
};

TJD_DECLARE_RECORD (TjdSeedName, tjd_seed_name)
struct _TjdSeedName {
  TjdRecord parent;
  char *en, *ar;
};

/* What staff are named from: data/sandbox/names.json. */
TJD_DECLARE_RECORD (TjdSeedNames, tjd_seed_names)
struct _TjdSeedNames {
  TjdRecord parent;
  GPtrArray *countries; /* of char *, ISO 3166-1 numeric */
  GPtrArray *given, *family;
};

TJD_DECLARE_RECORD (TjdSeed, tjd_seed)
struct _TjdSeed {
  TjdRecord parent;
  TjdSeedRules *rules;
  GPtrArray *fees;
  TjdPostTariff *post_tariff;
  GPtrArray *people;
  GPtrArray *companies;
  TjdSeedNames *names; /* not in the file: read beside it */
};

/* The compiled-in file, with every person's secrets as their token file in state_dir/tokens has
 * them; files that are missing are made (0600). (transfer full) */
TjdSeed *tjd_seed_load (const char *state_dir, const TjdEntropy *entropy, GError **error);

G_END_DECLS
