/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* The page Follow for an order, over what the window shows. */
void tjd_follow_open (GtkWindow *window, TjdShell *shell, const char *order_id);

G_END_DECLS
