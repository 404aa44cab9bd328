/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "order.h"

G_BEGIN_DECLS

/* What is worth telling of an order that was one way and is another: a translated sentence, NULL
 * where it is nothing. The newest where several things have happened. before may be NULL: it was
 * not known, and nothing is told. */
const char *tjd_news (TjdOrder *before, TjdOrder *after);

G_END_DECLS
