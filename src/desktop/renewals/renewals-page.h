/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model.h"
#include "page.h"

G_BEGIN_DECLS

/* What have I done? */
#define TJD_TYPE_RENEWALS_PAGE (tjd_renewals_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdRenewalsPage, tjd_renewals_page, TJD, RENEWALS_PAGE, TjdPage)

#define TJD_TYPE_RENEWALS_MODEL (tjd_renewals_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdRenewalsModel, tjd_renewals_model, TJD, RENEWALS_MODEL, TjdModel)

G_END_DECLS
