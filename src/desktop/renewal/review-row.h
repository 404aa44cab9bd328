/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A permit that can be renewed: for how many years, and its fee, which folds open into its lines.
 * In a list of many, rows must not differ in height: there the lines stand in a popover. */
#define TJD_TYPE_REVIEW_ROW (tjd_review_row_get_type ())
G_DECLARE_FINAL_TYPE (TjdReviewRow, tjd_review_row, TJD, REVIEW_ROW, AdwBin)

GtkWidget *
tjd_review_row_new (TjdRenewalModel *model, const TjdLocale *locale, gboolean is_of_many);

/* NULL: shows none. cell is the list's widget around it, which gets the same name; NULL. */
void tjd_review_row_set_item (TjdReviewRow *self, TjdReviewItem *item, GtkWidget *cell);

G_END_DECLS
