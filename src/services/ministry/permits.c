/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "digits.h"
#include "fold.h"
#include "ministry.h"
#include "page.h"

/* The register in pages, by expiry and personal ID, narrowed to what is asked for. A renewal moves
 * a permit behind the page that is being read: it is met twice rather than never. */

/* What is being committed while it is read is not seen yet: as_of lies so much back, and a client
 * is told of that while twice rather than not at all. */
#define UNSEEN_SECONDS 60

/* A WHERE that grows, and the values of its $1, $2 … */
typedef struct {
  GString *where;
  GArray *values;      /* of TjdValue */
  GStringChunk *texts; /* that they point to */
} Narrowing;

static void
narrow (Narrowing *narrowing, const char *condition, TjdValue value)
{
  g_array_append_val (narrowing->values, value);
  g_string_append_printf (narrowing->where, "%s$%u", condition, narrowing->values->len);
}

TjdDay
tjd_ministry_today (TjdHost *host)
{
  return tjd_day_in_qatar (tjd_clock_now (host->clock));
}

TjdDay
tjd_ministry_day (const char *text)
{
  TjdDay day = 0;
  gboolean ok = tjd_day_parse (text, &day);

  g_assert (ok); /* only dates are ever stored */
  return day;
}

static TjdPermit *
show_permit (TjdPermitRow *row, TjdTerms *terms)
{
  TjdPermit *permit = tjd_permit_new ();
  TjdFee *fee = tjd_terms_get_fee (terms, row->category);
  TjdDay expires = tjd_ministry_day (row->expires_on);

  permit->personal_id = g_strdup (row->personal_id);
  permit->name_en = g_strdup (row->name_en);
  permit->name_ar = g_strdup (row->name_ar);
  permit->category = row->category;
  permit->renewer = g_strdup (row->renewer);
  permit->expires_on = g_strdup (row->expires_on);
  if (fee != NULL)
    g_array_append_vals (permit->years, fee->years->data, fee->years->len);
  permit->standing = row->hindrance == TJD_REASON_CANCELLED
                         ? TJD_STANDING_CANCELLED
                         : tjd_rules_standing (terms->rules, expires, terms->today);
  permit->fine = tjd_rules_fine (terms->rules, expires, terms->today);
  return permit;
}

static const char *
keep_day (Narrowing *narrowing, TjdDay day)
{
  g_autofree char *text = tjd_day_format (CLAMP (day, TJD_DAY_MIN, TJD_DAY_MAX));
  return g_string_chunk_insert (narrowing->texts, text);
}

/* Both days included. */
static void
narrow_expiry (Narrowing *narrowing, const char *condition, TjdDay from, TjdDay to)
{
  narrow (narrowing, condition, tjd_text (keep_day (narrowing, from)));
  narrow (narrowing, " AND ", tjd_text (keep_day (narrowing, to)));
}

static void
narrow_standing (Narrowing *narrowing, TjdTerms *terms, TjdStanding standing)
{
  TjdDay from, to;

  if (standing == TJD_STANDING_CANCELLED) {
    g_string_append (narrowing->where, " AND hindrance = 'cancelled'");
    return;
  }
  tjd_rules_expiries (terms->rules, standing, terms->today, &from, &to);
  narrow_expiry (narrowing, " AND expires_on BETWEEN ", from, to);
  g_string_append (narrowing->where, " AND (hindrance IS NULL OR hindrance <> 'cancelled')");
}

/* Digits of a number with whatever stands between them, or a piece of a name. */
static void
narrow_text (Narrowing *narrowing, const char *text)
{
  g_autofree char *digits = tjd_digits_normalise (text);
  g_autofree char *folded = tjd_fold (text);
  const char *piece = digits != NULL && *digits != '\0' ? digits : folded;
  g_autoptr (GString) pattern = g_string_new (piece);

  g_string_replace (pattern, "!", "!!", 0);
  g_string_replace (pattern, "%", "!%", 0);
  g_string_replace (pattern, "_", "!_", 0);
  g_string_prepend_c (pattern, '%');
  g_string_append_c (pattern, '%');
  narrow (narrowing, " AND sought LIKE ",
          tjd_text (g_string_chunk_insert (narrowing->texts, pattern->str)));
  g_string_append (narrowing->where, " ESCAPE '!'");
}

/* What reads otherwise today than on the day then, though its row is the same: a window opened, a
 * permit expired, a fine grew. */
static void
add_moved_by_time (Narrowing *narrowing, TjdRules *rules, TjdDay then, TjdDay today)
{
  gint64 days_to_cap = rules->fine_per_day > 0
                           ? (rules->fine_cap + rules->fine_per_day - 1) / rules->fine_per_day
                           : 0;
  TjdDay from, due_then, due_now;

  tjd_rules_expiries (rules, TJD_STANDING_DUE, then, &from, &due_then);
  tjd_rules_expiries (rules, TJD_STANDING_DUE, today, &from, &due_now);
  narrow_expiry (narrowing, " OR expires_on BETWEEN ", due_then + 1, due_now);
  narrow_expiry (narrowing, " OR expires_on BETWEEN ", then, today - 1);
  narrow_expiry (narrowing, " OR expires_on BETWEEN ", then - rules->grace_days - days_to_cap,
                 today - rules->grace_days - 1);
}

