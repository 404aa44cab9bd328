/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rate.h"

#define MAX_KNOWN 100000 /* beyond it all begin anew */

struct _TjdRate {
  gint64 cost, burst; /* microseconds; cost 0: none */
  GMutex mutex;
  GHashTable *full_at; /* who → gint64: when, monotonic, they will not have asked at all */
};

TjdRate *
tjd_rate_new (gint64 times, gint64 seconds, gint64 burst)
{
  TjdRate *rate = g_new0 (TjdRate, 1);

  rate->cost = times > 0 ? seconds * G_USEC_PER_SEC / times : 0;
  rate->burst = burst * rate->cost;
  rate->full_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&rate->mutex);
  return rate;
}

void
tjd_rate_free (TjdRate *rate)
{
  g_hash_table_unref (rate->full_at);
  g_mutex_clear (&rate->mutex);
  g_free (rate);
}

/* Called with the mutex held. */
static gint64 *
find (TjdRate *rate, const char *who)
{
  gint64 *full_at = g_hash_table_lookup (rate->full_at, who);

  if (full_at != NULL)
    return full_at;
  if (g_hash_table_size (rate->full_at) >= MAX_KNOWN)
    g_hash_table_remove_all (rate->full_at);
  full_at = g_new0 (gint64, 1);
  g_hash_table_insert (rate->full_at, g_strdup (who), full_at);
  return full_at;
}

gboolean
tjd_rate_take (TjdRate *rate, const char *who)
{
  gint64 now = g_get_monotonic_time (), *full_at, next;
  gboolean taken;

  if (rate->cost == 0)
    return TRUE;
  g_mutex_lock (&rate->mutex);
  full_at = find (rate, who);
  next = MAX (*full_at, now) + rate->cost;
  taken = next <= now + rate->burst;
  if (taken)
    *full_at = next;
  g_mutex_unlock (&rate->mutex);
  return taken;
}

void
tjd_rate_give_back (TjdRate *rate, const char *who)
{
  g_mutex_lock (&rate->mutex);
  *find (rate, who) -= rate->cost;
  g_mutex_unlock (&rate->mutex);
}
