/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff.h"

#include "fold.h"

/* One statement a company: 72,000 rows are made where they are kept. */

#define FIRST_DAY -150 /* from today */
#define DAYS 1200

/* $1 establishment, $2 its number, $3 staff, $4 per cent that are due. Person n has a birth year, a
 * country and a serial of their own; names and days go round at lengths that have no divisor in
 * common, so that they do not repeat together; folded they stand beside. $5 is now. Those who are
 * due expire from 150 days ago to 84 days from now. CROSS JOIN keeps the planner from looking for
 * the words first. */
static const char staff_sql[] =
    "INSERT INTO permits (personal_id, name_en, name_ar, category, renewer, expires_on, hindrance,"
    " late_hindrance, changed_at, sought)"
    " SELECT id, en, ar, 'work', $1, day, hindrance, late_hindrance, $5, folded || ' ' || id FROM ("
    " WITH RECURSIVE staff (n) AS"
    " (SELECT 0 UNION ALL SELECT n + 1 FROM staff WHERE n + 1 < $3)"
    " SELECT '2' || CAST(60 + n % 40 AS TEXT) || c.en ||"
    "  substr(CAST(120000 + $2 * 2000 + n / 40 / (SELECT count(*) FROM sandbox_words"
    "  WHERE kind = 'country') AS TEXT), 2) AS id,"
    "  g.en || ' ' || f.en AS en, g.ar || ' ' || f.ar AS ar, d.en AS day,"
    "  gs.en || ' ' || fs.en || ' ' || gs.ar || ' ' || fs.ar AS folded,"
    "  CASE n % 199 WHEN 20 THEN 'holder-abroad' WHEN 60 THEN 'medical-missing'"
    "   WHEN 100 THEN 'insurance-missing' WHEN 140 THEN 'passport-changed'"
    "   WHEN 180 THEN 'manual-review' WHEN 190 THEN 'cancelled'"
    "   WHEN 195 THEN 'establishment-invalid' END AS hindrance,"
    "  CASE n % 499 WHEN 250 THEN 'passport-changed' END AS late_hindrance"
    " FROM staff CROSS JOIN sandbox_words c CROSS JOIN sandbox_words g CROSS JOIN sandbox_words f"
    " CROSS JOIN sandbox_words gs CROSS JOIN sandbox_words fs CROSS JOIN sandbox_words d"
    " WHERE c.kind = 'country' AND c.position ="
    "  n / 40 % (SELECT count(*) FROM sandbox_words WHERE kind = 'country')"
    " AND g.kind = 'given' AND g.position ="
    "  n % (SELECT count(*) FROM sandbox_words WHERE kind = 'given')"
    " AND f.kind = 'family' AND f.position ="
    "  n % (SELECT count(*) FROM sandbox_words WHERE kind = 'family')"
    " AND gs.kind = 'given-sought' AND gs.position = g.position"
    " AND fs.kind = 'family-sought' AND fs.position = f.position"
    " AND d.kind = 'day' AND d.position ="
    "  CASE WHEN n * 37 % 100 < $4 THEN n * 7 % 235 ELSE 240 + n * 11 % 960 END) AS made";

static gboolean
put_word (
    TjdTxn *txn, const char *kind, guint position, const char *en, const char *ar, GError **error)
{
  return tjd_txn_exec (
             txn, "INSERT INTO sandbox_words (kind, position, en, ar) VALUES ($1, $2, $3, $4)",
             error, tjd_text (kind), tjd_int (position), tjd_text (en), tjd_text (ar)) > 0;
}

static gboolean
put_names (TjdTxn *txn, const char *kind, const char *sought, GPtrArray *names, GError **error)
{
  for (guint i = 0; i < names->len; i++) {
    TjdSeedName *name = names->pdata[i];
    g_autofree char *en = tjd_fold (name->en), *ar = tjd_fold (name->ar);
    if (!put_word (txn, kind, i, name->en, name->ar, error) ||
        !put_word (txn, sought, i, en, ar, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_words (TjdTxn *txn, TjdSeedNames *names, TjdDay today, GError **error)
{
  gboolean ok = put_names (txn, "given", "given-sought", names->given, error) &&
                put_names (txn, "family", "family-sought", names->family, error);

  for (guint i = 0; ok && i < names->countries->len; i++)
    ok = put_word (txn, "country", i, names->countries->pdata[i], NULL, error);
  for (guint i = 0; ok && i < DAYS; i++) {
    g_autofree char *day = tjd_day_format (today + FIRST_DAY + (gint64) i);
    ok = put_word (txn, "day", i, day, NULL, error);
  }
  return ok;
}

gboolean
tjd_staff_seed (TjdTxn *txn, TjdSeed *seed, gint64 now, GError **error)
{
  gboolean ok = put_words (txn, seed->names, tjd_day_in_qatar (now), error);

  for (guint i = 0; ok && i < seed->companies->len; i++) {
    TjdSeedCompany *company = seed->companies->pdata[i];
    ok = tjd_txn_exec (txn, staff_sql, error, tjd_text (company->establishment_id), tjd_int (i),
                       tjd_int (company->staff), tjd_int (company->due),
                       tjd_int (now)) == company->staff;
  }
  return ok && tjd_txn_exec (txn, "DELETE FROM sandbox_words", error) > 0;
}
