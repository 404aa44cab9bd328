/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compat.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

typedef void (*Announce) (GtkAccessible *accessible, const char *message, int priority);

void
tjd_announce (GtkWidget *widget, const char *text)
{
  static gsize looked_up;
  static Announce announce;

  if (g_once_init_enter (&looked_up)) {
    announce = (Announce) dlsym (RTLD_DEFAULT, "gtk_accessible_announce");
    g_once_init_leave (&looked_up, 1);
  }
  if (announce != NULL)
    announce (GTK_ACCESSIBLE (widget), text, 1 /* GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM */);
}

void
tjd_set_accessible_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
tjd_stand_at_start (AdwEntryRow *row)
{
  gboolean from_right = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                            GTK_TEXT_DIR_LTR);
  gtk_editable_set_alignment (GTK_EDITABLE (row), from_right ? 1 : 0);
}

void
tjd_close_on_escape (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

static gboolean
has_mnemonic (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget)) != NULL &&
           gtk_button_get_use_underline (GTK_BUTTON (widget));
  return GTK_IS_MENU_BUTTON (widget) &&
         gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)) != NULL &&
         gtk_menu_button_get_use_underline (GTK_MENU_BUTTON (widget));
}

/* In libadwaita 1.2 the keyboard goes to the text in an entry row, which has no role: who listens
 * is not told that they are in a field, nor in which. */
static void
mend_entry_row (AdwEntryRow *row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));

  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  tjd_set_accessible_name (GTK_WIDGET (text),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

/* And an expander row takes it with two lists in it, none of which has a name. */
static void
name_lists (GtkWidget *root, const char *name)
{
  if (GTK_IS_LIST_BOX (root) || ADW_IS_EXPANDER_ROW (root))
    tjd_set_accessible_name (root, name);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_lists (child, name);
}

void
tjd_mend_names (GtkWidget *root)
{
  if (has_mnemonic (root))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);
  if (GTK_IS_SCROLLED_WINDOW (root))
    /* Translators: said of what scrolls when it takes the keyboard as a whole. */
    tjd_set_accessible_name (root, _ ("Page content"));
  if (ADW_IS_ENTRY_ROW (root))
    mend_entry_row (ADW_ENTRY_ROW (root));
  if (ADW_IS_EXPANDER_ROW (root))
    name_lists (root, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tjd_mend_names (child);
}

void
tjd_set_accessible_error (GtkWidget *control, GtkLabel *explanation)
{
  GtkAccessible *accessible =
      ADW_IS_ENTRY_ROW (control)
          ? GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (control)))
          : GTK_ACCESSIBLE (control);

  gtk_accessible_update_state (
      accessible, GTK_ACCESSIBLE_STATE_INVALID,
      explanation != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (explanation != NULL)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, explanation,
                                    NULL, -1);
  else
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

void
tjd_set_css_class (GtkWidget *widget, const char *css_class, gboolean has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

void
tjd_swap_css_class (GtkWidget *widget, const char *before, const char *css_class)
{
  if (before != NULL)
    gtk_widget_remove_css_class (widget, before);
  gtk_widget_add_css_class (widget, css_class);
}

void
tjd_show_fault (AdwEntryRow *row, GtkLabel *explanation, gboolean is_wrong)
{
  gtk_widget_set_visible (GTK_WIDGET (explanation), is_wrong);
  tjd_set_accessible_error (GTK_WIDGET (row), is_wrong ? explanation : NULL);
  tjd_set_css_class (GTK_WIDGET (row), "error", is_wrong);
}

void
tjd_list_clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
set_up_choice (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_choice (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (text));
}

/* The list that opens stays GTK's, with a tick beside what is chosen. */
void
tjd_let_choice_shrink (GtkDropDown *choice)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up_choice), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_choice), NULL);
  gtk_drop_down_set_list_factory (choice, gtk_drop_down_get_factory (choice));
  gtk_drop_down_set_factory (choice, factory);
}

void
tjd_ask (GtkWidget *parent,
         const char *question,
         const char *explanation,
         const char *verb,
         gboolean destructive,
         GCallback agreed,
         GObject *data)
{
  GtkWindow *over = GTK_WINDOW (gtk_widget_get_root (parent));
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (over, question, explanation));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Leave As It Is"), "agree", verb, NULL);
  adw_message_dialog_set_response_appearance (
      dialog, "agree", destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "agree");
  tjd_mend_names (GTK_WIDGET (dialog));
  g_signal_connect_object (dialog, "response::agree", agreed, data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
