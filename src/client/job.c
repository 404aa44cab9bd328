/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job.h"

#include <string.h>

#include "signing.h"

TjdJob *
tjd_job_new (TjdJobKind kind, TjdEntry *entry, const char *renewer)
{
  TjdJob *job = g_new0 (TjdJob, 1);

  job->kind = kind;
  job->entry = tjd_record_copy (entry);
  job->renewer = g_strdup (renewer);
  job->wishes = g_ptr_array_new_with_free_func (g_object_unref);
  job->quotations = g_ptr_array_new_with_free_func (g_object_unref);
  job->orders = g_ptr_array_new_with_free_func (g_object_unref);
  job->seen = g_ptr_array_new_with_free_func (g_object_unref);
  return job;
}

void
tjd_job_free (TjdJob *job)
{
  g_object_unref (job->entry);
  g_free (job->renewer);
  g_ptr_array_unref (job->wishes);
  g_ptr_array_unref (job->quotations);
  g_ptr_array_unref (job->orders);
  g_ptr_array_unref (job->seen);
  g_free (job->payment_request);
  g_clear_object (&job->payment);
  g_clear_pointer (&job->code, tjd_secret_unref);
  g_free (job);
}

void
tjd_job_get_progress (TjdJob *job, guint *done, guint *of)
{
  *done = (guint) g_atomic_int_get (&job->done);
  *of = (guint) g_atomic_int_get (&job->of);
}

/* What a job works with. */
typedef struct {
  TjdJob *job;
  TjdSession *session;
  TjdJournal *journal;
  GCancellable *cancellable;
} Work;

static gboolean
write_down (Work *work, GError **error)
{
  work->job->entry->changed_at = tjd_clock_now (tjd_session_get_clock (work->session));
  return tjd_journal_put (work->journal, work->job->entry, error);
}

static void
note_progress (TjdJob *job, guint done, guint of)
{
  g_atomic_int_set (&job->of, (gint) of);
  g_atomic_int_set (&job->done, (gint) done);
}

static gboolean
check_amount (TjdMoney amount, TjdMoney agreed, const char *what, GError **error)
{
  if (amount == agreed)
    return TRUE;
  g_set_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CHANGED,
               "%s is for %" G_GINT64_FORMAT " dirhams, not %" G_GINT64_FORMAT, what, amount,
               agreed);
  return FALSE;
}

/* --- each kind -------------------------------------------------------------------------------- */

static TjdQuotation *
quote_part (Work *work, guint from, GError **error)
{
  TjdJob *job = work->job;
  g_autoptr (TjdQuotationRequest) request = tjd_quotation_request_new ();

  request->renewer = g_strdup (job->renewer);
  for (guint i = from; i < job->wishes->len && i < from + TJD_ORDER_PERMITS; i++)
    g_ptr_array_add (request->permits, g_object_ref (job->wishes->pdata[i]));
  return tjd_call_quote (work->session, request, work->cancellable, error);
}

static gboolean
quote (Work *work, GError **error)
{
  TjdJob *job = work->job;

  for (guint from = 0; from < job->wishes->len; from += TJD_ORDER_PERMITS) {
    TjdQuotation *quotation = quote_part (work, from, error);
    if (quotation == NULL)
      return FALSE;
    g_ptr_array_add (job->quotations, quotation);
    note_progress (job, job->quotations->len,
                   (job->wishes->len + TJD_ORDER_PERMITS - 1) / TJD_ORDER_PERMITS);
  }
  return TRUE;
}

/* The quotations that there are to order by; one in which everything is refused is none. */
static gboolean
place_one (Work *work, TjdQuotation *quotation, const char *key, GError **error)
{
  TjdOrder *order =
      tjd_call_place_order (work->session, quotation->id, key, work->cancellable, error);

  if (order == NULL)
    return FALSE;
  g_ptr_array_add (work->job->orders, order);
  g_ptr_array_add (work->job->entry->orders, g_strdup (order->id));
  if (order->payment != NULL)
    tjd_set_string (&work->job->entry->payment, order->payment);
  return write_down (work, error) &&
         check_amount (order->total, quotation->total, order->id, error);
}

