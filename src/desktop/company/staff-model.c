/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-model.h"

#include "fold.h"
#include "staff-list.h"

struct _TjdStaffModel {
  TjdModel parent;
  char *renewer;
  TjdRole role;
  TjdTasks *fetching, *arranging, *keeping;

  GPtrArray *rows;   /* of TjdStaffRow, as they came */
  GHashTable *index; /* personal ID, borrowed → where in rows */
  TjdTariff *tariff;
  char *next; /* of what is still to come; NULL: nothing is */
  gint64 as_of, changes_as_of;
  gboolean is_fetched, is_kept, is_asking_changes;
  GError *error;

  TjdArrangement how;
  char *search, *sought;
  TjdStaffList *list;
  gboolean is_stale; /* it is to be arranged again once the worker is back */

  GHashTable *chosen; /* personal ID, borrowed → TjdStaffRow */
  TjdMoney sum;
};

enum { CHANGED, CHOSEN_CHANGED, ARRANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdStaffModel, tjd_staff_model, TJD_TYPE_MODEL)

static TjdShell *
shell_of (TjdStaffModel *self)
{
  return tjd_model_get_shell (TJD_MODEL (self));
}

static TjdStaffRow *
find_row (TjdStaffModel *self, const char *personal_id)
{
  gpointer at;

  return g_hash_table_lookup_extended (self->index, personal_id, NULL, &at)
             ? self->rows->pdata[GPOINTER_TO_UINT (at)]
             : NULL;
}

/* --- what is chosen -------------------------------------------------------------------------- */

static void
add_chosen (TjdStaffModel *self, TjdStaffRow *row)
{
  if (tjd_staff_row_may_renew (row) &&
      g_hash_table_insert (self->chosen, row->permit->personal_id, tjd_staff_row_ref (row)))
    self->sum += row->least;
}

static void
remove_chosen (TjdStaffModel *self, const char *personal_id)
{
  TjdStaffRow *row = g_hash_table_lookup (self->chosen, personal_id);

  if (row == NULL)
    return;
  self->sum -= row->least;
  g_hash_table_remove (self->chosen, personal_id);
}

static void
note_chosen (TjdStaffModel *self)
{
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
}

/* A permit that is known anew stays chosen as far as it may be. */
static void
renew_chosen (TjdStaffModel *self, TjdStaffRow *row)
{
  if (g_hash_table_lookup (self->chosen, row->permit->personal_id) == NULL)
    return;
  remove_chosen (self, row->permit->personal_id);
  add_chosen (self, row);
}

/* --- what is shown --------------------------------------------------------------------------- */

static void arrange (TjdStaffModel *self);

static void
take_arranged (gpointer owner, gpointer result, const GError *error)
{
  TjdStaffModel *self = owner;
  g_autoptr (TjdArranging) found = result;

  if (self->is_stale) {
    arrange (self);
    return;
  }
  tjd_staff_list_show (self->list, g_ptr_array_ref (found->rows));
  g_signal_emit (self, signals[ARRANGED], 0);
}

static void
arrange (TjdStaffModel *self)
{
  self->is_stale = tjd_tasks_is_busy (self->arranging);
  if (!self->is_stale)
    tjd_tasks_run (self->arranging, &tjd_arrange,
                   tjd_arranging_new (&self->how, self->sought, self->rows), take_arranged);
}

/* In the register's order what comes later stands behind. In another order rows would move under
 * the person's hands with every batch: they wait for the last one. */
static void
arrange_more (TjdStaffModel *self)
{
  gboolean is_in_order = self->how.column == TJD_STAFF_EXPIRY && !self->how.descending;

  if (self->next == NULL || is_in_order ||
      g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    arrange (self);
}

/* --- fetching -------------------------------------------------------------------------------- */

static void
put_row (TjdStaffModel *self, TjdStaffRow *row)
{
  gpointer at;

  if (g_hash_table_lookup_extended (self->index, row->permit->personal_id, NULL, &at)) {
    renew_chosen (self, row);
    g_hash_table_replace (self->index, row->permit->personal_id, at);
    tjd_staff_row_unref (self->rows->pdata[GPOINTER_TO_UINT (at)]);
    self->rows->pdata[GPOINTER_TO_UINT (at)] = tjd_staff_row_ref (row);
  } else {
    g_hash_table_insert (self->index, row->permit->personal_id, GUINT_TO_POINTER (self->rows->len));
    g_ptr_array_add (self->rows, tjd_staff_row_ref (row));
  }
}

static void
forget_rows (TjdStaffModel *self)
{
  g_hash_table_remove_all (self->index);
  g_ptr_array_set_size (self->rows, 0);
}

/* Of what was chosen before all came anew. */
static void
forget_what_is_gone (TjdStaffModel *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->chosen);

  for (GList *at = ids; at != NULL; at = at->next) {
    TjdStaffRow *row = find_row (self, at->data);
    if (row == NULL)
      remove_chosen (self, at->data);
    else if (row != g_hash_table_lookup (self->chosen, at->data))
      renew_chosen (self, row);
  }
}

