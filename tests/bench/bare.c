/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a window of this toolkit costs at least: two entries and a button, the first with the
 * keyboard. The desktop's start and memory are measured against it. "bare 5 7" goes on, at each
 * Return, to pages of as many rows: its longest gap is measured against. */
#include <adwaita.h>
#include <stdlib.h>

static char **rows; /* of each page that follows, then NULL */

static GtkWidget *
new_entry (GtkListBox *list, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (list, row);
  return row;
}

static void
add_page (GtkStack *stack, GtkWidget *content)
{
  gtk_stack_add_child (stack, content);
  gtk_stack_set_visible_child (stack, content);
  gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
}

/* Rows as those of a list of permits are at least: who it is, two more lines, something to press.
 */
static void
go_on (GtkStack *stack)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *list = gtk_list_box_new ();
  int n = *rows != NULL ? atoi (*rows++) : 0;

  for (int i = 0; i < n; i++) {
    GtkWidget *row = adw_action_row_new ();
    GtkWidget *button = gtk_button_new_with_label ("Go On");
    g_signal_connect_swapped (button, "clicked", G_CALLBACK (go_on), stack);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "A name of somebody");
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "27612405934\nValid until 9 January 2027");
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (40, "A name", TRUE));
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  }
  gtk_widget_add_css_class (list, "boxed-list");
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  add_page (stack, scrolled);
}

static GtkWidget *
new_first_page (GtkStack *stack)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *entry = new_entry (GTK_LIST_BOX (list), "Personal ID");

  new_entry (GTK_LIST_BOX (list), "Token code");
  g_signal_connect_swapped (entry, "entry-activated", G_CALLBACK (go_on), stack);
  gtk_widget_add_css_class (list, "boxed-list");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 400);
  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_box_append (GTK_BOX (box), clamp);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Sign In"));
  return box;
}

static void
activate (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *stack = gtk_stack_new ();

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), stack);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 860);
  add_page (GTK_STACK (stack), new_first_page (GTK_STACK (stack)));
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("app.tajdid.Bare", G_APPLICATION_DEFAULT_FLAGS);

  rows = argv + 1;
  g_signal_connect (application, "activate", G_CALLBACK (activate), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
