/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff.h"

#include "staff-columns.h"

/* 72,000 rows in a window that is there: how long the main loop is kept from going round. Needs a
 * display, which test-company.py gives it. */

#define MANY 72000
#define BATCH 2000
#define GENEROUS_US (2 * G_USEC_PER_SEC) /* for a computer that others use */

typedef struct {
  GtkWindow *window;
  GtkColumnView *view;
  TjdStaffModel *model;
} Shown;

static const TjdLocale english = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE };

static void
draw (void)
{
  gint64 until = g_get_monotonic_time () + 300 * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
say (const char *what)
{
  draw ();
  g_print ("# %s: longest gap of the main loop %.0f ms\n", what, (double) longest_gap / 1000);
  g_assert_cmpint (longest_gap, <, GENEROUS_US);
  begin_gaps ();
}

static Shown *
show (void)
{
  Shown *self = g_new0 (Shown, 1);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->window = GTK_WINDOW (gtk_window_new ());
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->model = tjd_staff_model_new (NULL, "01099004", TJD_ROLE_SIGNATORY);
  tjd_staff_columns_fill (self->view, self->model, &english);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (
                                             tjd_staff_model_get_list (self->model)))));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_window_set_child (self->window, scrolled);
  gtk_window_set_default_size (self->window, 1100, 800);
  gtk_window_present (self->window);
  draw ();
  return self;
}

static void
arrange (Shown *self, const char *what, TjdArrangement how, const char *sought)
{
  tjd_staff_model_set_search (self->model, sought);
  tjd_staff_model_arrange (self->model, &how);
  wait_arranged (self->model);
  say (what);
}

static void
look_through (Shown *self)
{
  TjdArrangement how = *tjd_staff_model_get_arrangement (self->model);

  how.column = TJD_STAFF_NAME;
  arrange (self, "by name", how, "");
  how.descending = TRUE;
  arrange (self, "the other way round", how, "");
  arrange (self, "a search", how, "maria");
  arrange (self, "a search that finds nothing", how, "no such name");
  how.standing = TJD_STANDING_LATE;
  arrange (self, "a filter", how, "");
  how.standing = -1;
  arrange (self, "all", how, "");
}

static void
test_shown (void)
{
  g_autoptr (GPtrArray) permits = invent_staff (MANY);
  g_autoptr (TjdTariff) tariff = invent_tariff ();
  Shown *self = show ();

  for (guint from = 0; from < MANY; from += BATCH) {
    TjdFetchedStaff *fetched = bring (permits, from, BATCH, tariff); /* a worker's part */
    g_main_context_set_poll_func (NULL, timed_poll);
    left_poll_at = thread_time ();
    tjd_staff_model_take (self->model, fetched);
    wait_arranged (self->model);
    draw ();
  }
  say ("taking 72,000 in batches");
  look_through (self);
  tjd_staff_model_choose_all (self->model);
  say ("choosing all that are due");
  tjd_staff_model_choose_none (self->model);
  say ("choosing none");
  gtk_window_destroy (self->window);
  g_object_unref (self->model);
  g_free (self);
}

int
main (int argc, char *argv[])
{
  if (!gtk_init_check ())
    return 77;
  adw_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff-view/shown", test_shown);
  return g_test_run ();
}
