/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identifiers.h"
#include "job.h"
#include "journey-state.h"

enum { PROP_STEP = 1, PROP_BUSY, PROP_TOTAL, PROP_CHARGE, PROP_REMEDY, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TjdJourney, tjd_journey, G_TYPE_OBJECT)

#define TO(step) (1u << TJD_JOURNEY_##step)
static const guint may_follow[] = {
  [TJD_JOURNEY_CHOOSING] = TO (QUOTED),
  [TJD_JOURNEY_QUOTED] = TO (CHOOSING) | TO (CONFIRMED),
  [TJD_JOURNEY_CONFIRMED] =
      TO (CHOOSING) | TO (ORDERED) | TO (APPROVED) | TO (BILLED) | TO (CANCELLING),
  [TJD_JOURNEY_ORDERED] = TO (APPROVED) | TO (CANCELLING) | TO (ENDED),
  [TJD_JOURNEY_APPROVED] = TO (BILLED) | TO (CANCELLING) | TO (ENDED),
  [TJD_JOURNEY_BILLED] = TO (SIGNING) | TO (CANCELLING) | TO (ENDED),
  [TJD_JOURNEY_SIGNING] = TO (AUTHORISING) | TO (BILLED) | TO (CANCELLING),
  [TJD_JOURNEY_AUTHORISING] = TO (SIGNING) | TO (IN_DOUBT) | TO (PAID) | TO (ENDED),
  [TJD_JOURNEY_IN_DOUBT] = TO (SIGNING) | TO (PAID) | TO (ENDED),
  [TJD_JOURNEY_CANCELLING] = TO (ENDED),
  [TJD_JOURNEY_PAID] = 0,
  [TJD_JOURNEY_ENDED] = TO (CHOOSING),
};

gboolean
tjd_journey_step_may_follow (TjdJourneyStep from, TjdJourneyStep to)
{
  return (may_follow[from] & 1u << to) != 0;
}

/* What is to be done at a step by itself; else the person has to act, or it is over. */
static int
job_at (TjdJourney *self)
{
  switch (self->entry->step) {
  case TJD_JOURNEY_CHOOSING:
    return self->wishes->len > 0 ? TJD_JOB_QUOTE : -1;
  case TJD_JOURNEY_CONFIRMED:
    return TJD_JOB_PLACE;
  case TJD_JOURNEY_ORDERED:
    return self->approves ? TJD_JOB_APPROVE : -1;
  case TJD_JOURNEY_APPROVED:
    return self->role == TJD_ROLE_SIGNATORY ? TJD_JOB_BILL : -1;
  case TJD_JOURNEY_BILLED:
    return TJD_JOB_START;
  case TJD_JOURNEY_AUTHORISING:
  case TJD_JOURNEY_IN_DOUBT:
    return TJD_JOB_AUTHORISE;
  case TJD_JOURNEY_CANCELLING:
    return TJD_JOB_CANCEL;
  case TJD_JOURNEY_QUOTED:
  case TJD_JOURNEY_SIGNING:
  case TJD_JOURNEY_PAID:
  case TJD_JOURNEY_ENDED:
  default:
    return -1;
  }
}

/* The one function that moves. FALSE: the table does not have it. */
static gboolean
move (TjdJourney *self, TjdJourneyStep to)
{
  TjdCharge before = tjd_journey_get_charge (self);

  if (!tjd_journey_step_may_follow (self->entry->step, to))
    return FALSE;
  self->entry->step = to;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STEP]);
  if (tjd_journey_get_charge (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHARGE]);
  return TRUE;
}

static void
set_busy (TjdJourney *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
set_total (TjdJourney *self, TjdMoney total)
{
  if (self->entry->total == total)
    return;
  self->entry->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
}

static void
set_error (TjdJourney *self, const GError *error)
{
  TjdRemedy remedy = error != NULL ? tjd_failure_remedy (error) : TJD_REMEDY_NONE;

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->stopped = error != NULL;
  if (self->remedy == remedy)
    return;
  self->remedy = remedy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REMEDY]);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
set_list (GPtrArray *list, GPtrArray *with)
{
  g_ptr_array_set_size (list, 0);
  tjd_records_extend (list, with);
}

/* --- what the person does --------------------------------------------------------------------- */

/* Whether something may be done at this step, now. */
static gboolean
may_act (TjdJourney *self, guint steps)
{
  return !self->busy && (steps & 1u << self->entry->step) != 0;
}

