/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff.h"

#include <string.h>

#include "fold.h"
#include "standing.h"

#define MANY 72000
#define BATCH 2000
#define GENEROUS_US (2 * G_USEC_PER_SEC) /* for a computer that others use */

static TjdStaffModel *
fill (GPtrArray *permits)
{
  TjdStaffModel *model = tjd_staff_model_new (NULL, "01012841", TJD_ROLE_PREPARER);
  g_autoptr (TjdTariff) tariff = invent_tariff ();

  tjd_staff_model_take (model, bring (permits, 0, permits->len, tariff));
  wait_arranged (model);
  return model;
}

/* --- the mirror: the same by other means -------------------------------------------------------
 */

static TjdArrangement mirrored;

static char *
mirror_key (TjdPermit *permit)
{
  g_autofree char *folded = NULL;

  switch (mirrored.column) {
  case TJD_STAFF_NAME:
    folded = tjd_fold (mirrored.language == TJD_LANGUAGE_AR ? permit->name_ar : permit->name_en);
    return g_strdup (folded);
  case TJD_STAFF_NUMBER:
    return g_strdup (permit->personal_id);
  case TJD_STAFF_CATEGORY:
    return g_strdup_printf ("%d", (int) permit->category);
  case TJD_STAFF_STANDING:
    return g_strdup_printf ("%d", (int) permit->standing);
  case TJD_STAFF_FINE:
    return g_strdup_printf ("%020" G_GINT64_FORMAT, permit->fine);
  default:
    return g_strdup (permit->expires_on);
  }
}

static int
mirror_compare (gconstpointer a, gconstpointer b)
{
  TjdPermit *first = *(TjdPermit *const *) a, *second = *(TjdPermit *const *) b;
  g_autofree char *one = mirror_key (first), *other = mirror_key (second);
  int order = mirrored.descending ? strcmp (other, one) : strcmp (one, other);

  return order != 0 ? order : by_expiry_and_number (a, b);
}

static gboolean
mirror_has (const char *text, const char *sought)
{
  g_autofree char *one = tjd_fold (text), *other = tjd_fold (sought);

  return strstr (one, other) != NULL;
}

static void
expect_as_mirrored (TjdStaffModel *model, GPtrArray *permits, const char *sought)
{
  GListModel *list = tjd_staff_model_get_list (model);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  mirrored = *tjd_staff_model_get_arrangement (model);
  for (guint i = 0; i < permits->len; i++) {
    TjdPermit *permit = permits->pdata[i];
    if ((mirrored.standing < 0 || (int) permit->standing == mirrored.standing) &&
        (mirrored.category < 0 || (int) permit->category == mirrored.category) &&
        (mirror_has (permit->name_en, sought) || mirror_has (permit->name_ar, sought) ||
         mirror_has (permit->personal_id, sought)))
      g_ptr_array_add (wanted, permit);
  }
  g_ptr_array_sort (wanted, mirror_compare);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, wanted->len);
  for (guint i = 0; i < wanted->len; i++) {
    g_autoptr (TjdPermit) permit = g_list_model_get_item (list, i);
    g_assert_true (permit == wanted->pdata[i]);
  }
}

/* --- order, search, filters --------------------------------------------------------------------
 */

static void
test_order (void)
{
  g_autoptr (GPtrArray) permits = invent_staff (500);
  g_autoptr (TjdStaffModel) model = fill (permits);

  for (guint i = 0; i < TJD_N_STAFF_COLUMNS * 4; i++) {
    TjdArrangement before = *tjd_staff_model_get_arrangement (model);
    TjdArrangement how = { (TjdStaffColumn) (i / 4), i % 2 == 1, -1, -1,
                           i % 4 > 1 ? TJD_LANGUAGE_AR : TJD_LANGUAGE_EN };
    tjd_staff_model_arrange (model, &how);
    if (memcmp (&before, &how, sizeof how) != 0)
      wait_arranged (model);
    expect_as_mirrored (model, permits, "");
  }
}

static void
test_search_and_filters (void)
{
  static const char *const sought[] = { "elodie", "ELODIE hugo", "انيل", "2٠", "no such name", "" };
  g_autoptr (GPtrArray) permits = invent_staff (500);
  g_autoptr (TjdStaffModel) model = fill (permits);

  for (guint i = 0; i < G_N_ELEMENTS (sought); i++) {
    TjdArrangement how = { TJD_STAFF_NAME, FALSE, (int) i % 3 - 1, (int) i % 2 - 1,
                           TJD_LANGUAGE_EN };
    tjd_staff_model_set_search (model, sought[i]);
    tjd_staff_model_arrange (model, &how);
    wait_arranged (model);
    expect_as_mirrored (model, permits, sought[i]);
  }
}

