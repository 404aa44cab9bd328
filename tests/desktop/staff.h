/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <time.h>

#include "staff-model.h"

/* Invented staff, and how long the main loop is kept from going round. */

static const char *const english_names[] = {
  "Anil", "Beatriz", "chen", "Élodie", "Farah", "Grace",
  "hugo", "Ímar",    "Jo",   "Kofi",   "Lina",  "Maria"
};
static const char *const arabic_names[] = { "أنيل", "بياتريس", "تشن", "إلودي", "فرح",  "غريس",
                                            "هوغو", "آدم",     "جو",  "كوفي",  "لينا", "ماريا" };

static TjdPermit *
invent_permit (guint number, GRand *rand)
{
  TjdPermit *permit = tjd_permit_new ();
  guint first = g_rand_int_range (rand, 0, G_N_ELEMENTS (english_names));
  guint second = g_rand_int_range (rand, 0, G_N_ELEMENTS (english_names));
  gint64 years[] = { 1, 2, 3 };

  permit->personal_id = g_strdup_printf ("2%05u%05u", g_rand_int_range (rand, 0, 99999), number);
  permit->name_en = g_strdup_printf ("%s %s", english_names[first], english_names[second]);
  permit->name_ar = g_strdup_printf ("%s %s", arabic_names[first], arabic_names[second]);
  permit->category = (TjdCategory) g_rand_int_range (rand, 0, TJD_CATEGORY_PERMANENT + 1);
  permit->renewer = g_strdup ("01012841");
  permit->expires_on =
      g_strdup_printf ("20%02u-%02u-%02u", g_rand_int_range (rand, 24, 29),
                       g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
  permit->standing = (TjdStanding) g_rand_int_range (rand, 0, TJD_STANDING_CANCELLED + 1);
  permit->fine = permit->standing == TJD_STANDING_LATE ? 1000 * g_rand_int_range (rand, 1, 600) : 0;
  g_array_append_vals (permit->years, years, 3);
  return permit;
}

static int
by_expiry_and_number (gconstpointer a, gconstpointer b)
{
  const TjdPermit *first = *(TjdPermit *const *) a, *second = *(TjdPermit *const *) b;
  int order = g_strcmp0 (first->expires_on, second->expires_on);

  return order != 0 ? order : g_strcmp0 (first->personal_id, second->personal_id);
}

/* In the register's order. */
static GPtrArray *
invent_staff (guint n)
{
  GPtrArray *permits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (permits, invent_permit (i, rand));
  g_ptr_array_sort (permits, by_expiry_and_number);
  return permits;
}

/* One kind of permit costs something, so that sums are seen. */
static TjdTariff *
invent_tariff (void)
{
  TjdTariff *tariff = tjd_tariff_new ();
  TjdRules *rules = tjd_rules_new ();

  rules->valid_from = g_strdup ("2000-01-01");
  rules->window_months = 3;
  rules->grace_days = 90;
  rules->fine_per_day = 1000;
  rules->fine_cap = 600000;
  g_ptr_array_add (tariff->rules, rules);
  for (int category = 0; category <= TJD_CATEGORY_PERMANENT; category++) {
    TjdFee *fee = tjd_fee_new ();
    gint64 years[] = { 1, 2, 3 };
    fee->category = (TjdCategory) category;
    fee->valid_from = g_strdup ("2000-01-01");
    fee->per_year = 100000;
    g_array_append_vals (fee->years, years, 3);
    g_ptr_array_add (tariff->fees, fee);
  }
  return tariff;
}

/* As a worker brings them: from (of how many) … */
static TjdFetchedStaff *
bring (GPtrArray *permits, guint from, guint n, TjdTariff *tariff)
{
  TjdFetchedStaff *fetched = g_new0 (TjdFetchedStaff, 1);
  TjdDay today = 0;

  tjd_day_parse ("2026-12-05", &today);
  fetched->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_staff_row_unref);
  for (guint i = from; i < MIN (from + n, permits->len); i++)
    g_ptr_array_add (fetched->rows,
                     tjd_staff_row_new (g_object_ref (permits->pdata[i]), tariff, today));
  fetched->tariff = tariff != NULL ? g_object_ref (tariff) : NULL;
  fetched->next = from + n < permits->len ? g_strdup ("more") : NULL;
  fetched->as_of = 1000;
  return fetched;
}

/* --- the main loop ---------------------------------------------------------------------------- */

/* In time of this thread's own, so that it says the same on a computer that is busy. Microseconds.
 */
static gint64 left_poll_at, longest_gap;

static gint64
thread_time (void)
{
  struct timespec now;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now), ==, 0);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
timed_poll (GPollFD *fds, guint n, int timeout)
{
  gint64 now = thread_time ();
  int ready;

  if (left_poll_at != 0)
    longest_gap = MAX (longest_gap, now - left_poll_at);
  ready = g_poll (fds, n, timeout);
  left_poll_at = thread_time ();
  return ready;
}

static void
begin_gaps (void)
{
  g_main_context_set_poll_func (NULL, timed_poll);
  longest_gap = 0;
  left_poll_at = thread_time ();
}

static void
note_arranged (TjdStaffModel *model, guint *n)
{
  (*n)++;
}

static void
wait_arranged (TjdStaffModel *model)
{
  guint n = 0;
  gulong handler = g_signal_connect (model, "arranged", G_CALLBACK (note_arranged), &n);

  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (model, handler);
}
