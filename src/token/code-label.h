/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A code as it is read and typed: large, in two groups that stay in their order in either
 * direction, its digits one by one to who listens. code NULL: none. */
void tjd_code_label_set (GtkLabel *label, const char *code);

/* Puts it on the clipboard in ASCII digits. */
void tjd_code_copy (GtkWidget *widget, const char *code);

G_END_DECLS
