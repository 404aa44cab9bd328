/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "order-model.h"
#include "page.h"

G_BEGIN_DECLS

/* One order: what was renewed, what was refused and why, what it cost, what happened. */
#define TJD_TYPE_ORDER_PAGE (tjd_order_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdOrderPage, tjd_order_page, TJD, ORDER_PAGE, TjdPage)

G_END_DECLS