/* Whatever is asked for while a worker is out, what is shown in the end is what was asked last. */
static void
test_typing (void)
{
  static const char *const typed[] = { "m", "ma", "mar", "mari", "maria" };
  g_autoptr (GPtrArray) permits = invent_staff (3000);
  g_autoptr (TjdStaffModel) model = fill (permits);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    tjd_staff_model_set_search (model, typed[i]);
  wait_arranged (model);
  expect_as_mirrored (model, permits, "maria");
}

/* --- what is chosen ----------------------------------------------------------------------------
 */

static gboolean
may_renew (TjdPermit *permit)
{
  return permit->standing == TJD_STANDING_DUE || permit->standing == TJD_STANDING_GRACE ||
         permit->standing == TJD_STANDING_LATE;
}

static void
expect_chosen (TjdStaffModel *model, GPtrArray *permits, gboolean (*is_wanted) (TjdPermit *))
{
  g_autoptr (TjdTariff) tariff = invent_tariff ();
  g_autoptr (GPtrArray) listed = tjd_staff_model_list_chosen (model);
  TjdMoney sum = 0;
  TjdDay today;
  guint n = 0;

  g_assert_true (tjd_day_parse ("2026-12-05", &today));
  for (guint i = 0; i < permits->len; i++) {
    TjdPermit *permit = permits->pdata[i];
    gboolean wanted = is_wanted != NULL && is_wanted (permit);
    g_assert_cmpint (tjd_staff_model_is_chosen (model, permit->personal_id), ==, wanted);
    if (wanted) {
      g_assert_true (listed->pdata[n++] == (gpointer) permit);
      sum += tjd_permit_least_fee (permit, tariff, today);
    }
  }
  g_assert_cmpuint (tjd_staff_model_count_chosen (model), ==, n);
  g_assert_cmpuint (listed->len, ==, n);
  g_assert_cmpint (tjd_staff_model_sum_least_fees (model), ==, sum);
  g_assert_true (n == 0 || sum > 0);
}

static gboolean
is_late_maria (TjdPermit *permit)
{
  return permit->standing == TJD_STANDING_LATE && strstr (permit->name_en, "Maria") != NULL;
}

static TjdPermit *also_chosen; /* by hand */

static gboolean
is_late_maria_or_chosen_by_hand (TjdPermit *permit)
{
  return is_late_maria (permit) || permit == also_chosen;
}

static void
test_choosing (void)
{
  g_autoptr (GPtrArray) permits = invent_staff (800);
  g_autoptr (TjdStaffModel) model = fill (permits);
  TjdArrangement how = *tjd_staff_model_get_arrangement (model);

  tjd_staff_model_choose_all (model);
  expect_chosen (model, permits, may_renew);
  tjd_staff_model_choose_none (model);
  expect_chosen (model, permits, NULL);
  tjd_staff_model_set_search (model, "maria");
  how.standing = TJD_STANDING_LATE;
  tjd_staff_model_arrange (model, &how);
  wait_arranged (model);
  tjd_staff_model_choose_shown (model);
  tjd_staff_model_choose_shown (model);
  expect_chosen (model, permits, is_late_maria);
  for (guint i = 0; i < permits->len; i++)
    if (((TjdPermit *) permits->pdata[i])->standing == TJD_STANDING_DUE)
      also_chosen = permits->pdata[i];
  tjd_staff_model_choose (model, also_chosen->personal_id, TRUE);
  expect_chosen (model, permits, is_late_maria_or_chosen_by_hand);
  tjd_staff_model_choose (model, also_chosen->personal_id, FALSE);
  expect_chosen (model, permits, is_late_maria);
}

/* What is not due is not chosen, by whatever way. */
static void
test_not_due (void)
{
  g_autoptr (GPtrArray) permits = invent_staff (200);
  g_autoptr (TjdStaffModel) model = fill (permits);

  for (guint i = 0; i < permits->len; i++)
    tjd_staff_model_choose (model, ((TjdPermit *) permits->pdata[i])->personal_id, TRUE);
  expect_chosen (model, permits, may_renew);
}

/* --- what changes ------------------------------------------------------------------------------
 */

static void
note_changes (GListModel *list, guint at, guint removed, guint added, guint *n)
{
  *n += removed + added;
}

