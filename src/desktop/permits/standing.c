/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing.h"

#include "amount.h"
#include "date.h"
#include "numerals.h"
#include "plurals.h"

static const char *const categories[] = {
  [TJD_CATEGORY_WORK] = N_ ("Work permit"),
  [TJD_CATEGORY_FAMILY] = N_ ("Family permit"),
  [TJD_CATEGORY_DOMESTIC] = N_ ("Domestic worker’s permit"),
  [TJD_CATEGORY_PERSONAL] = N_ ("Personal sponsorship"),
  [TJD_CATEGORY_INVESTOR] = N_ ("Investor’s permit"),
  [TJD_CATEGORY_PERMANENT] = N_ ("Permanent residency"),
};

static const TjdStandingLook looks[] = {
  [TJD_STANDING_VALID] = { "emblem-ok-symbolic", "dim-label", FALSE },
  [TJD_STANDING_DUE] = { "alarm-symbolic", "accent", TRUE },
  [TJD_STANDING_GRACE] = { "dialog-warning-symbolic", "warning", TRUE },
  [TJD_STANDING_LATE] = { "dialog-error-symbolic", "error", TRUE },
  [TJD_STANDING_CANCELLED] = { "action-unavailable-symbolic", "dim-label", FALSE },
};

static char *
say_expires_in (const TjdLocale *locale, gint64 days)
{
  g_autofree char *number = tjd_number_text (locale, days);

  if (days <= 0)
    return g_strdup (_ ("Expires today"));
  if (days == 1)
    return g_strdup (_ ("Expires tomorrow"));
  return g_strdup_printf (ngettext ("Expires in %s day", "Expires in %s days", (gulong) days),
                          number);
}

static char *
say_valid (const TjdLocale *locale, TjdDay expires_on, TjdRules *rules, gint64 days)
{
  g_autofree char *expires = say_expires_in (locale, days);
  g_autofree char *from = NULL;

  if (rules == NULL)
    return g_steal_pointer (&expires);
  from = tjd_date_text (locale, tjd_rules_window_opens (rules, expires_on), TJD_DATE_SHORT);
  /* Translators: the first %s is "Expires in 200 days", the second a date. */
  return g_strdup_printf (_ ("%s, can be renewed from %s"), expires, from);
}

static char *
say_grace (const TjdLocale *locale, TjdRules *rules, gint64 days)
{
  gint64 left = rules != NULL ? rules->grace_days + days : -1;
  g_autofree char *number = tjd_number_text (locale, left);

  if (left < 0)
    return g_strdup (_ ("Expired, in grace"));
  if (left == 0)
    return g_strdup (_ ("In grace: last day"));
  return g_strdup_printf (
      ngettext ("In grace: %s day left", "In grace: %s days left", (gulong) left), number);
}

static char *
say_late (const TjdLocale *locale, TjdMoney fine, TjdRules *rules)
{
  g_autofree char *so_far = tjd_amount_text (locale, fine);
  g_autofree char *each = rules != NULL && fine < rules->fine_cap
                              ? tjd_amount_text (locale, rules->fine_per_day)
                              : NULL;

  if (each == NULL)
    /* Translators: %s is an amount. */
    return g_strdup_printf (_ ("Late: fine of %s"), so_far);
  /* Translators: both are amounts: what the fine is today, and what each day adds. */
  return g_strdup_printf (_ ("Late: fine of %s so far, and %s each day"), so_far, each);
}

static char *
say (const TjdLocale *locale, TjdPermit *permit, TjdRules *rules, TjdDay today)
{
  TjdDay expires_on;

  if (permit->standing == TJD_STANDING_CANCELLED)
    return g_strdup (_ ("Cancelled"));
  if (permit->expires_on == NULL || !tjd_day_parse (permit->expires_on, &expires_on))
    return g_strdup (_ ("Date unknown"));
  switch (permit->standing) {
  case TJD_STANDING_GRACE:
    return say_grace (locale, rules, expires_on - today);
  case TJD_STANDING_LATE:
    return say_late (locale, permit->fine, rules);
  case TJD_STANDING_VALID:
    return say_valid (locale, expires_on, rules, expires_on - today);
  default:
    return say_expires_in (locale, expires_on - today);
  }
}

