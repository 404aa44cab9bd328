/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "done-model.h"

#include "calls.h"

#define LOOK_SECONDS 2
#define LOOK_SECONDS_OF_MANY 20
#define MANY 5

struct _TjdDoneModel {
  TjdModel parent;
  GPtrArray *orders, *receipts;
  TjdMoney total;
  char *journey; /* NULL: the journal has forgotten it */
  GError *trouble;
  TjdTasks *tasks;
  guint looking;
};

/* What a worker takes along, and what it brings. */
typedef struct {
  TjdSession *session;
  GPtrArray *ids;
} Request;

typedef struct {
  GPtrArray *orders;   /* of TjdOrder, those that were to be had */
  GPtrArray *receipts; /* of char * */
  GError *failure;     /* why not all were to be had */
} Found;

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdDoneModel, tjd_done_model, TJD_TYPE_MODEL)

#define ORDER(state) (1u << TJD_ORDER_##state)
#define DEBITED (ORDER (CAPTURED) | ORDER (DISPATCHED) | ORDER (DELIVERED))
#define RELEASED (ORDER (VOIDED) | ORDER (CANCELLED) | ORDER (EXPIRED))

static gboolean
is_in (TjdOrder *order, guint states)
{
  return (states & 1u << order->state) != 0;
}

/* --- in a thread ------------------------------------------------------------------------------ */

static void
request_free (Request *self)
{
  tjd_session_unref (self->session);
  g_ptr_array_unref (self->ids);
  g_free (self);
}

static void
found_free (Found *self)
{
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->receipts);
  g_clear_error (&self->failure);
  g_free (self);
}

static gpointer
look_for_orders (gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  Found *found = g_new0 (Found, 1);

  found->orders = g_ptr_array_new_with_free_func (g_object_unref);
  found->receipts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < request->ids->len; i++) {
    TjdOrder *order = tjd_call_order (request->session, request->ids->pdata[i], cancellable,
                                      found->failure == NULL ? &found->failure : NULL);
    g_autoptr (TjdReceipt) receipt =
        order != NULL && is_in (order, DEBITED)
            ? tjd_call_receipt (request->session, order->id, cancellable, NULL)
            : NULL;
    if (order != NULL)
      g_ptr_array_add (found->orders, order);
    if (receipt != NULL)
      g_ptr_array_add (found->receipts, g_strdup (receipt->id));
  }
  return found;
}

static const TjdWork looking = { "look for orders", look_for_orders, (GDestroyNotify) request_free,
                                 (GDestroyNotify) found_free };

/* --- the main thread -------------------------------------------------------------------------- */

static void
take_order (TjdDoneModel *self, TjdOrder *order)
{
  for (guint i = 0; i < self->orders->len; i++)
    if (g_strcmp0 (((TjdOrder *) self->orders->pdata[i])->id, order->id) == 0) {
      g_object_unref (self->orders->pdata[i]);
      self->orders->pdata[i] = g_object_ref (order);
    }
}

static void
take_receipt (TjdDoneModel *self, const char *receipt)
{
  if (!g_ptr_array_find_with_equal_func (self->receipts, receipt, g_str_equal, NULL))
    g_ptr_array_add (self->receipts, g_strdup (receipt));
}

