/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-columns.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "staff-cell.h"
#include "staff-check.h"

static const struct {
  const char *title;
  gboolean is_always_there; /* also where there is little room */
  gboolean expands;
} columns[] = {
  [TJD_STAFF_NAME] = { N_ ("Name"), TRUE, TRUE },
  [TJD_STAFF_NUMBER] = { N_ ("Personal ID"), FALSE, FALSE },
  [TJD_STAFF_CATEGORY] = { N_ ("Kind of permit"), FALSE, FALSE },
  [TJD_STAFF_STANDING] = { N_ ("State"), TRUE, FALSE },
  [TJD_STAFF_EXPIRY] = { N_ ("Expires"), FALSE, FALSE },
  /* Translators: a column of amounts: what the fine for being late is today. */
  [TJD_STAFF_FINE] = { N_ ("Fine so far"), FALSE, FALSE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == TJD_N_STAFF_COLUMNS);

/* What the cells of one column are made with. */
typedef struct {
  TjdStaffModel *model;
  TjdLocale locale;
  TjdStaffColumn column;
  gboolean is_narrow;
  GHashTable *dates; /* as the cells have them */
} Making;

static void
making_free (gpointer data, GClosure *closure)
{
  Making *self = data;

  g_object_unref (self->model);
  g_hash_table_unref (self->dates);
  g_free (self);
}

/* --- cells ----------------------------------------------------------------------------------- */

static void
set_up_check (GtkSignalListItemFactory *factory, GtkListItem *item, Making *making)
{
  gtk_list_item_set_child (item, tjd_staff_check_new (making->model, &making->locale));
}

static void
bind_check (GtkSignalListItemFactory *factory, GtkListItem *item, Making *making)
{
  tjd_staff_check_set_permit (TJD_STAFF_CHECK (gtk_list_item_get_child (item)),
                              gtk_list_item_get_item (item));
}

static void
unbind_check (GtkSignalListItemFactory *factory, GtkListItem *item, Making *making)
{
  tjd_staff_check_set_permit (TJD_STAFF_CHECK (gtk_list_item_get_child (item)), NULL);
}

static void
set_up_cell (GtkSignalListItemFactory *factory, GtkListItem *item, Making *making)
{
  gtk_list_item_set_child (
      item, tjd_staff_cell_new (making->column, &making->locale, making->is_narrow, making->dates));
}

/* The row by all that stands in it: GTK 4.8 names neither it nor its cells. */
static void
name_row (GtkWidget *cell, TjdPermit *permit, Making *making)
{
  GtkWidget *holder = gtk_widget_get_parent (cell);
  GtkWidget *row = holder != NULL ? gtk_widget_get_parent (holder) : NULL;
  g_autofree char *words = NULL;

  if (row == NULL)
    return;
  words = tjd_staff_row_words (&making->locale, permit, tjd_staff_model_get_rules (making->model));
  tjd_set_accessible_name (row, words);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, Making *making)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  TjdPermit *permit = gtk_list_item_get_item (item);

  tjd_staff_cell_set_permit (TJD_STAFF_CELL (cell), permit);
  if (making->column == TJD_STAFF_NAME)
    name_row (cell, permit, making);
}

static GtkListItemFactory *
make_factory (const Making *making, GCallback set_up, GCallback bind, GCallback unbind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Making *own = g_memdup2 (making, sizeof *making);

  g_object_ref (own->model);
  g_hash_table_ref (own->dates);
  g_signal_connect_data (factory, "setup", set_up, own, making_free, 0);
  g_signal_connect (factory, "bind", bind, own);
  if (unbind != NULL)
    g_signal_connect (factory, "unbind", unbind, own);
  return factory;
}

/* --- order ----------------------------------------------------------------------------------- */

/* GTK 4.8 does not say by which column a view is sorted, nor which way (4.10 does): its sorter is
 * asked to compare two things, and the first column that it asks writes itself down in the first
 * of them. Rows are never compared so: a worker sorts them. */
