/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model.h"
#include "page.h"

G_BEGIN_DECLS

/* Does the service keep its word? Its open figures, and what it offers and may offer next. */
#define TJD_TYPE_FIGURES_PAGE (tjd_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdFiguresPage, tjd_figures_page, TJD, FIGURES_PAGE, TjdPage)

#define TJD_TYPE_FIGURES_MODEL (tjd_figures_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdFiguresModel, tjd_figures_model, TJD, FIGURES_MODEL, TjdModel)

G_END_DECLS
