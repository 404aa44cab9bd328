/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "renewal-model.h"

G_BEGIN_DECLS

/* Over the window of parent: asks for the reason, in the person's own words, why the ministry's
 * staff should review a permit or reduce its fine, and sends it. */
void tjd_ask_staff_open (GtkWidget *parent,
                         const TjdLocale *locale,
                         TjdRenewalModel *model,
                         TjdReviewItem *item,
                         TjdReviewKind kind);

G_END_DECLS
