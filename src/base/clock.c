/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

#include <errno.h>
#include <sys/random.h>

static gint64
system_now (gpointer data)
{
  return g_get_real_time ();
}

static void
system_fill (gpointer data, guint8 *bytes, gsize n_bytes)
{
  while (n_bytes > 0) {
    gssize got = getrandom (bytes, MIN (n_bytes, 256), 0);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      g_error ("the kernel gives no random bytes: %s", g_strerror (errno));
    bytes += got;
    n_bytes -= got;
  }
}

const TjdClock *
tjd_clock_system (void)
{
  static const TjdClock clock = { system_now, NULL };
  return &clock;
}

const TjdEntropy *
tjd_entropy_system (void)
{
  static const TjdEntropy entropy = { system_fill, NULL };
  return &entropy;
}

gint64
tjd_clock_now_us (const TjdClock *clock)
{
  return clock->now (clock->data);
}

gint64
tjd_clock_now (const TjdClock *clock)
{
  return tjd_clock_now_us (clock) / G_USEC_PER_SEC;
}

void
tjd_entropy_fill (const TjdEntropy *entropy, guint8 *bytes, gsize n_bytes)
{
  entropy->fill (entropy->data, bytes, n_bytes);
}

guint64
tjd_entropy_below (const TjdEntropy *entropy, guint64 bound)
{
  guint64 value, limit;

  g_return_val_if_fail (bound > 0, 0);

  /* What lies past the last whole multiple of bound would favour the small numbers. */
  limit = G_MAXUINT64 - G_MAXUINT64 % bound;
  do
    tjd_entropy_fill (entropy, (guint8 *) &value, sizeof value);
  while (value >= limit);
  return value % bound;
}

typedef struct {
  TjdClock clock;
  gint64 now_us;
} FixedClock;

static gint64
fixed_now (gpointer data)
{
  FixedClock *self = data;
  return __atomic_load_n (&self->now_us, __ATOMIC_RELAXED);
}

TjdClock *
tjd_clock_new_fixed (gint64 now_us)
{
  FixedClock *self = g_new0 (FixedClock, 1);
  self->clock = (TjdClock){ fixed_now, self };
  self->now_us = now_us;
  return &self->clock;
}

void
tjd_clock_set_fixed (TjdClock *clock, gint64 now_us)
{
  FixedClock *self = clock->data;
  __atomic_store_n (&self->now_us, now_us, __ATOMIC_RELAXED);
}

typedef struct {
  TjdEntropy entropy;
  GMutex mutex;
  guint64 state;
} SeededEntropy;

/* splitmix64: any seed does, each step is a bijection. */
static guint64
seeded_next (SeededEntropy *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static void
seeded_fill (gpointer data, guint8 *bytes, gsize n_bytes)
{
  SeededEntropy *self = data;

  g_mutex_lock (&self->mutex);
  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) (seeded_next (self) >> 32);
  g_mutex_unlock (&self->mutex);
}

TjdEntropy *
tjd_entropy_new_seeded (guint64 seed)
{
  SeededEntropy *self = g_new0 (SeededEntropy, 1);
  self->entropy = (TjdEntropy){ seeded_fill, self };
  self->state = seed;
  return &self->entropy;
}
