/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewals-model.h"

#include "fold.h"

struct _TjdRenewalsModel {
  TjdModel parent;
  GListStore *list;
  TjdAccount *account;
  char *renewer;
  char *next;
  gint64 as_of;
  gboolean has_chosen, is_fetched, is_kept;
  char *search, *sought;
  TjdOrderGroup group;
  gint64 month;
};

G_DEFINE_FINAL_TYPE (TjdRenewalsModel, tjd_renewals_model, TJD_TYPE_MODEL)

void
tjd_fetched_orders_free (TjdFetchedOrders *self)
{
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_object (&self->account);
  g_free (self->renewer);
  g_free (self->next);
  g_free (self);
}

static void
tjd_renewals_model_finalize (GObject *object)
{
  TjdRenewalsModel *self = TJD_RENEWALS_MODEL (object);

  g_clear_object (&self->list);
  g_clear_object (&self->account);
  g_free (self->renewer);
  g_free (self->next);
  g_free (self->search);
  g_free (self->sought);
  G_OBJECT_CLASS (tjd_renewals_model_parent_class)->finalize (object);
}

static void
tjd_renewals_model_class_init (TjdRenewalsModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_renewals_model_finalize;
}

static void
tjd_renewals_model_init (TjdRenewalsModel *self)
{
  self->list = g_list_store_new (tjd_order_get_type ());
  self->search = g_strdup ("");
  self->sought = g_strdup ("");
}

static guint
n_orders (TjdRenewalsModel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static TjdOrder *
order_at (TjdRenewalsModel *self, guint position)
{
  g_autoptr (TjdOrder) order = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  return order; /* the list keeps it */
}

static int
compare_newest (gconstpointer a, gconstpointer b, gpointer data)
{
  TjdOrder *one = (TjdOrder *) a, *other = (TjdOrder *) b;

  if (one->placed_at != other->placed_at)
    return one->placed_at > other->placed_at ? -1 : 1;
  return g_strcmp0 (other->id, one->id);
}

void
tjd_renewals_model_note (TjdRenewalsModel *self, TjdOrder *order)
{
  for (guint i = 0; i < n_orders (self); i++)
    if (g_strcmp0 (order_at (self, i)->id, order->id) == 0) {
      if (!tjd_record_equal (order_at (self, i), order))
        g_list_store_splice (self->list, i, 1, (gpointer *) &order, 1);
      return;
    }
  g_list_store_insert_sorted (self->list, order, compare_newest, NULL);
}

void
tjd_renewals_model_take (TjdRenewalsModel *self, TjdFetchedOrders *fetched)
{
  g_autoptr (TjdFetchedOrders) taken = fetched;

  if (g_strcmp0 (taken->renewer, self->renewer) != 0)
    return;
  if (taken->account != NULL)
    g_set_object (&self->account, taken->account);
  for (guint i = 0; i < taken->orders->len; i++)
    tjd_renewals_model_note (self, taken->orders->pdata[i]);
  /* The first page, fetched anew, says nothing about how far the list has been scrolled. */
  if ((!self->is_fetched || taken->is_more || self->is_kept) && !taken->is_kept)
    tjd_set_string (&self->next, taken->next);
  self->as_of = taken->as_of;
  self->is_kept = taken->is_kept;
  self->is_fetched = TRUE;
}

GListModel *
tjd_renewals_model_get_list (TjdRenewalsModel *self)
{
  return G_LIST_MODEL (self->list);
}

gboolean
tjd_renewals_model_is_fetched (TjdRenewalsModel *self)
{
  return self->is_fetched;
}

gboolean
tjd_renewals_model_is_kept (TjdRenewalsModel *self)
{
  return self->is_kept;
}

gint64
tjd_renewals_model_get_as_of (TjdRenewalsModel *self)
{
  return self->as_of;
}

const char *
tjd_renewals_model_get_next (TjdRenewalsModel *self)
{
  return self->next;
}

TjdAccount *
tjd_renewals_model_get_account (TjdRenewalsModel *self)
{
  return self->account;
}

const char *
tjd_renewals_model_get_renewer (TjdRenewalsModel *self)
{
  return self->renewer;
}

static void
set_renewer (TjdRenewalsModel *self, const char *renewer)
{
  if (g_strcmp0 (self->renewer, renewer) == 0)
    return;
  tjd_set_string (&self->renewer, renewer);
  g_clear_pointer (&self->next, g_free);
  self->is_fetched = FALSE;
  self->is_kept = FALSE;
  self->month = 0;
  g_list_store_remove_all (self->list);
}

void
tjd_renewals_model_choose_renewer (TjdRenewalsModel *self, const char *renewer)
{
  self->has_chosen = TRUE;
  set_renewer (self, renewer);
}

void
tjd_renewals_model_follow_permits (TjdRenewalsModel *self)
{
  if (!self->has_chosen)
    set_renewer (self, tjd_shell_get_renewer (tjd_model_get_shell (TJD_MODEL (self))));
}

const char *
tjd_renewals_model_get_search (TjdRenewalsModel *self)
{
  return self->search;
}

void
tjd_renewals_model_set_search (TjdRenewalsModel *self, const char *text)
{
  tjd_set_string (&self->search, text);
  g_free (self->sought);
  self->sought = tjd_fold (text);
}

TjdOrderGroup
tjd_renewals_model_get_group (TjdRenewalsModel *self)
{
  return self->group;
}

void
tjd_renewals_model_set_group (TjdRenewalsModel *self, TjdOrderGroup group)
{
  self->group = group;
}

gint64
tjd_renewals_model_get_month (TjdRenewalsModel *self)
{
  return self->month;
}

void
tjd_renewals_model_set_month (TjdRenewalsModel *self, gint64 month)
{
  self->month = month;
}

gboolean
tjd_renewals_model_is_sought (TjdRenewalsModel *self, TjdOrder *order)
{
  return tjd_order_is_in (order, self->group) &&
         (self->month == 0 || tjd_month_of (order->placed_at) == self->month) &&
         tjd_order_matches (order, self->sought);
}

gboolean
tjd_renewals_model_is_narrowed (TjdRenewalsModel *self)
{
  return *self->sought != '\0' || self->group != TJD_ORDERS_ALL || self->month != 0;
}
