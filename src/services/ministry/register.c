/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "register.h"

#include "fold.h"

static const TjdField permit_row_fields[] = {
  TJD_STRING (TjdPermitRow, personal_id, TJD_REQUIRED),
  TJD_STRING (TjdPermitRow, name_en, TJD_REQUIRED),
  TJD_STRING (TjdPermitRow, name_ar, TJD_REQUIRED),
  TJD_ENUM (TjdPermitRow, category, tjd_category_get_type, TJD_REQUIRED),
  TJD_STRING (TjdPermitRow, renewer, TJD_REQUIRED),
  TJD_STRING (TjdPermitRow, expires_on, TJD_REQUIRED),
  TJD_ENUM (TjdPermitRow, hindrance, tjd_reason_get_type, TJD_NULLABLE),
  TJD_ENUM (TjdPermitRow, late_hindrance, tjd_reason_get_type, TJD_NULLABLE),
  TJD_INT (TjdPermitRow, changed_at, TJD_REQUIRED),
  TJD_STRING (TjdPermitRow, sought, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdPermitRow, tjd_permit_row, permit_row_fields)

/* Of each category the row in force and those announced; likewise of the rules. */
static TjdTariff *
load_tariff (TjdTxn *txn, const char *day, GError **error)
{
  g_autoptr (TjdTariff) tariff = tjd_tariff_new ();
  g_autoptr (GPtrArray) fees =
      tjd_txn_list (txn, tjd_fee_get_type (),
                    "SELECT category, valid_from, per_year, three_year_discount, years FROM fees"
                    " WHERE valid_from >= COALESCE ((SELECT max (f.valid_from) FROM fees f"
                    " WHERE f.category = fees.category AND f.valid_from <= $1), '')"
                    " ORDER BY category, valid_from",
                    error, tjd_text (day));
  g_autoptr (GPtrArray) rules =
      fees != NULL
          ? tjd_txn_list (txn, tjd_rules_get_type (),
                          "SELECT valid_from, window_months, grace_days, fine_per_day, fine_cap,"
                          " lost_card FROM rules"
                          " WHERE valid_from >= COALESCE ((SELECT max (r.valid_from) FROM rules r"
                          " WHERE r.valid_from <= $1), '') ORDER BY valid_from",
                          error, tjd_text (day))
          : NULL;

  if (rules == NULL)
    return NULL;
  tjd_records_extend (tariff->fees, fees);
  tjd_records_extend (tariff->rules, rules);
  return g_steal_pointer (&tariff);
}

TjdTerms *
tjd_terms_load (TjdTxn *txn, TjdDay today, GError **error)
{
  g_autoptr (TjdTerms) terms = g_new0 (TjdTerms, 1);
  g_autofree char *day = tjd_day_format (today);

  terms->today = today;
  terms->tariff = load_tariff (txn, day, error);
  if (terms->tariff == NULL)
    return NULL;
  terms->rules = tjd_tariff_get_rules (terms->tariff, today);
  if (terms->rules != NULL)
    return g_steal_pointer (&terms);
  g_set_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_MISSING, "there are no rules for %s", day);
  return NULL;
}

void
tjd_terms_free (TjdTerms *terms)
{
  g_clear_object (&terms->tariff);
  g_free (terms);
}

TjdFee *
tjd_terms_get_fee (TjdTerms *terms, TjdCategory category)
{
  return tjd_tariff_get_fee (terms->tariff, category, terms->today);
}

TjdPermitRow *
tjd_register_get (TjdTxn *txn, const char *personal_id, const char *renewer, GError **error)
{
  return tjd_txn_get (txn, tjd_permit_row_get_type (),
                      "SELECT " TJD_PERMIT_COLUMNS " FROM permits WHERE personal_id = $1"
                      " AND (renewer = $2 OR personal_id = $2)",
                      error, tjd_text (personal_id), tjd_text (renewer));
}

