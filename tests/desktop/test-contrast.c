/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>
#include <string.h>

/* The contrast (WCAG 2.1, 1.4.3 and 1.4.11) of what is really drawn: each sample is a block in the
 * text's colour on the ground that it has in the application, and its two commonest colours are
 * compared. Needs a display; test-contrast.py gives it one in each look. */

#define BLOCKS "████████"
#define TEXT 4.5
#define LARGE 3.0 /* from 18.66 px bold on, and for what is no text */

typedef struct {
  const char *ground; /* class of the box that it stands in; NULL: the window */
  const char *classes;
  double least;
} Sample;

static const Sample samples[] = {
  { NULL, "", TEXT },
  { NULL, "dim-label", TEXT },
  { NULL, "caption dim-label", TEXT },
  { NULL, "heading", TEXT },
  { NULL, "title-1", LARGE },
  { NULL, "accent", TEXT },
  { NULL, "success", TEXT },
  { NULL, "warning", TEXT },
  { NULL, "error", TEXT },
  { "card", "", TEXT },
  { "card", "caption dim-label", TEXT },
  { "card", "accent", TEXT },
  { "card", "success", TEXT },
  { "card", "warning", TEXT },
  { "card", "error", TEXT },
  { "card", "done", LARGE },
  { "notice", "", TEXT },
  { "sandbox-note", "", TEXT },
  { "trouble-card", "", TEXT },
  { "trouble-card", "error", LARGE },
  { "stop", "", LARGE },
  { "stop done", "", LARGE },
  { "stop under-way", "", LARGE },
  { "stop troubled", "", LARGE },
};

static const char *const buttons[] = { "", "suggested-action", "destructive-action", "flat",
                                       "pill" };

/* --- colours --------------------------------------------------------------------------------- */

static double
linear (guint8 channel)
{
  double share = channel / 255.0;

  return share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 colour)
{
  return 0.2126 * linear ((colour >> 16) & 0xff) + 0.7152 * linear ((colour >> 8) & 0xff) +
         0.0722 * linear (colour & 0xff);
}

static double
contrast (guint32 a, guint32 b)
{
  double one = luminance (a), other = luminance (b);

  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

static void
count_colours (GHashTable *counts, const guint32 *pixels, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    gpointer colour = GUINT_TO_POINTER (pixels[i] & 0xffffff);
    guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (counts, colour));
    g_hash_table_insert (counts, colour, GUINT_TO_POINTER (so_far + 1));
  }
}

static guint32
take_commonest (GHashTable *counts, guint least)
{
  GHashTableIter iter;
  gpointer colour, n;
  guint32 commonest = 0;
  guint most = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &colour, &n))
    if (GPOINTER_TO_UINT (n) > most) {
      most = GPOINTER_TO_UINT (n);
      commonest = GPOINTER_TO_UINT (colour);
    }
  g_assert_cmpuint (most, >=, least);
  g_hash_table_remove (counts, GUINT_TO_POINTER (commonest));
  return commonest;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void
go_round (void)
{
  gint64 until = g_get_monotonic_time () + 60 * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* The whole window, once it is drawn. */
static GskRenderNode *
draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  gint64 until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  GskRenderNode *node = NULL;

  while (node == NULL && g_get_monotonic_time () < until) {
    GtkSnapshot *snapshot = gtk_snapshot_new ();
    go_round ();
    gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                            gtk_widget_get_height (window));
    node = gtk_snapshot_free_to_node (snapshot);
  }
  g_assert_nonnull (node);
  return node;
}

/* Of one widget's rectangle. */
static double
contrast_of (GtkWidget *window, GtkWidget *widget)
{
  g_autoptr (GskRenderNode) node = draw (window);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  graphene_rect_t area;
  int width, height;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &area));
  texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &area);
  width = gdk_texture_get_width (texture);
  height = gdk_texture_get_height (texture);
  pixels = g_new (guint32, (gsize) width * (gsize) height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  count_colours (counts, pixels, (gsize) width * (gsize) height);
  return contrast (take_commonest (counts, 40), take_commonest (counts, 40));
}

static void
add_classes (GtkWidget *widget, const char *classes)
{
  g_auto (GStrv) list = g_strsplit (classes, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      gtk_widget_add_css_class (widget, list[i]);
}

static GtkWidget *
show (GtkWidget *widget)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_margin_top (widget, 24);
  gtk_widget_set_margin_start (widget, 24);
  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), widget);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 120);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* --- tests ----------------------------------------------------------------------------------- */

static gboolean
is_enough (GtkWidget *window, GtkWidget *widget, double least, const char *what)
{
  double found = contrast_of (window, widget);

  g_print ("# %.1f, at least %.1f: %s\n", found, least, what);
  gtk_window_destroy (GTK_WINDOW (window));
  return found >= least;
}

static void
test_texts (void)
{
  gboolean is_good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    GtkWidget *label = gtk_label_new (BLOCKS);
    g_autofree char *what = g_strdup_printf ("“%s” on %s", samples[i].classes,
                                             samples[i].ground ? samples[i].ground : "the window");
    add_classes (box, samples[i].ground ? samples[i].ground : "");
    add_classes (label, samples[i].classes);
    gtk_widget_set_margin_start (label, 12);
    gtk_box_append (GTK_BOX (box), label);
    is_good = is_enough (show (box), label, samples[i].least, what) && is_good;
  }
  g_assert_true (is_good);
}

static void
test_rows (void)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *window;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), BLOCKS BLOCKS);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_widget_add_css_class (list, "boxed-list");
  window = show (list);
  g_assert_true (is_enough (window, row, TEXT, "a row's subtitle"));
}

static void
test_column_titles (void)
{
  GtkWidget *view = gtk_column_view_new (NULL);
  GtkColumnViewColumn *column = gtk_column_view_column_new (BLOCKS, NULL);
  GtkWidget *window;

  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  window = show (view);
  g_assert_true (
      is_enough (window, gtk_widget_get_first_child (view), TEXT, "what a column is called"));
  g_object_unref (column);
}

static void
test_buttons (void)
{
  gboolean is_good = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++) {
    GtkWidget *button = gtk_button_new_with_label (BLOCKS);
    g_autofree char *what = g_strdup_printf ("a button, “%s”", buttons[i]);
    add_classes (button, buttons[i]);
    is_good = is_enough (show (button), button, TEXT, what) && is_good;
  }
  g_assert_true (is_good);
}

/* As an AdwApplication does with its resources. */
static void
load_style (const char *name)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_build_filename (g_getenv ("TAJDID_STYLES"), name, NULL);

  gtk_css_provider_load_from_path (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  load_style ("style.css");
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    load_style ("style-hc.css");
  g_test_add_func ("/contrast/texts", test_texts);
  g_test_add_func ("/contrast/rows", test_rows);
  g_test_add_func ("/contrast/column-titles", test_column_titles);
  g_test_add_func ("/contrast/buttons", test_buttons);
  return g_test_run ();
}
