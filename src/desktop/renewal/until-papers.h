/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* What papers/ and tracking/ will do stands here until they are there: this pair of files goes
 * then, and tjd_follow_open becomes tjd_window_open (window, TJD_PAGE_FOLLOW, …). */
void tjd_papers_print_label (GtkWindow *window, TjdShell *shell, const char *order_id);
void tjd_papers_save_receipt (GtkWindow *window, TjdShell *shell, const char *order_id);
void tjd_follow_open (GtkWindow *window, TjdShell *shell, const char *order_id);

G_END_DECLS
