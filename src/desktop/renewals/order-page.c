/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-page.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "date.h"
#include "fetch-orders.h"
#include "history.h"
#include "numerals.h"
#include "order-lists.h"
#include "papers.h"
#include "pay.h"
#include "plurals.h"
#include "rows.h"
#include "window.h"

#define FIRST_PERMITS 20

struct _TjdOrderPage {
  TjdPage parent;
  TjdStateView *view;
  GtkImage *icon;
  GtkLabel *state;
  GtkLabel *explanation;
  GtkWidget *pay;
  GtkWidget *follow;
  GtkWidget *cancel;
  AdwPreferencesGroup *permits_group;
  GtkListBox *permits;
  GtkWidget *all;
  GtkListBox *amounts;
  GtkWidget *papers_group;
  GtkListBox *papers;
  GtkListBox *history;
  GtkListBox *numbers;
  const char *css_class;
  gboolean shows_all;
};

TJD_DEFINE_PAGE (TjdOrderPage, tjd_order_page, TjdOrderModel)

/* --- what is shown --------------------------------------------------------------------------- */

static char *
say_until (const TjdLocale *locale, TjdOrder *order)
{
  g_autofree char *until = tjd_moment_text (locale, order->expires_at);

  /* Translators: %s is a date and time. */
  return g_strdup_printf (_ ("It expires on %s."), until);
}

/* A signatory approves on the way to the payment. */
static void
show_pay (TjdOrderPage *self, TjdOrder *order)
{
  gint64 now = tjd_clock_now (tjd_clock_system ());
  gboolean may_sign = tjd_order_waits_for_approval (order) && now < order->expires_at &&
                      tjd_order_model_may_sign (model_of (self));

  gtk_widget_set_visible (self->pay, may_sign || tjd_order_may_be_paid (order, now));
  gtk_button_set_label (GTK_BUTTON (self->pay), may_sign ? _ ("_Approve and Pay") : _ ("_Pay"));
  tjd_mend_names (self->pay);
}

static void
show_standing (TjdOrderPage *self, TjdOrder *order)
{
  TjdOrderWords words = tjd_order_words (order);
  g_autofree char *until =
      tjd_order_may_be_cancelled (order) ? say_until (locale_of (self), order) : NULL;
  g_autofree char *explanation = g_strjoin (" ", words.explanation, until, NULL);

  gtk_image_set_from_icon_name (self->icon, words.icon_name);
  tjd_swap_css_class (GTK_WIDGET (self->icon), self->css_class, words.css_class);
  self->css_class = words.css_class;
  gtk_label_set_text (self->state, words.text);
  gtk_label_set_text (self->explanation, explanation);
  show_pay (self, order);
  gtk_widget_set_visible (self->cancel, tjd_order_may_be_cancelled (order));
  gtk_widget_set_visible (self->follow, tjd_order_has_receipt (order));
}

static void
show_permits (TjdOrderPage *self, TjdOrder *order)
{
  g_autofree char *number = tjd_number_text (locale_of (self), order->items->len);
  g_autofree char *title =
      g_strdup_printf (ngettext ("%s permit", "%s permits", order->items->len), number);
  gboolean is_long = order->items->len > FIRST_PERMITS && !self->shows_all;

  adw_preferences_group_set_title (self->permits_group, title);
  tjd_fill_permits (self->permits, locale_of (self), order, is_long ? FIRST_PERMITS : 0);
  gtk_widget_set_visible (self->all, is_long);
}

