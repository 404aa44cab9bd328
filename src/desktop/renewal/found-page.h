/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "found-model.h"
#include "page.h"
#include "window.h"

G_BEGIN_DECLS

/* What became of what was under way? Each payment with what is to be done about it. */
#define TJD_TYPE_FOUND_PAGE (tjd_found_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdFoundPage, tjd_found_page, TJD, FOUND_PAGE, TjdPage)

/* Lets window look, once for each person who signs in, and open the page where there is something
 * to tell. */
void tjd_found_watch (TjdWindow *window, TjdShell *shell);

G_END_DECLS
