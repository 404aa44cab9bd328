/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "date.h"
#include "fold.h"
#include "foreign.h"
#include "numerals.h"
#include "plurals.h"

#define ESTABLISHMENT_DIGITS 8

/* clang-format off */
static const struct {
  TjdOrderWords words;
  TjdOrderGroup group;
} states[] = {
  [TJD_ORDER_PLACED] = { { N_ ("Waiting for payment"), N_ ("Nothing was charged yet. It is carried out once it is paid."),
      "appointment-soon-symbolic", "warning" }, TJD_ORDERS_WAITING },
  [TJD_ORDER_APPROVED] = { { N_ ("Waiting for payment"), N_ ("Approved by the signatory. It is carried out once it is paid."),
      "appointment-soon-symbolic", "warning" }, TJD_ORDERS_WAITING },
  [TJD_ORDER_AUTHORISED] = { { N_ ("Being carried out"), N_ ("The bank holds the amount, and the ministry is renewing."),
      "emblem-synchronizing-symbolic", "accent" }, TJD_ORDERS_CARRIED_OUT },
  [TJD_ORDER_EXECUTED] = { { N_ ("Being carried out"), N_ ("The ministry has renewed; the bank is being asked to debit exactly that."),
      "emblem-synchronizing-symbolic", "accent" }, TJD_ORDERS_CARRIED_OUT },
  [TJD_ORDER_CAPTURED] = { { N_ ("Renewed, to be posted"), N_ ("Paid and renewed. Post the envelope with the passports and the receipt."),
      "mail-send-symbolic", "accent" }, TJD_ORDERS_CARRIED_OUT },
  [TJD_ORDER_DISPATCHED] = { { N_ ("On its way"), N_ ("The envelope is under way."),
      "emblem-synchronizing-symbolic", "accent" }, TJD_ORDERS_ON_THEIR_WAY },
  [TJD_ORDER_DELIVERED] = { { N_ ("Delivered"), N_ ("Passports and new cards were delivered."),
      "emblem-ok-symbolic", "success" }, TJD_ORDERS_DELIVERED },
  [TJD_ORDER_EXPIRED] = { { N_ ("Expired"), N_ ("It was not paid in time, and nothing was charged. The permits can be renewed anew."),
      "window-close-symbolic", "dim-label" }, TJD_ORDERS_CLOSED },
  [TJD_ORDER_CANCELLED] = { { N_ ("Cancelled"), N_ ("It was cancelled, and nothing was charged."),
      "window-close-symbolic", "dim-label" }, TJD_ORDERS_CLOSED },
  [TJD_ORDER_VOIDED] = { { N_ ("Released"), N_ ("None of it could be renewed; the whole amount was released, and nothing was charged."),
      "window-close-symbolic", "dim-label" }, TJD_ORDERS_CLOSED },
};

static const TjdOrderWords to_be_approved = { N_ ("Waiting for approval"),
  N_ ("A signatory has to approve it before it is paid. Nothing was charged yet."),
  "appointment-soon-symbolic", "warning" };
static const TjdOrderWords failed = { N_ ("Delivery failed"),
  N_ ("The post could not deliver the envelope. See under Follow what to do."),
  "dialog-warning-symbolic", "error" };

static const char *const groups[] = {
  [TJD_ORDERS_ALL] = N_ ("All states"),
  [TJD_ORDERS_WAITING] = N_ ("Waiting"),
  [TJD_ORDERS_CARRIED_OUT] = N_ ("Being carried out"),
  [TJD_ORDERS_ON_THEIR_WAY] = N_ ("On their way"),
  [TJD_ORDERS_DELIVERED] = N_ ("Delivered"),
  [TJD_ORDERS_CLOSED] = N_ ("Cancelled or expired"),
};
/* clang-format on */
G_STATIC_ASSERT (G_N_ELEMENTS (groups) == TJD_N_ORDER_GROUPS);

/* A company's needs a signatory first. */
gboolean
tjd_order_waits_for_approval (TjdOrder *order)
{
  return order->state == TJD_ORDER_PLACED && strlen (order->renewer) == ESTABLISHMENT_DIGITS &&
         order->approved_by == NULL;
}

