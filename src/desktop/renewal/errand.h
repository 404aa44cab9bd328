/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey.h"
#include "shell.h"

G_BEGIN_DECLS

/* The work behind a renewal: what workers do, with plain values. */

/* A job of the journey. It is its own result, whatever came of it, since the journey takes it back.
 * It keeps the shell, and so the journal, until then. */
typedef struct {
  TjdShell *shell;
  TjdSession *session;
  TjdJournal *journal;
  TjdJob *job;
  GCancellable *cancellable; /* its own: a job is ended, not forgotten */
  GError *error;             /* that it ended with; NULL */
} TjdErrand;
TjdErrand *tjd_errand_new (TjdShell *shell, TjdJob *job);
void tjd_errand_free (TjdErrand *self);
extern const TjdWork tjd_run_errand;

/* What is known besides: the tariff, and what was asked of the ministry's staff. */
typedef struct {
  TjdTariff *tariff;   /* NULL: not known */
  GPtrArray *requests; /* of TjdReview, oldest first; NULL: not known */
} TjdBackground;
void tjd_background_free (TjdBackground *self);
gpointer tjd_background_request_new (TjdShell *shell, const char *renewer, gboolean wants_requests);
extern const TjdWork tjd_fetch_background;

/* A question to the ministry's staff. The result is a TjdReview. */
gpointer tjd_question_new (TjdShell *shell,
                           const char *renewer,
                           const char *personal_id,
                           TjdReviewKind kind,
                           const char *reason);
extern const TjdWork tjd_ask_staff;

/* An order in the words that are approved. The result is a TjdOrderStatement. */
gpointer tjd_statement_request_new (TjdShell *shell, const char *order);
extern const TjdWork tjd_fetch_statement;

G_END_DECLS
