/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choice.h"

#include "compat.h"
#include "language.h"
#include "numerals.h"
#include "wallet.h"

static void
set_up (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

/* GTK 4.8 lets nobody name a list's item but by the widget that it is in. */
static void
bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item), *row = gtk_widget_get_parent (label);

  gtk_label_set_text (GTK_LABEL (label), name);
  if (row != NULL)
    tjd_set_accessible_name (row, name);
}

static void
name_button (GtkDropDown *choice)
{
  GtkStringObject *selected = gtk_drop_down_get_selected_item (choice);

  if (selected != NULL)
    tjd_set_accessible_name (gtk_widget_get_first_child (GTK_WIDGET (choice)),
                             gtk_string_object_get_string (selected));
}

void
tjd_choice_prepare (GtkDropDown *choice)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (set_up), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind), NULL);
  gtk_drop_down_set_factory (choice, factory);
  g_signal_connect (choice, "notify::selected-item", G_CALLBACK (name_button), NULL);
}

void
tjd_choice_fill (GtkDropDown *choice, GPtrArray *held, const char *wanted)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < held->len; i++) {
    const char *id = ((const TjdHeldToken *) held->pdata[i])->token->personal_id;
    g_autofree char *name = tjd_identifier_text (tjd_language_locale (), id);
    gtk_string_list_append (names, name);
    if (g_strcmp0 (id, wanted) == 0)
      selected = i;
  }
  gtk_drop_down_set_model (choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (choice, selected);
}
