/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pay.h"

#include "identifiers.h"
#include "renewal-model.h"
#include "window.h"

/* One's own, or a company's: its signatory pays. */
void
tjd_pay_order (TjdPage *page, TjdOrder *order)
{
  gboolean is_company = tjd_format_establishment_id.fits (order->renewer);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TjdRenewalModel) model = NULL;

  g_ptr_array_add (orders, g_object_ref (order));
  model = tjd_renewal_model_new_from_orders (
      tjd_page_get_shell (page), is_company ? order->renewer : NULL, TJD_ROLE_SIGNATORY, orders);
  tjd_window_open (tjd_window_of (page), TJD_PAGE_PAY, G_OBJECT (model));
}
