/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office.h"

#include <string.h>

/* The ministry's GET /permits on a real database: what the pages hold together, held against what
 * plain loops say of the same rows. */

#define NOW G_GINT64_CONSTANT (1795507200)
#define NOW_TEXT "2026-11-24T08:00:00Z"
#define DAY (24 * 60 * 60)
#define COMPANY "01005700"
#define STAFF 72000
#define OWN "29035600771" /* renews two, and is renewed by the company */

typedef struct {
  Office office;
  guint n;
} Ministry;

static gboolean
add_permit (TjdTxn *txn,
            const char *personal_id,
            const char *renewer,
            TjdDay expires,
            guint i,
            GError **error)
{
  static const char *const names_en[] = { "José Muñoz", "SARA Lindqvist", "100% O_Neil" };
  static const char *const names_ar[] = { "خوسيه", "سارة", "أُونيل" };
  g_autofree char *expires_on = tjd_day_format (expires);

  return tjd_txn_exec (
             txn,
             "INSERT INTO permits (personal_id, name_en, name_ar, category, renewer, expires_on,"
             " hindrance, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
             error, tjd_text (personal_id), tjd_text (names_en[i % 3]), tjd_text (names_ar[i % 3]),
             tjd_text (i % 7 == 0 ? "family" : "work"), tjd_text (renewer), tjd_text (expires_on),
             tjd_text (i % 11 == 0   ? "cancelled"
                       : i % 13 == 0 ? "holder-abroad"
                                     : NULL),
             tjd_int (NOW - 1000 - (i % 5 == 0 ? 0 : 10 * DAY))) > 0;
}

/* Expiries from 800 days ago to 400 from now, many on the same day. */
static gboolean
fill (TjdTxn *txn, gpointer data, GError **error)
{
  Ministry *ministry = data;
  TjdDay today = tjd_ministry_today (&ministry->office.host);

  for (guint i = 0; i < ministry->n; i++) {
    g_autofree char *id = g_strdup_printf ("290356%05u", i);
    if (!add_permit (txn, id, COMPANY, today - 800 + i * 37 % 1200, i, error))
      return FALSE;
  }
  return add_permit (txn, "31035600001", OWN, today, 1, error) &&
         add_permit (txn, "31035600002", OWN, today + 9, 1, error);
}

static void
open_ministry (Ministry *ministry, gconstpointer data)
{
  TjdHost *host = &ministry->office.host;
  g_autoptr (GError) error = NULL;

  ministry->n = GPOINTER_TO_UINT (data);
  office_open (&ministry->office, NOW_TEXT);
  office_exec (&ministry->office, "DELETE FROM permits");
  tjd_db_write (host->db, fill, ministry, &error);
  g_assert_no_error (error);
  for (guint i = 0; i <= ministry->n / 1000 + 1; i++) /* as ticks do */
    g_assert_true (tjd_host_write_if_any (host, TJD_REGISTER_UNSOUGHT, tjd_register_index, &error));
}

static void
close_ministry (Ministry *ministry, gconstpointer data)
{
  office_close (&ministry->office);
}

/* --- one page --- */

typedef struct {
  TjdCall call;
  TjdPermits *permits;
} Page;

static gboolean
read_page (TjdTxn *txn, gpointer data, GError **error)
{
  Page *page = data;
  return tjd_ministry_read_permits (txn, &page->call, (gpointer *) &page->permits, error);
}

static TjdPermitsQuery *
query_of (const char *form)
{
  g_autoptr (GError) error = NULL;
  TjdPermitsQuery *query =
      tjd_record_from_form (tjd_permits_query_get_type (), form, TJD_READ_STRICT, &error);

  g_assert_no_error (error);
  return query;
}

/* The page, and the address of the next in *next. */
static TjdPermits *
get (Ministry *ministry, const char *form, char **next, GError **error)
{
  g_autoptr (TjdPermitsQuery) query = query_of (form);
  Page page = { { .host = &ministry->office.host, .query = query }, NULL };

  page.call.endpoint = tjd_endpoint (TJD_MINISTRY_PERMITS);
  if (!tjd_db_read (ministry->office.host.db, read_page, &page, error))
    return NULL;
  *next = page.call.next;
  return page.permits;
}

