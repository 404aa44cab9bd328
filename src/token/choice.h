/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whose token is shown: a drop-down of personal IDs, each of its parts with a name. */
void tjd_choice_prepare (GtkDropDown *choice);

/* held is of TjdHeldToken; wanted (may be NULL) is selected if it is there, else the first. */
void tjd_choice_fill (GtkDropDown *choice, GPtrArray *held, const char *wanted);

G_END_DECLS