typedef struct {
  gboolean is_asked;
  TjdStaffColumn column;
} Question;

static int
answer (gconstpointer question, gconstpointer other, gpointer column)
{
  Question *asked = (Question *) question;

  asked->is_asked = TRUE;
  asked->column = (TjdStaffColumn) GPOINTER_TO_UINT (column);
  return -1;
}

static GtkColumnViewColumn *
get_column (GtkColumnView *view, guint position)
{
  GListModel *all = gtk_column_view_get_columns (view);
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (all, position);

  return column; /* the view keeps it */
}

/* Before them stands the one that chooses. */
static GtkColumnViewColumn *
column_of (GtkColumnView *view, TjdStaffColumn column)
{
  return get_column (view, (guint) column + 1);
}

gboolean
tjd_staff_columns_get_order (GtkColumnView *view, TjdStaffColumn *column, gboolean *descending)
{
  Question question = { 0 }, other = { 0 };
  GtkOrdering order = gtk_sorter_compare (gtk_column_view_get_sorter (view), &question, &other);

  *column = question.column;
  *descending = order == GTK_ORDERING_LARGER;
  return question.is_asked;
}

void
tjd_staff_columns_set_order (GtkColumnView *view, TjdStaffColumn column, gboolean descending)
{
  gtk_column_view_sort_by_column (view, column_of (view, column),
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/* --- columns --------------------------------------------------------------------------------- */

static void
append (GtkColumnView *view, const Making *making)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (
      _ (columns[making->column].title),
      make_factory (making, G_CALLBACK (set_up_cell), G_CALLBACK (bind_cell), NULL));
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (answer, GUINT_TO_POINTER (making->column), NULL));

  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_expand (column, columns[making->column].expands);
  gtk_column_view_append_column (view, column);
}

static void
append_checks (GtkColumnView *view, const Making *making)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (
      NULL, make_factory (making, G_CALLBACK (set_up_check), G_CALLBACK (bind_check),
                          G_CALLBACK (unbind_check)));

  gtk_column_view_append_column (view, column);
}

/* What amounts are called ends where they do, in their column, which is the last: the arrow of the
 * order stands before it. */
static void
align_amounts (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *box = gtk_widget_get_first_child (gtk_widget_get_last_child (header));

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_reorder_child_after (GTK_BOX (box), gtk_widget_get_last_child (box), NULL);
}

void
tjd_staff_columns_fill (GtkColumnView *view, TjdStaffModel *model, const TjdLocale *locale)
{
  g_autoptr (GHashTable) dates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Making making = { model, *locale, TJD_STAFF_NAME, FALSE, dates };

  append_checks (view, &making);
  for (guint column = 0; column < TJD_N_STAFF_COLUMNS; column++) {
    making.column = (TjdStaffColumn) column;
    append (view, &making);
  }
  align_amounts (view);
}

void
tjd_staff_columns_set_narrow (GtkColumnView *view,
                              TjdStaffModel *model,
                              const TjdLocale *locale,
                              gboolean is_narrow)
{
  g_autoptr (GHashTable) dates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Making making = { model, *locale, TJD_STAFF_NAME, is_narrow, dates };

  for (guint i = 0; i < TJD_N_STAFF_COLUMNS; i++) {
    GtkColumnViewColumn *column = column_of (view, (TjdStaffColumn) i);
    g_autoptr (GtkListItemFactory) factory = NULL;
    gtk_column_view_column_set_visible (column, FALSE); /* else its cells stay as they were made */
    making.column = (TjdStaffColumn) i;
    factory = make_factory (&making, G_CALLBACK (set_up_cell), G_CALLBACK (bind_cell), NULL);
    gtk_column_view_column_set_factory (column, factory);
    gtk_column_view_column_set_visible (column, !is_narrow || columns[i].is_always_there);
  }
  if (!is_narrow)
    align_amounts (view);
}

const char *
tjd_staff_column_title (TjdStaffColumn column)
{
  return _ (columns[column].title);
}