static void
note_kept (gpointer owner, gpointer result, const GError *error)
{
}

static void
keep (TjdStaffModel *self)
{
  TjdStaffRequest *request;

  if (tjd_shell_get_session (shell_of (self)) == NULL)
    return;
  request = tjd_staff_request_new (shell_of (self), self->renewer);
  request->rows = tjd_staff_rows_copy (self->rows);
  request->as_of = self->as_of;
  tjd_tasks_run (self->keeping, &tjd_keep_staff, request, note_kept);
}

static void
take_error (TjdStaffModel *self, const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL && !tjd_shell_take_error (shell_of (self), error))
    self->error = g_error_copy (error);
}

static void
show_fetched (gpointer owner, gpointer result, const GError *error)
{
  TjdStaffModel *self = owner;
  TjdFetchedStaff *fetched = result;
  gboolean is_news = fetched != NULL && fetched->rows->len > 0 && !fetched->is_kept;

  take_error (self, error);
  if (fetched != NULL)
    tjd_staff_model_take (self, fetched);
  if (error == NULL && self->next != NULL)
    tjd_staff_model_fetch (self);
  else if (is_news)
    keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
tjd_staff_model_take (TjdStaffModel *self, TjdFetchedStaff *fetched)
{
  gboolean is_first = self->next == NULL;

  if (is_first && !self->is_asking_changes)
    forget_rows (self);
  if (is_first)
    self->changes_as_of = fetched->as_of;
  if (fetched->tariff != NULL)
    g_set_object (&self->tariff, fetched->tariff);
  for (guint i = 0; i < fetched->rows->len; i++)
    put_row (self, fetched->rows->pdata[i]);
  g_free (self->next);
  self->next = g_steal_pointer (&fetched->next);
  self->is_kept = fetched->is_kept;
  self->is_fetched = TRUE;
  if (self->next == NULL)
    self->as_of = self->changes_as_of;
  if (self->next == NULL)
    forget_what_is_gone (self);
  tjd_fetched_staff_free (fetched);
  arrange_more (self);
  note_chosen (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
tjd_staff_model_fetch (TjdStaffModel *self)
{
  TjdStaffRequest *request;

  if (tjd_tasks_is_busy (self->fetching) || tjd_shell_get_session (shell_of (self)) == NULL)
    return;
  request = tjd_staff_request_new (shell_of (self), self->renewer);
  request->next = g_strdup (self->next);
  if (self->next == NULL)
    self->is_asking_changes = tjd_staff_model_is_complete (self) && !self->is_kept;
  if (self->is_asking_changes)
    request->changed_since = self->as_of;
  g_set_object (&request->tariff, self->tariff);
  tjd_tasks_run (self->fetching, &tjd_fetch_staff, request, show_fetched);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
tjd_staff_model_stop (TjdStaffModel *self)
{
  tjd_tasks_cancel (self->fetching);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- the object ------------------------------------------------------------------------------ */

static void
tjd_staff_model_dispose (GObject *object)
{
  TjdStaffModel *self = TJD_STAFF_MODEL (object);

  tjd_tasks_cancel (self->fetching);
  tjd_tasks_cancel (self->arranging);
  tjd_tasks_cancel (self->keeping);
  G_OBJECT_CLASS (tjd_staff_model_parent_class)->dispose (object);
}

static void
tjd_staff_model_finalize (GObject *object)
{
  TjdStaffModel *self = TJD_STAFF_MODEL (object);

  g_clear_object (&self->fetching);
  g_clear_object (&self->arranging);
  g_clear_object (&self->keeping);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->tariff);
  g_clear_error (&self->error);
  g_free (self->renewer);
  g_free (self->next);
  g_free (self->search);
  g_free (self->sought);
  G_OBJECT_CLASS (tjd_staff_model_parent_class)->finalize (object);
}

static void
tjd_staff_model_class_init (TjdStaffModelClass *klass)
{
  static const char *const names[] = { "changed", "chosen-changed", "arranged" };

  G_OBJECT_CLASS (klass)->dispose = tjd_staff_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = tjd_staff_model_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], TJD_TYPE_STAFF_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
tjd_staff_model_init (TjdStaffModel *self)
{
  self->fetching = tjd_tasks_new (G_OBJECT (self));
  self->arranging = tjd_tasks_new (G_OBJECT (self));
  self->keeping = tjd_tasks_new (G_OBJECT (self));
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_staff_row_unref);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  self->chosen =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tjd_staff_row_unref);
  self->list = tjd_staff_list_new ();
  self->how = (TjdArrangement){ TJD_STAFF_EXPIRY, FALSE, -1, -1, TJD_LANGUAGE_EN };
  self->search = g_strdup ("");
  self->sought = g_strdup ("");
}

TjdStaffModel *
tjd_staff_model_new (TjdShell *shell, const char *renewer, TjdRole role)
{
  TjdStaffModel *self = g_object_new (TJD_TYPE_STAFF_MODEL, "shell", shell, NULL);

  self->renewer = g_strdup (renewer);
  self->role = role;
  return self;
}

const char *
tjd_staff_model_get_renewer (TjdStaffModel *self)
{
  return self->renewer;
}

TjdRole
tjd_staff_model_get_role (TjdStaffModel *self)
{
  return self->role;
}

TjdTasks *
tjd_staff_model_get_tasks (TjdStaffModel *self)
{
  return self->fetching;
}

gboolean
tjd_staff_model_is_fetched (TjdStaffModel *self)
{
  return self->is_fetched;
}

gboolean
tjd_staff_model_is_complete (TjdStaffModel *self)
{
  return self->is_fetched && self->next == NULL;
}

gboolean
tjd_staff_model_is_kept (TjdStaffModel *self)
{
  return self->is_kept;
}

gint64
tjd_staff_model_get_as_of (TjdStaffModel *self)
{
  return self->as_of;
}

guint
tjd_staff_model_count (TjdStaffModel *self)
{
  return self->rows->len;
}

const GError *
tjd_staff_model_get_error (TjdStaffModel *self)
{
  return self->error;
}

TjdRules *
tjd_staff_model_get_rules (TjdStaffModel *self)
{
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (tjd_clock_system ()));

  return self->tariff != NULL ? tjd_tariff_get_rules (self->tariff, today) : NULL;
}

GListModel *
tjd_staff_model_get_list (TjdStaffModel *self)
{
  return G_LIST_MODEL (self->list);
}

const TjdArrangement *
tjd_staff_model_get_arrangement (TjdStaffModel *self)
{
  return &self->how;
}

void
tjd_staff_model_arrange (TjdStaffModel *self, const TjdArrangement *how)
{
  TjdArrangement before = self->how;

  self->how = *how;
  if (before.column != how->column || before.descending != how->descending ||
      before.standing != how->standing || before.category != how->category ||
      before.language != how->language)
    arrange (self);
}

const char *
tjd_staff_model_get_search (TjdStaffModel *self)
{
  return self->search;
}

void
tjd_staff_model_set_search (TjdStaffModel *self, const char *text)
{
  g_autofree char *sought = tjd_fold (text);

  tjd_set_string (&self->search, text);
  if (g_str_equal (sought, self->sought))
    return;
  g_free (self->sought);
  self->sought = g_steal_pointer (&sought);
  arrange (self);
}

void
tjd_staff_model_choose (TjdStaffModel *self, const char *personal_id, gboolean chosen)
{
  TjdStaffRow *row = find_row (self, personal_id);

  if (row == NULL || tjd_staff_model_is_chosen (self, personal_id) == chosen)
    return;
  if (chosen)
    add_chosen (self, row);
  else
    remove_chosen (self, personal_id);
  note_chosen (self);
}

gboolean
tjd_staff_model_is_chosen (TjdStaffModel *self, const char *personal_id)
{
  return g_hash_table_contains (self->chosen, personal_id);
}

static void
choose_rows (TjdStaffModel *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    TjdStaffRow *row = rows->pdata[i];
    if (!tjd_staff_model_is_chosen (self, row->permit->personal_id))
      add_chosen (self, row);
  }
  note_chosen (self);
}

void
tjd_staff_model_choose_shown (TjdStaffModel *self)
{
  choose_rows (self, tjd_staff_list_get_rows (self->list));
}

void
tjd_staff_model_choose_all (TjdStaffModel *self)
{
  choose_rows (self, self->rows);
}

void
tjd_staff_model_choose_none (TjdStaffModel *self)
{
  g_hash_table_remove_all (self->chosen);
  self->sum = 0;
  note_chosen (self);
}

guint
tjd_staff_model_count_chosen (TjdStaffModel *self)
{
  return g_hash_table_size (self->chosen);
}

TjdMoney
tjd_staff_model_sum_least_fees (TjdStaffModel *self)
{
  return self->sum;
}

GPtrArray *
tjd_staff_model_list_chosen (TjdStaffModel *self)
{
  GPtrArray *permits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->rows->len; i++) {
    TjdStaffRow *row = self->rows->pdata[i];
    if (tjd_staff_model_is_chosen (self, row->permit->personal_id))
      g_ptr_array_add (permits, g_object_ref (row->permit));
  }
  return permits;
}
