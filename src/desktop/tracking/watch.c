/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include <glib/gi18n-lib.h>

#include "calls.h"
#include "follow.h"
#include "news.h"
#include "order-words.h"
#include "polling.h"

#define NEWEST_ORDERS 50
#define SOON_MS (2 * 60 * 1000)
#define LONGEST_MS (10 * 60 * 1000) /* the portal ends a session that rests for 15 minutes */
#define SANDBOX_SOON_MS 2000        /* its courier is quick */
#define SANDBOX_LONGEST_MS 20000

struct _TjdWatch {
  GObject parent;
  GApplication *application;
  TjdShell *shell;
  TjdTasks *tasks;
  GHashTable *known; /* TjdOrder by their ids, as they were last */
  TjdPolling polling;
  guint timer;
  gboolean holds; /* the process stays for us */
  char *wanted;   /* an order to be followed once somebody is signed in */
};

G_DEFINE_FINAL_TYPE (TjdWatch, tjd_watch, G_TYPE_OBJECT)

/* --- in a thread ----------------------------------------------------------------------------- */

static gboolean
add_newest (GPtrArray *orders,
            TjdSession *session,
            const char *renewer,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (TjdOrdersQuery) query = tjd_orders_query_new ();
  g_autoptr (TjdOrders) newest = NULL;

  query->renewer = g_strdup (renewer);
  query->limit = NEWEST_ORDERS;
  newest = tjd_call_orders (session, query, NULL, cancellable, error);
  if (newest != NULL)
    tjd_records_extend (orders, newest->orders);
  return newest != NULL;
}

/* One's own, and those of who one acts for. */
static gpointer
fetch_newest (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdSession *session = data;
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TjdAccount) account = tjd_call_account (session, cancellable, error);

  if (account == NULL || !add_newest (orders, session, NULL, cancellable, error))
    return NULL;
  for (guint i = 0; i < account->mandates->len; i++) {
    TjdMandate *mandate = account->mandates->pdata[i];
    if (!add_newest (orders, session, mandate->renewer, cancellable, error))
      return NULL;
  }
  return g_steal_pointer (&orders);
}

static const TjdWork fetching = { "fetch newest orders", fetch_newest,
                                  (GDestroyNotify) tjd_session_unref,
                                  (GDestroyNotify) g_ptr_array_unref };

/* --- the main thread ------------------------------------------------------------------------- */

/* Who looks at Tajdid sees it there. */
static gboolean
is_looked_at (TjdWatch *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  return window != NULL && gtk_window_is_active (window);
}

static gboolean
is_wanted (TjdWatch *self)
{
  return g_settings_get_boolean (tjd_shell_get_settings (self->shell), "notifications");
}

static void
tell (TjdWatch *self, TjdOrder *order, const char *news)
{
  g_autoptr (GNotification) notification = g_notification_new (news);
  g_autofree char *names = tjd_order_names (tjd_shell_get_locale (self->shell), order);

  g_strdelimit (names, "<>&", ' '); /* some desktops take a body as markup, others do not */
  g_notification_set_body (notification, names);
  if (order->attention == TJD_ATTENTION_DELIVERY_FAILED)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.follow", "s", order->id);
  g_notification_add_button_with_target (notification, _ ("Follow"), "app.follow", "s", order->id);
  g_application_send_notification (self->application, order->id, notification);
}

/* TRUE: it was known, and has moved. */
static gboolean
note (TjdWatch *self, TjdOrder *order)
{
  TjdOrder *before = g_hash_table_lookup (self->known, order->id);
  const char *news = tjd_news (before, order);
  gboolean moved = before != NULL && !tjd_record_equal (before, order);

  if (news != NULL && is_wanted (self) && !is_looked_at (self))
    tell (self, order, news);
  g_hash_table_insert (self->known, g_strdup (order->id), g_object_ref (order));
  return moved;
}

static gboolean
has_something_under_way (TjdWatch *self)
{
  GHashTableIter iter;
  gpointer order;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (tjd_order_is_under_way (order))
      return TRUE;
  return FALSE;
}

static void
set_holds (TjdWatch *self, gboolean holds)
{
  if (self->holds == holds)
    return;
  self->holds = holds;
  tjd_shell_set_followed (self->shell, holds);
  if (holds)
    g_application_hold (self->application);
  else
    g_application_release (self->application);
}

static void show_fetched (gpointer owner, gpointer result, const GError *error);

static gboolean
ask (gpointer data)
{
  TjdWatch *self = data;

  self->timer = 0;
  if (tjd_shell_get_state (self->shell) == TJD_SHELL_SIGNED_IN || tjd_shell_is_locked (self->shell))
    tjd_tasks_run (self->tasks, &fetching, tjd_session_ref (tjd_shell_get_session (self->shell)),
                   show_fetched);
  return G_SOURCE_REMOVE;
}

