/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK 4.8 says wrongly to who listens, put right. */

/* Beneath root: a button with a mnemonic reads "_Copy Copy" and loses the first; what only scrolls
 * is a nameless stop on the way, and is none (what is in it scrolls it). */
void tjd_spoken_mend (GtkWidget *root);

/* The page by that name, with the others hidden: a stack's unseen pages are read out as if they
 * were there. */
void tjd_spoken_show_page (GtkStack *stack, const char *name);

G_END_DECLS
