/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"
#include "renewals-model.h"

G_BEGIN_DECLS

/* What have I done? */
#define TJD_TYPE_RENEWALS_PAGE (tjd_renewals_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdRenewalsPage, tjd_renewals_page, TJD, RENEWALS_PAGE, TjdPage)

G_END_DECLS