static void
show_found (gpointer owner, gpointer result, const GError *error)
{
  TjdDoneModel *self = owner;
  Found *found = result;

  for (guint i = 0; i < found->orders->len; i++)
    take_order (self, found->orders->pdata[i]);
  for (guint i = 0; i < found->receipts->len; i++)
    take_receipt (self, found->receipts->pdata[i]);
  g_clear_error (&self->trouble);
  if (found->failure != NULL &&
      !tjd_shell_take_error (tjd_model_get_shell (TJD_MODEL (self)), found->failure))
    self->trouble = g_steal_pointer (&found->failure);
  found_free (found);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
look (gpointer data)
{
  TjdDoneModel *self = data;
  TjdShell *shell = tjd_model_get_shell (TJD_MODEL (self));
  Request *request;

  if (tjd_done_model_is_settled (self)) {
    self->looking = 0;
    return G_SOURCE_REMOVE;
  }
  if (tjd_tasks_is_busy (self->tasks) || tjd_shell_get_state (shell) != TJD_SHELL_SIGNED_IN)
    return G_SOURCE_CONTINUE;
  request = g_new (Request, 1);
  request->session = tjd_session_ref (tjd_shell_get_session (shell));
  request->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->orders->len; i++)
    g_ptr_array_add (request->ids, g_strdup (((TjdOrder *) self->orders->pdata[i])->id));
  tjd_tasks_run (self->tasks, &looking, request, show_found);
  return G_SOURCE_CONTINUE;
}

static void
tjd_done_model_dispose (GObject *object)
{
  TjdDoneModel *self = TJD_DONE_MODEL (object);

  g_clear_handle_id (&self->looking, g_source_remove);
  tjd_tasks_cancel (self->tasks);
  G_OBJECT_CLASS (tjd_done_model_parent_class)->dispose (object);
}

static void
tjd_done_model_finalize (GObject *object)
{
  TjdDoneModel *self = TJD_DONE_MODEL (object);

  g_clear_object (&self->tasks);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->receipts);
  g_clear_error (&self->trouble);
  g_free (self->journey);
  G_OBJECT_CLASS (tjd_done_model_parent_class)->finalize (object);
}

static void
tjd_done_model_class_init (TjdDoneModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tjd_done_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = tjd_done_model_finalize;
  signals[CHANGED] = g_signal_new ("changed", TJD_TYPE_DONE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tjd_done_model_init (TjdDoneModel *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
  self->orders = g_ptr_array_new_with_free_func (g_object_unref);
  self->receipts = g_ptr_array_new_with_free_func (g_free);
}

TjdDoneModel *
tjd_done_model_new (TjdShell *shell, GPtrArray *orders, TjdMoney total, const char *journey)
{
  TjdDoneModel *self = g_object_new (TJD_TYPE_DONE_MODEL, "shell", shell, NULL);

  tjd_records_extend (self->orders, orders);
  self->total = total;
  self->journey = g_strdup (journey);
  self->looking =
      g_timeout_add_seconds (orders->len > MANY ? LOOK_SECONDS_OF_MANY : LOOK_SECONDS, look, self);
  look (self);
  return self;
}

GPtrArray *
tjd_done_model_get_orders (TjdDoneModel *self)
{
  return self->orders;
}

GPtrArray *
tjd_done_model_get_receipts (TjdDoneModel *self)
{
  return self->receipts;
}

TjdMoney
tjd_done_model_get_total (TjdDoneModel *self)
{
  return self->total;
}

TjdMoney
tjd_done_model_get_captured (TjdDoneModel *self)
{
  TjdMoney sum = 0;

  for (guint i = 0; i < self->orders->len; i++) {
    TjdOrder *order = self->orders->pdata[i];
    sum += order->captured != TJD_NO_INT ? order->captured : 0;
  }
  return sum;
}

const GError *
tjd_done_model_get_trouble (TjdDoneModel *self)
{
  return self->trouble;
}

gboolean
tjd_done_model_is_settled (TjdDoneModel *self)
{
  guint n_debited = 0;

  for (guint i = 0; i < self->orders->len; i++) {
    if (!is_in (self->orders->pdata[i], DEBITED | RELEASED))
      return FALSE;
    n_debited += is_in (self->orders->pdata[i], DEBITED);
  }
  return self->receipts->len >= n_debited;
}

void
tjd_done_model_note_seen (TjdDoneModel *self)
{
  TjdJournal *journal = tjd_shell_get_journal (tjd_model_get_shell (TJD_MODEL (self)));

  if (self->journey != NULL && journal != NULL && tjd_journal_settle (journal, self->journey, NULL))
    g_clear_pointer (&self->journey, g_free);
}
