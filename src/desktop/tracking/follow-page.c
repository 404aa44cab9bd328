/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "follow-page.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "date.h"
#include "fetch-orders.h"
#include "history.h"
#include "numerals.h"
#include "order-lists.h"
#include "papers.h"
#include "plurals.h"
#include "polling.h"
#include "post-words.h"
#include "rows.h"
#include "way-line.h"

#define SOON_MS 3000
#define LONGEST_MS 60000
#define CLOCK_SECONDS 20 /* the time left is in minutes */

struct _TjdFollowPage {
  TjdPage parent;
  TjdStateView *view;
  GtkWidget *trouble;
  GtkLabel *trouble_title;
  GtkLabel *trouble_text;
  GtkLabel *trouble_remedy;
  GtkLabel *newest;
  GtkLabel *newest_detail;
  TjdWayLine *line;
  GtkWidget *time_icon;
  GtkLabel *time;
  GtkWidget *numbers_group;
  GtkListBox *numbers;
  GtkWidget *history_group;
  GtkListBox *history;
  const char *time_class;
  TjdPolling polling;
  guint timer, clock;
};

TJD_DEFINE_PAGE (TjdFollowPage, tjd_follow_page, TjdOrderModel)

/* --- what is shown --------------------------------------------------------------------------- */

static void
show_trouble (TjdFollowPage *self, TjdScan *scan)
{
  g_autofree char *place = NULL, *moment = NULL, *title = NULL, *text = NULL;

  gtk_widget_set_visible (self->trouble, scan != NULL);
  if (scan == NULL)
    return;
  title = tjd_scan_words (scan);
  place = tjd_place_words (locale_of (self), scan);
  moment = tjd_moment_text (locale_of (self), scan->at);
  text = g_strdup_printf ("%s%s%s\n%s %s", place, tjd_separator (locale_of (self)), moment,
                          tjd_failure_reason_words (scan->reason),
                          tjd_failure_action_words (scan->action));
  gtk_label_set_text (self->trouble_title, title);
  gtk_label_set_text (self->trouble_text, text);
  gtk_label_set_text (self->trouble_remedy, tjd_failure_remedy_words (scan->reason, scan->action));
}

static gboolean
is_of_journey (const TjdHappening *happening)
{
  return happening->kind >= TJD_HAPPENED_STATION;
}

/* The newest of the journey in full words; before it has begun, what is to be done. */
static void
show_newest (TjdFollowPage *self, GPtrArray *journey, TjdOrder *order)
{
  const TjdHappening *newest = journey->len > 0 ? journey->pdata[journey->len - 1] : NULL;
  g_autofree char *moment = NULL, *detail = NULL;
  TjdOrderWords words = tjd_order_words (order);

  if (newest == NULL) {
    gtk_label_set_text (self->newest, words.text);
    gtk_label_set_text (self->newest_detail, words.explanation);
    return;
  }
  moment = tjd_moment_text (locale_of (self), newest->at);
  detail = newest->kind == TJD_HAPPENED_SCAN
               ? g_strjoin (tjd_separator (locale_of (self)), newest->detail, moment, NULL)
               : g_strdup (moment);
  gtk_label_set_text (self->newest, newest->what);
  gtk_label_set_text (self->newest_detail, detail);
}

static const char *const time_classes[] = {
  [TJD_TIME_NOT_STARTED] = "dim-label", [TJD_TIME_LEFT] = "time-left", [TJD_TIME_OVERDUE] = "error",
  [TJD_TIME_IN_TIME] = "success",       [TJD_TIME_LATE] = "warning",
};

static void
show_time (TjdFollowPage *self)
{
  gint64 now = tjd_clock_now (tjd_clock_system ());
  TjdTime time = tjd_time_read (tjd_order_model_get_consignment (model_of (self)), now);
  g_autofree char *words = tjd_time_words (locale_of (self), time);

  tjd_swap_css_class (GTK_WIDGET (self->time), self->time_class, time_classes[time.state]);
  tjd_swap_css_class (self->time_icon, self->time_class, time_classes[time.state]);
  self->time_class = time_classes[time.state];
  gtk_label_set_text (self->time, words);
}

static char *
say_contents (const TjdLocale *locale, TjdConsignment *consignment)
{
  g_autofree char *number = tjd_number_text (locale, consignment->cards);
  gulong n = (gulong) consignment->cards;

  if (consignment->kind == TJD_CONSIGNMENT_BAG)
    return g_strdup_printf (ngettext ("A bag with %s passport", "A bag with %s passports", n),
                            number);
  return g_strdup_printf (
      ngettext ("An envelope with %s passport", "An envelope with %s passports", n), number);
}

static void
show_numbers (TjdFollowPage *self, TjdConsignment *consignment)
{
  g_autofree char *contents = NULL;
  AdwActionRow *row;

  tjd_list_clear (self->numbers);
  gtk_widget_set_visible (self->numbers_group, consignment != NULL);
  if (consignment == NULL)
    return;
  contents = say_contents (locale_of (self), consignment);
  row = tjd_rows_add (self->numbers, contents, NULL);
  tjd_row_add_button (row, "document-save-symbolic", _ ("Save Label"), "papers.save-label", NULL);
  tjd_row_add_button (row, "document-print-symbolic", _ ("Print Label"), "papers.print-label",
                      NULL);
  tjd_rows_add_number (self->numbers, _ ("Item number, way out"), consignment->out_item);
  tjd_rows_add_number (self->numbers, _ ("Item number, way back"), consignment->back_item);
}

/* What happened before the journey stands with the order. */
static GPtrArray *
take_journey (GPtrArray *history)
{
  while (history->len > 0 && !is_of_journey (history->pdata[0]))
    g_ptr_array_remove_index (history, 0);
  return history;
}

