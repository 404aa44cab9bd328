/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "order-words.h"

G_BEGIN_DECLS

/* Rows of lists that are made anew whenever what they show has changed. Texts are plain;
 * subtitle may be NULL or empty. It is the list's. */
AdwActionRow *tjd_rows_add (GtkListBox *list, const char *title, const char *subtitle);

/* With a value at its end, in figures that line up; the row says it with its title. */
AdwActionRow *
tjd_rows_add_value (GtkListBox *list, const char *title, const char *subtitle, const char *value);

/* A number to copy: shown left to right, copied as it is. */
AdwActionRow *tjd_rows_add_number (GtkListBox *list, const char *title, const char *number);

/* At the row's start: an icon that means what css_class colours. */
void tjd_row_add_icon (AdwActionRow *row, const char *icon_name, const char *css_class);

/* An icon button at the row's end; label is what it does. */
void tjd_row_add_button (AdwActionRow *row,
                         const char *icon_name,
                         const char *label,
                         const char *action_name,
                         GVariant *target);

G_END_DECLS
