/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page by that name, with the others hidden: a stack's unseen pages are read out as if they
 * were there. */
void tjd_spoken_show_page (GtkStack *stack, const char *name);

G_END_DECLS
