/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "papers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "calls.h"
#include "order-model.h"
#include "paper.h"
#include "window.h"

typedef enum { RECEIPT, LABEL } Kind;
typedef enum { SAVE, PRINT } Use;

static const struct {
  const char *name;
  Kind kind;
  Use use;
} actions[] = {
  { "papers.save-receipt", RECEIPT, SAVE },
  { "papers.print-receipt", RECEIPT, PRINT },
  { "papers.save-label", LABEL, SAVE },
  { "papers.print-label", LABEL, PRINT },
};

/* One request for one paper. It lives until it has been saved, printed, or given up. */
#define TJD_TYPE_PAPER_JOB (tjd_paper_job_get_type ())
G_DECLARE_FINAL_TYPE (TjdPaperJob, tjd_paper_job, TJD, PAPER_JOB, GObject)

struct _TjdPaperJob {
  GObject parent;
  GtkWindow *window; /* goes before us: NULL then */
  TjdShell *shell;
  TjdTasks *tasks;
  Kind kind;
  Use use;
  TjdPaper *paper;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (TjdPaperJob, tjd_paper_job, G_TYPE_OBJECT)

/* --- in a thread ----------------------------------------------------------------------------- */

typedef struct {
  TjdSession *session;
  char *order;
} Request;

typedef struct {
  TjdReceipt *receipt;
  TjdPayment *payment;
  TjdLabel *label;
} Fetched;

static void
request_free (Request *self)
{
  tjd_session_unref (self->session);
  g_free (self->order);
  g_free (self);
}

static void
fetched_free (Fetched *self)
{
  g_clear_object (&self->receipt);
  g_clear_object (&self->payment);
  g_clear_object (&self->label);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetched, fetched_free)

/* The bank tells whose payment it is who was paid; a preparer's receipt does without. */
static gpointer
fetch_receipt (gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (Fetched) fetched = g_new0 (Fetched, 1);
  g_autoptr (GError) failure = NULL;

  fetched->receipt = tjd_call_receipt (request->session, request->order, cancellable, error);
  if (fetched->receipt == NULL)
    return NULL;
  fetched->payment =
      tjd_call_payment (request->session, fetched->receipt->payment, cancellable, &failure);
  if (failure == NULL || failure->domain == TJD_PROBLEM)
    return g_steal_pointer (&fetched);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gpointer
fetch_label (gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (Fetched) fetched = g_new0 (Fetched, 1);

  fetched->label = tjd_call_label (request->session, request->order, cancellable, error);
  return fetched->label != NULL ? g_steal_pointer (&fetched) : NULL;
}

static const TjdWork works[] = {
  [RECEIPT] = { "fetch receipt", fetch_receipt, (GDestroyNotify) request_free,
                (GDestroyNotify) fetched_free },
  [LABEL] = { "fetch label", fetch_label, (GDestroyNotify) request_free,
              (GDestroyNotify) fetched_free },
};

/* --- the job --------------------------------------------------------------------------------- */

static void
let_go_of_window (TjdPaperJob *self)
{
  if (self->window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;
}

static void
tjd_paper_job_finalize (GObject *object)
{
  TjdPaperJob *self = TJD_PAPER_JOB (object);

  let_go_of_window (self);
  g_clear_object (&self->tasks);
  g_clear_object (&self->shell);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->paper, tjd_paper_free);
  G_OBJECT_CLASS (tjd_paper_job_parent_class)->finalize (object);
}

static void
tjd_paper_job_class_init (TjdPaperJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_paper_job_finalize;
}

static void
tjd_paper_job_init (TjdPaperJob *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
}

/* The reference that it was made with. */
static void
finish (TjdPaperJob *self)
{
  g_object_unref (self);
}

static void
show_failure (TjdPaperJob *self, const GError *error)
{
  g_autoptr (TjdWords) words = NULL;
  g_autofree char *explanation = NULL;
  GtkWidget *dialog;

  if (self->window == NULL || tjd_shell_take_error (self->shell, error))
    return;
  words = tjd_words_new (tjd_shell_get_locale (self->shell), error, TJD_NOT_ABOUT_MONEY);
  explanation = tjd_words_dup_explanation (words);
  dialog = adw_message_dialog_new (self->window, words->happened, explanation);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
say_saved (TjdPaperJob *self)
{
  if (TJD_IS_WINDOW (self->window))
    tjd_window_toast (TJD_WINDOW (self->window),
                      self->kind == RECEIPT ? _ ("The receipt was saved.")
                                            : _ ("The label was saved."),
                      NULL, NULL);
}

static void
on_written (GObject *file, GAsyncResult *result, gpointer data)
{
  TjdPaperJob *self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    say_saved (self);
  else
    show_failure (self, error);
  finish (self);
}

static void
write_pdf (TjdPaperJob *self, GFile *file)
{
  g_autoptr (GBytes) pdf = tjd_paper_to_pdf (self->paper);
  g_autoptr (GError) error = NULL;

  if (pdf != NULL) {
    g_file_replace_contents_bytes_async (file, pdf, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                         NULL, on_written, self);
    return;
  }
  error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_FAILED, "no PDF");
  show_failure (self, error);
  finish (self);
}

static void
on_chosen (TjdPaperJob *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                               : NULL;

  if (file != NULL)
    write_pdf (self, file);
  else
    finish (self);
}

static void
save (TjdPaperJob *self)
{
  g_autofree char *name = g_strconcat (tjd_paper_get_name (self->paper), ".pdf", NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("PDF documents"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  self->chooser = gtk_file_chooser_native_new (tjd_paper_get_title (self->paper), self->window,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
draw_page (TjdPaperJob *self, GtkPrintContext *context, int page)
{
  tjd_paper_draw (self->paper, gtk_print_context_get_cairo_context (context), (guint) page,
                  gtk_print_context_get_width (context), gtk_print_context_get_height (context));
}

static void
on_printed (TjdPaperJob *self, GtkPrintOperationResult result, GtkPrintOperation *operation)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR) {
    gtk_print_operation_get_error (operation, &error);
    show_failure (self, error);
  }
  finish (self);
}

/* The print dialog has the preview. */
static void
print (TjdPaperJob *self)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GtkPageSetup) a4 = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (a4, size);
  gtk_print_operation_set_default_page_setup (operation, a4);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME,
                          tjd_paper_get_name (self->paper));
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, (int) tjd_paper_count_pages (self->paper));
  gtk_print_operation_set_job_name (operation, tjd_paper_get_title (self->paper));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_swapped (operation, "draw-page", G_CALLBACK (draw_page), self);
  g_signal_connect_swapped (operation, "done", G_CALLBACK (on_printed), self);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, self->window, NULL);
}

