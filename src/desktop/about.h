/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The windows that only tell; made when they are asked for. */
GtkWindow *tjd_about_new (void);
GtkWindow *tjd_shortcuts_new (void);
GtkWindow *tjd_help_new (void);

G_END_DECLS
