/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permits-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "add-permit.h"
#include "compat.h"
#include "fetch-permits.h"
#include "fold.h"
#include "permit-row.h"
#include "renewal-model.h"
#include "standing.h"
#include "window.h"

#define OLD_SECONDS 60 /* what is older is fetched again when the page is shown */

struct _TjdPermitsPage {
  TjdPage parent;
  TjdStateView *view;
  GtkSearchEntry *search;
  GtkStack *found;
  GtkListView *list;
  GtkActionBar *bar;
  GtkLabel *sum;
  GtkCustomFilter *filter;
  char *sought; /* folded */
};

TJD_DEFINE_PAGE (TjdPermitsPage, tjd_permits_page, TjdPermitsModel)

static gboolean
contains (const char *text, const char *sought)
{
  g_autofree char *folded = text != NULL ? tjd_fold (text) : NULL;

  return folded != NULL && strstr (folded, sought) != NULL;
}

static gboolean
is_sought (gpointer item, gpointer data)
{
  TjdPermitsPage *self = data;
  TjdPermit *permit = item;

  return self->sought == NULL || *self->sought == '\0' ||
         contains (permit->name_en, self->sought) || contains (permit->name_ar, self->sought) ||
         contains (permit->personal_id, self->sought);
}

static void
show_bar (TjdPermitsPage *self)
{
  guint n = tjd_permits_model_count_chosen (model_of (self));
  TjdMoney sum = tjd_permits_model_sum_least_fees (model_of (self));
  g_autofree char *text = tjd_chosen_words (locale_of (self), n, sum);

  gtk_label_set_text (self->sum, text);
  gtk_action_bar_set_revealed (self->bar, n > 0);
}

static void
show_state (TjdPermitsPage *self)
{
  TjdPermitsModel *model = model_of (self);

  if (!tjd_permits_model_is_fetched (model)) {
    tjd_state_view_show_waiting (self->view);
    return;
  }
  if (g_list_model_get_n_items (tjd_permits_model_get_list (model)) == 0) {
    tjd_state_view_show_empty (
        self->view, "tajdid-permits-symbolic", _ ("No Permits"),
        _ ("Permits that are yours to renew appear here. One that is missing may be known by its "
           "number."),
        _ ("_Add by Number"), "permits.add");
    return;
  }
  tjd_state_view_set_kept (self->view, locale_of (self), tjd_permits_model_is_kept (model),
                           tjd_permits_model_get_as_of (model));
  tjd_state_view_show_content (self->view);
}

static void
show_fetched (gpointer owner, gpointer result, const GError *error)
{
  TjdPermitsPage *self = owner;
  gboolean is_first = !tjd_permits_model_is_fetched (model_of (self));

  if (result != NULL)
    tjd_permits_model_take (model_of (self), result);
  if (tjd_page_take_error (TJD_PAGE (self), error))
    return;
  show_state (self);
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
fetch (TjdPage *page)
{
  TjdPermitsPage *self = TJD_PERMITS_PAGE (page);
  TjdTasks *tasks = tjd_page_get_tasks (page);

  if (tjd_tasks_is_busy (tasks) || tjd_shell_get_session (tjd_page_get_shell (page)) == NULL)
    return;
  if (!tjd_permits_model_is_fetched (model_of (self)))
    tjd_state_view_show_waiting (self->view);
  tjd_tasks_run (tasks, &tjd_fetch_permits, tjd_fetch_request_new (tjd_page_get_shell (page)),
                 show_fetched);
}

static void
shown (TjdPage *page)
{
  TjdPermitsModel *model = tjd_page_get_model (page);
  gint64 age = tjd_clock_now (tjd_clock_system ()) - tjd_permits_model_get_as_of (model);

  if (!tjd_permits_model_is_fetched (model) || age > OLD_SECONDS)
    fetch (page);
}

static void
search (TjdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (TJD_PERMITS_PAGE (page)->search));
}

static void
show_found (TjdPermitsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (self->list)));

  gtk_stack_set_visible_child_name (self->found, n > 0 ? "list" : "none");
}

