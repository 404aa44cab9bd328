/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "diagnostics.h"

#include <glib/gi18n-lib.h>

#include "checks.h"
#include "compat.h"
#include "state-view.h"

struct _TjdDiagnostics {
  AdwWindow parent;
  TjdShell *shell;
  TjdTasks *tasks;
  TjdFindings *findings;
  GPtrArray *verdicts; /* as they are shown */
  TjdStateView *view;
  GtkListBox *rows;
  GtkButton *copy;
  GtkLabel *status;
};

typedef struct {
  TjdSession *session;
  GError *opening;
} Question;

G_DEFINE_FINAL_TYPE (TjdDiagnostics, tjd_diagnostics, ADW_TYPE_WINDOW)

static void
question_free (Question *self)
{
  g_clear_pointer (&self->session, tjd_session_unref);
  g_clear_error (&self->opening);
  g_free (self);
}

static gpointer
find_out (gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return tjd_findings_new (question->session, question->opening, cancellable);
}

static const TjdWork finding_out = { "diagnose", find_out, (GDestroyNotify) question_free,
                                     (GDestroyNotify) tjd_findings_free };

static GtkWidget *
make_row (const TjdVerdict *verdict)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", verdict->title,
                                 "subtitle", verdict->sentence, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (verdict->is_well ? "emblem-ok-symbolic"
                                                                   : "dialog-error-symbolic");
  /* Translators: the state of a check, for who hears it instead of seeing a tick or a cross. */
  const char *state = verdict->is_well ? _ ("in order") : _ ("not in order");

  gtk_widget_add_css_class (icon, verdict->is_well ? "success" : "error");
  tjd_set_accessible_name (icon, state);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (verdict->button != NULL) {
    GtkWidget *button = gtk_button_new_with_mnemonic (verdict->button);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), verdict->action);
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    tjd_mend_names (button);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  }
  return row;
}

static void
show_findings (TjdDiagnostics *self)
{
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  self->verdicts = tjd_findings_judge (self->findings, tjd_shell_get_locale (self->shell));
  tjd_list_clear (self->rows);
  for (guint i = 0; i < self->verdicts->len; i++)
    gtk_list_box_append (self->rows, make_row (self->verdicts->pdata[i]));
  gtk_widget_set_sensitive (GTK_WIDGET (self->copy), TRUE);
  tjd_state_view_show_content (self->view);
}

static void
take_findings (gpointer owner, gpointer result, const GError *error)
{
  TjdDiagnostics *self = owner;

  g_clear_pointer (&self->findings, tjd_findings_free);
  self->findings = result;
  if (self->findings != NULL && self->view != NULL)
    show_findings (self);
}

static void
on_check (TjdDiagnostics *self)
{
  TjdSession *session = tjd_shell_get_session (self->shell);
  const GError *opening = session == NULL ? tjd_shell_get_error (self->shell) : NULL;
  Question *question = g_new0 (Question, 1);

  question->session = session != NULL ? tjd_session_ref (session) : NULL;
  question->opening = opening != NULL ? g_error_copy (opening) : NULL;
  gtk_label_set_text (self->status, "");
  tjd_tasks_run (self->tasks, &finding_out, question, take_findings);
}

static void
on_copy (TjdDiagnostics *self)
{
  g_autofree char *report = tjd_verdicts_report (self->verdicts);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), report);
  gtk_label_set_text (self->status, _ ("The report was copied. There is nothing secret in it."));
  tjd_announce (GTK_WIDGET (self), gtk_label_get_text (self->status));
}

static void
on_cancel (TjdDiagnostics *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* Made anew when the language changes. */
static void
make_body (TjdDiagnostics *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();

  gtk_window_set_title (GTK_WINDOW (self), _ ("Diagnostics"));
  gtk_builder_add_from_resource (builder, TJD_RESOURCES "preferences/diagnostics.ui", NULL);
  self->view = TJD_STATE_VIEW (gtk_builder_get_object (builder, "view"));
  self->rows = GTK_LIST_BOX (gtk_builder_get_object (builder, "rows"));
  self->copy = GTK_BUTTON (gtk_builder_get_object (builder, "copy"));
  self->status = GTK_LABEL (gtk_builder_get_object (builder, "status"));
  g_object_set (self->view, "tasks", self->tasks, NULL);
  g_signal_connect_object (self->view, "cancel", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copy, "clicked", G_CALLBACK (on_copy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_builder_get_object (builder, "check"), "clicked",
                           G_CALLBACK (on_check), self, G_CONNECT_SWAPPED);
  adw_window_set_content (ADW_WINDOW (self),
                          GTK_WIDGET (gtk_builder_get_object (builder, "content")));
  tjd_mend_names (GTK_WIDGET (self));
  if (self->findings != NULL)
    show_findings (self);
}

static void
tjd_diagnostics_dispose (GObject *object)
{
  TjdDiagnostics *self = TJD_DIAGNOSTICS (object);

  if (self->tasks != NULL)
    tjd_tasks_cancel (self->tasks);
  self->view = NULL;
  g_clear_object (&self->tasks);
  g_clear_object (&self->shell);
  g_clear_pointer (&self->findings, tjd_findings_free);
  g_clear_pointer (&self->verdicts, g_ptr_array_unref);
  G_OBJECT_CLASS (tjd_diagnostics_parent_class)->dispose (object);
}

static void
tjd_diagnostics_class_init (TjdDiagnosticsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tjd_diagnostics_dispose;
  g_type_ensure (TJD_TYPE_STATE_VIEW);
}

static void
tjd_diagnostics_init (TjdDiagnostics *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
}

TjdDiagnostics *
tjd_diagnostics_new (TjdShell *shell)
{
  TjdDiagnostics *self = g_object_new (TJD_TYPE_DIAGNOSTICS, "modal", TRUE, "default-width", 480,
                                       "default-height", 600, NULL);

  self->shell = g_object_ref (shell);
  g_signal_connect_object (shell, "locale-changed", G_CALLBACK (make_body), self,
                           G_CONNECT_SWAPPED);
  tjd_close_on_escape (GTK_WINDOW (self));
  make_body (self);
  on_check (self);
  return self;
}
