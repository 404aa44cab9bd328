/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "shell.h"

G_BEGIN_DECLS

/* The papers of an order, asked for by a window: each fetches what stands on it, then asks where to
 * save it, or how to print it (with a preview). What goes wrong is said in a dialog over the
 * window. They return at once; a window that closes meanwhile ends them. */
void tjd_papers_save_receipt (GtkWindow *window, TjdShell *shell, const char *order_id);
void tjd_papers_print_receipt (GtkWindow *window, TjdShell *shell, const char *order_id);
void tjd_papers_save_label (GtkWindow *window, TjdShell *shell, const char *order_id);
void tjd_papers_print_label (GtkWindow *window, TjdShell *shell, const char *order_id);

G_END_DECLS
