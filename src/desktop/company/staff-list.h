/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "staff-row.h"

G_BEGIN_DECLS

/* The rows that are shown, as a list of their permits. Whatever it is told to show becomes one
 * change of what differs: what stays at either end keeps its place on the screen, and the focus. */
#define TJD_TYPE_STAFF_LIST (tjd_staff_list_get_type ())
G_DECLARE_FINAL_TYPE (TjdStaffList, tjd_staff_list, TJD, STAFF_LIST, GObject)

TjdStaffList *tjd_staff_list_new (void);

/* rows of TjdStaffRow (transfer full). */
void tjd_staff_list_show (TjdStaffList *self, GPtrArray *rows);
GPtrArray *tjd_staff_list_get_rows (TjdStaffList *self); /* borrowed */

G_END_DECLS
