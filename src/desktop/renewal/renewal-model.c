/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal-model.h"

#include "answers.h"
#include "errand.h"

#define LOOK_SECONDS 3

struct _TjdRenewalModel {
  TjdModel parent;
  TjdJourney *journey;
  TjdRole role;
  char *personal_id; /* whose work it is */
  TjdTasks *tasks;
  GPtrArray *items; /* of TjdReviewItem, all */
  GListStore *renewable, *refused;
  TjdTariff *tariff;
  TjdErrand *out;      /* borrowed; the job that a worker has */
  gboolean wants_fees; /* once the job that is out has come back */
  gboolean is_quoted;
  gboolean had_run_out; /* why the fees were asked for last */
  gboolean is_placed;
  gboolean is_kept_alive;
  gboolean needs_sign_in;
  TjdMoney post_fee, total, total_before;
  TjdRenewalSays says;
  GError *trouble;
  TjdReviewItem *asking; /* about which the staff are being asked */
  char *statement;
  guint looking;
};

enum { CHANGED, PLACED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdRenewalModel, tjd_renewal_model, TJD_TYPE_MODEL)

static TjdShell *
shell_of (TjdRenewalModel *self)
{
  return tjd_model_get_shell (TJD_MODEL (self));
}

static void
changed (TjdRenewalModel *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_trouble (TjdRenewalModel *self, const GError *error)
{
  GError *copy = error != NULL ? g_error_copy (error) : NULL;

  g_clear_error (&self->trouble);
  self->trouble = copy;
}

static TjdJourneyStep
step_of (TjdRenewalModel *self)
{
  return tjd_journey_get_step (self->journey);
}

/* --- the fees -------------------------------------------------------------------------------- */

static void
take_fees (TjdRenewalModel *self)
{
  TjdMoney total = tjd_journey_get_total (self->journey);
  TjdMoney before = self->total;

  tjd_answers_take (self->items, tjd_journey_get_quotations (self->journey));
  tjd_answers_sort (self->items, self->renewable, self->refused);
  self->total_before = self->is_quoted && before != total ? before : TJD_NO_INT;
  self->total = total;
  self->post_fee = tjd_journey_get_post_fee (self->journey);
  self->is_quoted = TRUE;
  if (self->had_run_out)
    self->says =
        self->total_before == TJD_NO_INT ? TJD_RENEWAL_SAYS_SAME_FEES : TJD_RENEWAL_SAYS_OTHER_FEES;
  self->had_run_out = FALSE;
}

/* --- what goes on by itself ------------------------------------------------------------------- */

static void go_on (TjdRenewalModel *self);

static GPtrArray *
make_wishes (TjdRenewalModel *self)
{
  GPtrArray *wishes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (wishes, tjd_review_item_make_wish (self->items->pdata[i]));
  return wishes;
}

static void
ask_fees (TjdRenewalModel *self)
{
  g_autoptr (GPtrArray) wishes = make_wishes (self);

  self->wants_fees = FALSE;
  if (tjd_journey_choose (self->journey, wishes))
    go_on (self);
}

/* Not lost with the page while it is open whether money moves. */
static void
keep_alive (TjdRenewalModel *self)
{
  gboolean is_open = tjd_journey_get_charge (self->journey) == TJD_CHARGE_UNKNOWN;

  if (is_open == self->is_kept_alive)
    return;
  self->is_kept_alive = is_open;
  if (is_open)
    g_object_ref (self);
  else
    g_object_unref (self);
}

static void
note_placed (TjdRenewalModel *self)
{
  if (self->is_placed || tjd_journey_get_orders (self->journey)->len == 0)
    return;
  self->is_placed = TRUE;
  g_signal_emit (self, signals[PLACED], 0);
}

static void
take_background (gpointer owner, gpointer result, const GError *error)
{
  TjdRenewalModel *self = owner;
  TjdBackground *background = result;

  g_set_object (&self->tariff, background->tariff);
  if (background->requests != NULL)
    tjd_answers_take_requests (self->items, background->requests);
  tjd_background_free (background);
  changed (self);
}

/* What was asked of the staff matters where something is refused, or a fine is to be paid. */
static gboolean
wants_requests (TjdRenewalModel *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((TjdReviewItem *) self->items->pdata[i])->permit->fine > 0)
      return TRUE;
  return g_list_model_get_n_items (G_LIST_MODEL (self->refused)) > 0;
}

