/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model.h"
#include "resume.h"

G_BEGIN_DECLS

/* What became of payments that were under way when Tajdid ended. Signal "changed". */
#define TJD_TYPE_FOUND_MODEL (tjd_found_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdFoundModel, tjd_found_model, TJD, FOUND_MODEL, TjdModel)

GPtrArray *tjd_found_model_get_findings (TjdFoundModel *self); /* of TjdFinding, oldest first */

/* Asks portal and bank. */
void tjd_found_model_look (TjdFoundModel *self);

/* The person has seen them: the journal forgets what is known and cannot be gone on with. */
void tjd_found_model_note_seen (TjdFoundModel *self);

/* It is gone on with elsewhere, and written down anew there. */
void tjd_found_model_hand_over (TjdFoundModel *self, TjdFinding *finding);

G_END_DECLS
