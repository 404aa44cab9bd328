/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "calls.h"
#include "journal.h"

G_BEGIN_DECLS

/* A renewal, from the chosen permits to the held money: an object of the main thread without
 * widgets. It holds what was collected and knows what is to be done next; a worker does it.
 *
 *   choosing → quoted → confirmed → (ordered → approved) → billed → signing → authorising → paid
 *
 * A company's orders wait at "ordered" for a signatory; one's own are billed as they are placed.
 * From signing a wrong code leads back to signing, a number that has expired to billed. An answer
 * that does not come leads to in-doubt, from where the bank is asked until it is known. What cannot
 * be paid any more, or is cancelled, has ended with nothing charged; from there and from quoted one
 * may choose again. The table of what may follow what is in journey.c, and one function moves.
 *
 *   while ((job = tjd_journey_next (journey)) != NULL) {
 *     in a worker:   tjd_job_run (job, session, journal, cancellable, &error);
 *     on the main thread:   tjd_journey_apply (journey, job, error);
 *   }
 *
 * next gives NULL while a job is out, where the person has to act (choose, confirm, give the code),
 * at the end, and after a failure until tjd_journey_retry or another act of theirs.
 *
 * Properties, notified: step, busy, total, charge, remedy. */
#define TJD_TYPE_JOURNEY (tjd_journey_get_type ())
G_DECLARE_FINAL_TYPE (TjdJourney, tjd_journey, TJD, JOURNEY, GObject)

/* An order has up to so many permits; more become several orders under one bill. */
#define TJD_ORDER_PERMITS 500

/* renewer NULL: the person's own and their family's, for which they sign themselves; else the
 * establishment that they act for in this role. */
TjdJourney *tjd_journey_new (const char *renewer,
                             TjdRole role,
                             const TjdClock *clock,
                             const TjdEntropy *entropy);

/* Goes on with orders that were placed earlier and are unpaid (of TjdOrder, of one renewer). */
TjdJourney *tjd_journey_new_from_orders (GPtrArray *orders,
                                         const char *renewer,
                                         TjdRole role,
                                         const TjdClock *clock,
                                         const TjdEntropy *entropy);

/* What the person does. FALSE where the step does not allow it. */
gboolean tjd_journey_choose (TjdJourney *self, GPtrArray *wishes); /* of TjdWish; copied */
gboolean tjd_journey_confirm (TjdJourney *self);                   /* what was quoted */
gboolean tjd_journey_approve (TjdJourney *self);                   /* a company's, as signatory */
void tjd_journey_note_seen (TjdJourney *self, TjdOrderStatement *statement); /* by who approves */
gboolean tjd_journey_give_code (TjdJourney *self, TjdSecret *code);
gboolean tjd_journey_renew_number (TjdJourney *self); /* the one to sign has expired */
gboolean tjd_journey_cancel (TjdJourney *self);
gboolean tjd_journey_retry (TjdJourney *self); /* what failed, under the same keys */

/* What a worker is to do: plain values, its own copies. */
typedef struct _TjdJob TjdJob;
TjdJob *tjd_journey_next (TjdJourney *self); /* (transfer full) */
gboolean tjd_job_run (TjdJob *job,
                      TjdSession *session,
                      TjdJournal *journal,
                      GCancellable *cancellable,
                      GError **error);

/* How many of how many orders it has dealt with; from any thread. */
void tjd_job_get_progress (TjdJob *job, guint *done, guint *of);
void tjd_job_free (TjdJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdJob, tjd_job_free)

/* Takes what the job brought; error is that of tjd_job_run or NULL. */
void tjd_journey_apply (TjdJourney *self, TjdJob *job, const GError *error);

TjdJourneyStep tjd_journey_get_step (TjdJourney *self);
gboolean tjd_journey_is_busy (TjdJourney *self);
TjdCharge tjd_journey_get_charge (TjdJourney *self);
TjdRemedy tjd_journey_get_remedy (TjdJourney *self);    /* where there is an error */
const GError *tjd_journey_get_error (TjdJourney *self); /* of what was done last; NULL */

/* What it holds; borrowed, empty or NULL before it is there. */
const char *tjd_journey_get_id (TjdJourney *self);
const char *tjd_journey_get_renewer (TjdJourney *self);
GPtrArray *tjd_journey_get_quotations (TjdJourney *self); /* of TjdQuotation */
TjdMoney tjd_journey_get_post_fee (TjdJourney *self);     /* dirhams, all orders */
TjdMoney tjd_journey_get_total (TjdJourney *self);        /* dirhams */
gint64 tjd_journey_get_valid_until (TjdJourney *self);    /* of the quotations, UTC seconds */
GPtrArray *tjd_journey_get_orders (TjdJourney *self);     /* of TjdOrder */
TjdPayment *tjd_journey_get_payment (TjdJourney *self);   /* its number, text, account, tries */

/* For tests of the table. */
gboolean tjd_journey_step_may_follow (TjdJourneyStep from, TjdJourneyStep to);

G_END_DECLS