static void
ask_later (TjdWatch *self, TjdAsked asked)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer =
      g_timeout_add (tjd_polling_next (&self->polling, asked, tjd_entropy_system ()), ask, self);
}

static void
show_fetched (gpointer owner, gpointer result, const GError *error)
{
  TjdWatch *self = owner;
  g_autoptr (GPtrArray) orders = result;
  gboolean moved = FALSE;

  if (error != NULL && tjd_shell_take_error (self->shell, error))
    return;
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    moved |= note (self, orders->pdata[i]);
  set_holds (self, is_wanted (self) && has_something_under_way (self));
  ask_later (self, error != NULL ? TJD_ASKED_FAILED : moved ? TJD_ASKED_MOVED : TJD_ASKED_SAME);
}

/* Who does not look at Tajdid would not know that nothing is followed any more. */
static void
tell_that_it_ended (TjdWatch *self)
{
  g_autoptr (GNotification) notification = NULL;

  if (!self->holds || tjd_shell_get_error (self->shell) == NULL || is_looked_at (self))
    return;
  notification = g_notification_new (_ ("Tajdid no longer follows the envelope"));
  g_notification_set_body (notification,
                           _ ("Your session has ended. Sign in to see where the envelope is."));
  g_application_send_notification (self->application, "ended", notification);
}

static void
on_state_changed (TjdWatch *self)
{
  gboolean is_sandbox = tjd_shell_get_sandbox (self->shell) != NULL;

  if (tjd_shell_is_locked (self->shell))
    return; /* it goes on */
  g_clear_handle_id (&self->timer, g_source_remove);
  tjd_tasks_cancel (self->tasks);
  g_hash_table_remove_all (self->known); /* after a lock it may be somebody else */
  if (tjd_shell_get_state (self->shell) == TJD_SHELL_SIGNED_IN) {
    self->polling = is_sandbox ? (TjdPolling){ SANDBOX_SOON_MS, SANDBOX_LONGEST_MS, 0 }
                               : (TjdPolling){ SOON_MS, LONGEST_MS, 0 };
    ask (self);
    return;
  }
  tell_that_it_ended (self);
  set_holds (self, FALSE);
}

/* The last window may go before it was noticed that something has begun to move: it is looked once
 * more before the process ends. */
static void
on_window_removed (TjdWatch *self)
{
  if (gtk_application_get_windows (GTK_APPLICATION (self->application)) != NULL ||
      tjd_shell_get_state (self->shell) != TJD_SHELL_SIGNED_IN || !is_wanted (self))
    return;
  set_holds (self, TRUE);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!tjd_tasks_is_busy (self->tasks))
    ask (self);
}

static void
on_wanted_changed (TjdWatch *self)
{
  set_holds (self, is_wanted (self) && has_something_under_way (self));
}

static GtkWindow *
find_window (TjdWatch *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self->application));

  while (windows != NULL && !TJD_IS_WINDOW (windows->data))
    windows = windows->next;
  return windows != NULL ? windows->data : NULL;
}

static void
open_wanted (TjdWatch *self)
{
  GtkWindow *window = find_window (self);
  g_autofree char *order = NULL;

  if (self->wanted == NULL || window == NULL ||
      tjd_shell_get_state (self->shell) != TJD_SHELL_SIGNED_IN)
    return;
  order = g_steal_pointer (&self->wanted);
  tjd_follow_open (window, self->shell, order);
}

/* A notification outlives the process and the session: then the one is still opening, or somebody
 * signs in first. */
static void
follow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TjdWatch *self = data;

  tjd_set_string (&self->wanted, g_variant_get_string (parameter, NULL));
  g_application_activate (self->application);
  open_wanted (self);
}

static const GActionEntry actions[] = { { "follow", follow, "s", NULL, NULL, { 0 } } };

static void
tjd_watch_finalize (GObject *object)
{
  TjdWatch *self = TJD_WATCH (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->tasks);
  g_clear_object (&self->shell);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_free (self->wanted);
  G_OBJECT_CLASS (tjd_watch_parent_class)->finalize (object);
}

static void
tjd_watch_class_init (TjdWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_watch_finalize;
}

static void
tjd_watch_init (TjdWatch *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

TjdWatch *
tjd_watch_new (GApplication *application, TjdShell *shell)
{
  TjdWatch *self = g_object_new (TJD_TYPE_WATCH, NULL);

  self->application = application;
  self->shell = g_object_ref (shell);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   self);
  g_signal_connect_object (shell, "notify::state", G_CALLBACK (on_state_changed), self,
                           G_CONNECT_SWAPPED);
  /* After the window, which begins anew for who has signed in. */
  g_signal_connect_object (shell, "notify::state", G_CALLBACK (open_wanted), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (on_window_removed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tjd_shell_get_settings (shell), "changed::notifications",
                           G_CALLBACK (on_wanted_changed), self, G_CONNECT_SWAPPED);
  return self;
}
