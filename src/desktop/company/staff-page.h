/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"
#include "staff-model.h"

G_BEGIN_DECLS

/* A company's permits in columns, from a few to tens of thousands: whose need renewing? */
#define TJD_TYPE_STAFF_PAGE (tjd_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdStaffPage, tjd_staff_page, TJD, STAFF_PAGE, TjdPage)

G_END_DECLS