static void
show_way (TjdFollowPage *self)
{
  TjdOrderModel *model = model_of (self);
  TjdOrder *order = tjd_order_model_get_order (model);
  TjdConsignment *consignment = tjd_order_model_get_consignment (model);
  g_autoptr (GPtrArray) journey = NULL;
  TjdWay way;

  if (order == NULL)
    return;
  tjd_way_read (&way, order, consignment);
  journey = take_journey (tjd_history_new (locale_of (self), order, consignment, NULL));
  show_trouble (self, way.trouble);
  show_newest (self, journey, order);
  tjd_way_line_show (self->line, locale_of (self), &way);
  show_time (self);
  show_numbers (self, consignment);
  tjd_fill_history (self->history, locale_of (self), journey);
  gtk_widget_set_visible (self->history_group, journey->len > 0);
}

static void
show_state (TjdFollowPage *self)
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

/* Who does not look hears what has moved. */
static void
announce (TjdFollowPage *self)
{
  g_autofree char *text = g_strjoin (", ", gtk_label_get_text (self->newest),
                                     gtk_label_get_text (self->newest_detail), NULL);

  tjd_announce (GTK_WIDGET (self), text);
}

/* --- asking again ---------------------------------------------------------------------------- */

static void show_fetched (gpointer owner, gpointer result, const GError *error);

static void
fetch (TjdPage *page)
{
  TjdShell *shell = tjd_page_get_shell (page);
  TjdOrdersRequest *request;

  if (tjd_tasks_is_busy (tjd_page_get_tasks (page)) || tjd_shell_get_session (shell) == NULL ||
      tjd_shell_get_state (shell) != TJD_SHELL_SIGNED_IN)
    return;
  request = tjd_orders_request_new (shell);
  request->order = g_strdup (tjd_order_model_get_id (tjd_page_get_model (page)));
  tjd_tasks_run (tjd_page_get_tasks (page), &tjd_fetch_order, request, show_fetched);
}

static gboolean
ask_again (gpointer data)
{
  TjdFollowPage *self = data;

  self->timer = 0;
  fetch (TJD_PAGE (self));
  return G_SOURCE_REMOVE;
}

/* While it is in sight, and there is something that may still move. */
static void
ask_later (TjdFollowPage *self, TjdAsked asked)
{
  TjdOrder *order = tjd_order_model_get_order (model_of (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (order == NULL || tjd_order_is_under_way (order)))
    self->timer = g_timeout_add (tjd_polling_next (&self->polling, asked, tjd_entropy_system ()),
                                 ask_again, self);
}

static void
show_fetched (gpointer owner, gpointer result, const GError *error)
{
  TjdFollowPage *self = owner;
  gboolean was_shown = tjd_order_model_get_as_of (model_of (self)) > 0;
  gboolean moved = result != NULL && tjd_order_model_take (model_of (self), result);

  if (moved)
    show_way (self);
  if (moved && was_shown)
    announce (self);
  if (!tjd_page_take_error (TJD_PAGE (self), error))
    show_state (self);
  ask_later (self, error != NULL || tjd_order_model_is_kept (model_of (self)) ? TJD_ASKED_FAILED
                   : moved                                                    ? TJD_ASKED_MOVED
                                                                              : TJD_ASKED_SAME);
}

static gboolean
tick (gpointer data)
{
  show_time (data);
  return G_SOURCE_CONTINUE;
}

static void
tjd_follow_page_map (GtkWidget *widget)
{
  TjdFollowPage *self = TJD_FOLLOW_PAGE (widget);

  GTK_WIDGET_CLASS (tjd_follow_page_parent_class)->map (widget);
  self->polling.current_ms = 0;
  show_way (self);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, tick, self);
  fetch (TJD_PAGE (self));
}

static void
tjd_follow_page_unmap (GtkWidget *widget)
{
  TjdFollowPage *self = TJD_FOLLOW_PAGE (widget);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->clock, g_source_remove);
  GTK_WIDGET_CLASS (tjd_follow_page_parent_class)->unmap (widget);
}

static void
print (TjdPage *page)
{
  if (tjd_order_model_get_consignment (tjd_page_get_model (page)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (page), "papers.print-label", NULL);
}

/* --- the type -------------------------------------------------------------------------------- */

static void
tjd_follow_page_constructed (GObject *object)
{
  TjdFollowPage *self = TJD_FOLLOW_PAGE (object);

  G_OBJECT_CLASS (tjd_follow_page_parent_class)->constructed (object);
  tjd_page_set_view (TJD_PAGE (self), self->view);
  show_way (self);
  show_state (self);
}

static void
tjd_follow_page_dispose (GObject *object)
{
  TjdFollowPage *self = TJD_FOLLOW_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->clock, g_source_remove);
  G_OBJECT_CLASS (tjd_follow_page_parent_class)->dispose (object);
}

static void
tjd_follow_page_class_init (TjdFollowPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_follow_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = tjd_follow_page_dispose;
  widget_class->map = tjd_follow_page_map;
  widget_class->unmap = tjd_follow_page_unmap;
  page_class->shown = fetch;
  page_class->refresh = fetch;
  page_class->print = print;
  g_type_ensure (TJD_TYPE_WAY_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "tracking/follow-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, view);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, trouble_text);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, trouble_remedy);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, newest);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, newest_detail);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, line);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, time_icon);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, time);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, numbers_group);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, numbers);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, history_group);
  gtk_widget_class_bind_template_child (widget_class, TjdFollowPage, history);
  tjd_papers_install_actions (widget_class);
}

static void
tjd_follow_page_init (TjdFollowPage *self)
{
  self->polling = (TjdPolling){ SOON_MS, LONGEST_MS, 0 };
  gtk_widget_init_template (GTK_WIDGET (self));
}
