/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch-orders.h"

#include "calls.h"
#include "offline.h"
#include "order-words.h"

#define PAGE_ORDERS 50

static void
orders_request_free (TjdOrdersRequest *self)
{
  tjd_session_unref (self->session);
  g_free (self->file);
  g_free (self->account);
  g_free (self->renewer);
  g_free (self->next);
  g_free (self->order);
  g_free (self->key);
  g_free (self);
}

static TjdOffline *
load_kept (TjdOrdersRequest *request, GCancellable *cancellable)
{
  return tjd_offline_load_own (request->session, request->file, request->account, cancellable);
}

static gboolean
is_of (TjdOrder *order, const char *renewer, const char *personal_id)
{
  return g_strcmp0 (order->renewer, renewer != NULL ? renewer : personal_id) == 0;
}

static gboolean
has_order (GPtrArray *orders, const char *id)
{
  for (guint i = 0; i < orders->len; i++)
    if (g_strcmp0 (((TjdOrder *) orders->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* What is new comes first, and what was kept of others and of before stays. That it cannot be kept
 * is no error. */
static void
keep (TjdOrdersRequest *request, TjdFetchedOrders *fetched, GCancellable *cancellable)
{
  g_autoptr (TjdOffline) kept = load_kept (request, cancellable);
  g_autoptr (GPtrArray) before = NULL;

  if (kept == NULL) {
    kept = tjd_offline_new ();
    kept->personal_id = tjd_session_dup_personal_id (request->session);
  }
  before = g_ptr_array_new_with_free_func (g_object_unref);
  tjd_records_extend (before, kept->orders);
  g_ptr_array_set_size (kept->orders, 0);
  tjd_records_extend (kept->orders, fetched->orders);
  for (guint i = 0; i < before->len && kept->orders->len < TJD_PAGE_MAX; i++)
    if (!has_order (fetched->orders, ((TjdOrder *) before->pdata[i])->id))
      g_ptr_array_add (kept->orders, g_object_ref (before->pdata[i]));
  if (kept->account == NULL && fetched->account != NULL)
    kept->account = g_object_ref (fetched->account);
  kept->as_of = fetched->as_of;
  if (kept->account != NULL)
    tjd_offline_save (kept, request->file, request->account, tjd_entropy_system (), cancellable,
                      NULL);
}

static TjdFetchedOrders *
read_kept (TjdOrdersRequest *request, GCancellable *cancellable)
{
  g_autoptr (TjdOffline) kept = load_kept (request, cancellable);
  TjdFetchedOrders *fetched;

  if (kept == NULL)
    return NULL;
  fetched = g_new0 (TjdFetchedOrders, 1);
  fetched->orders = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < kept->orders->len; i++)
    if (is_of (kept->orders->pdata[i], request->renewer, kept->personal_id))
      g_ptr_array_add (fetched->orders, g_object_ref (kept->orders->pdata[i]));
  fetched->renewer = g_strdup (request->renewer);
  fetched->account = kept->account != NULL ? g_object_ref (kept->account) : NULL;
  fetched->as_of = kept->as_of;
  fetched->is_kept = TRUE;
  return fetched;
}

static TjdOrders *
call_orders (TjdOrdersRequest *request, char **next, GCancellable *cancellable, GError **error)
{
  g_autoptr (TjdOrdersQuery) query = tjd_orders_query_new ();

  if (request->next != NULL)
    return tjd_call_more_orders (request->session, request->next, next, cancellable, error);
  query->renewer = g_strdup (request->renewer);
  query->limit = PAGE_ORDERS;
  return tjd_call_orders (request->session, query, next, cancellable, error);
}

static gpointer
fetch_orders (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdOrdersRequest *request = data;
  g_autoptr (GError) failure = NULL;
  g_autofree char *next = NULL;
  g_autoptr (TjdOrders) orders = call_orders (request, &next, cancellable, &failure);
  TjdFetchedOrders *fetched =
      orders == NULL && request->next == NULL && tjd_failure_is_offline (failure)
          ? read_kept (request, cancellable)
          : NULL;

  if (orders == NULL) {
    if (fetched == NULL)
      g_propagate_error (error, g_steal_pointer (&failure));
    return fetched;
  }
  fetched = g_new0 (TjdFetchedOrders, 1);
  fetched->renewer = g_strdup (request->renewer);
  fetched->orders = g_ptr_array_ref (orders->orders);
  fetched->next = g_steal_pointer (&next);
  fetched->is_more = request->next != NULL;
  fetched->as_of = tjd_clock_now (tjd_session_get_clock (request->session));
  if (!fetched->is_more) {
    fetched->account = tjd_call_account (request->session, cancellable, NULL);
    if (tjd_session_is_kept (request->session))
      keep (request, fetched, cancellable);
  }
  return fetched;
}

static TjdFetchedOrder *
read_kept_order (TjdOrdersRequest *request, GCancellable *cancellable)
{
  g_autoptr (TjdOffline) kept = load_kept (request, cancellable);

  for (guint i = 0; kept != NULL && i < kept->orders->len; i++) {
    TjdOrder *order = kept->orders->pdata[i];
    if (g_strcmp0 (order->id, request->order) == 0) {
      TjdFetchedOrder *fetched = g_new0 (TjdFetchedOrder, 1);
      fetched->order = g_object_ref (order);
      fetched->as_of = kept->as_of;
      fetched->is_kept = TRUE;
      return fetched;
    }
  }
  return NULL;
}

/* Neither is an error while it is not there: a consignment that the post has not answered about
 * yet, a receipt for a preparer who may not see it. What cannot be reached is one. */
static gboolean
is_there_or_missing (GError **failure, GError **error)
{
  if (*failure == NULL)
    return TRUE;
  if ((*failure)->domain != TJD_PROBLEM) {
    g_propagate_error (error, g_steal_pointer (failure));
    return FALSE;
  }
  g_clear_error (failure);
  return TRUE;
}

static gboolean
fetch_parts (TjdFetchedOrder *fetched,
             TjdSession *session,
             GCancellable *cancellable,
             GError **error)
{
  const char *id = fetched->order->id;
  g_autoptr (GError) failure = NULL;

  if (fetched->order->consignment != NULL)
    fetched->consignment = tjd_call_consignment (session, id, cancellable, &failure);
  if (!is_there_or_missing (&failure, error))
    return FALSE;
  if (tjd_order_has_receipt (fetched->order))
    fetched->receipt = tjd_call_receipt (session, id, cancellable, &failure);
  return is_there_or_missing (&failure, error);
}

/* Not known is no: the page is asked for again. */
static gboolean
may_sign (TjdOrder *order, TjdSession *session, GCancellable *cancellable)
{
  g_autoptr (TjdAccount) account =
      tjd_order_waits_for_approval (order) ? tjd_call_account (session, cancellable, NULL) : NULL;

  for (guint i = 0; account != NULL && i < account->mandates->len; i++) {
    TjdMandate *mandate = account->mandates->pdata[i];
    if (mandate->role == TJD_ROLE_SIGNATORY && g_strcmp0 (mandate->renewer, order->renewer) == 0)
      return TRUE;
  }
  return FALSE;
}

static gpointer
fetch_order (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdOrdersRequest *request = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (TjdFetchedOrder) fetched = g_new0 (TjdFetchedOrder, 1);
  TjdFetchedOrder *kept = NULL;

  fetched->order = tjd_call_order (request->session, request->order, cancellable, &failure);
  if (fetched->order != NULL && fetch_parts (fetched, request->session, cancellable, &failure)) {
    fetched->as_of = tjd_clock_now (tjd_session_get_clock (request->session));
    fetched->may_sign = may_sign (fetched->order, request->session, cancellable);
    return g_steal_pointer (&fetched);
  }
  if (tjd_failure_is_offline (failure))
    kept = read_kept_order (request, cancellable);
  if (kept == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return kept;
}

static gpointer
cancel_order (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdOrdersRequest *request = data;

  return tjd_call_cancel (request->session, request->order, request->key, cancellable, error);
}

const TjdWork tjd_fetch_orders = { "fetch orders", fetch_orders,
                                   (GDestroyNotify) orders_request_free,
                                   (GDestroyNotify) tjd_fetched_orders_free };
const TjdWork tjd_fetch_order = { "fetch order", fetch_order, (GDestroyNotify) orders_request_free,
                                  (GDestroyNotify) tjd_fetched_order_free };
const TjdWork tjd_cancel_order = { "cancel order", cancel_order,
                                   (GDestroyNotify) orders_request_free, g_object_unref };

TjdOrdersRequest *
tjd_orders_request_new (TjdShell *shell)
{
  TjdOrdersRequest *self = g_new0 (TjdOrdersRequest, 1);

  self->session = tjd_session_ref (tjd_shell_get_session (shell));
  self->file = g_build_filename (tjd_shell_get_folder (shell), TJD_OFFLINE_ORDERS_FILE, NULL);
  self->account = g_strdup (tjd_shell_get_account (shell));
  return self;
}
