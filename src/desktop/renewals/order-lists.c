/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-lists.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "compat.h"
#include "date.h"
#include "foreign.h"
#include "history.h"
#include "numerals.h"
#include "plurals.h"
#include "reasons.h"
#include "rows.h"

/* --- permits --------------------------------------------------------------------------------- */

static char *
say_renewed (const TjdLocale *locale, TjdOrderItem *item)
{
  g_autofree char *date = tjd_wire_date_text (locale, item->renewed_until, TJD_DATE_LONG);

  /* Translators: %s is a date. */
  return g_strdup_printf (_ ("Renewed until %s"), date);
}

static char *
say_refused (TjdOrderItem *item)
{
  g_autoptr (TjdWords) words = NULL;

  if ((int) item->reason < 0)
    return g_strdup (_ ("Refused"));
  words = tjd_words_for_reason (item->reason);
  /* Translators: why a permit was not renewed, and what to do about it: two sentences. */
  return g_strdup_printf (_ ("Refused: %s %s"), words->happened, words->remedy);
}

static char *
say_wanted (const TjdLocale *locale, TjdOrderItem *item)
{
  g_autofree char *years = tjd_number_text (locale, item->years);

  return g_strdup_printf (ngettext ("For %s year", "For %s years", (gulong) item->years), years);
}

static char *
say_outcome (const TjdLocale *locale, TjdOrderItem *item)
{
  switch (item->outcome) {
  case TJD_OUTCOME_EXECUTED:
    return say_renewed (locale, item);
  case TJD_OUTCOME_REFUSED:
    return say_refused (item);
  case TJD_OUTCOME_PENDING:
  default:
    return say_wanted (locale, item);
  }
}

static const struct {
  const char *icon_name, *css_class;
} outcomes[] = {
  [TJD_OUTCOME_PENDING] = { "appointment-soon-symbolic", "dim-label" },
  [TJD_OUTCOME_EXECUTED] = { "emblem-ok-symbolic", "success" },
  [TJD_OUTCOME_REFUSED] = { "dialog-warning-symbolic", "error" },
};

static void
add_permit (GtkListBox *list, const TjdLocale *locale, TjdOrderItem *item)
{
  g_autofree char *name = tjd_name_text (locale, item->name_en, item->name_ar);
  g_autofree char *number = tjd_identifier_text (locale, item->personal_id);
  g_autofree char *outcome = say_outcome (locale, item);
  g_autofree char *amount = tjd_amount_text (locale, item->total);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", number, outcome);
  AdwActionRow *row = tjd_rows_add_value (list, name, subtitle, amount);

  adw_action_row_set_subtitle_lines (row, 0);
  tjd_row_add_icon (row, outcomes[item->outcome].icon_name, outcomes[item->outcome].css_class);
}

void
tjd_fill_permits (GtkListBox *list, const TjdLocale *locale, TjdOrder *order, guint most)
{
  guint n = most > 0 ? MIN (most, order->items->len) : order->items->len;

  tjd_list_clear (list);
  for (guint i = 0; i < n; i++)
    add_permit (list, locale, order->items->pdata[i]);
}

/* --- amounts --------------------------------------------------------------------------------- */

static void
add_amount (GtkListBox *list, const TjdLocale *locale, const char *title, TjdMoney amount)
{
  g_autofree char *text = tjd_amount_text (locale, amount);

  tjd_rows_add_value (list, title, NULL, text);
}

static void
add_total (GtkListBox *list, const TjdLocale *locale, const char *title, TjdMoney amount)
{
  g_autofree char *text = tjd_amount_text (locale, amount);
  AdwActionRow *row = tjd_rows_add_value (list, title, NULL, text);

  gtk_widget_add_css_class (GTK_WIDGET (row), "heading");
}

static TjdMoney
sum_refused (TjdOrder *order)
{
  TjdMoney sum = 0;

  for (guint i = 0; i < order->items->len; i++) {
    TjdOrderItem *item = order->items->pdata[i];
    if (item->outcome == TJD_OUTCOME_REFUSED)
      sum += item->total;
  }
  return sum;
}

void
tjd_fill_amounts (GtkListBox *list, const TjdLocale *locale, TjdOrder *order)
{
  gboolean is_settled = order->captured != TJD_NO_INT;
  TjdMoney refused = sum_refused (order);

  tjd_list_clear (list);
  add_amount (list, locale, _ ("Fees"), order->total - order->post_fee);
  add_amount (list, locale, _ ("Post"), order->post_fee);
  if (is_settled && order->captured < order->total)
    add_amount (list, locale,
                refused > 0 ? _ ("Released: not renewed") : _ ("Released: not debited"),
                order->captured - order->total);
  add_total (list, locale, is_settled ? _ ("Debited") : _ ("Total"),
             is_settled ? order->captured : order->total);
}

/* --- history --------------------------------------------------------------------------------- */

static const struct {
  const char *icon_name, *css_class;
} happened[] = {
  [TJD_HAPPENED_PLACED] = { "document-new-symbolic", "dim-label" },
  [TJD_HAPPENED_APPROVED] = { "emblem-ok-symbolic", "dim-label" },
  [TJD_HAPPENED_HELD] = { "channel-secure-symbolic", "dim-label" },
  [TJD_HAPPENED_EXECUTED] = { "emblem-ok-symbolic", "dim-label" },
  [TJD_HAPPENED_REFUSED] = { "dialog-warning-symbolic", "error" },
  [TJD_HAPPENED_PAID] = { "emblem-ok-symbolic", "success" },
  [TJD_HAPPENED_EXPIRED] = { "window-close-symbolic", "dim-label" },
  [TJD_HAPPENED_CANCELLED] = { "window-close-symbolic", "dim-label" },
  [TJD_HAPPENED_STATION] = { "emblem-ok-symbolic", "dim-label" },
  [TJD_HAPPENED_SCAN] = { "mail-send-symbolic", "dim-label" },
  [TJD_HAPPENED_FAILURE] = { "dialog-warning-symbolic", "error" },
};

static void
add_happening (GtkListBox *list, const TjdLocale *locale, const TjdHappening *happening)
{
  g_autofree char *moment =
      happening->at != TJD_NO_INT ? tjd_moment_text (locale, happening->at) : NULL;
  const char *detail = happening->detail;
  g_autofree char *subtitle = moment != NULL && detail != NULL
                                  ? g_strjoin (tjd_separator (locale), moment, detail, NULL)
                                  : g_strdup (moment != NULL ? moment : detail);
  AdwActionRow *row = tjd_rows_add (list, happening->what, subtitle);

  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  gtk_widget_add_css_class (GTK_WIDGET (row), "numeric");
  tjd_row_add_icon (row, happened[happening->kind].icon_name, happened[happening->kind].css_class);
}

void
tjd_fill_history (GtkListBox *list, const TjdLocale *locale, GPtrArray *history)
{
  tjd_list_clear (list);
  for (guint i = history->len; i > 0; i--)
    add_happening (list, locale, history->pdata[i - 1]);
}
