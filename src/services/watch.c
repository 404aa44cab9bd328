/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include <sys/socket.h>

struct _TjdWatched {
  int fd;
  gint64 due; /* monotonic; 0: never */
};

struct _TjdWatch {
  GThread *thread;
  GMutex mutex;
  GCond closed;
  gboolean closing;
  GHashTable *watched;
};

/* Called with the mutex held. */
static void
cut_overdue (TjdWatch *watch)
{
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, watch->watched);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    TjdWatched *watched = key;
    if (watched->due != 0 && watched->due < now)
      shutdown (watched->fd, SHUT_RDWR);
  }
}

static gpointer
watch_main (gpointer data)
{
  TjdWatch *watch = data;

  g_mutex_lock (&watch->mutex);
  while (!watch->closing) {
    cut_overdue (watch);
    g_cond_wait_until (&watch->closed, &watch->mutex, g_get_monotonic_time () + G_USEC_PER_SEC);
  }
  g_mutex_unlock (&watch->mutex);
  return NULL;
}

TjdWatch *
tjd_watch_new (void)
{
  TjdWatch *watch = g_new0 (TjdWatch, 1);

  watch->watched = g_hash_table_new_full (NULL, NULL, g_free, NULL);
  g_mutex_init (&watch->mutex);
  g_cond_init (&watch->closed);
  watch->thread = g_thread_new ("watch", watch_main, watch);
  return watch;
}

void
tjd_watch_free (TjdWatch *watch)
{
  g_mutex_lock (&watch->mutex);
  watch->closing = TRUE;
  g_cond_signal (&watch->closed);
  g_mutex_unlock (&watch->mutex);
  g_thread_join (watch->thread);
  g_hash_table_unref (watch->watched);
  g_mutex_clear (&watch->mutex);
  g_cond_clear (&watch->closed);
  g_free (watch);
}

TjdWatched *
tjd_watch_add (TjdWatch *watch, int fd)
{
  TjdWatched *watched = g_new0 (TjdWatched, 1);

  watched->fd = fd;
  g_mutex_lock (&watch->mutex);
  g_hash_table_add (watch->watched, watched);
  g_mutex_unlock (&watch->mutex);
  return watched;
}

void
tjd_watch_remove (TjdWatch *watch, TjdWatched *watched)
{
  g_mutex_lock (&watch->mutex);
  g_hash_table_remove (watch->watched, watched);
  g_mutex_unlock (&watch->mutex);
}

void
tjd_watch_allow (TjdWatch *watch, TjdWatched *watched, gint64 seconds)
{
  g_mutex_lock (&watch->mutex);
  watched->due = seconds > 0 ? g_get_monotonic_time () + seconds * G_USEC_PER_SEC : 0;
  g_mutex_unlock (&watch->mutex);
}
