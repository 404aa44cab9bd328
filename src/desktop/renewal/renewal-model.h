/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey.h"
#include "model.h"
#include "review-item.h"
#include "tariff.h"

G_BEGIN_DECLS

/* A renewal from review to payment, behind the pages that show it: the journey (journey.h) with
 * who drives it. Workers do what is to be done next; what a person need not decide goes on by
 * itself:
 *
 *   fees that have run out            are asked for anew, and it is said what changed
 *   a number to sign that has expired is drawn anew, and that is said
 *   a payment in doubt                is asked about every few seconds
 *   a session that has ended          is waited for, and the same is gone on with
 *   five idle minutes while paying    lock the session
 *
 * It stays alive while it is not known whether money moved, also where no page shows it. Signals:
 * "changed"; "placed", once, when there is an order. */
#define TJD_TYPE_RENEWAL_MODEL (tjd_renewal_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdRenewalModel, tjd_renewal_model, TJD, RENEWAL_MODEL, TjdModel)

/* More permits than so many are shown in lists that make only the rows in sight. */
#define TJD_RENEWAL_FEW 20

/* renewer and role as tjd_journey_new has them; permits of TjdPermit. Asks for the fees. */
TjdRenewalModel *
tjd_renewal_model_new (TjdShell *shell, const char *renewer, TjdRole role, GPtrArray *permits);

/* Orders that are unpaid still (of TjdOrder, of one renewer): goes on to their payment. */
TjdRenewalModel *tjd_renewal_model_new_from_orders (TjdShell *shell,
                                                    const char *renewer,
                                                    TjdRole role,
                                                    GPtrArray *orders);

TjdJourney *tjd_renewal_model_get_journey (TjdRenewalModel *self);
TjdRole tjd_renewal_model_get_role (TjdRenewalModel *self);
TjdTasks *tjd_renewal_model_get_tasks (TjdRenewalModel *self);

/* Of TjdReviewItem: what can be renewed, and what is refused. */
GListModel *tjd_renewal_model_get_renewable (TjdRenewalModel *self);
GListModel *tjd_renewal_model_get_refused (TjdRenewalModel *self);
guint tjd_renewal_model_count (TjdRenewalModel *self);

/* Whether the fees were there once; they stay in sight while others are asked for. */
gboolean tjd_renewal_model_is_quoted (TjdRenewalModel *self);
TjdMoney tjd_renewal_model_get_fees (TjdRenewalModel *self); /* without post; dirhams */
TjdMoney tjd_renewal_model_get_post_fee (TjdRenewalModel *self);
TjdMoney tjd_renewal_model_get_total (TjdRenewalModel *self);
TjdMoney tjd_renewal_model_get_total_before (TjdRenewalModel *self); /* TJD_NO_INT: the same */
TjdTariff *tjd_renewal_model_get_tariff (TjdRenewalModel *self);     /* NULL: not known */

/* What the person changes; each asks for the fees anew. item is one of this model's. */
void tjd_renewal_model_set_years (TjdRenewalModel *self, TjdReviewItem *item, gint64 years);
void tjd_renewal_model_set_all_years (TjdRenewalModel *self, gint64 years); /* where offered */
void
tjd_renewal_model_set_lost_card (TjdRenewalModel *self, TjdReviewItem *item, gboolean lost_card);
void tjd_renewal_model_ask_fees (TjdRenewalModel *self);
void tjd_renewal_model_stop_asking (TjdRenewalModel *self);

/* Asks the ministry's staff, in the person's own words; what comes of it stands in item->asked, or
 * in trouble. */
void tjd_renewal_model_ask_staff (TjdRenewalModel *self,
                                  TjdReviewItem *item,
                                  TjdReviewKind kind,
                                  const char *reason);

/* FALSE where the journey does not allow it now. */
gboolean tjd_renewal_model_confirm (TjdRenewalModel *self);
gboolean tjd_renewal_model_approve (TjdRenewalModel *self);
gboolean tjd_renewal_model_pay (TjdRenewalModel *self, TjdSecret *code);
gboolean tjd_renewal_model_retry (TjdRenewalModel *self);
gboolean tjd_renewal_model_cancel (TjdRenewalModel *self);

/* What is to be said beside the journey's own error. */
typedef enum {
  TJD_RENEWAL_SAYS_NOTHING,
  TJD_RENEWAL_SAYS_SAME_FEES, /* asked for anew, because they had run out */
  TJD_RENEWAL_SAYS_OTHER_FEES,
  TJD_RENEWAL_SAYS_NEW_NUMBER, /* the one before has expired */
} TjdRenewalSays;
TjdRenewalSays tjd_renewal_model_get_says (TjdRenewalModel *self);

/* Why the person has to do something again; NULL. It stays until they do. */
const GError *tjd_renewal_model_get_trouble (TjdRenewalModel *self);

/* How many of how many orders the worker has dealt with; FALSE: nothing is counted. */
gboolean tjd_renewal_model_get_progress (TjdRenewalModel *self, guint *done, guint *of);

/* A company's order in the words that are approved; NULL before it has been fetched. */
void tjd_renewal_model_fetch_statement (TjdRenewalModel *self, guint order);
const char *tjd_renewal_model_get_statement (TjdRenewalModel *self);

G_END_DECLS
