/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewals-page.h"

#include <glib/gi18n-lib.h>

#include "order-choices.h"
#include "compat.h"
#include "date.h"
#include "fetch-orders.h"
#include "renewal-row.h"
#include "window.h"

struct _TjdRenewalsPage {
  TjdPage parent;
  TjdStateView *view;
  GtkSearchEntry *search;
  GtkDropDown *renewers;
  GtkDropDown *groups;
  GtkDropDown *months;
  GtkStack *found;
  GtkScrolledWindow *scrolled;
  GtkListBox *list;
  GtkSpinner *more;
  GtkFilterListModel *shown;
  GtkCustomFilter *filter;
  TjdOrderModel *opened; /* that may have moved while it was looked at */
  gboolean is_filling;
};

TJD_DEFINE_PAGE (TjdRenewalsPage, tjd_renewals_page, TjdRenewalsModel)

static gboolean
is_sought (gpointer item, gpointer data)
{
  return tjd_renewals_model_is_sought (model_of (data), item);
}

/* --- the list -------------------------------------------------------------------------------- */

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  return tjd_renewal_row_new (locale_of (data), item);
}

static GtkWidget *
make_heading (TjdRenewalsPage *self, gint64 placed_at)
{
  g_autofree char *month = tjd_month_words (locale_of (self), placed_at);
  GtkWidget *label = gtk_label_new (month);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "month");
  return label;
}

/* A month is a card of its own, under its name. The last row of all has nobody behind it that would
 * make it the last. */
static void
head_month (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  TjdRenewalsPage *self = data;
  gint64 placed_at = tjd_renewal_row_get_order (TJD_RENEWAL_ROW (row))->placed_at;
  gboolean is_first =
      before == NULL ||
      tjd_month_of (placed_at) !=
          tjd_month_of (tjd_renewal_row_get_order (TJD_RENEWAL_ROW (before))->placed_at);

  gtk_list_box_row_set_header (row, is_first ? make_heading (self, placed_at) : NULL);
  tjd_set_css_class (GTK_WIDGET (row), "first", is_first);
  if (before != NULL)
    tjd_set_css_class (GTK_WIDGET (before), "last", is_first);
  if (gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + 1) == NULL)
    tjd_set_css_class (GTK_WIDGET (row), "last", TRUE);
}

static GtkListBoxRow *
find_row (TjdRenewalsPage *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (tjd_renewal_row_get_order (TJD_RENEWAL_ROW (row))->id, id) == 0)
      return row;
  return NULL;
}

/* An order that has moved gets another row: who stood on it still does. */
static char *
dup_focused (TjdRenewalsPage *self)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return TJD_IS_RENEWAL_ROW (focused)
             ? g_strdup (tjd_renewal_row_get_order (TJD_RENEWAL_ROW (focused))->id)
             : NULL;
}

static void
focus (TjdRenewalsPage *self, const char *id)
{
  GtkListBoxRow *row = id != NULL ? find_row (self, id) : NULL;

  if (row != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != GTK_WIDGET (row))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- what is shown of it --------------------------------------------------------------------- */

static void
show_found (TjdRenewalsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  gboolean is_searching = tjd_renewals_model_get_next (model_of (self)) != NULL;

  gtk_stack_set_visible_child_name (self->found, n > 0          ? "list"
                                                 : is_searching ? "searching"
                                                                : "none");
}

static void
show_choices (TjdRenewalsPage *self)
{
  TjdRenewalsModel *model = model_of (self);

  self->is_filling = TRUE;
  tjd_order_choices_fill_renewers (self->renewers, locale_of (self), model);
  tjd_order_choices_fill_groups (self->groups, model);
  tjd_order_choices_fill_months (self->months, locale_of (self), model);
  self->is_filling = FALSE;
}

static void
show_empty (TjdRenewalsPage *self)
{
  tjd_state_view_show_empty (
      self->view, "tajdid-renewals-symbolic", _ ("No Renewals Yet"),
      _ ("What you renew is listed here, with its receipt and the way of its envelope."), NULL,
      NULL);
}

static void
show_state (TjdRenewalsPage *self)
{
  TjdRenewalsModel *model = model_of (self);
  TjdAccount *account = tjd_renewals_model_get_account (model);
  gboolean is_alone = account == NULL || account->mandates->len == 0;

  if (!tjd_renewals_model_is_fetched (model)) {
    tjd_state_view_show_waiting (self->view);
    return;
  }
  tjd_state_view_set_kept (self->view, locale_of (self), tjd_renewals_model_is_kept (model),
                           tjd_renewals_model_get_as_of (model));
  show_choices (self);
  show_found (self);
  if (is_alone && g_list_model_get_n_items (tjd_renewals_model_get_list (model)) == 0)
    show_empty (self);
  else
    tjd_state_view_show_content (self->view);
}

/* --- fetching -------------------------------------------------------------------------------- */

static void show_fetched (gpointer owner, gpointer result, const GError *error);

static void
fetch_page (TjdRenewalsPage *self, const char *next)
{
  TjdShell *shell = tjd_page_get_shell (TJD_PAGE (self));
  TjdTasks *tasks = tjd_page_get_tasks (TJD_PAGE (self));
  TjdOrdersRequest *request;

  if (tjd_tasks_is_busy (tasks) || tjd_shell_get_session (shell) == NULL)
    return;
  request = tjd_orders_request_new (shell);
  request->renewer = g_strdup (tjd_renewals_model_get_renewer (model_of (self)));
  request->next = g_strdup (next);
  tjd_tasks_run (tasks, &tjd_fetch_orders, request, show_fetched);
}

/* As far as the list has been scrolled, or as long as what is sought may stand behind. */
static void
fetch_more (TjdRenewalsPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  const char *next = tjd_renewals_model_get_next (model_of (self));
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) -
                 gtk_adjustment_get_page_size (adjustment);
  gboolean is_wanted = tjd_renewals_model_is_narrowed (model_of (self)) ||
                       below < gtk_adjustment_get_page_size (adjustment);

  gtk_widget_set_visible (GTK_WIDGET (self->more), next != NULL);
  if (next != NULL && is_wanted && !tjd_renewals_model_is_kept (model_of (self)))
    fetch_page (self, next);
}

