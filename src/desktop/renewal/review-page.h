/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"
#include "renewal-model.h"

G_BEGIN_DECLS

/* What will it cost, and is it right? */
#define TJD_TYPE_REVIEW_PAGE (tjd_review_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdReviewPage, tjd_review_page, TJD, REVIEW_PAGE, TjdPage)

G_END_DECLS
