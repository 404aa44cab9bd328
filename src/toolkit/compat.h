/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What GTK 4.8 and libadwaita 1.2 lack, in one place. */

/* Says text to whoever listens instead of looking: gtk_accessible_announce where GTK has it (4.14).
 * Older ones announce nothing, so what is said must also stand in a label. */
void tjd_announce (GtkWidget *widget, const char *text);

/* A name for assistive technology; text is foreign text or translated. */
void tjd_set_accessible_name (GtkWidget *widget, const char *name);

/* GTK 4.8 names a button by its label's raw text, mnemonic and all, and then by the label: "_Find
 * Find". Below root, whose buttons are as they were built, only the second is left. What scrolls,
 * which takes the keyboard without a name, and fields in rows get one. */
void tjd_mend_names (GtkWidget *root);

/* Digits alone have no direction: GTK 4.8 takes the keyboard's or, where that is elsewhere, the
 * widget's, and turns the alignment with it. They stand where the page's text begins. */
void tjd_stand_at_start (AdwEntryRow *row);

/* What libadwaita's own dialogs do, for windows of ours that are like them. */
void tjd_close_on_escape (GtkWindow *window);

/* A control and the label that says what is wrong with it; NULL: nothing is. */
void tjd_set_accessible_error (GtkWidget *control, GtkLabel *explanation);

/* The same for a row: the label is there while it is wrong, and both are marked. */
void tjd_show_fault (AdwEntryRow *row, GtkLabel *explanation, gboolean is_wrong);

void tjd_set_css_class (GtkWidget *widget, const char *css_class, gboolean has_it);

/* Gives up css_class before, if it is not NULL, and has the other. */
void tjd_swap_css_class (GtkWidget *widget, const char *before, const char *css_class);

/* GTK has this from 4.12 on. */
void tjd_list_clear (GtkListBox *list);

/* GTK 4.8's drop-down is as wide as the longest of its texts (a GtkStringList's): this one shows
 * what there is room for. */
void tjd_let_choice_shrink (GtkDropDown *choice);

/* A question before something irreversible, with one answer beside leaving it as it is; asked again
 * while open, nothing happens. verb may have a mnemonic. */
void tjd_ask (GtkWidget *parent,
              const char *question,
              const char *explanation,
              const char *verb,
              gboolean destructive,
              GCallback agreed, /* void (*) (gpointer data), once, if the answer is verb */
              GObject *data);

G_END_DECLS
