/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deadline.h"

struct _TjdDeadlines {
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
};

struct _TjdDeadline {
  GCancellable *cancellable;
  GCancellable *parent;
  gulong handler;
  GSource *source;
};

static gpointer
run (gpointer data)
{
  TjdDeadlines *self = data;

  g_main_loop_run (self->loop);
  return NULL;
}

TjdDeadlines *
tjd_deadlines_new (void)
{
  TjdDeadlines *self = g_new0 (TjdDeadlines, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("deadlines", run, self);
  return self;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
tjd_deadlines_free (TjdDeadlines *self)
{
  /* by way of the loop: a quit before it runs would be lost */
  g_main_context_invoke (self->context, quit, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
expire (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
follow (GCancellable *parent, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

TjdDeadline *
tjd_deadline_start (TjdDeadlines *self, guint seconds, GCancellable *parent)
{
  TjdDeadline *deadline = g_new0 (TjdDeadline, 1);

  deadline->cancellable = g_cancellable_new ();
  if (parent != NULL) {
    deadline->parent = g_object_ref (parent);
    deadline->handler = g_cancellable_connect (
        parent, G_CALLBACK (follow), g_object_ref (deadline->cancellable), g_object_unref);
  }
  deadline->source = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (deadline->source, expire, g_object_ref (deadline->cancellable),
                         g_object_unref);
  g_source_attach (deadline->source, self->context);
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
  g_source_destroy (deadline->source);
  g_source_unref (deadline->source);
  if (deadline->parent != NULL)
    g_cancellable_disconnect (deadline->parent, deadline->handler);
  g_clear_object (&deadline->parent);
  g_object_unref (deadline->cancellable);
  g_free (deadline);
}
