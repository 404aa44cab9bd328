/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages.h"

G_BEGIN_DECLS

/* The window knows where the person is: which place, which pages over it, each with its model. What
 * is seen of it (frame.h) is made from that, and made again when the language changes. */
#define TJD_TYPE_WINDOW (tjd_window_get_type ())
G_DECLARE_FINAL_TYPE (TjdWindow, tjd_window, TJD, WINDOW, AdwApplicationWindow)

TjdWindow *tjd_window_new (GtkApplication *application, TjdShell *shell);

/* For pages: the window they stand in. */
TjdWindow *tjd_window_of (gpointer page);

/* A page over what is shown, with a way back; model (transfer none) or NULL for a new one. */
void tjd_window_open (TjdWindow *self, TjdPageId id, GObject *model);

/* The same over a place, instead of what is open: what lies below is not shown on the way. */
void tjd_window_open_alone (TjdWindow *self, TjdPageId place, TjdPageId id, GObject *model);

/* Back to the place, from however many pages over it; and to another place. */
void tjd_window_back (TjdWindow *self);
void tjd_window_go (TjdWindow *self, TjdPageId place);

/* Text is translated; undo_label and action (detailed) may be NULL. Also said aloud. */
void
tjd_window_toast (TjdWindow *self, const char *text, const char *undo_label, const char *action);

G_END_DECLS