static void
fetch_background (TjdRenewalModel *self)
{
  tjd_tasks_run (self->tasks, &tjd_fetch_background,
                 tjd_background_request_new (shell_of (self),
                                             tjd_journey_get_renewer (self->journey),
                                             wants_requests (self)),
                 take_background);
}

/* What failed and can be mended without the person. */
static void
mend (TjdRenewalModel *self, const GError *error)
{
  TjdRemedy remedy = tjd_journey_get_remedy (self->journey);

  if (tjd_shell_take_error (shell_of (self), error)) {
    self->needs_sign_in = TRUE;
    set_trouble (self, NULL);
  } else if (step_of (self) == TJD_JOURNEY_SIGNING && remedy == TJD_REMEDY_NUMBER) {
    if (g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_NUMBER_EXPIRED)) {
      self->says = TJD_RENEWAL_SAYS_NEW_NUMBER;
      set_trouble (self, NULL);
    }
    tjd_journey_renew_number (self->journey);
  } else if (step_of (self) == TJD_JOURNEY_CHOOSING &&
             g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_QUOTATION_EXPIRED)) {
    self->had_run_out = TRUE;
    self->wants_fees = TRUE;
    set_trouble (self, NULL);
  }
}

static void
show_done (gpointer owner, gpointer result, const GError *error)
{
  g_autoptr (TjdRenewalModel) self = g_object_ref (owner);
  TjdErrand *errand = result;

  self->out = NULL;
  tjd_journey_apply (self->journey, errand->job, errand->error);
  keep_alive (self);
  note_placed (self);
  if (errand->error != NULL && !self->wants_fees) {
    set_trouble (self, errand->error);
    mend (self, errand->error);
  } else if (step_of (self) == TJD_JOURNEY_QUOTED && errand->error == NULL) {
    take_fees (self);
    fetch_background (self);
  }
  tjd_errand_free (errand);
  if (self->wants_fees)
    ask_fees (self);
  else
    go_on (self);
  changed (self);
}

static void
go_on (TjdRenewalModel *self)
{
  TjdJob *job =
      tjd_shell_get_session (shell_of (self)) != NULL ? tjd_journey_next (self->journey) : NULL;

  if (job == NULL)
    return;
  keep_alive (self);
  self->out = tjd_errand_new (shell_of (self), job);
  tjd_tasks_run (self->tasks, &tjd_run_errand, self->out, show_done);
}

static void
renew_expired_number (TjdRenewalModel *self, gint64 now)
{
  TjdPayment *payment = tjd_journey_get_payment (self->journey);

  if (payment == NULL || payment->code_until > now || !tjd_journey_renew_number (self->journey))
    return;
  self->says = TJD_RENEWAL_SAYS_NEW_NUMBER;
  go_on (self);
  changed (self);
}

static void
renew_expired_fees (TjdRenewalModel *self, gint64 now)
{
  if (tjd_journey_get_valid_until (self->journey) > now)
    return;
  self->had_run_out = TRUE;
  ask_fees (self);
  changed (self);
}

static gboolean
is_paying (TjdJourneyStep step)
{
  return step == TJD_JOURNEY_BILLED || step == TJD_JOURNEY_SIGNING;
}

