/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "reading.h"

G_BEGIN_DECLS

/* A code as it is read and typed: large, in two groups that stay in their order in either
 * direction, its digits one by one to who listens. code NULL: none. */
void tjd_code_label_set (GtkLabel *label, const char *code);

/* The text of it; the caller wipes it. */
char *tjd_code_text (const TjdLocale *locale, const char *code);

/* Puts it on the clipboard in ASCII digits. */
void tjd_code_copy (GtkWidget *widget, const char *code);

G_END_DECLS
