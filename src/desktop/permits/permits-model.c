/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permits-model.h"

#include "standing.h"

struct _TjdPermitsModel {
  TjdModel parent;
  GListStore *list;
  GHashTable *chosen; /* personal IDs */
  TjdTariff *tariff;
  gint64 as_of;
  gboolean is_fetched, is_kept;
  char *search;
};

enum { CHOSEN_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdPermitsModel, tjd_permits_model, TJD_TYPE_MODEL)

void
tjd_fetched_permits_free (TjdFetchedPermits *self)
{
  g_clear_pointer (&self->permits, g_ptr_array_unref);
  g_clear_object (&self->tariff);
  g_free (self);
}

static void
tjd_permits_model_finalize (GObject *object)
{
  TjdPermitsModel *self = TJD_PERMITS_MODEL (object);

  g_clear_object (&self->list);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_clear_object (&self->tariff);
  g_free (self->search);
  G_OBJECT_CLASS (tjd_permits_model_parent_class)->finalize (object);
}

static void
tjd_permits_model_class_init (TjdPermitsModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_permits_model_finalize;
  signals[CHOSEN_CHANGED] = g_signal_new ("chosen-changed", TJD_TYPE_PERMITS_MODEL,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tjd_permits_model_init (TjdPermitsModel *self)
{
  self->list = g_list_store_new (tjd_permit_get_type ());
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->search = g_strdup ("");
}

static TjdPermit *
permit_at (TjdPermitsModel *self, guint position)
{
  g_autoptr (TjdPermit) permit = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  return permit; /* the list keeps it */
}

static guint
n_permits (TjdPermitsModel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static gboolean
may_be_chosen (TjdPermit *permit)
{
  return permit->standing != TJD_STANDING_VALID && permit->standing != TJD_STANDING_CANCELLED;
}

static void
forget_what_is_gone (TjdPermitsModel *self)
{
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_permits (self); i++) {
    TjdPermit *permit = permit_at (self, i);
    if (may_be_chosen (permit) && tjd_permits_model_is_chosen (self, permit->personal_id))
      g_hash_table_add (there, g_strdup (permit->personal_id));
  }
  g_hash_table_unref (self->chosen);
  self->chosen = g_steal_pointer (&there);
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

void
tjd_permits_model_take (TjdPermitsModel *self, TjdFetchedPermits *fetched)
{
  if (fetched->tariff != NULL)
    g_set_object (&self->tariff, fetched->tariff); /* first: rows are filled from it */
  g_list_store_splice (self->list, 0, n_permits (self), fetched->permits->pdata,
                       fetched->permits->len);
  self->as_of = fetched->as_of;
  self->is_kept = fetched->is_kept;
  self->is_fetched = TRUE;
  tjd_fetched_permits_free (fetched);
  forget_what_is_gone (self);
}

gboolean
tjd_permits_model_is_fetched (TjdPermitsModel *self)
{
  return self->is_fetched;
}

gint64
tjd_permits_model_get_as_of (TjdPermitsModel *self)
{
  return self->as_of;
}

gboolean
tjd_permits_model_is_kept (TjdPermitsModel *self)
{
  return self->is_kept;
}

GListModel *
tjd_permits_model_get_list (TjdPermitsModel *self)
{
  return G_LIST_MODEL (self->list);
}

static TjdDay
today (void)
{
  return tjd_day_in_qatar (tjd_clock_now (tjd_clock_system ()));
}

TjdRules *
tjd_permits_model_get_rules (TjdPermitsModel *self)
{
  return self->tariff != NULL ? tjd_tariff_get_rules (self->tariff, today ()) : NULL;
}

void
tjd_permits_model_add (TjdPermitsModel *self, TjdPermit *permit)
{
  for (guint i = 0; i < n_permits (self); i++)
    if (g_strcmp0 (permit_at (self, i)->personal_id, permit->personal_id) == 0) {
      g_list_store_remove (self->list, i);
      break;
    }
  g_list_store_insert (self->list, 0, permit);
  if (may_be_chosen (permit))
    tjd_permits_model_choose (self, permit->personal_id, TRUE);
}

void
tjd_permits_model_choose (TjdPermitsModel *self, const char *personal_id, gboolean chosen)
{
  if (tjd_permits_model_is_chosen (self, personal_id) == chosen)
    return;
  if (chosen)
    g_hash_table_add (self->chosen, g_strdup (personal_id));
  else
    g_hash_table_remove (self->chosen, personal_id);
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

gboolean
tjd_permits_model_is_chosen (TjdPermitsModel *self, const char *personal_id)
{
  return g_hash_table_contains (self->chosen, personal_id);
}

guint
tjd_permits_model_count_chosen (TjdPermitsModel *self)
{
  return g_hash_table_size (self->chosen);
}

void
tjd_permits_model_choose_none (TjdPermitsModel *self)
{
  g_hash_table_remove_all (self->chosen);
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

TjdMoney
tjd_permits_model_sum_least_fees (TjdPermitsModel *self)
{
  TjdMoney sum = 0;

  for (guint i = 0; i < n_permits (self); i++)
    if (tjd_permits_model_is_chosen (self, permit_at (self, i)->personal_id))
      sum += tjd_permit_least_fee (permit_at (self, i), self->tariff, today ());
  return sum;
}

GPtrArray *
tjd_permits_model_list_chosen (TjdPermitsModel *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_permits (self); i++)
    if (tjd_permits_model_is_chosen (self, permit_at (self, i)->personal_id))
      g_ptr_array_add (chosen, g_object_ref (permit_at (self, i)));
  return chosen;
}

void
tjd_permits_model_outdate (TjdPermitsModel *self)
{
  self->as_of = 0;
}

const char *
tjd_permits_model_get_search (TjdPermitsModel *self)
{
  return self->search;
}

void
tjd_permits_model_set_search (TjdPermitsModel *self, const char *text)
{
  tjd_set_string (&self->search, text);
}
