/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "staff-model.h"

G_BEGIN_DECLS

/* The columns of a company's permits: their titles, their cells, and the order that their headers
 * ask for. */
void tjd_staff_columns_fill (GtkColumnView *view, TjdStaffModel *model, const TjdLocale *locale);

/* Whether there is room for all of them. */
void tjd_staff_columns_set_narrow (GtkColumnView *view,
                                   TjdStaffModel *model,
                                   const TjdLocale *locale,
                                   gboolean is_narrow);

/* "Personal ID", translated; borrowed. */
const char *tjd_staff_column_title (TjdStaffColumn column);

/* FALSE: no header was ever asked. */
gboolean
tjd_staff_columns_get_order (GtkColumnView *view, TjdStaffColumn *column, gboolean *descending);
void tjd_staff_columns_set_order (GtkColumnView *view, TjdStaffColumn column, gboolean descending);

G_END_DECLS
