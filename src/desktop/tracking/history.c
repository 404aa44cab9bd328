/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "amount.h"
#include "numerals.h"
#include "post-words.h"

static const char *const words[] = {
  [TJD_HAPPENED_PLACED] = N_ ("Order placed"),
  [TJD_HAPPENED_APPROVED] = N_ ("Approved"),
  [TJD_HAPPENED_HELD] = N_ ("Amount held by the bank"),
  [TJD_HAPPENED_EXECUTED] = N_ ("Carried out by the ministry"),
  [TJD_HAPPENED_REFUSED] = N_ ("Nothing could be renewed; the amount was released"),
  [TJD_HAPPENED_PAID] = N_ ("Paid"),
  [TJD_HAPPENED_EXPIRED] = N_ ("Expired without payment"),
  [TJD_HAPPENED_CANCELLED] = N_ ("Cancelled"),
};

static void
happening_free (TjdHappening *self)
{
  g_free (self->what);
  g_free (self->detail);
  g_free (self);
}

/* what and detail are taken. */
static void
add (GPtrArray *history, TjdHappened kind, gint64 at, char *what, char *detail)
{
  TjdHappening *happening = g_new (TjdHappening, 1);

  *happening = (TjdHappening){ kind, at, what, detail };
  g_ptr_array_add (history, happening);
}

static void
add_step (GPtrArray *history, TjdHappened kind, gint64 at, char *detail)
{
  add (history, kind, at, g_strdup (_ (words[kind])), detail);
}

static char *
say_who (const TjdLocale *locale, const char *personal_id)
{
  g_autofree char *number = tjd_identifier_text (locale, personal_id);

  /* Translators: %s is the personal ID number of who did it. */
  return g_strdup_printf (_ ("by %s"), number);
}

/* How far the order has come, by its state. */
static gboolean
was_held (TjdOrder *order)
{
  return (order->state >= TJD_ORDER_AUTHORISED && order->state <= TJD_ORDER_DELIVERED) ||
         order->state == TJD_ORDER_VOIDED;
}

static gboolean
was_executed (TjdOrder *order)
{
  return order->state >= TJD_ORDER_EXECUTED && order->state <= TJD_ORDER_DELIVERED;
}

static void
add_steps (GPtrArray *history, const TjdLocale *locale, TjdOrder *order, TjdReceipt *receipt)
{
  add_step (history, TJD_HAPPENED_PLACED, order->placed_at, say_who (locale, order->placed_by));
  if (order->approved_by != NULL)
    add_step (history, TJD_HAPPENED_APPROVED, TJD_NO_INT, say_who (locale, order->approved_by));
  if (was_held (order))
    add_step (history, TJD_HAPPENED_HELD, TJD_NO_INT, tjd_amount_text (locale, order->total));
  if (was_executed (order))
    add_step (history, TJD_HAPPENED_EXECUTED, TJD_NO_INT, NULL);
  if (order->captured != TJD_NO_INT && order->captured > 0)
    add_step (history, TJD_HAPPENED_PAID, receipt != NULL ? receipt->captured_at : TJD_NO_INT,
              tjd_amount_text (locale, order->captured));
  if (order->state == TJD_ORDER_VOIDED)
    add_step (history, TJD_HAPPENED_REFUSED, TJD_NO_INT, NULL);
  if (order->state == TJD_ORDER_EXPIRED)
    add_step (history, TJD_HAPPENED_EXPIRED, order->expires_at, NULL);
  if (order->state == TJD_ORDER_CANCELLED)
    add_step (history, TJD_HAPPENED_CANCELLED, TJD_NO_INT, NULL);
}

static void
add_scan (GPtrArray *history, const TjdLocale *locale, TjdScan *scan)
{
  gboolean is_failure = strcmp (scan->code, TJD_SCAN_FAILED) == 0;
  g_autofree char *place = tjd_place_words (locale, scan);

  if (is_failure)
    add (history, TJD_HAPPENED_FAILURE, scan->at, tjd_scan_words (scan),
         g_strjoin (" ", place, "·", tjd_failure_reason_words (scan->reason),
                    tjd_failure_action_words (scan->action), NULL));
  else
    add (history, TJD_HAPPENED_SCAN, scan->at, tjd_scan_words (scan), g_steal_pointer (&place));
}

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  const TjdHappening *one = *(TjdHappening *const *) a, *other = *(TjdHappening *const *) b;

  return one->at < other->at ? -1 : one->at > other->at;
}

static void
add_scans (GPtrArray *journey, const TjdLocale *locale, TjdConsignment *consignment, TjdLeg leg)
{
  for (guint i = 0; consignment != NULL && i < consignment->scans->len; i++) {
    TjdScan *scan = consignment->scans->pdata[i];
    if (scan->leg == leg)
      add_scan (journey, locale, scan);
  }
}

/* Stations and scans come from two parties: merged by their moment, and those of the same one in
 * the order of the way (g_ptr_array_sort keeps it). */
static GPtrArray *
make_journey (const TjdLocale *locale, TjdOrder *order, TjdConsignment *consignment)
{
  GPtrArray *journey = g_ptr_array_new ();

  add_scans (journey, locale, consignment, TJD_LEG_OUT);
  for (guint i = 0; i < order->stations->len; i++) {
    TjdStation *station = order->stations->pdata[i];
    add (journey, TJD_HAPPENED_STATION, station->at,
         g_strdup (tjd_station_words (station->station)), NULL);
  }
  add_scans (journey, locale, consignment, TJD_LEG_BACK);
  g_ptr_array_sort (journey, compare_moments);
  return journey;
}

GPtrArray *
tjd_history_new (const TjdLocale *locale,
                 TjdOrder *order,
                 TjdConsignment *consignment,
                 TjdReceipt *receipt)
{
  GPtrArray *history = g_ptr_array_new_with_free_func ((GDestroyNotify) happening_free);

  add_steps (history, locale, order, receipt);
  g_ptr_array_extend_and_steal (history, make_journey (locale, order, consignment));
  return history;
}
