/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "permits-model.h"
#include "staff-model.h"

G_BEGIN_DECLS

/* Whose permits are looked at: the person's own, or those of a company that they act for. Which one
 * is remembered by the establishment's number. Signal "changed". */
#define TJD_TYPE_PERMITS_PLACE_MODEL (tjd_permits_place_model_get_type ())
G_DECLARE_FINAL_TYPE (
    TjdPermitsPlaceModel, tjd_permits_place_model, TJD, PERMITS_PLACE_MODEL, TjdModel)

/* NULL: not known yet. */
TjdAccount *tjd_permits_place_model_get_account (TjdPermitsPlaceModel *self);
void tjd_permits_place_model_take_account (TjdPermitsPlaceModel *self, TjdAccount *account);

/* Whether a company was looked at before of which it is not known yet whether it still may be. */
gboolean tjd_permits_place_model_is_waiting (TjdPermitsPlaceModel *self);
void tjd_permits_place_model_stop_waiting (TjdPermitsPlaceModel *self);

/* One of the account's; NULL: the person's own permits. */
TjdMandate *tjd_permits_place_model_get_mandate (TjdPermitsPlaceModel *self);
void tjd_permits_place_model_choose (TjdPermitsPlaceModel *self, TjdMandate *mandate);

TjdPermitsModel *tjd_permits_place_model_get_own (TjdPermitsPlaceModel *self);

/* Of the company that is looked at; borrowed. */
TjdStaffModel *tjd_permits_place_model_get_staff (TjdPermitsPlaceModel *self);

G_END_DECLS