/* No date stands without what it means. */
static char *
say_date (const TjdLocale *locale, TjdPermit *permit)
{
  g_autofree char *date = tjd_wire_date_text (locale, permit->expires_on, TJD_DATE_LONG);

  switch (permit->standing) {
  case TJD_STANDING_GRACE:
  case TJD_STANDING_LATE:
    /* Translators: %s is the date that a permit was valid until. */
    return g_strdup_printf (_ ("Expired %s"), date);
  case TJD_STANDING_CANCELLED:
    /* Translators: %s is the date that a permit, cancelled before, would have been valid until. */
    return g_strdup_printf (_ ("Was valid until %s"), date);
  default:
    /* Translators: %s is the date that a permit is valid until. */
    return g_strdup_printf (_ ("Valid until %s"), date);
  }
}

TjdStandingWords *
tjd_standing_words_new (const TjdLocale *locale, TjdPermit *permit, TjdRules *rules, TjdDay today)
{
  TjdStandingWords *self = g_new0 (TjdStandingWords, 1);

  self->text = say (locale, permit, rules, today);
  self->date = say_date (locale, permit);
  self->icon_name = looks[permit->standing].icon_name;
  self->css_class = looks[permit->standing].css_class;
  self->may_renew = looks[permit->standing].may_renew;
  return self;
}

void
tjd_standing_words_free (TjdStandingWords *self)
{
  g_free (self->text);
  g_free (self->date);
  g_free (self);
}

const TjdStandingLook *
tjd_standing_look (TjdStanding standing)
{
  return &looks[standing];
}

char *
tjd_chosen_words (const TjdLocale *locale, guint n, TjdMoney sum)
{
  g_autofree char *number = tjd_number_text (locale, n);
  g_autofree char *amount = tjd_amount_text (locale, sum);
  g_autofree char *count = g_strdup_printf (ngettext ("%s permit", "%s permits", n), number);

  /* Translators: "2 permits · from QAR 1,500.00 and post": the post's fee is not in the amount. */
  return sum > 0 ? g_strdup_printf (_ ("%s · from %s and post"), count, amount)
                 : g_steal_pointer (&count);
}

const char *
tjd_category_words (TjdCategory category)
{
  return _ (categories[category]);
}

int
tjd_permit_compare_urgency (gconstpointer a, gconstpointer b, gpointer data)
{
  const TjdPermit *first = a, *second = b;
  gboolean first_is_over = first->standing == TJD_STANDING_CANCELLED;
  gboolean second_is_over = second->standing == TJD_STANDING_CANCELLED;
  int order = g_strcmp0 (first->expires_on, second->expires_on);

  if (first_is_over != second_is_over)
    return first_is_over ? 1 : -1;
  return order != 0 ? order : g_strcmp0 (first->personal_id, second->personal_id);
}

TjdMoney
tjd_permit_least_fee (TjdPermit *permit, TjdTariff *tariff, TjdDay today)
{
  TjdFee *fee = tariff != NULL ? tjd_tariff_get_fee (tariff, permit->category, today) : NULL;
  TjdRules *rules = tariff != NULL ? tjd_tariff_get_rules (tariff, today) : NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  TjdRenewal renewal = { .today = today, .reduced_fine = TJD_NO_INT };

  if (fee == NULL || rules == NULL || permit->years->len == 0 || permit->expires_on == NULL ||
      !tjd_day_parse (permit->expires_on, &renewal.expires_on))
    return 0;
  renewal.years = g_array_index (permit->years, gint64, 0);
  return tjd_renewal_lines (&renewal, fee, rules, lines);
}
