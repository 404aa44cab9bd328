/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tasks.h"

/* What a worker is told to do: wait so long, then say so or fail. */
typedef struct {
  guint ms;
  gboolean fails;
} Order;

static int freed; /* results that nobody took */

static gpointer
work (gpointer data, GCancellable *cancellable, GError **error)
{
  Order *order = data;

  for (guint waited = 0; waited < order->ms && !g_cancellable_is_cancelled (cancellable);
       waited += 5)
    g_usleep (5000);
  if (order->fails)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "as ordered");
  return order->fails ? NULL : g_strdup ("done");
}

static void
free_result (gpointer result)
{
  g_atomic_int_inc (&freed);
  g_free (result);
}

static const TjdWork working = { "work", work, g_free, free_result };

typedef struct {
  guint n_done, n_failed;
} Heard;

static Heard *
heard_of (GObject *owner)
{
  return g_object_get_data (owner, "heard");
}

static void
hear (gpointer owner, gpointer result, const GError *error)
{
  g_autofree char *text = result;

  if (error != NULL)
    heard_of (owner)->n_failed++;
  else
    heard_of (owner)->n_done++;
  g_assert_cmpint (error == NULL, ==, text != NULL);
}

static Order *
order (guint ms, gboolean fails)
{
  Order *self = g_new (Order, 1);

  *self = (Order){ ms, fails };
  return self;
}

static GObject *
new_owner (Heard *heard)
{
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (owner, "heard", heard);
  return owner;
}

static void
iterate_for (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
iterate_until_idle (TjdTasks *tasks)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (tjd_tasks_is_busy (tasks) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (tjd_tasks_is_busy (tasks));
}

static void
note_pace (TjdTasks *tasks, GParamSpec *pspec, GString *seen)
{
  g_string_append_printf (seen, "%d", (int) tjd_tasks_get_pace (tasks));
}

static void
test_two (void)
{
  Heard heard = { 0 };
  g_autoptr (GObject) owner = new_owner (&heard);
  g_autoptr (TjdTasks) tasks = tjd_tasks_new (owner);
  g_autoptr (GString) seen = g_string_new (NULL);

  g_signal_connect (tasks, "notify::pace", G_CALLBACK (note_pace), seen);
  tjd_tasks_run (tasks, &working, order (20, FALSE), hear);
  tjd_tasks_run (tasks, &working, order (40, TRUE), hear);
  g_assert_true (tjd_tasks_is_busy (tasks));
  iterate_until_idle (tasks);
  g_assert_cmpint (heard.n_done, ==, 1);
  g_assert_cmpint (heard.n_failed, ==, 1);
  g_assert_cmpstr (seen->str, ==, "10"); /* short, idle: nothing was shown */
}

/* A spinner after 300 ms; after 5 s it is slow. */
static void
test_pace (void)
{
  Heard heard = { 0 };
  g_autoptr (GObject) owner = new_owner (&heard);
  g_autoptr (TjdTasks) tasks = tjd_tasks_new (owner);
  g_autoptr (GString) seen = g_string_new (NULL);

  g_signal_connect (tasks, "notify::pace", G_CALLBACK (note_pace), seen);
  tjd_tasks_run (tasks, &working, order (5400, FALSE), hear);
  iterate_until_idle (tasks);
  g_assert_cmpstr (seen->str, ==, "1230");
}

/* Busy ends at once, and what comes later is heard by nobody. */
static void
test_cancel (void)
{
  Heard heard = { 0 };
  g_autoptr (GObject) owner = new_owner (&heard);
  g_autoptr (TjdTasks) tasks = tjd_tasks_new (owner);
  int before = g_atomic_int_get (&freed);

  tjd_tasks_run (tasks, &working, order (10000, FALSE), hear);
  tjd_tasks_run (tasks, &working, order (10000, FALSE), hear);
  tjd_tasks_cancel (tasks);
  g_assert_false (tjd_tasks_is_busy (tasks));
  tjd_tasks_run (tasks, &working, order (30, FALSE), hear);
  iterate_until_idle (tasks);
  iterate_for (200);
  g_assert_cmpint (heard.n_done, ==, 1);
  g_assert_cmpint (g_atomic_int_get (&freed) - before, ==, 2);
}

static void
test_owner_gone (void)
{
  Heard heard = { 0 };
  GObject *owner = new_owner (&heard);
  TjdTasks *tasks = tjd_tasks_new (owner);
  int before = g_atomic_int_get (&freed);

  tjd_tasks_run (tasks, &working, order (30, FALSE), hear);
  g_object_unref (owner);
  g_object_unref (tasks);
  iterate_for (300);
  g_assert_cmpint (heard.n_done, ==, 0);
  g_assert_cmpint (g_atomic_int_get (&freed) - before, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tasks/two", test_two);
  g_test_add_func ("/tasks/pace", test_pace);
  g_test_add_func ("/tasks/cancel", test_cancel);
  g_test_add_func ("/tasks/owner-gone", test_owner_gone);
  return g_test_run ();
}
