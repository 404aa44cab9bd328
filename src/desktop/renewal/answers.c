/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers.h"

#include "review-item.h"

static GHashTable *
index_items (GPtrArray *items)
{
  GHashTable *by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++) {
    TjdReviewItem *item = items->pdata[i];
    g_hash_table_insert (by_id, item->permit->personal_id, item);
  }
  return by_id;
}

static gboolean
holds (GListStore *list, GPtrArray *items)
{
  GListModel *model = G_LIST_MODEL (list);

  if (g_list_model_get_n_items (model) != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (model, i);
    if (item != items->pdata[i])
      return FALSE;
  }
  return TRUE;
}

static void
fill (GListStore *list, GPtrArray *items)
{
  if (!holds (list, items))
    g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), items->pdata,
                         items->len);
}

void
tjd_answers_take (GPtrArray *items, GPtrArray *quotations)
{
  g_autoptr (GHashTable) by_id = index_items (items);

  for (guint i = 0; i < quotations->len; i++) {
    TjdQuotation *quotation = quotations->pdata[i];
    for (guint j = 0; j < quotation->quotes->len; j++) {
      TjdQuote *quote = quotation->quotes->pdata[j];
      TjdReviewItem *item = g_hash_table_lookup (by_id, quote->personal_id);
      if (item != NULL)
        tjd_review_item_answer (item, quote, NULL);
    }
    for (guint j = 0; j < quotation->refusals->len; j++) {
      TjdRefusal *refusal = quotation->refusals->pdata[j];
      TjdReviewItem *item = g_hash_table_lookup (by_id, refusal->personal_id);
      if (item != NULL)
        tjd_review_item_answer (item, NULL, refusal);
    }
  }
}

void
tjd_answers_sort (GPtrArray *items, GListStore *renewable, GListStore *refused)
{
  g_autoptr (GPtrArray) quoted = g_ptr_array_new ();
  g_autoptr (GPtrArray) unwilling = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++) {
    TjdReviewItem *item = items->pdata[i];
    if (item->quote != NULL)
      g_ptr_array_add (quoted, item);
    else if (item->refusal != NULL)
      g_ptr_array_add (unwilling, item);
  }
  fill (renewable, quoted);
  fill (refused, unwilling);
}

void
tjd_answers_take_requests (GPtrArray *items, GPtrArray *requests)
{
  g_autoptr (GHashTable) by_id = index_items (items);

  for (guint i = 0; i < requests->len; i++) {
    TjdReview *review = requests->pdata[i];
    TjdReviewItem *item = g_hash_table_lookup (by_id, review->personal_id);
    if (item == NULL || review->order != NULL)
      continue;
    g_set_object (&item->asked, review);
    tjd_review_item_changed (item);
  }
}
