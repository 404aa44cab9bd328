/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "permits-model.h"

G_BEGIN_DECLS

/* A permit in the list: avatar, name, number and kind, what its date means, and whether it is
 * chosen. */
#define TJD_TYPE_PERMIT_ROW (tjd_permit_row_get_type ())
G_DECLARE_FINAL_TYPE (TjdPermitRow, tjd_permit_row, TJD, PERMIT_ROW, AdwBin)

GtkWidget *tjd_permit_row_new (TjdPermitsModel *model, const TjdLocale *locale);

/* cell is the list's widget around it, which gets the same name. NULL: shows none. */
void tjd_permit_row_set_permit (TjdPermitRow *self, TjdPermit *permit, GtkWidget *cell);

G_END_DECLS
