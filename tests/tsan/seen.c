/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <gio/gio.h>

/* GLib's locks are made of futexes in a library that ThreadSanitizer does not see into. This tells
 * it what they order: preloaded, it stands between the services and GLib, and does nothing else. */

void __tsan_acquire (void *address);
void __tsan_release (void *address);

#define REAL(name)                \
  static __typeof__ (&name) real; \
  if (real == NULL)               \
  real = (__typeof__ (&name)) dlsym (RTLD_NEXT, #name)

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock);
  real (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked;

  REAL (g_mutex_trylock);
  locked = real (mutex);
  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock);
  __tsan_release (mutex);
  real (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  REAL (g_cond_wait);
  __tsan_release (mutex);
  real (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 until)
{
  gboolean woken;

  REAL (g_cond_wait_until);
  __tsan_release (mutex);
  woken = real (cond, mutex, until);
  __tsan_acquire (mutex);
  return woken;
}

/* A class is made by whoever needs it first, under a lock of GLib's own. */
static void
see_class (gpointer klass)
{
  __tsan_acquire (klass);
  __tsan_release (klass);
}

gpointer
g_type_class_ref (GType type)
{
  gpointer klass;

  REAL (g_type_class_ref);
  klass = real (type);
  see_class (klass);
  return klass;
}

gpointer (g_object_new) (GType type, const char *first, ...)
{
  GObject *object;
  va_list properties;

  va_start (properties, first);
  object = g_object_new_valist (type, first, properties);
  va_end (properties);
  see_class (G_OBJECT_GET_CLASS (object));
  return object;
}

/* Whoever lets go last frees: after all that the others did with it. */
void
g_object_unref (gpointer object)
{
  REAL (g_object_unref);
  __tsan_release (object);
  __tsan_acquire (object);
  real (object);
}

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  gboolean last;

  REAL (g_atomic_ref_count_dec);
  __tsan_release (count);
  last = real (count);
  __tsan_acquire (count);
  return last;
}

/* What is pushed to a pool is seen by the thread that takes it. */
typedef struct {
  GFunc func;
  gpointer data;
} Worker;

static void
work (gpointer item, gpointer data)
{
  Worker *worker = data;

  __tsan_acquire (item);
  worker->func (item, worker->data);
}

static Worker *
new_worker (GFunc func, gpointer data)
{
  Worker *worker = g_new (Worker, 1);

  *worker = (Worker){ func, data };
  return worker;
}

GThreadPool *
g_thread_pool_new (GFunc func, gpointer data, gint threads, gboolean exclusive, GError **error)
{
  REAL (g_thread_pool_new);
  return real (work, new_worker (func, data), threads, exclusive, error);
}

GThreadPool *
g_thread_pool_new_full (GFunc func,
                        gpointer data,
                        GDestroyNotify free_item,
                        gint threads,
                        gboolean exclusive,
                        GError **error)
{
  REAL (g_thread_pool_new_full);
  return real (work, new_worker (func, data), free_item, threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *pool, gpointer item, GError **error)
{
  REAL (g_thread_pool_push);
  __tsan_release (item);
  return real (pool, item, error);
}
