/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "staff-model.h"

G_BEGIN_DECLS

/* What one column says of a permit. Where there is little room, name and state also say what the
 * columns say that are left out then. */
#define TJD_TYPE_STAFF_CELL (tjd_staff_cell_get_type ())
G_DECLARE_FINAL_TYPE (TjdStaffCell, tjd_staff_cell, TJD, STAFF_CELL, AdwBin)

/* dates are what days read as, by how they are on the wire: made once for all cells of a view. */
GtkWidget *tjd_staff_cell_new (TjdStaffColumn column,
                               const TjdLocale *locale,
                               gboolean is_narrow,
                               GHashTable *dates);
void tjd_staff_cell_set_permit (TjdStaffCell *self, TjdPermit *permit);

/* "Late", translated; borrowed. */
const char *tjd_standing_state_words (TjdStanding standing);

/* A permit in one line, for who listens instead of looking. rules may be NULL. */
char *tjd_staff_row_words (const TjdLocale *locale, TjdPermit *permit, TjdRules *rules);

G_END_DECLS
