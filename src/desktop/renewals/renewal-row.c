/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal-row.h"

#include "amount.h"
#include "compat.h"
#include "date.h"

struct _TjdRenewalRow {
  GtkListBoxRow parent;
  TjdOrder *order;
  GtkLabel *names;
  GtkLabel *amount;
  GtkImage *icon;
  GtkLabel *state;
  GtkLabel *date;
};

G_DEFINE_FINAL_TYPE (TjdRenewalRow, tjd_renewal_row, GTK_TYPE_LIST_BOX_ROW)

static void
tjd_renewal_row_finalize (GObject *object)
{
  g_clear_object (&TJD_RENEWAL_ROW (object)->order);
  G_OBJECT_CLASS (tjd_renewal_row_parent_class)->finalize (object);
}

static void
tjd_renewal_row_class_init (TjdRenewalRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tjd_renewal_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "renewals/renewal-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalRow, names);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalRow, amount);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalRow, state);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalRow, date);
}

static void
tjd_renewal_row_init (TjdRenewalRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What was debited where that is known: it may be less than was asked. */
static TjdMoney
amount_of (TjdOrder *order)
{
  return order->captured != TJD_NO_INT ? order->captured : order->total;
}

GtkWidget *
tjd_renewal_row_new (const TjdLocale *locale, TjdOrder *order)
{
  TjdRenewalRow *self = g_object_new (TJD_TYPE_RENEWAL_ROW, NULL);
  TjdOrderWords words = tjd_order_words (order);
  g_autofree char *names = tjd_order_names (locale, order);
  g_autofree char *amount = tjd_amount_text (locale, amount_of (order));
  g_autofree char *date =
      tjd_date_text (locale, tjd_day_in_qatar (order->placed_at), TJD_DATE_SHORT);
  g_autofree char *all = g_strjoin (", ", names, words.text, date, amount, NULL);

  self->order = g_object_ref (order);
  gtk_label_set_text (self->names, names);
  gtk_label_set_text (self->amount, amount);
  gtk_image_set_from_icon_name (self->icon, words.icon_name);
  gtk_label_set_text (self->state, words.text);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), words.css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), words.css_class);
  gtk_label_set_text (self->date, date);
  tjd_set_accessible_name (GTK_WIDGET (self), all);
  return GTK_WIDGET (self);
}

TjdOrder *
tjd_renewal_row_get_order (TjdRenewalRow *self)
{
  return self->order;
}