/* Another renewer may have been chosen meanwhile, whose orders are fetched then. */
static void
show_fetched (gpointer owner, gpointer result, const GError *error)
{
  TjdRenewalsPage *self = owner;
  g_autofree char *focused = dup_focused (self);

  if (tjd_page_take_error (TJD_PAGE (self), error))
    return;
  if (result != NULL)
    tjd_renewals_model_take (model_of (self), result);
  show_state (self);
  focus (self, focused);
  if (result == NULL)
    return;
  if (!tjd_renewals_model_is_fetched (model_of (self)))
    fetch_page (self, NULL);
  else
    fetch_more (self);
}

static void
fetch (TjdPage *page)
{
  fetch_page (TJD_RENEWALS_PAGE (page), NULL);
}

/* --- what the person does -------------------------------------------------------------------- */

static void
narrow (TjdRenewalsPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_found (self);
  fetch_more (self);
}

static void
on_search_changed (TjdRenewalsPage *self)
{
  tjd_renewals_model_set_search (model_of (self),
                                 gtk_editable_get_text (GTK_EDITABLE (self->search)));
  narrow (self);
}

static void
on_chosen (TjdRenewalsPage *self)
{
  if (self->is_filling)
    return;
  tjd_renewals_model_set_group (model_of (self), tjd_order_choices_get_group (self->groups));
  tjd_renewals_model_set_month (model_of (self),
                                tjd_order_choices_get_month (self->months, model_of (self)));
  narrow (self);
}

static void
on_renewer_chosen (TjdRenewalsPage *self)
{
  TjdRenewalsModel *model = model_of (self);

  if (self->is_filling)
    return;
  tjd_renewals_model_choose_renewer (model, tjd_order_choices_get_renewer (self->renewers, model));
  if (!tjd_renewals_model_is_fetched (model)) {
    show_state (self);
    fetch_page (self, NULL);
  }
}

static void
on_row_activated (TjdRenewalsPage *self, TjdRenewalRow *row)
{
  TjdOrder *order = tjd_renewal_row_get_order (row);
  g_autoptr (TjdOrderModel) model =
      tjd_order_model_new (tjd_page_get_shell (TJD_PAGE (self)), order->id);

  tjd_order_model_note (model, order);
  g_set_object (&self->opened, model);
  tjd_window_open (tjd_window_of (self), TJD_PAGE_ORDER, G_OBJECT (model));
}

static void
shown (TjdPage *page)
{
  TjdRenewalsPage *self = TJD_RENEWALS_PAGE (page);

  if (self->opened != NULL) {
    g_autofree char *id = g_strdup (tjd_order_model_get_id (self->opened));
    tjd_renewals_model_note (model_of (self), tjd_order_model_get_order (self->opened));
    g_clear_object (&self->opened);
    focus (self, id);
  }
  tjd_renewals_model_follow_permits (model_of (self));
  if (!tjd_renewals_model_is_fetched (model_of (self)))
    show_state (self);
  fetch (page);
}

static void
search (TjdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (TJD_RENEWALS_PAGE (page)->search));
}

/* --- the type -------------------------------------------------------------------------------- */

static void
tjd_renewals_page_constructed (GObject *object)
{
  TjdRenewalsPage *self = TJD_RENEWALS_PAGE (object);

  G_OBJECT_CLASS (tjd_renewals_page_parent_class)->constructed (object);
  tjd_page_set_view (TJD_PAGE (self), self->view);
  self->filter = gtk_custom_filter_new (is_sought, self, NULL);
  self->shown =
      gtk_filter_list_model_new (g_object_ref (tjd_renewals_model_get_list (model_of (self))),
                                 GTK_FILTER (g_object_ref (self->filter)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), make_row, self, NULL);
  gtk_list_box_set_header_func (self->list, head_month, self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->search),
                         tjd_renewals_model_get_search (model_of (self)));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled), "value-changed",
                           G_CALLBACK (fetch_more), self, G_CONNECT_SWAPPED);
  show_state (self);
}

static void
tjd_renewals_page_dispose (GObject *object)
{
  TjdRenewalsPage *self = TJD_RENEWALS_PAGE (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->opened);
  G_OBJECT_CLASS (tjd_renewals_page_parent_class)->dispose (object);
}

static void
tjd_renewals_page_class_init (TjdRenewalsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_renewals_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = tjd_renewals_page_dispose;
  page_class->shown = shown;
  page_class->refresh = fetch;
  page_class->search = search;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "renewals/renewals-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, view);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, search);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, renewers);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, groups);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, months);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, found);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, list);
  gtk_widget_class_bind_template_child (widget_class, TjdRenewalsPage, more);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_renewer_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
tjd_renewals_page_init (TjdRenewalsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tjd_let_choice_shrink (self->renewers);
}
