/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask-staff.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "compat.h"
#include "foreign.h"

#define TJD_TYPE_ASK_STAFF (tjd_ask_staff_get_type ())
G_DECLARE_FINAL_TYPE (TjdAskStaff, tjd_ask_staff, TJD, ASK_STAFF, AdwWindow)

struct _TjdAskStaff {
  AdwWindow parent;
  TjdRenewalModel *model;
  TjdReviewItem *item;
  TjdReviewKind kind;
  GtkLabel *whose;
  GtkTextView *reason;
  GtkLabel *fault;
};

static const struct {
  const char *title, *whose;
} words[] = {
  /* Translators: %s is a person's name. */
  [TJD_REVIEW_RENEWAL] = { N_ ("Ask for a Review"),
                           N_ ("Tell the ministry’s staff why the permit of %s should be renewed. "
                               "What they decide is shown here.") },
  [TJD_REVIEW_FINE_REDUCTION] = { N_ ("Ask for a Reduction"),
                                  N_ ("Tell the ministry’s staff why the fine of %s should be "
                                      "reduced. What they decide is shown here.") },
};

G_DEFINE_FINAL_TYPE (TjdAskStaff, tjd_ask_staff, ADW_TYPE_WINDOW)

static char *
read_reason (TjdAskStaff *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->reason);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
on_send (TjdAskStaff *self)
{
  g_autofree char *reason = read_reason (self);
  gboolean fits = *reason != '\0' && g_utf8_strlen (reason, -1) <= TJD_REVIEW_TEXT_MAX;

  gtk_widget_set_visible (GTK_WIDGET (self->fault), !fits);
  tjd_set_accessible_error (GTK_WIDGET (self->reason), fits ? NULL : self->fault);
  if (!fits) {
    gtk_widget_grab_focus (GTK_WIDGET (self->reason));
    return;
  }
  tjd_renewal_model_ask_staff (self->model, self->item, self->kind, reason);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_cancel (TjdAskStaff *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
tjd_ask_staff_dispose (GObject *object)
{
  TjdAskStaff *self = TJD_ASK_STAFF (object);

  g_clear_object (&self->model);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (tjd_ask_staff_parent_class)->dispose (object);
}

static void
tjd_ask_staff_class_init (TjdAskStaffClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tjd_ask_staff_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "renewal/ask-staff.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdAskStaff, whose);
  gtk_widget_class_bind_template_child (widget_class, TjdAskStaff, reason);
  gtk_widget_class_bind_template_child (widget_class, TjdAskStaff, fault);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
tjd_ask_staff_init (TjdAskStaff *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tjd_mend_names (GTK_WIDGET (self));
  tjd_close_on_escape (GTK_WINDOW (self));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->reason));
}

void
tjd_ask_staff_open (GtkWidget *parent,
                    const TjdLocale *locale,
                    TjdRenewalModel *model,
                    TjdReviewItem *item,
                    TjdReviewKind kind)
{
  TjdAskStaff *self = g_object_new (TJD_TYPE_ASK_STAFF, NULL);
  g_autofree char *name = tjd_name_text (locale, item->permit->name_en, item->permit->name_ar);
  g_autofree char *whose = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  whose = g_strdup_printf (_ (words[kind].whose), name);
#pragma GCC diagnostic pop
  self->model = g_object_ref (model);
  self->item = g_object_ref (item);
  self->kind = kind;
  gtk_window_set_title (GTK_WINDOW (self), _ (words[kind].title));
  gtk_label_set_text (self->whose, whose);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_present (GTK_WINDOW (self));
}