static GPtrArray *
get_all (Ministry *ministry, const char *form, guint *n_pages)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *asked = g_strdup (form);

  for (*n_pages = 0; asked != NULL; (*n_pages)++) {
    g_autoptr (GError) error = NULL;
    char *next = NULL;
    g_autoptr (TjdPermits) page = get (ministry, asked, &next, &error);
    g_assert_no_error (error);
    tjd_records_extend (all, page->permits);
    g_assert_true (next == NULL || g_str_has_prefix (next, "http://127.0.0.1:1/permits?"));
    g_free (asked);
    asked = next != NULL ? g_strdup (strchr (next, '?') + 1) : NULL;
    g_free (next);
  }
  return all;
}

/* --- what must come of it --- */

static void
check_order (GPtrArray *permits)
{
  for (guint i = 1; i < permits->len; i++) {
    TjdPermit *a = permits->pdata[i - 1], *b = permits->pdata[i];
    int by_day = strcmp (a->expires_on, b->expires_on);
    g_assert_true (by_day < 0 || (by_day == 0 && strcmp (a->personal_id, b->personal_id) < 0));
  }
}

static void
test_pages (Ministry *ministry, gconstpointer data)
{
  static const struct {
    const char *form;
    guint pages;
  } rows[] = {
    { "renewer=" COMPANY, 3 },
    { "renewer=" COMPANY "&limit=500", 3 },
    { "renewer=" COMPANY "&limit=1", 1203 },
    { "renewer=" COMPANY "&limit=401", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) all = NULL;
    guint n_pages;
    all = get_all (ministry, rows[i].form, &n_pages);
    g_assert_cmpuint (n_pages, ==, rows[i].pages);
    g_assert_cmpuint (all->len, ==, ministry->n);
    check_order (all);
  }
}

/* Who holds a permit sees it beside those they renew, whoever renews it, and once. */
static void
test_own (Ministry *ministry, gconstpointer data)
{
  g_autoptr (GPtrArray) all = NULL;
  guint n_pages, own = 0;

  all = get_all (ministry, "renewer=" OWN "&limit=1", &n_pages);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (n_pages, ==, 3);
  check_order (all);
  for (guint i = 0; i < all->len; i++)
    own += strcmp (((TjdPermit *) all->pdata[i])->personal_id, OWN) == 0;
  g_assert_cmpuint (own, ==, 1);
}

typedef gboolean (*Holds) (TjdPermit *permit);

static gboolean
is_valid (TjdPermit *permit)
{
  return permit->standing == TJD_STANDING_VALID;
}

static gboolean
is_due (TjdPermit *permit)
{
  return permit->standing == TJD_STANDING_DUE;
}

static gboolean
is_grace (TjdPermit *permit)
{
  return permit->standing == TJD_STANDING_GRACE;
}

static gboolean
is_late (TjdPermit *permit)
{
  return permit->standing == TJD_STANDING_LATE;
}

static gboolean
is_cancelled (TjdPermit *permit)
{
  return permit->standing == TJD_STANDING_CANCELLED;
}

static gboolean
is_late_family (TjdPermit *permit)
{
  return is_late (permit) && permit->category == TJD_CATEGORY_FAMILY;
}

static gboolean
expires_in_december (TjdPermit *permit)
{
  return g_str_has_prefix (permit->expires_on, "2026-12-");
}

static gboolean
is_jose (TjdPermit *permit)
{
  return strcmp (permit->name_ar, "خوسيه") == 0;
}

static gboolean
is_sara (TjdPermit *permit)
{
  return strcmp (permit->name_ar, "سارة") == 0;
}

static gboolean
is_oneil (TjdPermit *permit)
{
  return strcmp (permit->name_en, "100% O_Neil") == 0;
}

