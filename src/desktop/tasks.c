/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks.h"

#include "record.h"

#define BUSY_AFTER_MS 300
#define SLOW_AFTER_MS 5000

struct _TjdTasks {
  GObject parent;
  GWeakRef owner;
  GCancellable *cancellable;
  guint n_running;
  TjdPace pace;
  guint timer;
};

typedef struct {
  const TjdWork *work;
  gpointer data;
  TjdWorkDone done;
} Job;

enum { PROP_PACE = 1, PROP_BUSY, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TjdTasks, tjd_tasks, G_TYPE_OBJECT)
TJD_DEFINE_ENUM (TjdPace, tjd_pace, "idle", "short", "busy", "slow")

static void
job_free (Job *job)
{
  if (job->work->free_data != NULL)
    g_clear_pointer (&job->data, job->work->free_data);
  g_free (job);
}

static void
set_pace (TjdTasks *self, TjdPace pace)
{
  if (self->pace == pace)
    return;
  self->pace = pace;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PACE]);
}

static gboolean
become_slow (gpointer data)
{
  TjdTasks *self = data;

  self->timer = 0;
  set_pace (self, TJD_PACE_SLOW);
  return G_SOURCE_REMOVE;
}

static gboolean
become_busy (gpointer data)
{
  TjdTasks *self = data;

  self->timer = g_timeout_add (SLOW_AFTER_MS - BUSY_AFTER_MS, become_slow, self);
  set_pace (self, TJD_PACE_BUSY);
  return G_SOURCE_REMOVE;
}

static void
begin (TjdTasks *self)
{
  if (self->n_running++ > 0)
    return;
  self->timer = g_timeout_add (BUSY_AFTER_MS, become_busy, self);
  set_pace (self, TJD_PACE_SHORT);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* The one place where busy ends. */
static void
end (TjdTasks *self)
{
  if (self->n_running == 0 || --self->n_running > 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  set_pace (self, TJD_PACE_IDLE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gpointer result = job->work->run (job->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, job->work->free_result);
}

/* Work that was cancelled has been counted out already, and nobody waits for it. */
static void
on_ready (GObject *source, GAsyncResult *async, gpointer data)
{
  TjdTasks *self = TJD_TASKS (source);
  GTask *task = G_TASK (async);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  g_autoptr (GError) error = NULL;
  gboolean is_wanted = owner != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task));
  gpointer result = g_task_propagate_pointer (task, &error);

  if (is_wanted) {
    end (self);
    job->done (owner, result, error);
  } else if (result != NULL) {
    job->work->free_result (result);
  }
}

static void
tjd_tasks_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TjdTasks *self = TJD_TASKS (object);

  switch (id) {
  case PROP_PACE:
    g_value_set_enum (value, (int) self->pace);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, tjd_tasks_is_busy (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_tasks_finalize (GObject *object)
{
  TjdTasks *self = TJD_TASKS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_weak_ref_clear (&self->owner);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (tjd_tasks_parent_class)->finalize (object);
}

static void
tjd_tasks_class_init (TjdTasksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tjd_tasks_get_property;
  object_class->finalize = tjd_tasks_finalize;
  props[PROP_PACE] = g_param_spec_enum ("pace", NULL, NULL, tjd_pace_get_type (), TJD_PACE_IDLE,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_BUSY] =
      g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tjd_tasks_init (TjdTasks *self)
{
  self->cancellable = g_cancellable_new ();
}

TjdTasks *
tjd_tasks_new (GObject *owner)
{
  TjdTasks *self = g_object_new (TJD_TYPE_TASKS, NULL);

  g_weak_ref_init (&self->owner, owner);
  return self;
}

void
tjd_tasks_run (TjdTasks *self, const TjdWork *work, gpointer data, TjdWorkDone done)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_ready, NULL);
  Job *job = g_new (Job, 1);

  *job = (Job){ work, data, done };
  g_task_set_source_tag (task, (gpointer) work);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  /* What was done is known to whoever did it: the result counts, not that it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  begin (self);
  g_task_run_in_thread (task, run_in_thread);
}

void
tjd_tasks_cancel (TjdTasks *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->n_running > 0) {
    self->n_running = 1;
    end (self);
  }
}

TjdPace
tjd_tasks_get_pace (TjdTasks *self)
{
  return self->pace;
}

gboolean
tjd_tasks_is_busy (TjdTasks *self)
{
  return self->n_running > 0;
}