static TjdPaper *
make_paper (TjdPaperJob *self, Fetched *fetched)
{
  const TjdLocale *locale = tjd_shell_get_locale (self->shell);
  gboolean both =
      g_settings_get_boolean (tjd_shell_get_settings (self->shell), "receipt-both-languages");

  if (self->kind == LABEL)
    return tjd_paper_new_label (locale, fetched->label);
  return tjd_paper_new_receipt (locale, both, fetched->receipt, fetched->payment,
                                tjd_shell_get_portal (self->shell));
}

static void
take (gpointer owner, gpointer result, const GError *error)
{
  TjdPaperJob *self = owner;
  g_autoptr (Fetched) fetched = result;

  if (fetched == NULL || self->window == NULL) {
    if (error != NULL)
      show_failure (self, error);
    finish (self);
    return;
  }
  self->paper = make_paper (self, fetched);
  if (tjd_shell_get_sandbox (self->shell) != NULL)
    tjd_paper_mark_sandbox (self->paper);
  if (self->use == SAVE)
    save (self);
  else
    print (self);
}

static void
start (TjdPage *page, const char *order_id, Kind kind, Use use)
{
  TjdShell *shell = tjd_page_get_shell (page);
  TjdPaperJob *self;
  Request *request;

  if (tjd_shell_get_session (shell) == NULL)
    return;
  self = g_object_new (TJD_TYPE_PAPER_JOB, NULL);
  self->window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  self->shell = g_object_ref (shell);
  self->kind = kind;
  self->use = use;
  g_signal_connect_swapped (self->window, "destroy", G_CALLBACK (let_go_of_window), self);
  request = g_new (Request, 1);
  *request = (Request){ tjd_session_ref (tjd_shell_get_session (shell)), g_strdup (order_id) };
  tjd_tasks_run (self->tasks, &works[kind], request, take);
}

static void
act (GtkWidget *page, const char *name, GVariant *parameter)
{
  const char *order_id = tjd_order_model_get_id (tjd_page_get_model (TJD_PAGE (page)));

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].name, name) == 0)
      start (TJD_PAGE (page), order_id, actions[i].kind, actions[i].use);
}

void
tjd_papers_save_receipt (TjdPage *page, const char *order_id)
{
  start (page, order_id, RECEIPT, SAVE);
}

void
tjd_papers_print_label (TjdPage *page, const char *order_id)
{
  start (page, order_id, LABEL, PRINT);
}

void
tjd_papers_install_actions (GtkWidgetClass *page_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (page_class, actions[i].name, NULL, act);
}