static gboolean
place (Work *work, GError **error)
{
  TjdJob *job = work->job;
  gboolean ok = write_down (work, error);

  while (ok && job->orders->len < job->quotations->len) {
    guint i = job->orders->len;
    ok = place_one (work, job->quotations->pdata[i], job->entry->order_keys->pdata[i], error);
    note_progress (job, job->orders->len, job->quotations->len);
  }
  return ok;
}

/* Nobody signs other words than those that they read. */
static gboolean
was_read_otherwise (TjdJob *job, TjdOrderStatement *statement)
{
  for (guint i = 0; i < job->seen->len; i++) {
    TjdOrderStatement *seen = job->seen->pdata[i];
    if (strcmp (seen->order, statement->order) == 0 && strcmp (seen->text, statement->text) != 0)
      return TRUE;
  }
  return FALSE;
}

/* A statement is signed over its exact text, after it was seen to be this order's. */
static gboolean
check_statement (TjdJob *job, TjdOrderStatement *statement, TjdOrder *order, GError **error)
{
  g_autofree char *amount = tjd_money_format (order->total);
  g_autofree char *end = g_strdup_printf ("\nTotal: QAR %s\n", amount);
  g_autofree char *begin = g_strdup_printf ("Tajdid order statement 1\nOrder: %s\n", order->id);

  if (strcmp (statement->order, order->id) == 0 && g_str_has_prefix (statement->text, begin) &&
      g_str_has_suffix (statement->text, end) && !was_read_otherwise (job, statement))
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_APPROVAL_INVALID, "the statement of %s says something else",
                   order->id); /* as the portal would say */
  return FALSE;
}

/* Where an order has moved on already, that is what was wanted, or was not. */
static TjdOrder *
look_again (Work *work, TjdOrder *order, guint wanted, GError **error)
{
  g_autoptr (TjdOrder) now = NULL;

  if (!g_error_matches (*error, TJD_PROBLEM, TJD_PROBLEM_ORDER_STATE))
    return NULL;
  now = tjd_call_order (work->session, order->id, work->cancellable, NULL);
  if (now == NULL || !(wanted & 1u << now->state))
    return NULL;
  g_clear_error (error);
  return g_steal_pointer (&now);
}

/* Another signature is another request: it has a key of its own. */
static TjdOrder *
approve_one (Work *work, TjdOrder *order, GError **error)
{
  g_autoptr (TjdOrderStatement) statement =
      tjd_call_statement (work->session, order->id, work->cancellable, error);
  g_autofree char *key = tjd_call_new_key (work->session);
  TjdOrder *approved;

  if (statement == NULL || !check_statement (work->job, statement, order, error))
    return NULL;
  approved = tjd_call_approve (work->session, statement, key, work->cancellable, error);
  return approved != NULL ? approved : look_again (work, order, 1u << TJD_ORDER_APPROVED, error);
}

static void
replace (GPtrArray *orders, guint i, TjdOrder *order)
{
  g_object_unref (orders->pdata[i]);
  orders->pdata[i] = order;
}

static gboolean
approve (Work *work, GError **error)
{
  GPtrArray *orders = work->job->orders;

  if (!write_down (work, error))
    return FALSE;
  for (guint i = 0; i < orders->len; i++) {
    TjdOrder *order = orders->pdata[i];
    if (order->state == TJD_ORDER_PLACED) {
      TjdOrder *approved = approve_one (work, order, error);
      if (approved == NULL)
        return FALSE;
      replace (orders, i, approved);
    }
    note_progress (work->job, i + 1, orders->len);
  }
  return TRUE;
}

static gboolean
bill (Work *work, GError **error)
{
  TjdJob *job = work->job;
  g_autoptr (TjdBill) made = NULL;

  if (!write_down (work, error))
    return FALSE;
  made = tjd_call_make_bill (work->session, job->entry->orders, job->entry->bill_key,
                             work->cancellable, error);
  if (made == NULL || !check_amount (made->amount, job->total, made->id, error))
    return FALSE;
  tjd_set_string (&job->payment_request, made->request);
  tjd_set_string (&job->entry->payment, made->id);
  return write_down (work, error);
}

