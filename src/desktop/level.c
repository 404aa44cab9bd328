/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "level.h"

#include <glib/gi18n-lib.h>

#include "compat.h"

static GtkWidget *
make_header (const char *title)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (back, _ ("Back"));
  tjd_set_accessible_name (back, _ ("Back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "win.back");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), back);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, NULL));
  return header;
}

GtkWidget *
tjd_level_new (const char *title, GtkWidget *child)
{
  GtkWidget *level = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (level), make_header (title));
  gtk_widget_set_vexpand (child, TRUE);
  gtk_box_append (GTK_BOX (level), child);
  gtk_widget_add_css_class (level, "background");
  return level;
}

GtkWidget *
tjd_level_get_child (GtkWidget *level)
{
  return gtk_widget_get_last_child (level);
}