static gboolean
has_0007 (TjdPermit *permit)
{
  return strstr (permit->personal_id, "0007") != NULL;
}

static gboolean
none (TjdPermit *permit)
{
  return FALSE;
}

static void
test_filters (Ministry *ministry, gconstpointer data)
{
  static const struct {
    const char *form;
    Holds holds;
  } rows[] = {
    { "standing=valid", is_valid },
    { "standing=due", is_due },
    { "standing=grace", is_grace },
    { "standing=late", is_late },
    { "standing=cancelled", is_cancelled },
    { "standing=late&category=family", is_late_family },
    { "expires_from=2026-12-01&expires_to=2026-12-31", expires_in_december },
    { "expires_from=2026-12-31&expires_to=2026-12-01", none },
    { "text=jose+MU", is_jose },
    { "text=%D8%B3%D8%A7%D8%B1", is_sara },              /* سار */
    { "text=%D8%A7%D9%88%D9%86%D9%8A%D9%84", is_oneil }, /* اونيل for أُونيل */
    { "text=%25+o_n", is_oneil },                        /* no wild cards */
    { "text=_", is_oneil },
    { "text=000-7", has_0007 },                    /* digits as people type them */
    { "text=%D9%A0%D9%A0%D9%A0%D9%A7", has_0007 }, /* ٠٠٠٧ */
    { "text=nobody", none },
    { "category=investor", none },
  };
  g_autoptr (GPtrArray) all = NULL;
  guint n_pages;

  all = get_all (ministry, "renewer=" COMPANY, &n_pages);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *form = g_strconcat ("renewer=" COMPANY "&limit=97&", rows[i].form, NULL);
    g_autoptr (GPtrArray) found = get_all (ministry, form, &n_pages);
    guint expected = 0;
    g_test_message ("%s: %u", rows[i].form, found->len);
    for (guint j = 0; j < all->len; j++)
      expected += rows[i].holds (all->pdata[j]);
    g_assert_cmpuint (found->len, ==, expected);
    g_assert_cmpint (expected > 0, ==, rows[i].holds != none);
    for (guint j = 0; j < found->len; j++)
      g_assert_true (rows[i].holds (found->pdata[j]));
    check_order (found);
  }
}

/* --- what moved --- */

static GHashTable *
by_id (GPtrArray *permits)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < permits->len; i++)
    g_hash_table_insert (table, ((TjdPermit *) permits->pdata[i])->personal_id, permits->pdata[i]);
  return table;
}

static gboolean
renew_one (TjdTxn *txn, gpointer data, GError **error)
{
  Ministry *ministry = data;
  return tjd_register_renew (txn, "29035600005", "2030-01-01",
                             tjd_clock_now (ministry->office.clock), error);
}

/* A client that lays what moved over what it had has what it would be told afresh, n days later. */
static void
catch_up (Ministry *ministry, gint64 days, guint at_most)
{
  g_autoptr (GPtrArray) before = NULL, moved = NULL, after = NULL;
  g_autoptr (GHashTable) cache = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *form = NULL;
  g_autoptr (TjdPermits) first = NULL;
  char *next = NULL;
  guint n;

  first = get (ministry, "renewer=" COMPANY "&limit=1", &next, &error);
  g_clear_pointer (&next, g_free);
  before = get_all (ministry, "renewer=" COMPANY, &n);
  cache = by_id (before);
  tjd_clock_set_fixed (ministry->office.clock, tjd_clock_now_us (ministry->office.clock) +
                                                   (days * DAY + 60) * G_USEC_PER_SEC);
  g_assert_true (tjd_db_write (ministry->office.host.db, renew_one, ministry, &error));
  form = g_strdup_printf ("renewer=" COMPANY "&changed_since=%" G_GINT64_FORMAT, first->as_of);
  moved = get_all (ministry, form, &n);
  g_test_message ("%" G_GINT64_FORMAT " days: %u moved", days, moved->len);
  g_assert_cmpuint (moved->len, >=, 1);
  g_assert_cmpuint (moved->len, <=, at_most);
  for (guint i = 0; i < moved->len; i++)
    g_hash_table_insert (cache, ((TjdPermit *) moved->pdata[i])->personal_id, moved->pdata[i]);
  after = get_all (ministry, "renewer=" COMPANY, &n);
  g_assert_cmpuint (after->len, ==, g_hash_table_size (cache));
  for (guint i = 0; i < after->len; i++) {
    TjdPermit *permit = after->pdata[i];
    g_assert_true (tjd_record_equal (permit, g_hash_table_lookup (cache, permit->personal_id)));
  }
}

