/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "order.h"
#include "reading.h"

G_BEGIN_DECLS

/* How an order stands, for people. Borrowed, translated. */
typedef struct {
  const char *text;        /* "Waiting for payment" */
  const char *explanation; /* a sentence: what it means, what is next */
  const char *icon_name;   /* says the same to the eye */
  const char *css_class;   /* and so does its colour */
} TjdOrderWords;

TjdOrderWords tjd_order_words (TjdOrder *order);

/* What people choose orders by. */
typedef enum {
  TJD_ORDERS_ALL,
  TJD_ORDERS_WAITING,     /* for approval or payment */
  TJD_ORDERS_CARRIED_OUT, /* paid, not with the post yet */
  TJD_ORDERS_ON_THEIR_WAY,
  TJD_ORDERS_DELIVERED,
  TJD_ORDERS_CLOSED, /* cancelled, expired, released */
  TJD_N_ORDER_GROUPS
} TjdOrderGroup;
gboolean tjd_order_is_in (TjdOrder *order, TjdOrderGroup group);
const char *tjd_order_group_words (TjdOrderGroup group);

/* A company's, for a signatory. */
gboolean tjd_order_waits_for_approval (TjdOrder *order);

gboolean tjd_order_may_be_paid (TjdOrder *order, gint64 now);
gboolean tjd_order_may_be_cancelled (TjdOrder *order);
gboolean tjd_order_has_receipt (TjdOrder *order);

/* Something of it still moves: it is worth asking again. */
gboolean tjd_order_is_under_way (TjdOrder *order);

/* "Sara Lim", "Sara Lim and 2 others"; harmless to show. */
char *tjd_order_names (const TjdLocale *locale, TjdOrder *order);

/* "November 2026", and a number for the month in Qatar that sorts like it. */
char *tjd_month_words (const TjdLocale *locale, gint64 utc_seconds);
gint64 tjd_month_of (gint64 utc_seconds);

/* text is folded (fold.h). */
gboolean tjd_order_matches (TjdOrder *order, const char *text);

G_END_DECLS
