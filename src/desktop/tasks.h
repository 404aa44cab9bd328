/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one page has under way. Work is done in a thread: it takes and returns plain values, and
 * nothing that pages bind to; the main thread alone owns and changes those. There is one
 * cancellable a page, and one place where its busy state is released.
 *
 *   static gpointer
 *   fetch_permits (gpointer data, GCancellable *cancellable, GError **error)
 *   { … a few synchronous calls, read from top to bottom … }
 *
 *   static const TjdWork fetch = { "fetch permits", fetch_permits, g_object_unref, g_object_unref
 * };
 *
 *   tjd_tasks_run (self->tasks, &fetch, g_object_ref (session), show_permits);
 */
typedef struct {
  const char *name; /* for who debugs */
  gpointer (*run) (gpointer data, GCancellable *cancellable, GError **error);
  GDestroyNotify free_data;   /* NULL: data is not owned */
  GDestroyNotify free_result; /* for who does not live to take it; NULL: there is none */
} TjdWork;

/* In the main thread, for as long as the owner lives and has not cancelled. result is the
 * callee's (transfer full); NULL with error, or where the work has nothing to say. */
typedef void (*TjdWorkDone) (gpointer owner, gpointer result, const GError *error);

/* How long the page has been busy, for views to bind to. */
typedef enum {
  TJD_PACE_IDLE,
  TJD_PACE_SHORT, /* nothing is shown yet */
  TJD_PACE_BUSY,  /* after 300 ms: a spinner */
  TJD_PACE_SLOW,  /* after 5 s: say so, and offer to cancel */
} TjdPace;
GType tjd_pace_get_type (void);

#define TJD_TYPE_TASKS (tjd_tasks_get_type ())
G_DECLARE_FINAL_TYPE (TjdTasks, tjd_tasks, TJD, TASKS, GObject)

/* owner is told what came of it, and is not kept alive. */
TjdTasks *tjd_tasks_new (GObject *owner);

/* data is the work's from here on (transfer full). */
void tjd_tasks_run (TjdTasks *self, const TjdWork *work, gpointer data, TjdWorkDone done);

/* Whatever is under way is told to end, and its owner hears no more of it. */
void tjd_tasks_cancel (TjdTasks *self);

TjdPace tjd_tasks_get_pace (TjdTasks *self); /* property "pace" */
gboolean tjd_tasks_is_busy (TjdTasks *self); /* property "busy" */

G_END_DECLS
