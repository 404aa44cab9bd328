/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "done-page.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "compat.h"
#include "date.h"
#include "follow.h"
#include "foreign.h"
#include "numerals.h"
#include "papers.h"
#include "reasons.h"
#include "renewal-words.h"
#include "window.h"

#define ROWS 20 /* of each kind; more are counted */

struct _TjdDonePage {
  TjdPage parent;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *title;
  GtkLabel *text;
  GtkWidget *receipt_box;
  GtkLabel *receipt;
  GtkWidget *renewed_group;
  GtkListBox *renewed;
  GtkWidget *refused_group;
  GtkListBox *refused;
  GtkWidget *next_group;
  GtkButton *print_label;
  gboolean is_focused; /* once there is something to be done */
};

TJD_DEFINE_PAGE (TjdDonePage, tjd_done_page, TjdDoneModel)

static TjdOrder *
first_order (TjdDonePage *self)
{
  return tjd_done_model_get_orders (model_of (self))->pdata[0];
}

/* --- what has happened ------------------------------------------------------------------------ */

static void
say (TjdDonePage *self, const char *icon, const char *title, char *text)
{
  g_autofree char *owned = text;
  gboolean is_new = g_strcmp0 (gtk_label_get_text (self->title), title) != 0;

  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, owned);
  if (is_new)
    tjd_announce (GTK_WIDGET (self), title);
}

/* That nobody says what is renewed takes nothing from what the bank has said. */
static char *
say_unanswered (TjdDonePage *self, const char *total, const GError *trouble)
{
  g_autoptr (TjdWords) words = tjd_words_new (locale_of (self), trouble, TJD_NOT_ABOUT_MONEY);

  /* Translators: an amount, then a sentence: "The service did not answer." */
  return g_strdup_printf (_ ("%s is held in the account. %s It is not known yet what was renewed; "
                             "we are asking every few seconds, and only what is renewed is "
                             "debited. You can close this window."),
                          total, words->happened);
}

static void
say_held (TjdDonePage *self)
{
  const GError *trouble = tjd_done_model_get_trouble (model_of (self));
  g_autofree char *total =
      tjd_amount_text (locale_of (self), tjd_done_model_get_total (model_of (self)));

  if (trouble != NULL) {
    say (self, "emblem-ok-symbolic", _ ("Your Payment Went Through"),
         say_unanswered (self, total, trouble));
    return;
  }
  say (self, "emblem-ok-symbolic", _ ("Your Payment Went Through"),
       /* Translators: %s is an amount. */
       g_strdup_printf (_ ("%s is held in the account. The ministry is renewing the permits now; "
                           "only what it renews is debited. You can close this window."),
                        total));
}

static void
say_released (TjdDonePage *self)
{
  g_autofree char *total =
      tjd_amount_text (locale_of (self), tjd_done_model_get_total (model_of (self)));

  say (self, "dialog-warning-symbolic", _ ("Nothing Was Charged"),
       /* Translators: %s is an amount. */
       g_strdup_printf (_ ("None of the permits could be renewed. The %s that were held are "
                           "released."),
                        total));
}

static void
say_paid (TjdDonePage *self, TjdMoney captured)
{
  TjdMoney rest = tjd_done_model_get_total (model_of (self)) - captured;
  g_autofree char *paid = tjd_amount_text (locale_of (self), captured);
  g_autofree char *released = tjd_amount_text (locale_of (self), rest);

  if (rest > 0)
    say (self, "emblem-ok-symbolic", _ ("Renewed in Part"),
         /* Translators: both are amounts. */
         g_strdup_printf (_ ("%s was debited. %s for what could not be renewed is released."), paid,
                          released));
  else
    /* Translators: %s is an amount. */
    say (self, "emblem-ok-symbolic", _ ("Renewed and Paid"),
         g_strdup_printf (_ ("%s was debited."), paid));
}

static void
show_receipts (TjdDonePage *self)
{
  GPtrArray *receipts = tjd_done_model_get_receipts (model_of (self));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < receipts->len && i < ROWS; i++) {
    g_autofree char *number = tjd_foreign (receipts->pdata[i], TJD_NAME_CHARACTERS);
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", number);
  }
  gtk_label_set_text (self->receipt, text->str);
  gtk_widget_set_visible (self->receipt_box, receipts->len > 0);
}

/* --- permit by permit ------------------------------------------------------------------------- */

static void
add_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *markup = g_markup_escape_text (subtitle, -1); /* as libadwaita takes it */
  g_autofree char *name = g_strjoin (": ", title, subtitle, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  tjd_set_accessible_name (row, name);
  gtk_list_box_append (list, row);
}

