/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "order-words.h"

G_BEGIN_DECLS

/* An order in the list: whose permits, how it stands, when, how much. */
#define TJD_TYPE_RENEWAL_ROW (tjd_renewal_row_get_type ())
G_DECLARE_FINAL_TYPE (TjdRenewalRow, tjd_renewal_row, TJD, RENEWAL_ROW, GtkListBoxRow)

GtkWidget *tjd_renewal_row_new (const TjdLocale *locale, TjdOrder *order);
TjdOrder *tjd_renewal_row_get_order (TjdRenewalRow *self);

G_END_DECLS
