/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clock.h"
#include "otpauth.h"

G_BEGIN_DECLS

/* The sign-in code of this half minute, and how long it lasts. */
#define TJD_TYPE_CODE_PAGE (tjd_code_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdCodePage, tjd_code_page, TJD, CODE_PAGE, AdwBin)

/* token NULL: none; else (unowned), until it is set anew. */
void tjd_code_page_set (TjdCodePage *self, const TjdToken *token, const TjdClock *clock);
void tjd_code_page_copy (TjdCodePage *self);

G_END_DECLS