/* Every few seconds: what time alone changes. */
static gboolean
look (gpointer data)
{
  g_autoptr (TjdRenewalModel) self = g_object_ref (data);
  TjdSession *session = tjd_shell_get_session (shell_of (self));
  gint64 now = tjd_clock_now (tjd_clock_system ());

  if (session == NULL || tjd_shell_get_state (shell_of (self)) != TJD_SHELL_SIGNED_IN ||
      tjd_journey_is_busy (self->journey))
    return G_SOURCE_CONTINUE;
  if (is_paying (step_of (self)) && tjd_session_is_idle (session, TJD_IDLE_PAYING_SECONDS))
    tjd_shell_lock (shell_of (self));
  else if (step_of (self) == TJD_JOURNEY_IN_DOUBT)
    tjd_renewal_model_retry (self);
  else if (step_of (self) == TJD_JOURNEY_SIGNING)
    renew_expired_number (self, now);
  else if (step_of (self) == TJD_JOURNEY_QUOTED)
    renew_expired_fees (self, now);
  return G_SOURCE_CONTINUE;
}

/* The same person is back: the same is gone on with. */
static void
follow_shell (TjdRenewalModel *self)
{
  TjdSession *session = tjd_shell_get_session (shell_of (self));
  g_autofree char *personal_id = session != NULL ? tjd_session_dup_personal_id (session) : NULL;

  if (tjd_shell_get_state (shell_of (self)) != TJD_SHELL_SIGNED_IN || !self->needs_sign_in ||
      g_strcmp0 (personal_id, self->personal_id) != 0)
    return;
  self->needs_sign_in = FALSE;
  tjd_renewal_model_retry (self);
}

/* --- the object ------------------------------------------------------------------------------- */

static void
tjd_renewal_model_dispose (GObject *object)
{
  TjdRenewalModel *self = TJD_RENEWAL_MODEL (object);

  g_clear_handle_id (&self->looking, g_source_remove);
  G_OBJECT_CLASS (tjd_renewal_model_parent_class)->dispose (object);
}

static void
tjd_renewal_model_finalize (GObject *object)
{
  TjdRenewalModel *self = TJD_RENEWAL_MODEL (object);

  g_clear_object (&self->tasks);
  g_clear_object (&self->journey);
  g_clear_object (&self->tariff);
  g_clear_object (&self->renewable);
  g_clear_object (&self->refused);
  g_clear_object (&self->asking);
  g_clear_error (&self->trouble);
  g_ptr_array_unref (self->items);
  g_free (self->personal_id);
  g_free (self->statement);
  G_OBJECT_CLASS (tjd_renewal_model_parent_class)->finalize (object);
}

