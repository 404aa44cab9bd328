/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "model.h"
#include "permit.h"
#include "tariff.h"

G_BEGIN_DECLS

/* The person's own and their family's permits, and which of them are chosen. */
#define TJD_TYPE_PERMITS_MODEL (tjd_permits_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdPermitsModel, tjd_permits_model, TJD, PERMITS_MODEL, TjdModel)

/* What was fetched: plain values, by a worker. */
typedef struct {
  GPtrArray *permits; /* of TjdPermit, most urgent first */
  TjdTariff *tariff;  /* NULL: not known */
  gint64 as_of;       /* UTC seconds */
  gboolean is_kept;   /* from this computer, because the service could not be reached */
} TjdFetchedPermits;
void tjd_fetched_permits_free (TjdFetchedPermits *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdFetchedPermits, tjd_fetched_permits_free)

/* Takes what was fetched (transfer full). What was chosen stays, as far as it is still there. */
void tjd_permits_model_take (TjdPermitsModel *self, TjdFetchedPermits *fetched);

gboolean tjd_permits_model_is_fetched (TjdPermitsModel *self);
gint64 tjd_permits_model_get_as_of (TjdPermitsModel *self); /* UTC seconds */
gboolean tjd_permits_model_is_kept (TjdPermitsModel *self);
GListModel *tjd_permits_model_get_list (TjdPermitsModel *self); /* of TjdPermit */
TjdRules *tjd_permits_model_get_rules (TjdPermitsModel *self);  /* NULL */

/* One that is not in the list, found by its number; it comes first. */
void tjd_permits_model_add (TjdPermitsModel *self, TjdPermit *permit);

/* Signal "chosen-changed". */
void tjd_permits_model_choose (TjdPermitsModel *self, const char *personal_id, gboolean chosen);
gboolean tjd_permits_model_is_chosen (TjdPermitsModel *self, const char *personal_id);
guint tjd_permits_model_count_chosen (TjdPermitsModel *self);
void tjd_permits_model_choose_none (TjdPermitsModel *self);
TjdMoney tjd_permits_model_sum_least_fees (TjdPermitsModel *self); /* dirhams, without post */

/* For a renewal: an array of TjdPermit, in the list's order. */
GPtrArray *tjd_permits_model_list_chosen (TjdPermitsModel *self);

/* They are to be fetched again as soon as they are looked at. */
void tjd_permits_model_outdate (TjdPermitsModel *self);

const char *tjd_permits_model_get_search (TjdPermitsModel *self); /* never NULL */
void tjd_permits_model_set_search (TjdPermitsModel *self, const char *text);

G_END_DECLS
