/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time and randomness are handed in, so that tests can hold them. */

typedef struct {
  gint64 (*now) (gpointer data); /* UTC microseconds since 1970 */
  gpointer data;
} TjdClock;

typedef struct {
  void (*fill) (gpointer data, guint8 *bytes, gsize n_bytes);
  gpointer data;
} TjdEntropy;

const TjdClock *tjd_clock_system (void);
gint64 tjd_clock_now (const TjdClock *clock);    /* UTC seconds */
gint64 tjd_clock_now_us (const TjdClock *clock); /* UTC microseconds */

/* The kernel's; aborts if there is none to be had. */
const TjdEntropy *tjd_entropy_system (void);
void tjd_entropy_fill (const TjdEntropy *entropy, guint8 *bytes, gsize n_bytes);

/* An even number in 0 … bound-1. */
guint64 tjd_entropy_below (const TjdEntropy *entropy, guint64 bound);

/* A clock that stands until it is set, and a generator that repeats for a seed: for tests and for
 * the sandbox. (transfer full), freed with g_free. */
TjdClock *tjd_clock_new_fixed (gint64 now_us);
void tjd_clock_set_fixed (TjdClock *clock, gint64 now_us);
TjdEntropy *tjd_entropy_new_seeded (guint64 seed);

G_END_DECLS
