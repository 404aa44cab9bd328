/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "staff-model.h"

G_BEGIN_DECLS

/* The cell that chooses a permit, and follows what is chosen. */
#define TJD_TYPE_STAFF_CHECK (tjd_staff_check_get_type ())
G_DECLARE_FINAL_TYPE (TjdStaffCheck, tjd_staff_check, TJD, STAFF_CHECK, GtkCheckButton)

GtkWidget *tjd_staff_check_new (TjdStaffModel *model, const TjdLocale *locale);

/* NULL: none for now. */
void tjd_staff_check_set_permit (TjdStaffCheck *self, TjdPermit *permit);

G_END_DECLS
