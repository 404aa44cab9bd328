/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "asked.h"
#include "clock.h"

G_BEGIN_DECLS

/* Signing, in three steps that follow one another on one page: the request is brought here, it is
 * read, its code is shown beneath it. Anything new that is brought takes the old code away. */
#define TJD_TYPE_SIGN_PAGE (tjd_sign_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdSignPage, tjd_sign_page, TJD, SIGN_PAGE, AdwBin)

/* token NULL: none; else (unowned), until it is set anew. A code that is shown goes. */
void tjd_sign_page_set (TjdSignPage *self, const TjdToken *token, const TjdClock *clock);

/* The text of a request, from wherever it comes; what is none is said on the page. */
void tjd_sign_page_take (TjdSignPage *self, const char *text, gsize length);

/* That nothing came: an empty clipboard, a file that cannot be read. */
void tjd_sign_page_complain (TjdSignPage *self, const char *complaint);

void tjd_sign_page_copy (TjdSignPage *self);

G_END_DECLS