static void
on_search_changed (TjdPermitsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  tjd_permits_model_set_search (model_of (self), text);
  g_free (self->sought);
  self->sought = tjd_fold (text);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_found (self);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, TjdPermitsPage *self)
{
  gtk_list_item_set_child (item, tjd_permit_row_new (model_of (self), locale_of (self)));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, TjdPermitsPage *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  tjd_permit_row_set_permit (TJD_PERMIT_ROW (row), gtk_list_item_get_item (item),
                             gtk_widget_get_parent (row));
}

static void
on_activate (TjdPermitsPage *self, guint position, GtkListView *list)
{
  TjdPermitsModel *model = model_of (self);
  GListModel *items = G_LIST_MODEL (gtk_list_view_get_model (list));
  g_autoptr (TjdPermit) permit = g_list_model_get_item (items, position);
  gboolean is_chosen = tjd_permits_model_is_chosen (model, permit->personal_id);

  if (tjd_standing_look (permit->standing)->may_renew)
    tjd_permits_model_choose (model, permit->personal_id, !is_chosen);
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdPermitsPage *self = TJD_PERMITS_PAGE (widget);
  GtkWindow *dialog = tjd_add_permit_new (tjd_page_get_shell (TJD_PAGE (self)), model_of (self));

  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (widget)));
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
choose_none (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_permits_model_choose_none (model_of (TJD_PERMITS_PAGE (widget)));
}

/* What has been ordered is not chosen any more, and stands otherwise in the register. */
static void
forget_ordered (TjdPermitsModel *model)
{
  tjd_permits_model_choose_none (model);
  tjd_permits_model_outdate (model);
}

static void
review (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdPermitsPage *self = TJD_PERMITS_PAGE (widget);
  g_autoptr (GPtrArray) chosen = tjd_permits_model_list_chosen (model_of (self));
  g_autoptr (TjdRenewalModel) renewal = NULL;

  if (chosen->len == 0)
    return;
  renewal = tjd_renewal_model_new (tjd_page_get_shell (TJD_PAGE (self)), NULL, TJD_ROLE_SIGNATORY,
                                   chosen);
  g_signal_connect_object (renewal, "placed", G_CALLBACK (forget_ordered), model_of (self),
                           G_CONNECT_SWAPPED);
  tjd_window_open (tjd_window_of (self), TJD_PAGE_REVIEW, G_OBJECT (renewal));
}

static GListModel *
make_filtered (TjdPermitsPage *self)
{
  self->filter = gtk_custom_filter_new (is_sought, self, NULL);
  return G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (tjd_permits_model_get_list (model_of (self))),
                                 GTK_FILTER (g_object_ref (self->filter))));
}

static void
tjd_permits_page_constructed (GObject *object)
{
  TjdPermitsPage *self = TJD_PERMITS_PAGE (object);
  g_autoptr (GtkSelectionModel) shown_items = NULL;

  G_OBJECT_CLASS (tjd_permits_page_parent_class)->constructed (object);
  tjd_page_set_view (TJD_PAGE (self), self->view);
  shown_items = GTK_SELECTION_MODEL (gtk_no_selection_new (make_filtered (self)));
  gtk_list_view_set_model (self->list, shown_items);
  gtk_editable_set_text (GTK_EDITABLE (self->search),
                         tjd_permits_model_get_search (model_of (self)));
  g_signal_connect_object (model_of (self), "chosen-changed", G_CALLBACK (show_bar), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (shown_items, "items-changed", G_CALLBACK (show_found), self,
                           G_CONNECT_SWAPPED);
  show_bar (self);
  show_state (self);
}

static void
tjd_permits_page_finalize (GObject *object)
{
  TjdPermitsPage *self = TJD_PERMITS_PAGE (object);

  g_clear_object (&self->filter);
  g_free (self->sought);
  G_OBJECT_CLASS (tjd_permits_page_parent_class)->finalize (object);
}

static void
tjd_permits_page_class_init (TjdPermitsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_permits_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = tjd_permits_page_finalize;
  page_class->shown = shown;
  page_class->refresh = fetch;
  page_class->search = search;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "permits/permits-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPage, view);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPage, search);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPage, found);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPage, list);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPage, sum);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_install_action (widget_class, "permits.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "permits.review", NULL, review);
  gtk_widget_class_install_action (widget_class, "permits.choose-none", NULL, choose_none);
}

static void
tjd_permits_page_init (TjdPermitsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
