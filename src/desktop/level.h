/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A page that was opened from another: a header with its title and the way back, and the page. */
GtkWidget *tjd_level_new (const char *title, GtkWidget *child);
GtkWidget *tjd_level_get_child (GtkWidget *level);

G_END_DECLS