/* Batches of the register's order stand behind what is there: nothing that is looked at moves. */
static void
test_batches (void)
{
  g_autoptr (GPtrArray) permits = invent_staff (1000);
  g_autoptr (TjdStaffModel) model = tjd_staff_model_new (NULL, "01012841", TJD_ROLE_PREPARER);
  guint n = 0;

  g_signal_connect (tjd_staff_model_get_list (model), "items-changed", G_CALLBACK (note_changes),
                    &n);
  for (guint from = 0; from < permits->len; from += 250) {
    g_assert_false (tjd_staff_model_is_complete (model));
    tjd_staff_model_take (model, bring (permits, from, 250, NULL));
    wait_arranged (model);
  }
  g_assert_true (tjd_staff_model_is_complete (model));
  g_assert_cmpuint (n, ==, 1000);
  expect_as_mirrored (model, permits, "");
}

/* All anew: what is gone is not chosen any more, nor what is not due any more. */
static void
test_all_anew (void)
{
  g_autoptr (GPtrArray) permits = invent_staff (300);
  g_autoptr (TjdStaffModel) model = fill (permits);
  g_autoptr (TjdTariff) tariff = invent_tariff ();
  g_autoptr (GPtrArray) fewer = g_ptr_array_new_with_free_func (g_object_unref);

  tjd_staff_model_choose_all (model);
  for (guint i = 0; i < permits->len; i += 2) {
    TjdPermit *permit = tjd_record_copy (permits->pdata[i]);
    if (i % 10 == 0)
      permit->standing = TJD_STANDING_VALID;
    g_ptr_array_add (fewer, permit);
  }
  tjd_staff_model_take (model, bring (fewer, 0, fewer->len, tariff));
  wait_arranged (model);
  expect_as_mirrored (model, fewer, "");
  expect_chosen (model, fewer, may_renew);
}

/* --- how long it takes -------------------------------------------------------------------------
 */

static void
say (const char *what, gint64 took)
{
  g_test_message ("%s: %.0f ms, longest gap of the main loop %.0f ms", what, (double) took / 1000,
                  (double) longest_gap / 1000);
  g_assert_cmpint (longest_gap, <, GENEROUS_US);
  g_assert_cmpint (took, <, 15 * GENEROUS_US);
}

static void
time_arranging (TjdStaffModel *model, const char *what, TjdArrangement how, const char *sought)
{
  gint64 begun = g_get_monotonic_time ();

  begin_gaps ();
  tjd_staff_model_set_search (model, sought);
  tjd_staff_model_arrange (model, &how);
  wait_arranged (model);
  say (what, g_get_monotonic_time () - begun);
}

static void
test_many (void)
{
  g_autoptr (GPtrArray) permits = invent_staff (MANY);
  g_autoptr (TjdStaffModel) model = tjd_staff_model_new (NULL, "01099004", TJD_ROLE_SIGNATORY);
  g_autoptr (TjdTariff) tariff = invent_tariff ();
  TjdArrangement how = *tjd_staff_model_get_arrangement (model);
  gint64 took = 0;

  longest_gap = 0;
  for (guint from = 0; from < MANY; from += BATCH) {
    TjdFetchedStaff *fetched = bring (permits, from, BATCH, tariff); /* a worker's part */
    gint64 begun = g_get_monotonic_time ();
    g_main_context_set_poll_func (NULL, timed_poll);
    left_poll_at = thread_time ();
    tjd_staff_model_take (model, fetched);
    wait_arranged (model);
    took += g_get_monotonic_time () - begun;
  }
  say ("taking 72,000 in batches", took);
  how.column = TJD_STAFF_NAME;
  time_arranging (model, "by name", how, "");
  how.descending = TRUE;
  how.column = TJD_STAFF_FINE;
  time_arranging (model, "by fine", how, "");
  time_arranging (model, "a search", how, "maria");
  how.standing = TJD_STANDING_LATE;
  time_arranging (model, "a filter", how, "");
  expect_as_mirrored (model, permits, "");
  took = thread_time ();
  tjd_staff_model_choose_all (model);
  longest_gap = thread_time () - took;
  say ("choosing all that are due", longest_gap);
  expect_chosen (model, permits, may_renew);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff/order", test_order);
  g_test_add_func ("/staff/search-and-filters", test_search_and_filters);
  g_test_add_func ("/staff/typing", test_typing);
  g_test_add_func ("/staff/choosing", test_choosing);
  g_test_add_func ("/staff/not-due", test_not_due);
  g_test_add_func ("/staff/batches", test_batches);
  g_test_add_func ("/staff/all-anew", test_all_anew);
  g_test_add_func ("/staff/many", test_many);
  return g_test_run ();
}
