/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "renewal-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Fills list with what is refused and why: a row a permit with the remedy and, where it helps, what
 * can be done here; of many, a row a reason with how many it is. */
void tjd_refusals_fill (GtkListBox *list, const TjdLocale *locale, TjdRenewalModel *model);

/* "The ministry’s staff refused the renewal. …" of one, with its date or note; translated. */
char *tjd_refusal_text (const TjdLocale *locale, TjdRefusal *refusal);

G_END_DECLS