/* Every try has an entry of its own in the journal: what was ordered before is not forgotten. */
static void
begin (TjdJourney *self)
{
  TjdJourneyStep step = self->entry != NULL ? self->entry->step : TJD_JOURNEY_CHOOSING;

  g_clear_object (&self->entry);
  self->entry = tjd_entry_new ();
  self->entry->id = tjd_id_new (self->entropy, "jny");
  self->entry->step = step;
  self->entry->total = 0;
  self->entry->started_at = self->entry->changed_at = tjd_clock_now (self->clock);
  self->approves = FALSE;
  g_ptr_array_set_size (self->quotations, 0);
  g_ptr_array_set_size (self->orders, 0);
  g_clear_pointer (&self->payment_request, g_free);
  g_clear_object (&self->payment);
  g_clear_pointer (&self->code, tjd_secret_unref);
}

gboolean
tjd_journey_choose (TjdJourney *self, GPtrArray *wishes)
{
  if (!may_act (self, TO (CHOOSING) | TO (QUOTED) | TO (ENDED)))
    return FALSE;
  set_error (self, NULL);
  set_total (self, 0);
  begin (self);
  g_ptr_array_set_size (self->wishes, 0);
  for (guint i = 0; i < wishes->len; i++)
    g_ptr_array_add (self->wishes, tjd_record_copy (wishes->pdata[i]));
  if (self->entry->step != TJD_JOURNEY_CHOOSING)
    move (self, TJD_JOURNEY_CHOOSING);
  return TRUE;
}

gboolean
tjd_journey_confirm (TjdJourney *self)
{
  g_autoptr (GPtrArray) usable = tjd_journey_list_usable (self);

  if (!may_act (self, TO (QUOTED)) || usable->len == 0)
    return FALSE;
  set_error (self, NULL);
  for (guint i = 0; i < usable->len; i++) {
    TjdQuotation *quotation = usable->pdata[i];
    g_ptr_array_add (self->entry->quotations, g_strdup (quotation->id));
    g_ptr_array_add (self->entry->order_keys, tjd_id_new (self->entropy, "key"));
  }
  return move (self, TJD_JOURNEY_CONFIRMED);
}

gboolean
tjd_journey_approve (TjdJourney *self)
{
  if (!may_act (self, TO (ORDERED)) || self->role != TJD_ROLE_SIGNATORY)
    return FALSE;
  set_error (self, NULL);
  self->approves = TRUE;
  return TRUE;
}

/* What was read last of an order is what counts. */
void
tjd_journey_note_seen (TjdJourney *self, TjdOrderStatement *statement)
{
  for (guint i = 0; i < self->seen->len; i++)
    if (strcmp (((TjdOrderStatement *) self->seen->pdata[i])->order, statement->order) == 0)
      g_ptr_array_remove_index_fast (self->seen, i--);
  g_ptr_array_add (self->seen, g_object_ref (statement));
}

gboolean
tjd_journey_give_code (TjdJourney *self, TjdSecret *code)
{
  if (!may_act (self, TO (SIGNING)))
    return FALSE;
  set_error (self, NULL);
  g_clear_pointer (&self->code, tjd_secret_unref);
  self->code = tjd_secret_ref (code);
  g_free (self->entry->authorise_key);
  self->entry->authorise_key = tjd_id_new (self->entropy, "key");
  return move (self, TJD_JOURNEY_AUTHORISING);
}

static void
draw_start_key (TjdJourney *self)
{
  g_free (self->entry->start_key);
  self->entry->start_key = tjd_id_new (self->entropy, "key");
}

gboolean
tjd_journey_renew_number (TjdJourney *self)
{
  if (!may_act (self, TO (SIGNING)))
    return FALSE;
  set_error (self, NULL);
  draw_start_key (self);
  return move (self, TJD_JOURNEY_BILLED);
}

gboolean
tjd_journey_cancel (TjdJourney *self)
{
  if (!may_act (self, TO (CONFIRMED) | TO (ORDERED) | TO (APPROVED) | TO (BILLED) | TO (SIGNING)))
    return FALSE;
  set_error (self, NULL);
  return move (self, TJD_JOURNEY_CANCELLING);
}

/* The same code may be sent again under the same key: it was not looked at. */
static gboolean
may_send_again (TjdJourney *self)
{
  return self->code != NULL &&
         (self->remedy == TJD_REMEDY_RETRY || self->remedy == TJD_REMEDY_SIGN_IN);
}

gboolean
tjd_journey_retry (TjdJourney *self)
{
  gboolean sends_again = self->entry->step == TJD_JOURNEY_SIGNING && may_send_again (self);

  if (self->busy || !self->stopped || (job_at (self) < 0 && !sends_again))
    return FALSE;
  set_error (self, NULL);
  return sends_again ? move (self, TJD_JOURNEY_AUTHORISING) : TRUE;
}

/* --- jobs ------------------------------------------------------------------------------------- */

