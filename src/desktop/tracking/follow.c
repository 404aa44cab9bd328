/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "follow.h"

#include "order-model.h"

void
tjd_follow_open (GtkWindow *window, TjdShell *shell, const char *order_id)
{
  g_autoptr (TjdOrderModel) model = tjd_order_model_new (shell, order_id);

  tjd_window_open (TJD_WINDOW (window), TJD_PAGE_FOLLOW, G_OBJECT (model));
}
