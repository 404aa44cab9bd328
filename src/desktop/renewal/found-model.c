/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "found-model.h"

struct _TjdFoundModel {
  TjdModel parent;
  GPtrArray *findings;
  TjdTasks *tasks;
};

/* It keeps the shell, and so the journal, until it is back. */
typedef struct {
  TjdShell *shell;
  TjdSession *session;
  TjdJournal *journal;
  GPtrArray *findings; /* NULL: it failed */
} Search;

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdFoundModel, tjd_found_model, TJD_TYPE_MODEL)

static void
search_free (Search *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  tjd_session_unref (self->session);
  g_object_unref (self->shell);
  g_free (self);
}

static gpointer
search (gpointer data, GCancellable *cancellable, GError **error)
{
  Search *self = data;

  self->findings = tjd_resume_find (self->journal, self->session, cancellable, NULL);
  return self;
}

static const TjdWork searching = { "what became of it", search, NULL,
                                   (GDestroyNotify) search_free };

static void
show_found (gpointer owner, gpointer result, const GError *error)
{
  TjdFoundModel *self = owner;
  Search *found = result;

  if (found->findings != NULL) {
    g_ptr_array_unref (self->findings);
    self->findings = g_ptr_array_ref (found->findings);
  }
  search_free (found);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
tjd_found_model_finalize (GObject *object)
{
  TjdFoundModel *self = TJD_FOUND_MODEL (object);

  g_clear_object (&self->tasks);
  g_ptr_array_unref (self->findings);
  G_OBJECT_CLASS (tjd_found_model_parent_class)->finalize (object);
}

static void
tjd_found_model_class_init (TjdFoundModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_found_model_finalize;
  signals[CHANGED] = g_signal_new ("changed", TJD_TYPE_FOUND_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
tjd_found_model_init (TjdFoundModel *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
  self->findings = g_ptr_array_new_with_free_func (g_object_unref);
}

GPtrArray *
tjd_found_model_get_findings (TjdFoundModel *self)
{
  return self->findings;
}

void
tjd_found_model_look (TjdFoundModel *self)
{
  TjdShell *shell = tjd_model_get_shell (TJD_MODEL (self));
  Search *wanted;

  if (tjd_tasks_is_busy (self->tasks) || tjd_shell_get_state (shell) != TJD_SHELL_SIGNED_IN)
    return;
  wanted = g_new0 (Search, 1);
  wanted->shell = g_object_ref (shell);
  wanted->session = tjd_session_ref (tjd_shell_get_session (shell));
  wanted->journal = tjd_shell_get_journal (shell);
  tjd_tasks_run (self->tasks, &searching, wanted, show_found);
}

static void
settle (TjdFoundModel *self, TjdFinding *finding)
{
  TjdJournal *journal = tjd_shell_get_journal (tjd_model_get_shell (TJD_MODEL (self)));

  if (journal != NULL)
    tjd_journal_settle (journal, finding->journey, NULL);
}

void
tjd_found_model_note_seen (TjdFoundModel *self)
{
  for (guint i = 0; i < self->findings->len; i++) {
    TjdFinding *finding = self->findings->pdata[i];
    if (finding->charge != TJD_CHARGE_UNKNOWN && !finding->is_payable)
      settle (self, finding);
  }
}

void
tjd_found_model_hand_over (TjdFoundModel *self, TjdFinding *finding)
{
  settle (self, finding);
}
