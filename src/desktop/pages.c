/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages.h"

#include <glib/gi18n-lib.h>

#include "done-page.h"
#include "figures-page.h"
#include "found-page.h"
#include "pay-page.h"
#include "follow-page.h"
#include "order-page.h"
#include "permits-place.h"
#include "renewals-page.h"
#include "review-page.h"
#include "sign-in-page.h"

static const TjdPageRow rows[] = {
  [TJD_PAGE_SIGN_IN] = { "sign-in", N_ ("Sign In"), NULL, tjd_sign_in_page_get_type,
                         tjd_sign_in_model_get_type },
  [TJD_PAGE_PERMITS] = { "permits", N_ ("Permits"), "tajdid-permits-symbolic",
                         tjd_permits_place_get_type, tjd_permits_place_model_get_type },
  [TJD_PAGE_RENEWALS] = { "renewals", N_ ("Renewals"), "tajdid-renewals-symbolic",
                          tjd_renewals_page_get_type, tjd_renewals_model_get_type },
  [TJD_PAGE_FIGURES] = { "figures", N_ ("Service Figures"), "tajdid-figures-symbolic",
                         tjd_figures_page_get_type, tjd_figures_model_get_type },
  [TJD_PAGE_REVIEW] = { "review", N_ ("Review Fees"), NULL, tjd_review_page_get_type,
                        tjd_renewal_model_get_type },
  [TJD_PAGE_PAY] = { "pay", N_ ("Payment"), NULL, tjd_pay_page_get_type,
                     tjd_renewal_model_get_type },
  [TJD_PAGE_DONE] = { "done", N_ ("Your Renewal"), NULL, tjd_done_page_get_type,
                      tjd_done_model_get_type },
  [TJD_PAGE_FOUND] = { "found", N_ ("What Became of It"), NULL, tjd_found_page_get_type,
                       tjd_found_model_get_type },
  [TJD_PAGE_ORDER] = { "order", N_ ("Order"), NULL, tjd_order_page_get_type,
                       tjd_order_model_get_type },
  [TJD_PAGE_FOLLOW] = { "follow", N_ ("Follow"), NULL, tjd_follow_page_get_type,
                        tjd_order_model_get_type },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rows) == TJD_N_PAGES);

const TjdPageRow *
tjd_page_row (TjdPageId id)
{
  g_assert ((guint) id < TJD_N_PAGES);
  return &rows[id];
}

TjdPage *
tjd_page_make (TjdPageId id, TjdShell *shell, GObject *model)
{
  const TjdPageRow *row = tjd_page_row (id);
  g_autoptr (GObject) own =
      model != NULL ? g_object_ref (model) : g_object_new (row->model (), "shell", shell, NULL);

  return g_object_new (row->type (), "shell", shell, "model", own, NULL);
}
