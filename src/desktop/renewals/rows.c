/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "isolate.h"
#include "window.h"

AdwActionRow *
tjd_rows_add (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title,
                                 "subtitle", subtitle != NULL ? subtitle : "", NULL);

  gtk_list_box_append (list, row);
  return ADW_ACTION_ROW (row);
}

AdwActionRow *
tjd_rows_add_value (GtkListBox *list, const char *title, const char *subtitle, const char *value)
{
  AdwActionRow *row = tjd_rows_add (list, title, subtitle);
  GtkWidget *label = gtk_label_new (value);
  g_autofree char *all =
      g_strjoin (", ", title, value, subtitle != NULL && *subtitle != '\0' ? subtitle : NULL, NULL);

  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (row, label);
  tjd_set_accessible_name (GTK_WIDGET (row), all);
  return row;
}

static void
copy (GtkButton *button, const char *number)
{
  TjdWindow *window = tjd_window_of (button);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), number);
  if (window != NULL)
    tjd_window_toast (window, _ ("Copied"), NULL, NULL);
}

static void
free_copied (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkWidget *
make_button (const char *icon_name, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  tjd_set_accessible_name (button, label);
  return button;
}

AdwActionRow *
tjd_rows_add_number (GtkListBox *list, const char *title, const char *number)
{
  g_autofree char *shown = g_strconcat (TJD_LRI, number, TJD_PDI, NULL);
  AdwActionRow *row = tjd_rows_add (list, title, shown);
  /* Translators: %s is what a number is of: "Order number". */
  g_autofree char *label = g_strdup_printf (_ ("Copy: %s"), title);
  GtkWidget *button = make_button ("edit-copy-symbolic", label);

  gtk_widget_add_css_class (GTK_WIDGET (row), "numeric");
  adw_action_row_set_subtitle_lines (row, 0);
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy), g_strdup (number), free_copied, 0);
  adw_action_row_add_suffix (row, button);
  return row;
}

void
tjd_row_add_icon (AdwActionRow *row, const char *icon_name, const char *css_class)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (icon, css_class);
  adw_action_row_add_prefix (row, icon);
}

void
tjd_row_add_button (AdwActionRow *row,
                    const char *icon_name,
                    const char *label,
                    const char *action_name,
                    GVariant *target)
{
  GtkWidget *button = make_button (icon_name, label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  adw_action_row_add_suffix (row, button);
}
