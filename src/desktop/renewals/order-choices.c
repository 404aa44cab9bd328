/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-choices.h"

#include <glib/gi18n-lib.h>

#include "foreign.h"

static gboolean
has_texts (GtkDropDown *down, GPtrArray *texts)
{
  GListModel *list = gtk_drop_down_get_model (down);

  if (!GTK_IS_STRING_LIST (list) || g_list_model_get_n_items (list) != texts->len)
    return FALSE;
  for (guint i = 0; i < texts->len; i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (list), i), texts->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Texts that are there already stay: an open list would close. */
static void
fill (GtkDropDown *down, GPtrArray *texts, guint chosen)
{
  if (!has_texts (down, texts)) {
    g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
    for (guint i = 0; i < texts->len; i++)
      gtk_string_list_append (list, texts->pdata[i]);
    gtk_drop_down_set_model (down, G_LIST_MODEL (list));
  }
  gtk_drop_down_set_selected (down, chosen);
}

void
tjd_order_choices_fill_renewers (GtkDropDown *down,
                                 const TjdLocale *locale,
                                 TjdRenewalsModel *model)
{
  TjdAccount *account = tjd_renewals_model_get_account (model);
  const char *renewer = tjd_renewals_model_get_renewer (model);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint chosen = 0;

  gtk_widget_set_visible (GTK_WIDGET (down), account != NULL && account->mandates->len > 0);
  if (account == NULL)
    return;
  g_ptr_array_add (texts, g_strdup (_ ("My own")));
  for (guint i = 0; i < account->mandates->len; i++) {
    TjdMandate *mandate = account->mandates->pdata[i];
    g_ptr_array_add (texts, tjd_name_text (locale, mandate->name_en, mandate->name_ar));
    if (g_strcmp0 (mandate->renewer, renewer) == 0)
      chosen = i + 1;
  }
  fill (down, texts, chosen);
}

const char *
tjd_order_choices_get_renewer (GtkDropDown *down, TjdRenewalsModel *model)
{
  TjdAccount *account = tjd_renewals_model_get_account (model);
  guint chosen = gtk_drop_down_get_selected (down);

  if (account == NULL || chosen == 0 || chosen > account->mandates->len)
    return NULL;
  return ((TjdMandate *) account->mandates->pdata[chosen - 1])->renewer;
}

void
tjd_order_choices_fill_groups (GtkDropDown *down, TjdRenewalsModel *model)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint group = 0; group < TJD_N_ORDER_GROUPS; group++)
    g_ptr_array_add (texts, g_strdup (tjd_order_group_words ((TjdOrderGroup) group)));
  fill (down, texts, tjd_renewals_model_get_group (model));
}

TjdOrderGroup
tjd_order_choices_get_group (GtkDropDown *down)
{
  guint chosen = gtk_drop_down_get_selected (down);

  return chosen < TJD_N_ORDER_GROUPS ? (TjdOrderGroup) chosen : TJD_ORDERS_ALL;
}

/* One order of each month, newest first. */
static GPtrArray *
list_months (TjdRenewalsModel *model)
{
  GListModel *list = tjd_renewals_model_get_list (model);
  GPtrArray *months = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 before = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (TjdOrder) order = g_list_model_get_item (list, i);
    gint64 month = tjd_month_of (order->placed_at);
    if (month != before)
      g_ptr_array_add (months, g_object_ref (order));
    before = month;
  }
  return months;
}

void
tjd_order_choices_fill_months (GtkDropDown *down, const TjdLocale *locale, TjdRenewalsModel *model)
{
  g_autoptr (GPtrArray) months = list_months (model);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint chosen = 0;

  g_ptr_array_add (texts, g_strdup (_ ("All months")));
  for (guint i = 0; i < months->len; i++) {
    TjdOrder *order = months->pdata[i];
    g_ptr_array_add (texts, tjd_month_words (locale, order->placed_at));
    if (tjd_month_of (order->placed_at) == tjd_renewals_model_get_month (model))
      chosen = i + 1;
  }
  fill (down, texts, chosen);
}

gint64
tjd_order_choices_get_month (GtkDropDown *down, TjdRenewalsModel *model)
{
  g_autoptr (GPtrArray) months = list_months (model);
  guint chosen = gtk_drop_down_get_selected (down);

  if (chosen == 0 || chosen > months->len)
    return 0;
  return tjd_month_of (((TjdOrder *) months->pdata[chosen - 1])->placed_at);
}