static void
test_changed (Ministry *ministry, gconstpointer data)
{
  catch_up (ministry, 0, 1);
  catch_up (ministry, 1, 800); /* late ones whose fine is below its cap */
  catch_up (ministry, 3, 800);
  catch_up (ministry, 200, ministry->n);
  catch_up (ministry, 2000, ministry->n);
}

static gboolean
change_tariff (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn,
                       "INSERT INTO fees (category, valid_from, per_year, three_year_discount,"
                       " years) VALUES ('work', '2026-11-25', 100000, 20, '[1,2]')",
                       error) > 0;
}

/* A new tariff changes what every permit says. */
static void
test_changed_tariff (Ministry *ministry, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tjd_db_write (ministry->office.host.db, change_tariff, NULL, &error));
  catch_up (ministry, 1, ministry->n);
}

static void
test_odd (Ministry *ministry, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "limit=1", "#/renewer" },
    { "renewer=" COMPANY "&after=x", "#/after" },
    { "renewer=" COMPANY "&after=YQ", "#/after" }, /* "a" */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    char *next = NULL;
    TjdFault *fault;
    g_assert_null (get (ministry, rows[i][0], &next, &error));
    g_assert_error (error, TJD_PROBLEM, TJD_PROBLEM_INVALID);
    fault = tjd_problem_get_document (error)->errors->pdata[0];
    g_assert_cmpstr (fault->pointer, ==, rows[i][1]);
  }
}

/* --- 72,000 --- */

/* Milliseconds of the best of three. */
static double
measure (Ministry *ministry, const char *form, char **next)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();
    g_autoptr (TjdPermits) page = NULL;
    g_free (*next);
    page = get (ministry, form, next, &error);
    g_assert_no_error (error);
    best = MIN (best, g_get_monotonic_time () - start);
  }
  return (double) best / 1000;
}

static void
test_large (Ministry *ministry, gconstpointer data)
{
  static const char *const forms[] = {
    "renewer=" COMPANY,
    "renewer=" COMPANY "&standing=due",
    "renewer=" COMPANY "&expires_from=2027-06-01",
    "renewer=" COMPANY "&text=69999",
    "renewer=" COMPANY "&category=family&text=jose",
    "renewer=" COMPANY "&changed_since=1795507000",
    "renewer=" COMPANY "&after=MjAyNi0xMS0yNAoyOTAzNTYwMDAwNQ", /* "2026-11-24\n29035600005" */
  };
  const char *slow = g_getenv ("TAJDID_SLOW"); /* sanitized builds take longer for the same work */
  double limit = 50 * (slow != NULL ? g_ascii_strtod (slow, NULL) : 1);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *next = NULL;
    double took = measure (ministry, forms[i], &next);
    g_test_message ("%s: %.1f ms", forms[i], took);
    g_assert_cmpfloat (took, <, limit);
  }
}

#define add(name, n, func) \
  g_test_add (name, Ministry, GUINT_TO_POINTER (n), open_ministry, func, close_ministry)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/permits/pages", 1203, test_pages);
  add ("/permits/own", 1203, test_own);
  add ("/permits/filters", 1203, test_filters);
  add ("/permits/changed", 1203, test_changed);
  add ("/permits/changed-tariff", 1203, test_changed_tariff);
  add ("/permits/odd", 10, test_odd);
  add ("/permits/72000", STAFF, test_large);
  return g_test_run ();
}
