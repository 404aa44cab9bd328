/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "consignment.h"
#include "order.h"
#include "reading.h"

G_BEGIN_DECLS

/* The lists of an order, filled anew. */

/* The first so many of its permits, each with what became of it; 0: all of them. */
void tjd_fill_permits (GtkListBox *list, const TjdLocale *locale, TjdOrder *order, guint most);

/* Fees, post, what was not debited, and the total. */
void tjd_fill_amounts (GtkListBox *list, const TjdLocale *locale, TjdOrder *order);

/* What happened, newest first, of an array of TjdHappening. */
void tjd_fill_history (GtkListBox *list, const TjdLocale *locale, GPtrArray *history);

G_END_DECLS