static void
add_item (TjdDonePage *self, TjdOrderItem *item)
{
  const TjdLocale *locale = locale_of (self);
  g_autofree char *name = tjd_name_text (locale, item->name_en, item->name_ar);

  if (item->outcome == TJD_OUTCOME_EXECUTED) {
    g_autofree char *day = tjd_wire_date_text (locale, item->renewed_until, TJD_DATE_LONG);
    g_autofree char *until = g_strdup_printf (_ ("Valid until %s"), day);
    add_row (self->renewed, name, until);
  } else {
    g_autoptr (TjdWords) words = tjd_words_for_reason (item->reason);
    g_autofree char *why = tjd_words_dup_text (words);
    add_row (self->refused, name, why);
  }
}

static void
empty (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
add_rest (TjdDonePage *self, GtkListBox *list, guint n)
{
  g_autofree char *more = n > ROWS ? tjd_permits_text (locale_of (self), n - ROWS) : NULL;
  g_autofree char *rest = more != NULL ? g_strdup_printf (_ ("and %s more"), more) : NULL;

  if (rest != NULL)
    add_row (list, rest, _ ("All of them stand in the receipt and under Renewals."));
}

static void
show_items (TjdDonePage *self)
{
  GPtrArray *orders = tjd_done_model_get_orders (model_of (self));
  guint n[] = { [TJD_OUTCOME_PENDING] = 0, [TJD_OUTCOME_EXECUTED] = 0, [TJD_OUTCOME_REFUSED] = 0 };

  empty (self->renewed);
  empty (self->refused);
  for (guint i = 0; i < orders->len; i++) {
    TjdOrder *order = orders->pdata[i];
    for (guint j = 0; j < order->items->len; j++) {
      TjdOrderItem *item = order->items->pdata[j];
      if (n[item->outcome]++ < ROWS && item->outcome != TJD_OUTCOME_PENDING)
        add_item (self, item);
    }
  }
  add_rest (self, self->renewed, n[TJD_OUTCOME_EXECUTED]);
  add_rest (self, self->refused, n[TJD_OUTCOME_REFUSED]);
  gtk_widget_set_visible (self->renewed_group, n[TJD_OUTCOME_EXECUTED] > 0);
  gtk_widget_set_visible (self->refused_group, n[TJD_OUTCOME_REFUSED] > 0);
}

static void
set_enabled (TjdDonePage *self, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

static void
show (TjdDonePage *self)
{
  TjdMoney captured = tjd_done_model_get_captured (model_of (self));
  gboolean settled = tjd_done_model_is_settled (model_of (self));
  gboolean has_receipt = tjd_done_model_get_receipts (model_of (self))->len > 0;

  if (!settled)
    say_held (self);
  else if (captured > 0)
    say_paid (self, captured);
  else
    say_released (self);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), !settled);
  gtk_widget_set_visible (self->next_group, !settled || captured > 0);
  set_enabled (self, "done.print-label", has_receipt);
  set_enabled (self, "done.save-receipt", has_receipt);
  set_enabled (self, "done.follow", has_receipt);
  if (has_receipt && !self->is_focused)
    self->is_focused = gtk_widget_grab_focus (GTK_WIDGET (self->print_label));
  show_receipts (self);
  show_items (self);
}

/* --- what the person does --------------------------------------------------------------------- */

static void
print_label (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_papers_print_label (TJD_PAGE (widget), first_order (TJD_DONE_PAGE (widget))->id);
}

static void
save_receipt (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_papers_save_receipt (TJD_PAGE (widget), first_order (TJD_DONE_PAGE (widget))->id);
}

static void
follow (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdDonePage *self = TJD_DONE_PAGE (widget);

  tjd_follow_open (GTK_WINDOW (tjd_window_of (self)), tjd_page_get_shell (TJD_PAGE (self)),
                   first_order (self)->id);
}

static void
print (TjdPage *page)
{
  gtk_widget_activate_action (GTK_WIDGET (page), "done.print-label", NULL);
}

static void
shown (TjdPage *page)
{
  tjd_done_model_note_seen (model_of (TJD_DONE_PAGE (page)));
}

static void
tjd_done_page_constructed (GObject *object)
{
  TjdDonePage *self = TJD_DONE_PAGE (object);

  G_OBJECT_CLASS (tjd_done_page_parent_class)->constructed (object);
  g_signal_connect_object (model_of (self), "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
tjd_done_page_class_init (TjdDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_done_page_constructed;
  page_class->shown = shown;
  page_class->print = print;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "renewal/done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, icon);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, title);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, text);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, receipt_box);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, receipt);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, renewed_group);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, renewed);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, refused_group);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, refused);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, next_group);
  gtk_widget_class_bind_template_child (widget_class, TjdDonePage, print_label);
  gtk_widget_class_install_action (widget_class, "done.print-label", NULL, print_label);
  gtk_widget_class_install_action (widget_class, "done.save-receipt", NULL, save_receipt);
  gtk_widget_class_install_action (widget_class, "done.follow", NULL, follow);
}

static void
tjd_done_page_init (TjdDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
