/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Text from outside, by the clipboard or a file: a request, or a token's two lines. */

/* text ends with a NUL that length does not count. It may be a secret: it is wiped when this
 * returns. NULL where there is nothing that could be either: no text, NUL in it, too long. */
typedef void (*TjdOutsideTake) (gpointer window, const char *text, gsize length);

void tjd_outside_paste (GtkWidget *window, GCancellable *cancellable, TjdOutsideTake take);
void tjd_outside_open (GtkWidget *window, TjdOutsideTake take);

G_END_DECLS
