/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window of this toolkit costs at least: two entries and a button, the first with the
 * keyboard. The desktop's start and memory are measured against it. */
#include <adwaita.h>

static GtkWidget *
new_entry (GtkListBox *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (list, row);
  return row;
}

static void
activate (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *entry = new_entry (GTK_LIST_BOX (list), "Personal ID");

  new_entry (GTK_LIST_BOX (list), "Token code");
  gtk_widget_add_css_class (list, "boxed-list");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 400);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), clamp);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Sign In"));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  gtk_widget_grab_focus (entry);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("app.tajdid.Bare", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