gboolean
tjd_register_renew (
    TjdTxn *txn, const char *personal_id, const char *until, gint64 now, GError **error)
{
  return tjd_txn_exec (txn,
                       "UPDATE permits SET expires_on = $2, changed_at = $3 WHERE personal_id = $1",
                       error, tjd_text (personal_id), tjd_text (until), tjd_int (now)) > 0;
}

static char *
make_sought (const char *name_en, const char *name_ar, const char *personal_id)
{
  g_autofree char *all = g_strjoin (" ", name_en, name_ar, personal_id, NULL);
  return tjd_fold (all);
}

gboolean
tjd_register_index (TjdTxn *txn, gpointer host, GError **error)
{
  g_autoptr (GPtrArray) rows = tjd_txn_list (
      txn, tjd_permit_row_get_type (),
      "SELECT personal_id, name_en, name_ar FROM permits WHERE sought = '' LIMIT 1000", error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    TjdPermitRow *row = rows->pdata[i];
    g_autofree char *sought = make_sought (row->name_en, row->name_ar, row->personal_id);
    if (tjd_txn_exec (txn, "UPDATE permits SET sought = $2 WHERE personal_id = $1", error,
                      tjd_text (row->personal_id), tjd_text (sought)) <= 0)
      return FALSE;
  }
  return rows != NULL;
}

#define SEED_VALID_FROM "2000-09-01" /* the pilot's month */

static gboolean
seed_tariff (TjdTxn *txn, TjdSeed *seed, GError **error)
{
  g_autoptr (TjdRules) rules = tjd_rules_new ();
  gboolean ok;

  rules->valid_from = g_strdup (SEED_VALID_FROM);
  rules->window_months = seed->rules->window_months;
  rules->grace_days = seed->rules->grace_days;
  rules->fine_per_day = seed->rules->fine_per_day;
  rules->fine_cap = seed->rules->fine_cap;
  rules->lost_card = seed->rules->lost_card;
  ok = tjd_txn_insert (txn, "rules", rules, error);
  for (guint i = 0; ok && i < seed->fees->len; i++) {
    TjdSeedFee *from = seed->fees->pdata[i];
    g_autoptr (TjdFee) fee = tjd_fee_new ();
    fee->category = from->category;
    fee->valid_from = g_strdup (SEED_VALID_FROM);
    fee->per_year = from->per_year;
    fee->three_year_discount = from->three_year_discount;
    g_array_append_vals (fee->years, from->years->data, from->years->len);
    ok = tjd_txn_insert (txn, "fees", fee, error);
  }
  return ok;
}

static gboolean
seed_permit (TjdTxn *txn, TjdSeedPermit *permit, const char *renewer, gint64 now, GError **error)
{
  g_autoptr (TjdPermitRow) row = tjd_permit_row_new ();

  row->personal_id = g_strdup (permit->personal_id);
  row->name_en = g_strdup (permit->name_en);
  row->name_ar = g_strdup (permit->name_ar);
  row->category = permit->category;
  row->renewer = g_strdup (renewer);
  row->expires_on = tjd_day_format (tjd_day_in_qatar (now) + permit->expires_in);
  row->hindrance = permit->hindrance;
  row->late_hindrance = permit->late_hindrance;
  row->changed_at = now;
  row->sought = make_sought (permit->name_en, permit->name_ar, permit->personal_id);
  return tjd_txn_insert (txn, "permits", row, error);
}

gboolean
tjd_register_seed (TjdTxn *txn, TjdSeed *seed, gint64 now, GError **error)
{
  if (!seed_tariff (txn, seed, error))
    return FALSE;
  for (guint i = 0; i < seed->people->len; i++) {
    TjdSeedPerson *person = seed->people->pdata[i];
    for (guint j = 0; j < person->permits->len; j++)
      if (!seed_permit (txn, person->permits->pdata[j], person->personal_id, now, error))
        return FALSE;
  }
  return TRUE;
}
