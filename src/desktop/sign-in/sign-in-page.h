/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model.h"
#include "page.h"

G_BEGIN_DECLS

/* Who are you? Personal ID and the token's code. The ID stays whatever happens; whether there is
 * such a person is never said. */
#define TJD_TYPE_SIGN_IN_PAGE (tjd_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdSignInPage, tjd_sign_in_page, TJD, SIGN_IN_PAGE, TjdPage)

#define TJD_TYPE_SIGN_IN_MODEL (tjd_sign_in_model_get_type ())
G_DECLARE_FINAL_TYPE (TjdSignInModel, tjd_sign_in_model, TJD, SIGN_IN_MODEL, TjdModel)

G_END_DECLS
