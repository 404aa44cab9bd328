/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "arrange.h"
#include "fetch-staff.h"
#include "model.h"

G_BEGIN_DECLS

/* A company's permits, tens of thousands maybe: fetched batch by batch, looked through, chosen.
 *
 *   nothing → some → all ⇄ what has changed since
 *
 * A failure between leaves what is there; the next fetch goes on from it. What is shown is arranged
 * by a worker and put into the list in one change. Signals: "changed" (what is there, what is under
 * way), "chosen-changed", "arranged" (what is shown). */
#define TJD_TYPE_STAFF_MODEL (tjd_staff_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdStaffModel, tjd_staff_model, TJD, STAFF_MODEL, TjdModel)

/* renewer is an establishment that the person acts for in this role. */
TjdStaffModel *tjd_staff_model_new (TjdShell *shell, const char *renewer, TjdRole role);
const char *tjd_staff_model_get_renewer (TjdStaffModel *self);
TjdRole tjd_staff_model_get_role (TjdStaffModel *self);

/* All, or what is missing of all, or what has changed since: whichever is to be done next. */
void tjd_staff_model_fetch (TjdStaffModel *self);
void tjd_staff_model_stop (TjdStaffModel *self);
TjdTasks *tjd_staff_model_get_tasks (TjdStaffModel *self);

/* What a fetch brought (transfer full); it is the model that calls it, and a test. */
void tjd_staff_model_take (TjdStaffModel *self, TjdFetchedStaff *fetched);

gboolean tjd_staff_model_is_fetched (TjdStaffModel *self); /* some of it */
gboolean tjd_staff_model_is_complete (TjdStaffModel *self);
gboolean tjd_staff_model_is_kept (TjdStaffModel *self);
gint64 tjd_staff_model_get_as_of (TjdStaffModel *self); /* UTC seconds */
guint tjd_staff_model_count (TjdStaffModel *self);
const GError *tjd_staff_model_get_error (TjdStaffModel *self); /* of the last fetch; NULL */
TjdRules *tjd_staff_model_get_rules (TjdStaffModel *self);     /* NULL: not known */

/* --- what is shown --------------------------------------------------------------------------- */

GListModel *tjd_staff_model_get_list (TjdStaffModel *self); /* of TjdPermit */

const TjdArrangement *tjd_staff_model_get_arrangement (TjdStaffModel *self);
void tjd_staff_model_arrange (TjdStaffModel *self, const TjdArrangement *how);
const char *tjd_staff_model_get_search (TjdStaffModel *self); /* as it was typed; never NULL */
void tjd_staff_model_set_search (TjdStaffModel *self, const char *text);

/* --- what is chosen -------------------------------------------------------------------------- */

/* Only what may be renewed is. */
void tjd_staff_model_choose (TjdStaffModel *self, const char *personal_id, gboolean chosen);
gboolean tjd_staff_model_is_chosen (TjdStaffModel *self, const char *personal_id);
void tjd_staff_model_choose_shown (TjdStaffModel *self); /* as well */
void tjd_staff_model_choose_all (TjdStaffModel *self);   /* whether it is shown or not */
void tjd_staff_model_choose_none (TjdStaffModel *self);
guint tjd_staff_model_count_chosen (TjdStaffModel *self);
TjdMoney tjd_staff_model_sum_least_fees (TjdStaffModel *self); /* dirhams, without post */

/* For a renewal: of TjdPermit, as the register has them. (transfer full) */
GPtrArray *tjd_staff_model_list_chosen (TjdStaffModel *self);

G_END_DECLS
