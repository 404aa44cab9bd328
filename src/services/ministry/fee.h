/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "day.h"
#include "quote.h"

G_BEGIN_DECLS

/* What a renewal costs and when it may be had: pure functions of the tariff in force (FACTS, "Fees
 * per year and rules"). */

TJD_DECLARE_RECORD (TjdFee, tjd_fee)
struct _TjdFee {
  TjdRecord parent;
  TjdCategory category;
  char *valid_from;
  TjdMoney per_year;
  gint64 three_year_discount; /* per cent */
  GArray *years;              /* offered */
};

TJD_DECLARE_RECORD (TjdRules, tjd_rules)
struct _TjdRules {
  TjdRecord parent;
  char *valid_from;
  gint64 window_months;
  gint64 grace_days;
  TjdMoney fine_per_day;
  TjdMoney fine_cap;
};

TjdDay tjd_rules_window_opens (TjdRules *rules, TjdDay expires_on);
TjdStanding tjd_rules_standing (TjdRules *rules, TjdDay expires_on, TjdDay today);

/* The expiries, both included, at which a permit stands so today; of those that are not cancelled.
 */
void
tjd_rules_expiries (TjdRules *rules, TjdStanding standing, TjdDay today, TjdDay *from, TjdDay *to);
TjdMoney tjd_rules_fine (TjdRules *rules, TjdDay expires_on, TjdDay today);

gboolean tjd_fee_offers (TjdFee *fee, gint64 years);

/* Adds the lines (TjdLine) of a renewal to lines and returns what they sum to. */
TjdMoney tjd_fee_lines (TjdFee *fee, TjdMoney fine, gint64 years, GPtrArray *lines);

G_END_DECLS
