/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "clock.h"

static void
test_system (void)
{
  const TjdClock *clock = tjd_clock_system ();
  gint64 before = g_get_real_time (), now = tjd_clock_now_us (clock), after = g_get_real_time ();

  g_assert_cmpint (before, <=, now);
  g_assert_cmpint (now, <=, after);
  g_assert_cmpint (tjd_clock_now (clock), >=, before / G_USEC_PER_SEC);
  g_assert_cmpint (tjd_clock_now (clock), >, 1700000000);
}

static void
test_fixed (void)
{
  g_autofree TjdClock *clock = tjd_clock_new_fixed (1700000000999999);

  g_assert_cmpint (tjd_clock_now_us (clock), ==, 1700000000999999);
  g_assert_cmpint (tjd_clock_now (clock), ==, 1700000000); /* cut, not rounded */
  g_usleep (2000);
  g_assert_cmpint (tjd_clock_now_us (clock), ==, 1700000000999999);
  tjd_clock_set_fixed (clock, 5 * G_USEC_PER_SEC);
  g_assert_cmpint (tjd_clock_now (clock), ==, 5);
}

/* 4 KiB take several calls of the kernel's; every byte is written. */
static void
test_kernel_fills_all (void)
{
  guint8 bytes[4096], seen[4096] = { 0 };

  for (guint round = 0; round < 8; round++) {
    memset (bytes, 0, sizeof bytes);
    tjd_entropy_fill (tjd_entropy_system (), bytes, sizeof bytes);
    for (guint i = 0; i < sizeof bytes; i++)
      seen[i] |= bytes[i];
  }
  /* that a byte was 0 eight times over has a chance of 2^-64 */
  for (guint i = 0; i < sizeof seen; i++)
    g_assert_cmpuint (seen[i], !=, 0);
}

static void
test_seeded_repeats (void)
{
  g_autofree TjdEntropy *one = tjd_entropy_new_seeded (42);
  g_autofree TjdEntropy *same = tjd_entropy_new_seeded (42);
  g_autofree TjdEntropy *other = tjd_entropy_new_seeded (43);
  guint8 a[64], b[64], c[64];

  tjd_entropy_fill (one, a, sizeof a);
  tjd_entropy_fill (same, b, 10); /* however it is cut */
  tjd_entropy_fill (same, b + 10, sizeof b - 10);
  tjd_entropy_fill (other, c, sizeof c);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  g_assert_cmpint (memcmp (a, c, sizeof a), !=, 0);
}

/* Each of bound numbers comes about as often as the others: Pearson's chi square. */
static void
test_below_is_even (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (1);
  static const guint bounds[] = { 2, 3, 10, 31 };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++) {
    guint counts[31] = { 0 };
    double expected = 31000.0 / bounds[i], chi = 0;
    for (guint n = 0; n < 31000; n++) {
      guint64 value = tjd_entropy_below (entropy, bounds[i]);
      g_assert_cmpuint (value, <, bounds[i]);
      counts[value]++;
    }
    for (guint v = 0; v < bounds[i]; v++)
      chi += (counts[v] - expected) * (counts[v] - expected) / expected;
    g_assert_cmpfloat (chi, <, 65); /* 30 degrees of freedom: p < 0.0003 */
  }
  g_assert_cmpuint (tjd_entropy_below (entropy, 1), ==, 0);
}

/* All ones, then zeros: what would favour the small numbers is thrown away. */
static void
fill_ones_then_zeros (gpointer data, guint8 *bytes, gsize n_bytes)
{
  guint *calls = data;
  memset (bytes, (*calls)++ == 0 ? 0xff : 0, n_bytes);
}

static void
test_below_rejects (void)
{
  guint calls = 0;
  TjdEntropy entropy = { fill_ones_then_zeros, &calls };

  g_assert_cmpuint (tjd_entropy_below (&entropy, 10), ==, 0);
  g_assert_cmpuint (calls, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/fixed", test_fixed);
  g_test_add_func ("/entropy/kernel-fills-all", test_kernel_fills_all);
  g_test_add_func ("/entropy/seeded-repeats", test_seeded_repeats);
  g_test_add_func ("/entropy/below-is-even", test_below_is_even);
  g_test_add_func ("/entropy/below-rejects", test_below_rejects);
  return g_test_run ();
}
