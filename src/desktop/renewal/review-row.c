/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-row.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "ask-staff.h"
#include "compat.h"
#include "date.h"
#include "foreign.h"
#include "numerals.h"
#include "renewal-words.h"
#include "standing.h"

struct _TjdReviewRow {
  AdwBin parent;
  TjdRenewalModel *model;
  TjdLocale locale;
  TjdReviewItem *item;
  GtkLabel *name;
  GtkLabel *number;
  GtkLabel *until;
  GtkLabel *total;
  GtkLabel *before;
  GtkBox *years;
  GtkToggleButton *fold;
  GtkMenuButton *details;
  GtkRevealer *revealer;
  AdwBin *open_place; /* where the lines stand, folded open */
  GtkBox *lines_box;
  GtkGrid *lines;
  GtkCheckButton *lost_card;
  GtkButton *reduce;
  GtkLabel *asked;
  GtkWidget *cell;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (TjdReviewRow, tjd_review_row, ADW_TYPE_BIN)

static void
remove_all (GtkWidget *parent, void (*remove) (gpointer parent, GtkWidget *child))
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    remove (parent, child);
}

/* --- years ----------------------------------------------------------------------------------- */

static void
on_years (GtkToggleButton *button, TjdReviewRow *self)
{
  gint64 years = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "years"));

  if (!self->is_filling && gtk_toggle_button_get_active (button))
    tjd_renewal_model_set_years (self->model, self->item, years);
}

static GtkToggleButton *
add_years (TjdReviewRow *self, gint64 years, GtkToggleButton *group)
{
  g_autofree char *number = tjd_number_text (&self->locale, years);
  g_autofree char *text = tjd_years_text (&self->locale, years);
  GtkWidget *button = gtk_toggle_button_new_with_label (number);

  g_object_set_data (G_OBJECT (button), "years", GINT_TO_POINTER ((int) years));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), self->item->years == years);
  gtk_widget_set_size_request (button, 48, -1);
  tjd_set_accessible_name (button, text);
  gtk_widget_set_tooltip_text (button, text);
  g_signal_connect (button, "toggled", G_CALLBACK (on_years), self);
  gtk_box_append (self->years, button);
  return GTK_TOGGLE_BUTTON (button);
}

static void
show_years (TjdReviewRow *self)
{
  GArray *offered = self->item->permit->years;
  GtkToggleButton *group = NULL;

  remove_all (GTK_WIDGET (self->years), (void (*) (gpointer, GtkWidget *)) gtk_box_remove);
  for (guint i = 0; i < offered->len; i++) {
    GtkToggleButton *button = add_years (self, g_array_index (offered, gint64, i), group);
    group = group != NULL ? group : button;
  }
}

static void
follow_years (TjdReviewRow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->years));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child)) {
    gint64 years = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (child), "years"));
    if (years == self->item->years)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), TRUE);
  }
}

/* --- the fee --------------------------------------------------------------------------------- */

static GtkWidget *
new_figure (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
add_line (TjdReviewRow *self, int at, TjdLine *line)
{
  GtkWidget *name = gtk_label_new (tjd_line_words (line->kind));
  g_autofree char *amount = tjd_amount_text (&self->locale, line->amount);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_grid_attach (self->lines, name, 0, at, 1, 1);
  gtk_grid_attach (self->lines, new_figure (amount), 1, at, 1, 1);
}

static void
show_lines (TjdReviewRow *self)
{
  GPtrArray *lines = self->item->quote->lines;

  remove_all (GTK_WIDGET (self->lines), (void (*) (gpointer, GtkWidget *)) gtk_grid_remove);
  for (guint i = 0; i < lines->len; i++)
    add_line (self, (int) i, lines->pdata[i]);
}

/* The figure that has moved, and from where. */
static void
show_total (TjdReviewRow *self)
{
  g_autofree char *total = tjd_amount_text (&self->locale, self->item->quote->total);
  gboolean moved = self->item->total_before != TJD_NO_INT;
  g_autofree char *amount = NULL, *before = NULL;

  gtk_label_set_text (self->total, total);
  gtk_widget_set_visible (GTK_WIDGET (self->before), moved);
  if (!moved)
    return;
  amount = tjd_amount_text (&self->locale, self->item->total_before);
  /* Translators: %s is the amount before a change. */
  before = g_strdup_printf (_ ("was %s"), amount);
  gtk_label_set_text (self->before, before);
}

static void
show_asked (TjdReviewRow *self)
{
  TjdReview *asked = self->item->asked;
  gboolean is_reduction = asked != NULL && asked->kind == TJD_REVIEW_FINE_REDUCTION;
  gboolean has_fine = tjd_review_item_get_line (self->item, TJD_LINE_FINE) > 0;
  g_autofree char *text = is_reduction ? tjd_asked_text (&self->locale, asked) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->asked), has_fine && is_reduction);
  gtk_label_set_text (self->asked, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reduce),
                          has_fine && (!is_reduction || asked->state == TJD_REVIEW_REFUSED) &&
                              tjd_review_item_get_line (self->item, TJD_LINE_FINE_REDUCTION) == 0);
}

