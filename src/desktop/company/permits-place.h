/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"
#include "permits-place-model.h"

G_BEGIN_DECLS

/* The place of permits: the page of one's own, or that of a company; who acts for some chooses. */
#define TJD_TYPE_PERMITS_PLACE (tjd_permits_place_get_type ())
G_DECLARE_FINAL_TYPE (TjdPermitsPlace, tjd_permits_place, TJD, PERMITS_PLACE, TjdPage)

G_END_DECLS
