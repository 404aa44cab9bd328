/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "renewals-model.h"

G_BEGIN_DECLS

/* The drop-downs over the list of renewals, filled from the model; what is chosen in the model is
 * chosen in them. */

/* One's own orders, and those of who one acts for; hidden where there is nobody else. */
void tjd_order_choices_fill_renewers (GtkDropDown *down,
                                      const TjdLocale *locale,
                                      TjdRenewalsModel *model);
const char *tjd_order_choices_get_renewer (GtkDropDown *down, TjdRenewalsModel *model);

void tjd_order_choices_fill_groups (GtkDropDown *down, TjdRenewalsModel *model);
TjdOrderGroup tjd_order_choices_get_group (GtkDropDown *down);

/* The months of the orders that are there. */
void
tjd_order_choices_fill_months (GtkDropDown *down, const TjdLocale *locale, TjdRenewalsModel *model);
gint64 tjd_order_choices_get_month (GtkDropDown *down, TjdRenewalsModel *model);

G_END_DECLS
