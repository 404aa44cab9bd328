/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Money is whole dirhams, a hundredth of a riyal, in an int64. */
typedef gint64 TjdMoney;

#define TJD_MONEY_MAX \
  G_GINT64_CONSTANT (100000000000000) /* a trillion riyals: sums cannot overflow */
#define TJD_RIYAL 100

/* "1,020.00", as the signing request and operators read it; people in the app get ICU's. */
char *tjd_money_format (TjdMoney dirhams);

/* Reads what tjd_money_format writes, with or without the commas; exactly two decimals. */
gboolean tjd_money_parse (const char *text, TjdMoney *dirhams);

G_END_DECLS