TjdJob *
tjd_journey_next (TjdJourney *self)
{
  int kind = job_at (self);
  g_autoptr (GPtrArray) usable = NULL;
  TjdJob *job;

  if (self->busy || self->stopped || kind < 0)
    return NULL;
  job = tjd_job_new ((TjdJobKind) kind, self->entry, self->renewer);
  usable = tjd_journey_list_usable (self);
  job->total = self->entry->total;
  if (kind == TJD_JOB_QUOTE)
    tjd_records_extend (job->wishes, self->wishes);
  else
    tjd_records_extend (job->quotations, usable);
  tjd_records_extend (job->orders, self->orders);
  tjd_records_extend (job->seen, self->seen);
  job->payment_request = g_strdup (self->payment_request);
  g_set_object (&job->payment, self->payment);
  job->code = self->code != NULL ? tjd_secret_ref (self->code) : NULL;
  set_busy (self, TRUE);
  return job;
}

/* One's own single order brings its payment request along; more than one need a bill. */
static void
go_on_from_orders (TjdJourney *self)
{
  TjdOrder *first = self->orders->pdata[0];

  g_free (self->entry->bill_key);
  self->entry->bill_key = tjd_id_new (self->entropy, "key");
  draw_start_key (self);
  if (self->renewer != NULL && tjd_format_establishment_id.fits (self->renewer)) {
    move (self, TJD_JOURNEY_ORDERED);
  } else if (self->orders->len == 1 && first->payment_request != NULL) {
    tjd_set_string (&self->payment_request, first->payment_request);
    move (self, TJD_JOURNEY_BILLED);
  } else {
    move (self, TJD_JOURNEY_APPROVED);
  }
}

static void
take_quote (TjdJourney *self, TjdJob *job)
{
  set_list (self->quotations, job->quotations);
  set_total (self, tjd_journey_sum_of_quotations (self));
  move (self, TJD_JOURNEY_QUOTED);
}

static void
take_bill (TjdJourney *self, TjdJob *job)
{
  tjd_set_string (&self->payment_request, job->payment_request);
  move (self, TJD_JOURNEY_BILLED);
}

static void
succeed (TjdJourney *self, TjdJob *job)
{
  switch (job->kind) {
  case TJD_JOB_QUOTE:
    take_quote (self, job);
    break;
  case TJD_JOB_PLACE:
    go_on_from_orders (self);
    break;
  case TJD_JOB_APPROVE:
    move (self, TJD_JOURNEY_APPROVED);
    break;
  case TJD_JOB_BILL:
    take_bill (self, job);
    break;
  case TJD_JOB_START:
    move (self, TJD_JOURNEY_SIGNING);
    break;
  case TJD_JOB_AUTHORISE:
    g_clear_pointer (&self->code, tjd_secret_unref);
    move (self, TJD_JOURNEY_PAID);
    break;
  case TJD_JOB_CANCEL:
  case TJD_N_JOBS:
  default:
    move (self, TJD_JOURNEY_ENDED);
    break;
  }
}

/* The document of a wrong code says how many more there may be; the record is not changed where it
 * may be shown. */
static void
note_tries (TjdJourney *self, const GError *error)
{
  g_autoptr (TjdPayment) payment = NULL;

  if (error->domain != TJD_PROBLEM || tjd_problem_get_document (error)->tries_left == TJD_NO_INT)
    return;
  payment = tjd_record_copy (self->payment);
  payment->tries_left = tjd_problem_get_document (error)->tries_left;
  g_set_object (&self->payment, payment);
}

/* The last wrong code is the block that it leads to. */
static gboolean
is_over (const GError *error)
{
  if (g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_SIGNING_CODE_WRONG))
    return tjd_problem_get_document (error)->tries_left == 0;
  return g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_PAYMENT_EXPIRED) ||
         g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_PAYMENT_BLOCKED) ||
         g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_PAYMENT_CLOSED);
}

/* Out of doubt only the bank's own word leads, on what was sent: neither that it cannot be reached
 * now, nor that it has no time or wants somebody to sign in. */
static gboolean
stays_in_doubt (TjdJourney *self, const GError *error)
{
  return self->entry->step == TJD_JOURNEY_IN_DOUBT && !is_over (error) &&
         (error->domain != TJD_PROBLEM || self->remedy == TJD_REMEDY_RETRY ||
          self->remedy == TJD_REMEDY_WAIT || self->remedy == TJD_REMEDY_SIGN_IN);
}

/* Where it goes on after a failure: elsewhere than where it stands only where that would be of no
 * use. */
