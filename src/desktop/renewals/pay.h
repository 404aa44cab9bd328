/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "order.h"
#include "page.h"

G_BEGIN_DECLS

/* From an order to the page where it is paid. */
void tjd_pay_order (TjdPage *page, TjdOrder *order);

G_END_DECLS