/* Never have signed what was not asked for: the text is what the code will cover, and its payee the
 * one that is shown. */
static gboolean
check_text (TjdPayment *payment, GError **error)
{
  g_autoptr (TjdSigningRequest) request =
      tjd_signing_parse (payment->signing_text, strlen (payment->signing_text), NULL);

  if (request != NULL && request->kind == TJD_SIGNING_PAYMENT &&
      request->amount == payment->amount && strcmp (request->id, payment->id) == 0 &&
      strcmp (request->number, payment->number) == 0 &&
      strcmp (request->payee_number, payment->payee_number) == 0 &&
      strcmp (request->payee_en, payment->payee_en) == 0 &&
      strcmp (request->payee_ar, payment->payee_ar) == 0)
    return TRUE;
  g_set_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CHANGED,
               "the signing request of %s says something else", payment->id);
  return FALSE;
}

static gboolean
start (Work *work, GError **error)
{
  TjdJob *job = work->job;

  if (!write_down (work, error))
    return FALSE;
  g_clear_object (&job->payment);
  job->payment = tjd_call_start_payment (work->session, job->payment_request, job->entry->start_key,
                                         work->cancellable, error);
  return job->payment != NULL &&
         check_amount (job->payment->amount, job->total, "the bank", error) &&
         check_text (job->payment, error);
}

static gboolean
authorise (Work *work, GError **error)
{
  TjdJob *job = work->job;
  TjdPayment *held;

  if (!write_down (work, error))
    return FALSE;
  held = tjd_call_authorise (work->session, job->payment->id, job->payment->number, job->code,
                             job->entry->authorise_key, work->cancellable, error);
  if (held == NULL)
    return FALSE;
  g_set_object (&job->payment, held);
  g_object_unref (held);
  job->entry->step = TJD_JOURNEY_PAID;
  write_down (work, NULL); /* the money is held, whatever the disk says; resume finds it out */
  return TRUE;
}

#define GONE (1u << TJD_ORDER_CANCELLED | 1u << TJD_ORDER_VOIDED | 1u << TJD_ORDER_EXPIRED)

static TjdOrder *
cancel_one (Work *work, TjdOrder *order, GError **error)
{
  g_autofree char *key = g_strconcat (order->id, "-cancel", NULL);
  TjdOrder *cancelled = tjd_call_cancel (work->session, order->id, key, work->cancellable, error);

  return cancelled != NULL ? cancelled : look_again (work, order, GONE, error);
}

static gboolean
cancel (Work *work, GError **error)
{
  GPtrArray *orders = work->job->orders;

  if (!write_down (work, error))
    return FALSE;
  for (guint i = 0; i < orders->len; i++) {
    TjdOrder *order = orders->pdata[i];
    if (!(GONE & 1u << order->state)) {
      TjdOrder *cancelled = cancel_one (work, order, error);
      if (cancelled == NULL)
        return FALSE;
      replace (orders, i, cancelled);
    }
    note_progress (work->job, i + 1, orders->len);
  }
  return tjd_journal_settle (work->journal, work->job->entry->id, error);
}

static gboolean (*const kinds[]) (Work *work, GError **error) = {
  [TJD_JOB_QUOTE] = quote,   [TJD_JOB_PLACE] = place, [TJD_JOB_APPROVE] = approve,
  [TJD_JOB_BILL] = bill,     [TJD_JOB_START] = start, [TJD_JOB_AUTHORISE] = authorise,
  [TJD_JOB_CANCEL] = cancel,
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == TJD_N_JOBS);

gboolean
tjd_job_run (TjdJob *job,
             TjdSession *session,
             TjdJournal *journal,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (kinds[job->kind](&(Work){ job, session, journal, cancellable }, &failed))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