static void
fail (TjdJourney *self, TjdJob *job, const GError *error)
{
  set_error (self, error);
  if (job->kind == TJD_JOB_AUTHORISE) {
    if (stays_in_doubt (self, error))
      return;
    if (g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_IN_DOUBT)) {
      move (self, TJD_JOURNEY_IN_DOUBT);
      return;
    }
    note_tries (self, error);
    if (!may_send_again (self))
      g_clear_pointer (&self->code, tjd_secret_unref);
    move (self, is_over (error) ? TJD_JOURNEY_ENDED : TJD_JOURNEY_SIGNING);
  } else if (job->kind == TJD_JOB_START && is_over (error)) {
    move (self, TJD_JOURNEY_ENDED);
  } else if (job->kind == TJD_JOB_PLACE && self->remedy == TJD_REMEDY_REVIEW &&
             self->orders->len == 0) {
    move (self, TJD_JOURNEY_CHOOSING);
  }
}

void
tjd_journey_apply (TjdJourney *self, TjdJob *job, const GError *error)
{
  TjdJourneyStep step = self->entry->step;

  g_set_object (&self->entry, job->entry);
  self->entry->step = step;
  set_list (self->orders, job->orders);
  g_set_object (&self->payment, job->payment);
  set_busy (self, FALSE);
  if (error != NULL) {
    fail (self, job, error);
    return;
  }
  set_error (self, NULL);
  succeed (self, job);
}

/* --- the object ------------------------------------------------------------------------------- */

TjdJourney *
tjd_journey_new (const char *renewer,
                 TjdRole role,
                 const TjdClock *clock,
                 const TjdEntropy *entropy)
{
  TjdJourney *self = g_object_new (TJD_TYPE_JOURNEY, NULL);

  self->clock = clock;
  self->entropy = entropy;
  self->renewer = g_strdup (renewer);
  self->role = renewer != NULL ? role : TJD_ROLE_SIGNATORY;
  begin (self);
  return self;
}

static gboolean
all_are (GPtrArray *orders, TjdOrderState state)
{
  for (guint i = 0; i < orders->len; i++)
    if (((TjdOrder *) orders->pdata[i])->state != state)
      return FALSE;
  return TRUE;
}

TjdJourney *
tjd_journey_new_from_orders (GPtrArray *orders,
                             const char *renewer,
                             TjdRole role,
                             const TjdClock *clock,
                             const TjdEntropy *entropy)
{
  TjdJourney *self = tjd_journey_new (renewer, role, clock, entropy);

  tjd_records_extend (self->orders, orders);
  for (guint i = 0; i < orders->len; i++) {
    TjdOrder *order = orders->pdata[i];
    self->entry->total += order->total;
    g_ptr_array_add (self->entry->orders, g_strdup (order->id));
    if (order->payment != NULL)
      tjd_set_string (&self->entry->payment, order->payment);
  }
  self->entry->step = TJD_JOURNEY_CONFIRMED; /* in an earlier life */
  go_on_from_orders (self);
  if (all_are (orders, TJD_ORDER_APPROVED))
    move (self, TJD_JOURNEY_APPROVED);
  return self;
}

static void
tjd_journey_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TjdJourney *self = TJD_JOURNEY (object);

  switch (id) {
  case PROP_STEP:
    g_value_set_enum (value, (int) self->entry->step);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  case PROP_TOTAL:
    g_value_set_int64 (value, self->entry->total);
    break;
  case PROP_CHARGE:
    g_value_set_enum (value, (int) tjd_journey_get_charge (self));
    break;
  case PROP_REMEDY:
    g_value_set_enum (value, (int) self->remedy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_journey_finalize (GObject *object)
{
  TjdJourney *self = TJD_JOURNEY (object);

  g_free (self->renewer);
  g_clear_object (&self->entry);
  g_ptr_array_unref (self->wishes);
  g_ptr_array_unref (self->seen);
  g_ptr_array_unref (self->quotations);
  g_ptr_array_unref (self->orders);
  g_free (self->payment_request);
  g_clear_object (&self->payment);
  g_clear_pointer (&self->code, tjd_secret_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (tjd_journey_parent_class)->finalize (object);
}

static void
tjd_journey_class_init (TjdJourneyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tjd_journey_get_property;
  object_class->finalize = tjd_journey_finalize;
  props[PROP_STEP] = g_param_spec_enum ("step", NULL, NULL, tjd_journey_step_get_type (),
                                        TJD_JOURNEY_CHOOSING, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  props[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, 0, TJD_MONEY_MAX, 0, flags);
  props[PROP_CHARGE] =
      g_param_spec_enum ("charge", NULL, NULL, tjd_charge_get_type (), TJD_CHARGE_NOTHING, flags);
  props[PROP_REMEDY] =
      g_param_spec_enum ("remedy", NULL, NULL, tjd_remedy_get_type (), TJD_REMEDY_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tjd_journey_init (TjdJourney *self)
{
  self->wishes = new_list ();
  self->seen = new_list ();
  self->quotations = new_list ();
  self->orders = new_list ();
  self->remedy = TJD_REMEDY_NONE;
}
