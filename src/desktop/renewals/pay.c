/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pay.h"

/* The page where orders are paid is not built yet: until it is, no button leads there. */
gboolean
tjd_pay_is_there (void)
{
  return FALSE;
}

void
tjd_pay_order (TjdPage *page, TjdOrder *order)
{
}