static void
tjd_renewal_model_class_init (TjdRenewalModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tjd_renewal_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = tjd_renewal_model_finalize;
  signals[CHANGED] = g_signal_new ("changed", TJD_TYPE_RENEWAL_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[PLACED] = g_signal_new ("placed", TJD_TYPE_RENEWAL_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
tjd_renewal_model_init (TjdRenewalModel *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->renewable = g_list_store_new (TJD_TYPE_REVIEW_ITEM);
  self->refused = g_list_store_new (TJD_TYPE_REVIEW_ITEM);
  self->total_before = TJD_NO_INT;
}

static TjdRenewalModel *
new_for (TjdShell *shell, TjdJourney *journey, TjdRole role)
{
  TjdRenewalModel *self = g_object_new (TJD_TYPE_RENEWAL_MODEL, "shell", shell, NULL);

  self->journey = journey;
  self->role = role;
  self->personal_id = tjd_session_dup_personal_id (tjd_shell_get_session (shell));
  self->looking = g_timeout_add_seconds (LOOK_SECONDS, look, self);
  g_signal_connect_object (shell, "notify::state", G_CALLBACK (follow_shell), self,
                           G_CONNECT_SWAPPED);
  return self;
}

TjdRenewalModel *
tjd_renewal_model_new (TjdShell *shell, const char *renewer, TjdRole role, GPtrArray *permits)
{
  TjdRenewalModel *self = new_for (
      shell, tjd_journey_new (renewer, role, tjd_clock_system (), tjd_entropy_system ()), role);

  for (guint i = 0; i < permits->len; i++)
    g_ptr_array_add (self->items, tjd_review_item_new (permits->pdata[i]));
  if (permits->len <= 3)
    for (guint i = 0; i < permits->len; i++)
      ((TjdReviewItem *) self->items->pdata[i])->is_open = TRUE;
  ask_fees (self);
  return self;
}

TjdRenewalModel *
tjd_renewal_model_new_from_orders (TjdShell *shell,
                                   const char *renewer,
                                   TjdRole role,
                                   GPtrArray *orders)
{
  TjdRenewalModel *self =
      new_for (shell,
               tjd_journey_new_from_orders (orders, renewer, role, tjd_clock_system (),
                                            tjd_entropy_system ()),
               role);

  self->is_placed = TRUE;
  go_on (self);
  return self;
}

TjdJourney *
tjd_renewal_model_get_journey (TjdRenewalModel *self)
{
  return self->journey;
}

TjdRole
tjd_renewal_model_get_role (TjdRenewalModel *self)
{
  return self->role;
}

TjdTasks *
tjd_renewal_model_get_tasks (TjdRenewalModel *self)
{
  return self->tasks;
}

GListModel *
tjd_renewal_model_get_renewable (TjdRenewalModel *self)
{
  return G_LIST_MODEL (self->renewable);
}

GListModel *
tjd_renewal_model_get_refused (TjdRenewalModel *self)
{
  return G_LIST_MODEL (self->refused);
}

guint
tjd_renewal_model_count (TjdRenewalModel *self)
{
  return self->items->len;
}

gboolean
tjd_renewal_model_is_quoted (TjdRenewalModel *self)
{
  return self->is_quoted;
}

TjdMoney
tjd_renewal_model_get_fees (TjdRenewalModel *self)
{
  return self->total - self->post_fee;
}

TjdMoney
tjd_renewal_model_get_post_fee (TjdRenewalModel *self)
{
  return self->post_fee;
}

TjdMoney
tjd_renewal_model_get_total (TjdRenewalModel *self)
{
  return self->is_quoted ? self->total : tjd_journey_get_total (self->journey);
}

TjdMoney
tjd_renewal_model_get_total_before (TjdRenewalModel *self)
{
  return self->total_before;
}

TjdTariff *
tjd_renewal_model_get_tariff (TjdRenewalModel *self)
{
  return self->tariff;
}

/* --- what the person does --------------------------------------------------------------------- */

static gboolean
may_change (TjdRenewalModel *self)
{
  TjdJourneyStep step = step_of (self);

  return step == TJD_JOURNEY_CHOOSING || step == TJD_JOURNEY_QUOTED || step == TJD_JOURNEY_ENDED;
}

void
tjd_renewal_model_ask_fees (TjdRenewalModel *self)
{
  if (!may_change (self))
    return;
  self->says = TJD_RENEWAL_SAYS_NOTHING;
  set_trouble (self, NULL);
  self->is_placed = FALSE;
  if (self->out != NULL) {
    self->wants_fees = TRUE;
    g_cancellable_cancel (self->out->cancellable);
  } else {
    ask_fees (self);
  }
  changed (self);
}

void
tjd_renewal_model_stop_asking (TjdRenewalModel *self)
{
  if (self->out != NULL && step_of (self) == TJD_JOURNEY_CHOOSING)
    g_cancellable_cancel (self->out->cancellable);
}

void
tjd_renewal_model_set_years (TjdRenewalModel *self, TjdReviewItem *item, gint64 years)
{
  if (item->years == years || !may_change (self))
    return;
  item->years = years;
  tjd_renewal_model_ask_fees (self);
}

void
tjd_renewal_model_set_all_years (TjdRenewalModel *self, gint64 years)
{
  gboolean differs = FALSE;

  if (!may_change (self))
    return;
  for (guint i = 0; i < self->items->len; i++) {
    TjdReviewItem *item = self->items->pdata[i];
    if (!tjd_review_item_offers (item, years) || item->years == years)
      continue;
    item->years = years;
    differs = TRUE;
    tjd_review_item_changed (item);
  }
  if (differs)
    tjd_renewal_model_ask_fees (self);
}

void
tjd_renewal_model_set_lost_card (TjdRenewalModel *self, TjdReviewItem *item, gboolean lost_card)
{
  if (item->lost_card == lost_card || !may_change (self))
    return;
  item->lost_card = lost_card;
  tjd_renewal_model_ask_fees (self);
}

static void
show_asked (gpointer owner, gpointer result, const GError *error)
{
  TjdRenewalModel *self = owner;
  g_autoptr (TjdReviewItem) item = g_steal_pointer (&self->asking);

  if (result != NULL) {
    g_set_object (&item->asked, result);
    g_object_unref (result);
    tjd_review_item_changed (item);
  } else if (!tjd_shell_take_error (shell_of (self), error)) {
    set_trouble (self, error);
  }
  changed (self);
}

void
tjd_renewal_model_ask_staff (TjdRenewalModel *self,
                             TjdReviewItem *item,
                             TjdReviewKind kind,
                             const char *reason)
{
  if (self->asking != NULL)
    return;
  self->asking = g_object_ref (item);
  set_trouble (self, NULL);
  tjd_tasks_run (self->tasks, &tjd_ask_staff,
                 tjd_question_new (shell_of (self), tjd_journey_get_renewer (self->journey),
                                   item->permit->personal_id, kind, reason),
                 show_asked);
}

/* After an act that the journey has taken. */
static gboolean
act (TjdRenewalModel *self, gboolean is_taken)
{
  if (!is_taken)
    return FALSE;
  self->says = TJD_RENEWAL_SAYS_NOTHING;
  set_trouble (self, NULL);
  go_on (self);
  changed (self);
  return TRUE;
}

gboolean
tjd_renewal_model_confirm (TjdRenewalModel *self)
{
  return act (self, tjd_journey_confirm (self->journey));
}

gboolean
tjd_renewal_model_approve (TjdRenewalModel *self)
{
  return act (self, tjd_journey_approve (self->journey));
}

gboolean
tjd_renewal_model_pay (TjdRenewalModel *self, TjdSecret *code)
{
  return act (self, tjd_journey_give_code (self->journey, code));
}

gboolean
tjd_renewal_model_retry (TjdRenewalModel *self)
{
  return act (self, tjd_journey_retry (self->journey));
}

gboolean
tjd_renewal_model_cancel (TjdRenewalModel *self)
{
  return act (self, tjd_journey_cancel (self->journey));
}

TjdRenewalSays
tjd_renewal_model_get_says (TjdRenewalModel *self)
{
  return self->says;
}

const GError *
tjd_renewal_model_get_trouble (TjdRenewalModel *self)
{
  return self->trouble;
}

gboolean
tjd_renewal_model_get_progress (TjdRenewalModel *self, guint *done, guint *of)
{
  if (self->out == NULL)
    return FALSE;
  tjd_job_get_progress (self->out->job, done, of);
  return *of > 1;
}

static void
show_statement (gpointer owner, gpointer result, const GError *error)
{
  TjdRenewalModel *self = owner;

  if (result != NULL) {
    tjd_set_string (&self->statement, ((TjdOrderStatement *) result)->text);
    tjd_journey_note_seen (self->journey, result);
    g_object_unref (result);
  } else if (!tjd_shell_take_error (shell_of (self), error)) {
    set_trouble (self, error);
  }
  changed (self);
}

void
tjd_renewal_model_fetch_statement (TjdRenewalModel *self, guint order)
{
  GPtrArray *orders = tjd_journey_get_orders (self->journey);

  if (order >= orders->len)
    return;
  tjd_tasks_run (
      self->tasks, &tjd_fetch_statement,
      tjd_statement_request_new (shell_of (self), ((TjdOrder *) orders->pdata[order])->id),
      show_statement);
}

const char *
tjd_renewal_model_get_statement (TjdRenewalModel *self)
{
  return self->statement;
}
