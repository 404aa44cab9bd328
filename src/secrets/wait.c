/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wait.h"

#define SERVICE_MS (10 * 1000)
#define PERSON_MS (120 * 1000)
#define GRACE_MS 1000 /* for a cancelled call to end by itself */

struct _TjdWait {
  gatomicrefcount references;
  TjdWaitCall call;
  gpointer data; /* (owned) */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GCancellable *cancellable; /* the call's own */

  GMutex mutex; /* for what follows */
  GCond changed;
  gint64 until; /* monotonic microseconds */
  gboolean person, cancelled, done;
  gpointer result; /* (owned) until it is handed over */
  GError *error;
};

static guint patience_service_ms = SERVICE_MS, patience_person_ms = PERSON_MS;

static gint64
in_ms (guint milliseconds)
{
  return g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

static TjdWait *
wait_ref (TjdWait *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
wait_unref (TjdWait *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  if (self->result != NULL && self->free_result != NULL)
    self->free_result (self->result);
  g_clear_error (&self->error);
  self->free_data (self->data);
  g_object_unref (self->cancellable);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdWait, wait_unref)

static TjdWait *
wait_new (TjdWaitCall call, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result)
{
  TjdWait *self = g_new0 (TjdWait, 1);

  g_atomic_ref_count_init (&self->references);
  self->call = call;
  self->data = data;
  self->free_data = free_data;
  self->free_result = free_result;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->until = in_ms (patience_service_ms);
  return self;
}

static gpointer
run_call (gpointer data)
{
  g_autoptr (TjdWait) self = data;
  GError *error = NULL;
  gpointer result = self->call (self, self->data, self->cancellable, &error);

  g_mutex_lock (&self->mutex);
  self->result = result;
  self->error = error;
  self->done = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static void
hear_cancelled (GCancellable *cancellable, gpointer data)
{
  TjdWait *self = data;

  g_mutex_lock (&self->mutex);
  self->cancelled = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* until may be put off while it waits. */
static void
wait_until_done (TjdWait *self)
{
  while (!self->done && !self->cancelled && g_get_monotonic_time () < self->until)
    g_cond_wait_until (&self->changed, &self->mutex, self->until);
}

static void
give_up (TjdWait *self)
{
  gint64 last = in_ms (GRACE_MS);

  g_mutex_unlock (&self->mutex); /* cancelling calls back */
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  while (!self->done && g_cond_wait_until (&self->changed, &self->mutex, last))
    ;
}

static void
say_why (TjdWait *self, gboolean gave_up, GError **error)
{
  if (self->cancelled)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else if (!gave_up)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else if (self->person)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "the person did not answer in time");
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer in time");
}

gpointer
tjd_wait_run (TjdWaitCall call,
              gpointer data,
              GDestroyNotify free_data,
              GDestroyNotify free_result,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (TjdWait) self = wait_new (call, data, free_data, free_result);
  gulong handler = 0;
  gboolean gave_up;
  gpointer result;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (hear_cancelled), self, NULL);
  g_thread_unref (g_thread_new ("keyring", run_call, wait_ref (self)));

  g_mutex_lock (&self->mutex);
  wait_until_done (self);
  gave_up = !self->done;
  if (gave_up)
    give_up (self);
  result = g_steal_pointer (&self->result);
  if (result == NULL)
    say_why (self, gave_up, error);
  g_mutex_unlock (&self->mutex);

  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, handler);
  return result;
}

void
tjd_wait_for_person (TjdWait *self)
{
  g_mutex_lock (&self->mutex);
  self->person = TRUE;
  self->until = in_ms (patience_person_ms);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

void
tjd_wait_set_patience (guint service_ms, guint person_ms)
{
  patience_service_ms = service_ms;
  patience_person_ms = person_ms;
}
