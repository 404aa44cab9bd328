/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the ministry has said to the permits of a renewal; items of TjdReviewItem. */

void tjd_answers_take (GPtrArray *items, GPtrArray *quotations); /* of TjdQuotation */

/* Into two lists of items, in their order: what it quotes and what it refuses. Lists that hold the
 * same already are left alone, and the rows of those who show them with them. */
void tjd_answers_sort (GPtrArray *items, GListStore *renewable, GListStore *refused);

/* What was asked of its staff and has not been used by an order; of TjdReview, oldest first. */
void tjd_answers_take_requests (GPtrArray *items, GPtrArray *requests);

G_END_DECLS
