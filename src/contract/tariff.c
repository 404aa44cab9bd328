/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tariff.h"

#include <string.h>

#include "identifiers.h"

#define DISCOUNT_YEARS 3

static const TjdField fee_fields[] = {
  TJD_ENUM (TjdFee, category, tjd_category_get_type, TJD_REQUIRED),
  TJD_STRING (TjdFee, valid_from, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_INT (TjdFee, per_year, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdFee, three_year_discount, TJD_REQUIRED, .max = 100),
  TJD_INTS (TjdFee, years, TJD_REQUIRED, .max = 10),
};
TJD_DEFINE_RECORD (TjdFee, tjd_fee, fee_fields)

static const TjdField rules_fields[] = {
  TJD_STRING (TjdRules, valid_from, TJD_REQUIRED, .format = &tjd_format_date),
  TJD_INT (TjdRules, window_months, TJD_REQUIRED, .max = 1200),
  TJD_INT (TjdRules, grace_days, TJD_REQUIRED, .max = 36500),
  TJD_INT (TjdRules, fine_per_day, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdRules, fine_cap, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdRules, lost_card, TJD_REQUIRED, .max = TJD_MONEY_MAX),
};
TJD_DEFINE_RECORD (TjdRules, tjd_rules, rules_fields)

static const TjdField tariff_fields[] = {
  TJD_LIST (TjdTariff, fees, tjd_fee_get_type, TJD_REQUIRED),
  TJD_LIST (TjdTariff, rules, tjd_rules_get_type, TJD_REQUIRED, .min = 1, .max = 100),
};
TJD_DEFINE_RECORD (TjdTariff, tjd_tariff, tariff_fields)

/* Whether this row holds on the day rather than the one found so far. */
static gboolean
supersedes (const char *valid_from, const char *found, TjdDay day)
{
  TjdDay from;

  return tjd_day_parse (valid_from, &from) && from <= day &&
         (found == NULL || strcmp (valid_from, found) >= 0);
}

TjdFee *
tjd_tariff_get_fee (TjdTariff *tariff, TjdCategory category, TjdDay day)
{
  TjdFee *found = NULL;

  for (guint i = 0; i < tariff->fees->len; i++) {
    TjdFee *fee = tariff->fees->pdata[i];
    if (fee->category == category &&
        supersedes (fee->valid_from, found != NULL ? found->valid_from : NULL, day))
      found = fee;
  }
  return found;
}

TjdRules *
tjd_tariff_get_rules (TjdTariff *tariff, TjdDay day)
{
  TjdRules *found = NULL;

  for (guint i = 0; i < tariff->rules->len; i++) {
    TjdRules *rules = tariff->rules->pdata[i];
    if (supersedes (rules->valid_from, found != NULL ? found->valid_from : NULL, day))
      found = rules;
  }
  return found;
}

TjdDay
tjd_rules_window_opens (TjdRules *rules, TjdDay expires_on)
{
  return tjd_day_add_months (expires_on, -(int) rules->window_months);
}

TjdStanding
tjd_rules_standing (TjdRules *rules, TjdDay expires_on, TjdDay today)
{
  if (today > expires_on + rules->grace_days)
    return TJD_STANDING_LATE;
  if (today > expires_on)
    return TJD_STANDING_GRACE;
  return today >= tjd_rules_window_opens (rules, expires_on) ? TJD_STANDING_DUE
                                                             : TJD_STANDING_VALID;
}

/* The last expiry whose window is open: months differ in length, so it is felt for. */
static TjdDay
last_due (TjdRules *rules, TjdDay today)
{
  TjdDay day = tjd_day_add_months (today, (int) rules->window_months) + 3;

  while (tjd_rules_window_opens (rules, day) > today)
    day--;
  return day;
}

void
tjd_rules_expiries (TjdRules *rules, TjdStanding standing, TjdDay today, TjdDay *from, TjdDay *to)
{
  *from = TJD_DAY_MIN;
  *to = TJD_DAY_MAX;
  switch (standing) {
  case TJD_STANDING_VALID:
    *from = last_due (rules, today) + 1;
    break;
  case TJD_STANDING_DUE:
    *from = today;
    *to = last_due (rules, today);
    break;
  case TJD_STANDING_GRACE:
    *from = today - rules->grace_days;
    *to = today - 1;
    break;
  case TJD_STANDING_LATE:
    *to = today - rules->grace_days - 1;
    break;
  case TJD_STANDING_CANCELLED: /* on any day */
  default:
    break;
  }
}

TjdMoney
tjd_rules_fine (TjdRules *rules, TjdDay expires_on, TjdDay today)
{
  gint64 days_late = MAX (0, today - expires_on - rules->grace_days);
  return MIN (days_late * rules->fine_per_day, rules->fine_cap);
}

gboolean
tjd_fee_offers (TjdFee *fee, gint64 years)
{
  for (guint i = 0; i < fee->years->len; i++)
    if (g_array_index (fee->years, gint64, i) == years)
      return TRUE;
  return FALSE;
}

static TjdMoney
add_line (GPtrArray *lines, TjdLineKind kind, TjdMoney amount)
{
  TjdLine *line = tjd_line_new ();

  line->kind = kind;
  line->amount = amount;
  g_ptr_array_add (lines, line);
  return amount;
}

TjdMoney
tjd_renewal_lines (const TjdRenewal *renewal, TjdFee *fee, TjdRules *rules, GPtrArray *lines)
{
  TjdMoney full = renewal->years * fee->per_year;
  TjdMoney fine = tjd_rules_fine (rules, renewal->expires_on, renewal->today);
  TjdMoney total = add_line (lines, TJD_LINE_FEE, full);

  if (renewal->years == DISCOUNT_YEARS && fee->three_year_discount > 0)
    total += add_line (lines, TJD_LINE_DISCOUNT, -(full * fee->three_year_discount / 100));
  if (fine > 0)
    total += add_line (lines, TJD_LINE_FINE, fine);
  if (renewal->reduced_fine != TJD_NO_INT && renewal->reduced_fine < fine)
    total += add_line (lines, TJD_LINE_FINE_REDUCTION, renewal->reduced_fine - fine);
  if (renewal->lost_card && rules->lost_card > 0)
    total += add_line (lines, TJD_LINE_LOST_CARD, rules->lost_card);
  return total;
}
