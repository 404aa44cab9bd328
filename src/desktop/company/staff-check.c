/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-check.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "foreign.h"
#include "standing.h"

struct _TjdStaffCheck {
  GtkCheckButton parent;
  TjdStaffModel *model;
  TjdLocale locale;
  TjdPermit *permit;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (TjdStaffCheck, tjd_staff_check, GTK_TYPE_CHECK_BUTTON)

static void
on_toggled (TjdStaffCheck *self)
{
  if (self->permit != NULL && !self->is_filling)
    tjd_staff_model_choose (self->model, self->permit->personal_id,
                            gtk_check_button_get_active (GTK_CHECK_BUTTON (self)));
}

static void
follow_chosen (TjdStaffCheck *self)
{
  if (self->permit == NULL)
    return;
  self->is_filling = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self),
                               tjd_staff_model_is_chosen (self->model, self->permit->personal_id));
  self->is_filling = FALSE;
}

static void
tjd_staff_check_dispose (GObject *object)
{
  TjdStaffCheck *self = TJD_STAFF_CHECK (object);

  g_clear_object (&self->permit);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (tjd_staff_check_parent_class)->dispose (object);
}

static void
tjd_staff_check_class_init (TjdStaffCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tjd_staff_check_dispose;
}

static void
tjd_staff_check_init (TjdStaffCheck *self)
{
  g_signal_connect (self, "toggled", G_CALLBACK (on_toggled), NULL);
}

GtkWidget *
tjd_staff_check_new (TjdStaffModel *model, const TjdLocale *locale)
{
  TjdStaffCheck *self = g_object_new (TJD_TYPE_STAFF_CHECK, NULL);

  self->model = g_object_ref (model);
  self->locale = *locale;
  g_signal_connect_object (model, "chosen-changed", G_CALLBACK (follow_chosen), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
tjd_staff_check_set_permit (TjdStaffCheck *self, TjdPermit *permit)
{
  g_autofree char *name = NULL, *choose = NULL;

  g_set_object (&self->permit, permit);
  if (permit == NULL)
    return;
  name = tjd_name_text (&self->locale, permit->name_en, permit->name_ar);
  /* Translators: %s is a person's name; the check box chooses their permit for renewal. */
  choose = g_strdup_printf (_ ("Choose %s"), name);
  tjd_set_accessible_name (GTK_WIDGET (self), choose);
  gtk_widget_set_sensitive (GTK_WIDGET (self), tjd_standing_look (permit->standing)->may_renew);
  follow_chosen (self);
}
