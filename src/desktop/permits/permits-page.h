/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"
#include "permits-model.h"

G_BEGIN_DECLS

/* Whose permit needs me? Most urgent first; a choice of some leads to their fees. */
#define TJD_TYPE_PERMITS_PAGE (tjd_permits_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdPermitsPage, tjd_permits_page, TJD, PERMITS_PAGE, TjdPage)

G_END_DECLS
