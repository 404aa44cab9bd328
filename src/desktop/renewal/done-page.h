/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "done-model.h"
#include "page.h"

G_BEGIN_DECLS

/* What have I got, what do I do now? Of what has not happened yet it says so. */
#define TJD_TYPE_DONE_PAGE (tjd_done_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdDonePage, tjd_done_page, TJD, DONE_PAGE, TjdPage)

G_END_DECLS
