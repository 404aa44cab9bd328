/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reading.h"
#include "money.h"

G_BEGIN_DECLS

/* Dirhams as one isolated run, always with two decimals: "QAR 1,020.00", "١٬٠٢٠٫٠٠ ر.ق". It neither
 * breaks over lines nor turns in text of the other direction. Exact for every int64. */
char *tjd_amount_text (const TjdLocale *locale, TjdMoney dirhams);

G_END_DECLS