TjdOrderWords
tjd_order_words (TjdOrder *order)
{
  const TjdOrderWords *words = &states[order->state].words;

  if (tjd_order_waits_for_approval (order))
    words = &to_be_approved;
  else if (order->attention == TJD_ATTENTION_DELIVERY_FAILED && order->state != TJD_ORDER_DELIVERED)
    words = &failed;
  return (TjdOrderWords){ _ (words->text), _ (words->explanation), words->icon_name,
                          words->css_class };
}

gboolean
tjd_order_is_in (TjdOrder *order, TjdOrderGroup group)
{
  return group == TJD_ORDERS_ALL || states[order->state].group == group;
}

const char *
tjd_order_group_words (TjdOrderGroup group)
{
  return _ (groups[group]);
}

gboolean
tjd_order_may_be_paid (TjdOrder *order, gint64 now)
{
  return tjd_order_may_be_cancelled (order) && !tjd_order_waits_for_approval (order) &&
         now < order->expires_at;
}

gboolean
tjd_order_may_be_cancelled (TjdOrder *order)
{
  return order->state == TJD_ORDER_PLACED || order->state == TJD_ORDER_APPROVED;
}

gboolean
tjd_order_has_receipt (TjdOrder *order)
{
  return order->state >= TJD_ORDER_CAPTURED && order->state <= TJD_ORDER_DELIVERED;
}

gboolean
tjd_order_is_under_way (TjdOrder *order)
{
  return order->state >= TJD_ORDER_AUTHORISED && order->state <= TJD_ORDER_DISPATCHED;
}

char *
tjd_order_names (const TjdLocale *locale, TjdOrder *order)
{
  TjdOrderItem *first = order->items->len > 0 ? order->items->pdata[0] : NULL;
  guint others = order->items->len > 1 ? order->items->len - 1 : 0;
  g_autofree char *name =
      first != NULL ? tjd_name_text (locale, first->name_en, first->name_ar) : g_strdup ("");
  g_autofree char *number = tjd_number_text (locale, others);

  if (others == 0)
    return g_steal_pointer (&name);
  /* Translators: the first %s is a person's name, the second how many more there are. */
  return g_strdup_printf (ngettext ("%s and %s other", "%s and %s others", others), name, number);
}

gint64
tjd_month_of (gint64 utc_seconds)
{
  TjdDay day = MIN (tjd_day_in_qatar (CLAMP (utc_seconds, 0, TJD_MOMENT_MAX)), TJD_DAY_MAX);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);
  return (gint64) g_date_get_year (&date) * 12 + g_date_get_month (&date) - 1;
}

char *
tjd_month_words (const TjdLocale *locale, gint64 utc_seconds)
{
  static const char *const months[] = {
    N_ ("January"),   N_ ("February"), N_ ("March"),    N_ ("April"),
    N_ ("May"),       N_ ("June"),     N_ ("July"),     N_ ("August"),
    N_ ("September"), N_ ("October"),  N_ ("November"), N_ ("December"),
  };
  gint64 month = tjd_month_of (utc_seconds);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, month / 12);
  g_autofree char *year = tjd_numerals (locale, digits);

  /* Translators: a month and its year: "November 2026". */
  return g_strdup_printf (C_ ("month", "%s %s"), _ (months[month % 12]), year);
}

static gboolean
contains (const char *text, const char *sought)
{
  g_autofree char *folded = text != NULL ? tjd_fold (text) : NULL;

  return folded != NULL && strstr (folded, sought) != NULL;
}

gboolean
tjd_order_matches (TjdOrder *order, const char *text)
{
  if (*text == '\0' || contains (order->id, text))
    return TRUE;
  for (guint i = 0; i < order->items->len; i++) {
    TjdOrderItem *item = order->items->pdata[i];
    if (contains (item->name_en, text) || contains (item->name_ar, text) ||
        contains (item->personal_id, text))
      return TRUE;
  }
  return FALSE;
}
