/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/* The papers of an order, asked for on a page: each fetches what stands on it, then asks where to
 * save it, or how to print it (with a preview). What goes wrong is said in a dialog over the
 * window. They return at once; a window that closes meanwhile ends them. */
void tjd_papers_save_receipt (TjdPage *page, const char *order_id);
void tjd_papers_print_label (TjdPage *page, const char *order_id);

/* "papers.save-receipt", "papers.print-receipt", "papers.save-label" and "papers.print-label" of a
 * page over a TjdOrderModel. */
void tjd_papers_install_actions (GtkWidgetClass *page_class);

G_END_DECLS
