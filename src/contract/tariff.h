/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "day.h"
#include "quote.h"

G_BEGIN_DECLS

/* What a renewal costs and when it may be had: pure functions of a tariff that is data (FACTS,
 * "Fees per year and rules"). The ministry quotes by them; a client plans by them. */

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
  TjdMoney lost_card; /* a renewal includes its card; one that was lost adds this */
};

/* What is in force and what is announced: of each category, and of the rules, the row with the
 * newest valid_from that is not after a day holds on that day. */
TJD_DECLARE_RECORD (TjdTariff, tjd_tariff)
struct _TjdTariff {
  TjdRecord parent;
  GPtrArray *fees;  /* of TjdFee */
  GPtrArray *rules; /* of TjdRules */
};

/* Borrowed; NULL if nothing is in force on that day. */
TjdFee *tjd_tariff_get_fee (TjdTariff *tariff, TjdCategory category, TjdDay day);
TjdRules *tjd_tariff_get_rules (TjdTariff *tariff, TjdDay day);

TjdDay tjd_rules_window_opens (TjdRules *rules, TjdDay expires_on);
TjdStanding tjd_rules_standing (TjdRules *rules, TjdDay expires_on, TjdDay today);

/* The expiries, both included, at which a permit stands so today; of those that are not cancelled.
 */
void
tjd_rules_expiries (TjdRules *rules, TjdStanding standing, TjdDay today, TjdDay *from, TjdDay *to);
TjdMoney tjd_rules_fine (TjdRules *rules, TjdDay expires_on, TjdDay today);

gboolean tjd_fee_offers (TjdFee *fee, gint64 years);

/* One renewal, as far as its price goes. */
typedef struct {
  gint64 years;
  TjdDay expires_on;
  TjdDay today;
  gboolean lost_card;
  TjdMoney reduced_fine; /* what was decided in place of a higher fine; TJD_NO_INT: nothing */
} TjdRenewal;

/* Adds its lines (TjdLine) to lines and returns what they sum to. */
TjdMoney
tjd_renewal_lines (const TjdRenewal *renewal, TjdFee *fee, TjdRules *rules, GPtrArray *lines);

G_END_DECLS
