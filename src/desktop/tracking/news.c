/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "news.h"

#include <glib/gi18n-lib.h>

#include "post-words.h"

static const char *const states[] = {
  [TJD_ORDER_CAPTURED] = N_ ("Paid and renewed: post the envelope"),
  [TJD_ORDER_DISPATCHED] = N_ ("The envelope is on its way"),
  [TJD_ORDER_DELIVERED] = N_ ("Passports and new cards were delivered"),
  [TJD_ORDER_VOIDED] = N_ ("Nothing could be renewed; the amount was released"),
};

static const char *
news_of_state (TjdOrder *order)
{
  if ((gsize) order->state >= G_N_ELEMENTS (states) || states[order->state] == NULL)
    return NULL;
  return _ (states[order->state]);
}

static const char *
news_of_station (TjdOrder *order)
{
  TjdStation *newest = order->stations->pdata[order->stations->len - 1];

  return tjd_station_words (newest->station);
}

const char *
tjd_news (TjdOrder *before, TjdOrder *after)
{
  gboolean has_moved;

  if (before == NULL)
    return NULL;
  has_moved = before->state != after->state;
  if (has_moved && after->state == TJD_ORDER_DELIVERED)
    return news_of_state (after);
  if (after->attention == TJD_ATTENTION_DELIVERY_FAILED && before->attention != after->attention)
    return _ ("The post could not deliver the envelope");
  if (after->stations->len > before->stations->len)
    return news_of_station (after);
  return has_moved ? news_of_state (after) : NULL;
}
