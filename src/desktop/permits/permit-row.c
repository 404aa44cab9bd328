/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permit-row.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "foreign.h"
#include "numerals.h"
#include "standing.h"

struct _TjdPermitRow {
  AdwBin parent;
  TjdPermitsModel *model;
  TjdLocale locale;
  TjdPermit *permit;
  GtkCheckButton *check;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *number;
  GtkImage *icon;
  GtkLabel *meaning;
  GtkLabel *date;
  const char *css_class;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (TjdPermitRow, tjd_permit_row, ADW_TYPE_BIN)

static void
on_toggled (TjdPermitRow *self)
{
  if (self->permit != NULL && !self->is_filling)
    tjd_permits_model_choose (self->model, self->permit->personal_id,
                              gtk_check_button_get_active (self->check));
}

static void
follow_chosen (TjdPermitRow *self)
{
  if (self->permit == NULL)
    return;
  self->is_filling = TRUE;
  gtk_check_button_set_active (
      self->check, tjd_permits_model_is_chosen (self->model, self->permit->personal_id));
  self->is_filling = FALSE;
}

static void
show_meaning (TjdPermitRow *self)
{
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (tjd_clock_system ()));
  g_autoptr (TjdStandingWords) words = tjd_standing_words_new (
      &self->locale, self->permit, tjd_permits_model_get_rules (self->model), today);

  tjd_swap_css_class (GTK_WIDGET (self->icon), self->css_class, words->css_class);
  tjd_swap_css_class (GTK_WIDGET (self->meaning), self->css_class, words->css_class);
  self->css_class = words->css_class;
  gtk_image_set_from_icon_name (self->icon, words->icon_name);
  gtk_label_set_text (self->meaning, words->text);
  gtk_label_set_text (self->date, words->date);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), words->may_renew);
}

static void
name_for_listeners (TjdPermitRow *self, GtkWidget *cell)
{
  const char *name = gtk_label_get_text (self->name);
  g_autofree char *all =
      g_strjoin (", ", name, gtk_label_get_text (self->number), gtk_label_get_text (self->meaning),
                 gtk_label_get_text (self->date), NULL);
  /* Translators: %s is a person's name; the check box chooses their permit for renewal. */
  g_autofree char *choose = g_strdup_printf (_ ("Choose %s"), name);

  tjd_set_accessible_name (GTK_WIDGET (self), all);
  tjd_set_accessible_name (GTK_WIDGET (self->check), choose);
  if (cell != NULL)
    tjd_set_accessible_name (cell, all);
}

static void
tjd_permit_row_dispose (GObject *object)
{
  TjdPermitRow *self = TJD_PERMIT_ROW (object);

  g_clear_object (&self->permit);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (tjd_permit_row_parent_class)->dispose (object);
}

static void
tjd_permit_row_class_init (TjdPermitRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tjd_permit_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "permits/permit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdPermitRow, check);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitRow, name);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitRow, number);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitRow, icon);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitRow, meaning);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitRow, date);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
}

static void
tjd_permit_row_init (TjdPermitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tjd_permit_row_new (TjdPermitsModel *model, const TjdLocale *locale)
{
  TjdPermitRow *self = g_object_new (TJD_TYPE_PERMIT_ROW, NULL);

  self->model = g_object_ref (model);
  self->locale = *locale;
  g_signal_connect_object (model, "chosen-changed", G_CALLBACK (follow_chosen), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
tjd_permit_row_set_permit (TjdPermitRow *self, TjdPermit *permit, GtkWidget *cell)
{
  g_autofree char *name = NULL, *initials = NULL, *identifier = NULL, *number = NULL;

  g_set_object (&self->permit, permit);
  if (permit == NULL)
    return;
  name = tjd_name_text (&self->locale, permit->name_en, permit->name_ar);
  initials = tjd_initials (&self->locale, permit->name_en, permit->name_ar);
  identifier = tjd_identifier_text (&self->locale, permit->personal_id);
  number = g_strjoin (tjd_separator (&self->locale), identifier,
                      tjd_category_words (permit->category), NULL);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->number, number);
  adw_avatar_set_text (self->avatar, initials);
  show_meaning (self);
  follow_chosen (self);
  name_for_listeners (self, cell);
}