static gboolean
tariff_changed (TjdTxn *txn, TjdDay then, TjdDay today, gboolean *changed, GError **error)
{
  g_autofree char *from = tjd_day_format (then), *to = tjd_day_format (today);
  gint64 rows;

  if (!tjd_txn_get_int (
          txn,
          "SELECT (SELECT count(*) FROM fees WHERE valid_from > $1 AND valid_from <= $2)"
          " + (SELECT count(*) FROM rules WHERE valid_from > $1 AND valid_from <= $2)",
          &rows, error, tjd_text (from), tjd_text (to)))
    return FALSE;
  *changed = rows > 0;
  return TRUE;
}

static gboolean
narrow_changed (TjdTxn *txn, Narrowing *narrowing, TjdTerms *terms, gint64 since, GError **error)
{
  TjdDay then = tjd_day_in_qatar (since);
  gboolean all = FALSE;

  if (!tariff_changed (txn, then, terms->today, &all, error))
    return FALSE;
  if (all)
    return TRUE;
  narrow (narrowing, " AND (changed_at >= ", tjd_int (since));
  if (then < terms->today)
    add_moved_by_time (narrowing, terms->rules, then, terms->today);
  g_string_append_c (narrowing->where, ')');
  return TRUE;
}

static gboolean
narrow_to (
    TjdTxn *txn, Narrowing *narrowing, TjdPermitsQuery *query, TjdTerms *terms, GError **error)
{
  if (query->expires_from != NULL)
    narrow (narrowing, " AND expires_on >= ", tjd_text (query->expires_from));
  if (query->expires_to != NULL)
    narrow (narrowing, " AND expires_on <= ", tjd_text (query->expires_to));
  if ((int) query->category >= 0)
    narrow (narrowing, " AND category = ",
            tjd_text (tjd_enum_to_nick (tjd_category_get_type (), (int) query->category)));
  if ((int) query->standing >= 0)
    narrow_standing (narrowing, terms, query->standing);
  if (query->text != NULL)
    narrow_text (narrowing, query->text);
  return query->changed_since == TJD_NO_INT ||
         narrow_changed (txn, narrowing, terms, query->changed_since, error);
}

/* Each half reads an index in the list's own order and stops at the limit. */
static GPtrArray *
list_permits (TjdTxn *txn, Narrowing *narrowing, gint64 limit, GError **error)
{
  g_autofree char *sql = NULL;
  guint n = narrowing->values->len + 1;
  TjdValue value = tjd_int (limit);

  g_array_append_val (narrowing->values, value);
  sql = g_strdup_printf ("SELECT * FROM (SELECT " TJD_PERMIT_COLUMNS
                         " FROM permits WHERE renewer = $1%s"
                         " ORDER BY expires_on, personal_id LIMIT $%u) AS held"
                         " UNION ALL SELECT " TJD_PERMIT_COLUMNS
                         " FROM permits WHERE personal_id = $1 AND renewer <> $1%s"
                         " ORDER BY expires_on, personal_id LIMIT $%u",
                         narrowing->where->str, n, narrowing->where->str, n);
  return tjd_txn_list_values (txn, tjd_permit_row_get_type (), sql, error,
                              (const TjdValue *) (void *) narrowing->values->data, n);
}

/* The rows of the page, and one more if there is another behind it. */
static GPtrArray *
find_permits (TjdTxn *txn, TjdPermitsQuery *query, TjdTerms *terms, gint64 limit, GError **error)
{
  g_auto (TjdCursor) cursor = { 0 };
  g_autoptr (GString) where = g_string_new (NULL);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TjdValue));
  GStringChunk *texts = g_string_chunk_new (256);
  Narrowing narrowing = { where, values, texts };
  TjdValue renewer = tjd_text (query->renewer);
  GPtrArray *rows = NULL;

  g_array_append_val (values, renewer);
  if (tjd_cursor_read (&cursor, query->after, error)) {
    narrow (&narrowing, " AND (expires_on, personal_id) > (", tjd_text (cursor.first));
    narrow (&narrowing, ", ", tjd_text (cursor.second));
    g_string_append_c (where, ')');
    if (narrow_to (txn, &narrowing, query, terms, error))
      rows = list_permits (txn, &narrowing, limit + 1, error);
  }
  g_string_chunk_free (texts);
  return rows;
}

static void
show_page (TjdCall *call, GPtrArray *rows, gint64 limit, TjdTerms *terms, TjdPermits *permits)
{
  for (guint i = 0; i < rows->len && i < limit; i++)
    g_ptr_array_add (permits->permits, show_permit (rows->pdata[i], terms));
  if (rows->len > limit) {
    TjdPermitRow *last = rows->pdata[limit - 1];
    g_autofree char *after = tjd_cursor_print (last->expires_on, last->personal_id);
    tjd_page_set_next (call, after);
  }
}

gboolean
tjd_ministry_read_permits (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdPermitsQuery *query = call->query;
  gint64 limit = query->limit != TJD_NO_INT ? query->limit : TJD_PAGE_MAX;
  g_autoptr (TjdTerms) terms = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  TjdPermits *permits;

  if (query->renewer == NULL) {
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/renewer", "it is missing");
    return FALSE;
  }
  terms = tjd_terms_load (txn, tjd_ministry_today (call->host), error);
  rows = terms != NULL ? find_permits (txn, query, terms, limit, error) : NULL;
  if (rows == NULL)
    return FALSE;
  permits = tjd_permits_new ();
  permits->as_of = tjd_clock_now (call->host->clock) - UNSEEN_SECONDS;
  show_page (call, rows, limit, terms, permits);
  *reply = permits;
  return TRUE;
}

gboolean
tjd_ministry_read_tariff (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdTerms) terms = tjd_terms_load (txn, tjd_ministry_today (call->host), error);

  if (terms != NULL)
    *reply = g_object_ref (terms->tariff);
  return terms != NULL;
}
