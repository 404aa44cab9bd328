/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline.h"

#define NEVER G_MAXINT64

struct _TjdDeadlines {
  GMutex mutex;
  GCond sooner;   /* than the thread would have looked, or closing */
  GQueue waiting; /* (element-type TjdDeadline), the next first; not owned */
  gint64 look_at; /* monotonic: when the thread looks anyway */
  gboolean closing;
  GThread *thread;
};

struct _TjdDeadline {
  TjdDeadlines *all;
  GList link;
  gint64 until; /* monotonic */
  gboolean is_waiting;
  GCancellable *cancellable;
  GCancellable *parent;
  gulong handler;
};

/* Of those whose time is up; the mutex is held. */
static GCancellable *
take_expired (TjdDeadlines *self)
{
  TjdDeadline *next = g_queue_peek_head (&self->waiting);

  if (next == NULL || next->until > g_get_monotonic_time ())
    return NULL;
  g_queue_unlink (&self->waiting, &next->link);
  next->is_waiting = FALSE;
  return g_object_ref (next->cancellable);
}

/* Most calls end long before: the thread sleeps on until the time it had in mind, and looks then
 * what is to be waited for. */
static gpointer
run (gpointer data)
{
  TjdDeadlines *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->closing) {
    TjdDeadline *next;
    GCancellable *expired = take_expired (self);
    if (expired != NULL) {
      g_mutex_unlock (&self->mutex);
      g_cancellable_cancel (expired);
      g_object_unref (expired);
      g_mutex_lock (&self->mutex);
      continue;
    }
    next = g_queue_peek_head (&self->waiting);
    self->look_at = next != NULL ? next->until : NEVER;
    if (next != NULL)
      g_cond_wait_until (&self->sooner, &self->mutex, self->look_at);
    else
      g_cond_wait (&self->sooner, &self->mutex);
  }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

TjdDeadlines *
tjd_deadlines_new (void)
{
  TjdDeadlines *self = g_new0 (TjdDeadlines, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->sooner);
  g_queue_init (&self->waiting);
  self->look_at = NEVER;
  self->thread = g_thread_new ("deadlines", run, self);
  return self;
}

void
tjd_deadlines_free (TjdDeadlines *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->sooner);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->sooner);
  g_free (self);
}

static void
follow (GCancellable *parent, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* Calls of one transport have the same time: the newest stands last. */
static void
enqueue (TjdDeadlines *self, TjdDeadline *deadline)
{
  GList *before = self->waiting.tail;

  while (before != NULL && ((TjdDeadline *) before->data)->until > deadline->until)
    before = before->prev;
  g_queue_insert_after_link (&self->waiting, before, &deadline->link);
  deadline->is_waiting = TRUE;
  if (deadline->until < self->look_at)
    g_cond_signal (&self->sooner);
}

TjdDeadline *
tjd_deadline_start (TjdDeadlines *self, guint seconds, GCancellable *parent)
{
  TjdDeadline *deadline = g_new0 (TjdDeadline, 1);

  deadline->all = self;
  deadline->link.data = deadline;
  deadline->until = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  deadline->cancellable = g_cancellable_new ();
  if (parent != NULL) {
    deadline->parent = g_object_ref (parent);
    deadline->handler = g_cancellable_connect (
        parent, G_CALLBACK (follow), g_object_ref (deadline->cancellable), g_object_unref);
  }
  g_mutex_lock (&self->mutex);
  enqueue (self, deadline);
  g_mutex_unlock (&self->mutex);
  return deadline;
}

GCancellable *
tjd_deadline_get_cancellable (TjdDeadline *deadline)
{
  return deadline->cancellable;
}

void
tjd_deadline_stop (TjdDeadline *deadline)
{
  TjdDeadlines *all = deadline->all;

  g_mutex_lock (&all->mutex);
  if (deadline->is_waiting)
    g_queue_unlink (&all->waiting, &deadline->link);
  g_mutex_unlock (&all->mutex);
  if (deadline->parent != NULL)
    g_cancellable_disconnect (deadline->parent, deadline->handler);
  g_clear_object (&deadline->parent);
  g_object_unref (deadline->cancellable);
  g_free (deadline);
}
