/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages.h"

G_BEGIN_DECLS

/* Everything inside a window, made anew when the language changes: the places with their switcher,
 * the pages opened over them, each with a way back, and over all of it opening and sign-in. What it
 * shows is told by its window. */
#define TJD_TYPE_FRAME (tjd_frame_get_type ())
G_DECLARE_FINAL_TYPE (TjdFrame, tjd_frame, TJD, FRAME, AdwBin)

TjdFrame *tjd_frame_new (TjdShell *shell);

void tjd_frame_show_opening (TjdFrame *self);
void tjd_frame_show_closed (TjdFrame *self, const GError *error);
gboolean tjd_frame_has_sign_in (TjdFrame *self);
void tjd_frame_fill_sign_in (TjdFrame *self, TjdPage *page);
void tjd_frame_show_sign_in (TjdFrame *self);
void tjd_frame_show_pages (TjdFrame *self); /* the sign-in goes */

/* The page of a place, once. */
void tjd_frame_fill_place (TjdFrame *self, TjdPageId id, TjdPage *page);
gboolean tjd_frame_has_place (TjdFrame *self, TjdPageId id);
void tjd_frame_show_place (TjdFrame *self, TjdPageId id);
TjdPageId tjd_frame_get_place (TjdFrame *self); /* signal "place-changed" */

/* Over the place that is shown. Signal "went-back" when the last one has been left. */
void tjd_frame_push (TjdFrame *self, TjdPageId id, TjdPage *page);
void tjd_frame_pop (TjdFrame *self);

TjdPage *tjd_frame_get_page (TjdFrame *self); /* what is in sight; NULL */

/* Above the places, until it is dismissed by win.dismiss-notice; NULL: nothing. */
void tjd_frame_set_notice (TjdFrame *self, const char *text);
void tjd_frame_add_toast (TjdFrame *self, AdwToast *toast);

G_END_DECLS