static void
add_choice_of_languages (TjdOrderPage *self)
{
  GSettings *settings = tjd_shell_get_settings (tjd_page_get_shell (TJD_PAGE (self)));
  AdwActionRow *row = tjd_rows_add (self->papers, _ ("Receipt in both languages"), NULL);
  GtkWidget *both = gtk_switch_new ();

  gtk_widget_set_valign (both, GTK_ALIGN_CENTER);
  tjd_set_accessible_name (both, _ ("Receipt in both languages"));
  adw_action_row_add_suffix (row, both);
  adw_action_row_set_activatable_widget (row, both);
  g_settings_bind (settings, "receipt-both-languages", both, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
show_papers (TjdOrderPage *self, TjdOrder *order)
{
  TjdReceipt *receipt = tjd_order_model_get_receipt (model_of (self));
  AdwActionRow *row;

  tjd_list_clear (self->papers);
  gtk_widget_set_visible (self->papers_group, tjd_order_has_receipt (order));
  row =
      tjd_rows_add_number (self->papers, _ ("Receipt"), receipt != NULL ? receipt->id : order->id);
  tjd_row_add_button (row, "document-save-symbolic", _ ("Save Receipt"), "papers.save-receipt",
                      NULL);
  tjd_row_add_button (row, "document-print-symbolic", _ ("Print Receipt"), "papers.print-receipt",
                      NULL);
  add_choice_of_languages (self);
  if (order->consignment == NULL)
    return;
  row = tjd_rows_add (self->papers, _ ("Envelope label"), _ ("For the way out and the way back"));
  tjd_row_add_button (row, "document-save-symbolic", _ ("Save Label"), "papers.save-label", NULL);
  tjd_row_add_button (row, "document-print-symbolic", _ ("Print Label"), "papers.print-label",
                      NULL);
}

static void
show_numbers (TjdOrderPage *self, TjdOrder *order)
{
  tjd_list_clear (self->numbers);
  tjd_rows_add_number (self->numbers, _ ("Order number"), order->id);
  if (order->payment != NULL)
    tjd_rows_add_number (self->numbers, _ ("Payment number"), order->payment);
}

static void
show_order (TjdOrderPage *self)
{
  TjdOrderModel *model = model_of (self);
  TjdOrder *order = tjd_order_model_get_order (model);
  g_autoptr (GPtrArray) history = NULL;

  if (order == NULL)
    return;
  show_standing (self, order);
  show_permits (self, order);
  tjd_fill_amounts (self->amounts, locale_of (self), order);
  show_papers (self, order);
  history = tjd_history_new (locale_of (self), order, tjd_order_model_get_consignment (model),
                             tjd_order_model_get_receipt (model));
  tjd_fill_history (self->history, locale_of (self), history);
  show_numbers (self, order);
}

static void
show_state (TjdOrderPage *self)
{
  TjdOrderModel *model = model_of (self);

  if (tjd_order_model_get_order (model) == NULL) {
    tjd_state_view_show_waiting (self->view);
    return;
  }
  tjd_state_view_set_kept (self->view, locale_of (self), tjd_order_model_is_kept (model),
                           tjd_order_model_get_as_of (model));
  tjd_state_view_show_content (self->view);
}

/* --- fetching -------------------------------------------------------------------------------- */

static void
show_fetched (gpointer owner, gpointer result, const GError *error)
{
  TjdOrderPage *self = owner;

  if (tjd_page_take_error (TJD_PAGE (self), error))
    return;
  if (result != NULL && tjd_order_model_take (model_of (self), result))
    show_order (self);
  show_state (self);
}

static void
fetch (TjdPage *page)
{
  TjdShell *shell = tjd_page_get_shell (page);
  TjdOrdersRequest *request;

  if (tjd_tasks_is_busy (tjd_page_get_tasks (page)) || tjd_shell_get_session (shell) == NULL)
    return;
  request = tjd_orders_request_new (shell);
  request->order = g_strdup (tjd_order_model_get_id (tjd_page_get_model (page)));
  tjd_tasks_run (tjd_page_get_tasks (page), &tjd_fetch_order, request, show_fetched);
}

/* Its model may have moved while another page over the same one was in sight. */
static void
shown (TjdPage *page)
{
  show_order (TJD_ORDER_PAGE (page));
  fetch (page);
}

/* --- what the person does -------------------------------------------------------------------- */

/* Whether it took effect or not: it is asked how the order stands now. */
static void
show_cancelled (gpointer owner, gpointer result, const GError *error)
{
  TjdOrderPage *self = owner;
  g_autoptr (TjdOrder) order = result;

  if (order != NULL && tjd_order_model_note (model_of (self), order)) {
    show_order (self);
    tjd_window_toast (tjd_window_of (self), _ ("The order was cancelled. Nothing was charged."),
                      NULL, NULL);
  } else {
    tjd_page_take_error (TJD_PAGE (self), error);
  }
}

static void
cancel_order (TjdOrderPage *self)
{
  TjdOrdersRequest *request = tjd_orders_request_new (tjd_page_get_shell (TJD_PAGE (self)));

  request->order = g_strdup (tjd_order_model_get_id (model_of (self)));
  request->key = g_strdup (tjd_order_model_get_cancel_key (model_of (self)));
  tjd_tasks_run (tjd_page_get_tasks (TJD_PAGE (self)), &tjd_cancel_order, request, show_cancelled);
}

static void
ask_to_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_ask (widget, _ ("Cancel This Order?"),
           _ ("Nothing was charged. A cancelled order cannot be taken up again; its permits can be "
              "renewed by a new one."),
           _ ("Cancel _Order"), TRUE, G_CALLBACK (cancel_order), G_OBJECT (widget));
}

static void
pay (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_pay_order (TJD_PAGE (widget), tjd_order_model_get_order (model_of (TJD_ORDER_PAGE (widget))));
}

static void
follow (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_window_open (tjd_window_of (widget), TJD_PAGE_FOLLOW,
                   G_OBJECT (model_of (TJD_ORDER_PAGE (widget))));
}

static void
show_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdOrderPage *self = TJD_ORDER_PAGE (widget);

  self->shows_all = TRUE;
  show_permits (self, tjd_order_model_get_order (model_of (self)));
  gtk_widget_child_focus (GTK_WIDGET (self->permits), GTK_DIR_TAB_FORWARD);
}

static void
print (TjdPage *page)
{
  TjdOrder *order = tjd_order_model_get_order (tjd_page_get_model (page));

  if (order != NULL && tjd_order_has_receipt (order))
    gtk_widget_activate_action (GTK_WIDGET (page), "papers.print-receipt", NULL);
}

/* --- the type -------------------------------------------------------------------------------- */

static void
tjd_order_page_constructed (GObject *object)
{
  TjdOrderPage *self = TJD_ORDER_PAGE (object);

  G_OBJECT_CLASS (tjd_order_page_parent_class)->constructed (object);
  tjd_page_set_view (TJD_PAGE (self), self->view);
  show_order (self);
  show_state (self);
}

static void
tjd_order_page_class_init (TjdOrderPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_order_page_constructed;
  page_class->shown = shown;
  page_class->refresh = fetch;
  page_class->print = print;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "renewals/order-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, view);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, icon);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, state);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, explanation);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, pay);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, follow);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, permits_group);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, permits);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, all);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, amounts);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, papers_group);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, papers);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, history);
  gtk_widget_class_bind_template_child (widget_class, TjdOrderPage, numbers);
  gtk_widget_class_install_action (widget_class, "order.pay", NULL, pay);
  gtk_widget_class_install_action (widget_class, "order.follow", NULL, follow);
  gtk_widget_class_install_action (widget_class, "order.cancel", NULL, ask_to_cancel);
  gtk_widget_class_install_action (widget_class, "order.show-all", NULL, show_all);
  tjd_papers_install_actions (widget_class);
}

static void
tjd_order_page_init (TjdOrderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
