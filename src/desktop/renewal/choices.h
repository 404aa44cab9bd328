/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "day.h"
#include "tariff.h"

G_BEGIN_DECLS

/* What all of it would cost for another number of years: by the tariff that the ministry serves, on
 * top of what it has quoted; nothing else in a quote depends on the years. */
typedef struct {
  gint64 years;        /* for those permits that offer so many; the others stay as they are */
  TjdMoney total;      /* with post, dirhams */
  gboolean is_current; /* that is what is chosen */
  gboolean is_for_all; /* every permit offers so many */
} TjdChoice;

/* Of TjdChoice, fewest years first; items of TjdReviewItem with quotes. Empty where there is none
 * to choose from, or the tariff does not agree with what was quoted. */
GArray *tjd_choices_make (GListModel *items, TjdTariff *tariff, TjdMoney post_fee, TjdDay today);

G_END_DECLS
