/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errand.h"

#include "calls.h"

/* What the smaller ones take along. */
typedef struct {
  TjdSession *session;
  char *renewer, *personal_id, *reason, *order, *key;
  TjdReviewKind kind;
  gboolean wants_requests;
} Request;

static Request *
request_new (TjdShell *shell)
{
  Request *self = g_new0 (Request, 1);

  self->session = tjd_session_ref (tjd_shell_get_session (shell));
  return self;
}

static void
request_free (Request *self)
{
  tjd_session_unref (self->session);
  g_free (self->renewer);
  g_free (self->personal_id);
  g_free (self->reason);
  g_free (self->order);
  g_free (self->key);
  g_free (self);
}

TjdErrand *
tjd_errand_new (TjdShell *shell, TjdJob *job)
{
  TjdErrand *self = g_new0 (TjdErrand, 1);

  self->shell = g_object_ref (shell);
  self->session = tjd_session_ref (tjd_shell_get_session (shell));
  self->journal = tjd_shell_get_journal (shell);
  self->job = job;
  self->cancellable = g_cancellable_new ();
  return self;
}

void
tjd_errand_free (TjdErrand *self)
{
  tjd_job_free (self->job);
  tjd_session_unref (self->session);
  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_object_unref (self->shell);
  g_free (self);
}

static gpointer
run_errand (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdErrand *self = data;

  tjd_job_run (self->job, self->session, self->journal, self->cancellable, &self->error);
  return self;
}

void
tjd_background_free (TjdBackground *self)
{
  g_clear_object (&self->tariff);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_free (self);
}

static gpointer
fetch_background (gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  TjdBackground *background = g_new0 (TjdBackground, 1);
  g_autoptr (TjdReviewsQuery) query = tjd_reviews_query_new ();
  g_autoptr (TjdReviews) reviews = NULL;
  g_autofree char *next = NULL;

  query->renewer = g_strdup (request->renewer);
  background->tariff = tjd_call_tariff (request->session, cancellable, NULL);
  if (request->wants_requests)
    reviews = tjd_call_requests (request->session, query, &next, cancellable, NULL);
  if (reviews != NULL)
    background->requests = g_ptr_array_ref (reviews->reviews);
  return background;
}

static gpointer
ask_staff (gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (TjdReviewRequest) asked = tjd_review_request_new ();

  asked->renewer = g_strdup (request->renewer);
  asked->personal_id = g_strdup (request->personal_id);
  asked->reason = g_strdup (request->reason);
  return request->kind == TJD_REVIEW_RENEWAL
             ? tjd_call_ask_review (request->session, asked, request->key, cancellable, error)
             : tjd_call_ask_reduction (request->session, asked, request->key, cancellable, error);
}

static gpointer
fetch_statement (gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  return tjd_call_statement (request->session, request->order, cancellable, error);
}

const TjdWork tjd_run_errand = { "renewal", run_errand, NULL, (GDestroyNotify) tjd_errand_free };
const TjdWork tjd_fetch_background = { "tariff and requests", fetch_background,
                                       (GDestroyNotify) request_free,
                                       (GDestroyNotify) tjd_background_free };
const TjdWork tjd_ask_staff = { "ask the staff", ask_staff, (GDestroyNotify) request_free,
                                g_object_unref };
const TjdWork tjd_fetch_statement = { "statement", fetch_statement, (GDestroyNotify) request_free,
                                      g_object_unref };

gpointer
tjd_background_request_new (TjdShell *shell, const char *renewer, gboolean wants_requests)
{
  Request *self = request_new (shell);

  self->wants_requests = wants_requests;
  self->renewer = g_strdup (renewer);
  return self;
}

gpointer
tjd_question_new (TjdShell *shell,
                  const char *renewer,
                  const char *personal_id,
                  TjdReviewKind kind,
                  const char *reason)
{
  Request *self = request_new (shell);

  self->renewer = g_strdup (renewer);
  self->personal_id = g_strdup (personal_id);
  self->kind = kind;
  self->reason = g_strdup (reason);
  self->key = tjd_call_new_key (self->session);
  return self;
}

gpointer
tjd_statement_request_new (TjdShell *shell, const char *order)
{
  Request *self = request_new (shell);

  self->order = g_strdup (order);
  return self;
}
