/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "add-permit.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "digits.h"
#include "fetch-permits.h"
#include "foreign.h"
#include "identifiers.h"
#include "reasons.h"
#include "words.h"

#define TJD_TYPE_ADD_PERMIT (tjd_add_permit_get_type ())
G_DECLARE_FINAL_TYPE (TjdAddPermit, tjd_add_permit, TJD, ADD_PERMIT, AdwWindow)

/* Number, then name, then yes. */
struct _TjdAddPermit {
  AdwWindow parent;
  TjdShell *shell;
  TjdPermitsModel *model;
  TjdTasks *tasks;
  TjdPermit *permit; /* that was found; NULL before */
  AdwEntryRow *number;
  GtkLabel *answer;
  GtkButton *go;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (TjdAddPermit, tjd_add_permit, ADW_TYPE_WINDOW)

static void
say (TjdAddPermit *self, const char *text, gboolean is_wrong)
{
  gtk_label_set_text (self->answer, text);
  tjd_set_accessible_error (GTK_WIDGET (self->number), is_wrong ? self->answer : NULL);
  tjd_set_css_class (GTK_WIDGET (self->answer), "error", is_wrong);
  tjd_announce (GTK_WIDGET (self), text);
}

static void
show_found (gpointer owner, gpointer result, const GError *error)
{
  TjdAddPermit *self = owner;
  const TjdLocale *locale = tjd_shell_get_locale (self->shell);
  g_autoptr (TjdWords) words = NULL;
  g_autofree char *text = NULL;

  if (result != NULL) {
    self->permit = result;
    text = tjd_name_text (locale, self->permit->name_en, self->permit->name_ar);
    say (self, text, FALSE);
    gtk_widget_add_css_class (GTK_WIDGET (self->answer), "heading");
    gtk_button_set_label (self->go, _ ("_Add"));
    tjd_mend_names (GTK_WIDGET (self->go));
    gtk_widget_grab_focus (GTK_WIDGET (self->go));
    return;
  }
  if (tjd_shell_take_error (self->shell, error)) {
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  words = error->domain == TJD_REFUSED ? tjd_words_for_reason ((TjdReason) error->code)
                                       : tjd_words_new (locale, error, TJD_NOT_ABOUT_MONEY);
  text = tjd_words_dup_text (words);
  say (self, text, TRUE);
}

static void
find (TjdAddPermit *self)
{
  g_autofree char *digits =
      tjd_digits_normalise (gtk_editable_get_text (GTK_EDITABLE (self->number)));

  if (digits == NULL || !tjd_format_personal_id.fits (digits)) {
    say (self, _ ("A personal ID has 11 digits and begins with 2 or 3."), TRUE);
    return;
  }
  say (self, "", FALSE);
  tjd_tasks_run (self->tasks, &tjd_find_permit, tjd_find_request_new (self->shell, digits),
                 show_found);
}

static void
on_go (TjdAddPermit *self)
{
  if (tjd_tasks_is_busy (self->tasks))
    return;
  if (self->permit == NULL) {
    find (self);
    return;
  }
  tjd_permits_model_add (self->model, self->permit);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_changed (TjdAddPermit *self)
{
  g_clear_object (&self->permit);
  gtk_widget_remove_css_class (GTK_WIDGET (self->answer), "heading");
  gtk_button_set_label (self->go, _ ("_Find"));
  tjd_mend_names (GTK_WIDGET (self->go));
  say (self, "", FALSE);
}

static void
tjd_add_permit_dispose (GObject *object)
{
  TjdAddPermit *self = TJD_ADD_PERMIT (object);

  if (self->tasks != NULL)
    tjd_tasks_cancel (self->tasks);
  g_clear_object (&self->tasks);
  g_clear_object (&self->permit);
  g_clear_object (&self->model);
  g_clear_object (&self->shell);
  G_OBJECT_CLASS (tjd_add_permit_parent_class)->dispose (object);
}

static void
tjd_add_permit_class_init (TjdAddPermitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tjd_add_permit_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "permits/add-permit.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdAddPermit, number);
  gtk_widget_class_bind_template_child (widget_class, TjdAddPermit, answer);
  gtk_widget_class_bind_template_child (widget_class, TjdAddPermit, go);
  gtk_widget_class_bind_template_child (widget_class, TjdAddPermit, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
tjd_add_permit_init (TjdAddPermit *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tjd_mend_names (GTK_WIDGET (self));
  tjd_close_on_escape (GTK_WINDOW (self));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->number));
  self->tasks = tjd_tasks_new (G_OBJECT (self));
  g_object_bind_property (self->tasks, "busy", self->spinner, "spinning", G_BINDING_DEFAULT);
}

GtkWindow *
tjd_add_permit_new (TjdShell *shell, TjdPermitsModel *model)
{
  TjdAddPermit *self = g_object_new (TJD_TYPE_ADD_PERMIT, NULL);

  self->shell = g_object_ref (shell);
  self->model = g_object_ref (model);
  return GTK_WINDOW (self);
}