static void
name_for_listeners (TjdReviewRow *self)
{
  const char *name = gtk_label_get_text (self->name);
  g_autofree char *years = tjd_years_text (&self->locale, self->item->years);
  g_autofree char *all = g_strjoin (", ", name, gtk_label_get_text (self->number), years,
                                    gtk_label_get_text (self->total), NULL);
  /* Translators: %s is a person's name. */
  g_autofree char *choose = g_strdup_printf (_ ("Years for %s"), name);
  /* Translators: %s is a person's name. */
  g_autofree char *lines = g_strdup_printf (_ ("How the fee for %s is made up"), name);

  tjd_set_accessible_name (GTK_WIDGET (self), all);
  tjd_set_accessible_name (GTK_WIDGET (self->years), choose);
  tjd_set_accessible_name (GTK_WIDGET (self->fold), lines);
  tjd_set_accessible_name (GTK_WIDGET (self->details), lines);
  if (self->cell != NULL)
    tjd_set_accessible_name (self->cell, all);
}

static void
follow_item (TjdReviewRow *self)
{
  TjdQuote *quote = self->item->quote;
  g_autofree char *day = NULL, *until = NULL;

  if (quote == NULL)
    return;
  self->is_filling = TRUE;
  day = tjd_wire_date_text (&self->locale, quote->renewed_until, TJD_DATE_LONG);
  /* Translators: %s is a date: how long the renewed permit holds. */
  until = g_strdup_printf (_ ("Valid until %s"), day);
  gtk_label_set_text (self->until, until);
  show_total (self);
  show_lines (self);
  show_asked (self);
  follow_years (self);
  gtk_check_button_set_active (self->lost_card, self->item->lost_card);
  gtk_toggle_button_set_active (self->fold, self->item->is_open);
  name_for_listeners (self);
  self->is_filling = FALSE;
}

/* --- what the person does --------------------------------------------------------------------- */

static void
on_lost_card (TjdReviewRow *self)
{
  if (!self->is_filling && self->item != NULL)
    tjd_renewal_model_set_lost_card (self->model, self->item,
                                     gtk_check_button_get_active (self->lost_card));
}

static void
on_fold (TjdReviewRow *self)
{
  gboolean is_open = gtk_toggle_button_get_active (self->fold);

  gtk_button_set_icon_name (GTK_BUTTON (self->fold),
                            is_open ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_revealer_set_reveal_child (self->revealer, is_open);
  if (self->item != NULL && !self->is_filling)
    self->item->is_open = is_open;
}

static void
on_reduce (TjdReviewRow *self)
{
  tjd_ask_staff_open (GTK_WIDGET (self), &self->locale, self->model, self->item,
                      TJD_REVIEW_FINE_REDUCTION);
}

/* --- the object ------------------------------------------------------------------------------- */

static void
tjd_review_row_dispose (GObject *object)
{
  TjdReviewRow *self = TJD_REVIEW_ROW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (tjd_review_row_parent_class)->dispose (object);
}

static void
tjd_review_row_class_init (TjdReviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tjd_review_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "renewal/review-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, name);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, number);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, until);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, total);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, before);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, years);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, fold);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, details);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, open_place);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, lines_box);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, lines);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, lost_card);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, reduce);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewRow, asked);
  gtk_widget_class_bind_template_callback (widget_class, on_lost_card);
  gtk_widget_class_bind_template_callback (widget_class, on_fold);
  gtk_widget_class_bind_template_callback (widget_class, on_reduce);
}

static void
tjd_review_row_init (TjdReviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Its lines stand in a popover, with margins of their own. */
static void
move_lines_to_popover (TjdReviewRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  g_autoptr (GtkWidget) lines = g_object_ref (GTK_WIDGET (self->lines_box));

  adw_bin_set_child (self->open_place, NULL);
  gtk_popover_set_child (GTK_POPOVER (popover), lines);
  gtk_widget_set_size_request (popover, 280, -1);
  gtk_menu_button_set_popover (self->details, popover);
}

GtkWidget *
tjd_review_row_new (TjdRenewalModel *model, const TjdLocale *locale, gboolean is_of_many)
{
  TjdReviewRow *self = g_object_new (TJD_TYPE_REVIEW_ROW, NULL);

  self->model = g_object_ref (model);
  self->locale = *locale;
  gtk_widget_set_visible (GTK_WIDGET (self->fold), !is_of_many);
  gtk_widget_set_visible (GTK_WIDGET (self->details), is_of_many);
  if (is_of_many)
    move_lines_to_popover (self);
  return GTK_WIDGET (self);
}

void
tjd_review_row_set_item (TjdReviewRow *self, TjdReviewItem *item, GtkWidget *cell)
{
  g_autofree char *name = NULL, *id = NULL, *number = NULL;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  self->cell = cell;
  if (item == NULL)
    return;
  name = tjd_name_text (&self->locale, item->permit->name_en, item->permit->name_ar);
  id = tjd_identifier_text (&self->locale, item->permit->personal_id);
  number = g_strjoin (tjd_separator (&self->locale), id,
                      tjd_category_words (item->permit->category), NULL);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->number, number);
  self->is_filling = TRUE;
  show_years (self);
  self->is_filling = FALSE;
  g_signal_connect_swapped (item, "changed", G_CALLBACK (follow_item), self);
  follow_item (self);
}
