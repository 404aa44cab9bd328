/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewals-page.h"

#include <glib/gi18n-lib.h>

#include "state-view.h"

struct _TjdRenewalsModel {
  TjdModel parent;
};

struct _TjdRenewalsPage {
  TjdPage parent;
};

G_DEFINE_FINAL_TYPE (TjdRenewalsModel, tjd_renewals_model, TJD_TYPE_MODEL)
G_DEFINE_FINAL_TYPE (TjdRenewalsPage, tjd_renewals_page, TJD_TYPE_PAGE)

static void
tjd_renewals_model_class_init (TjdRenewalsModelClass *klass)
{
}

static void
tjd_renewals_model_init (TjdRenewalsModel *self)
{
}

static void
tjd_renewals_page_class_init (TjdRenewalsPageClass *klass)
{
}

static void
tjd_renewals_page_init (TjdRenewalsPage *self)
{
  GtkWidget *view = g_object_new (TJD_TYPE_STATE_VIEW, NULL);

  tjd_state_view_show_empty (
      TJD_STATE_VIEW (view), "tajdid-renewals-symbolic", _ ("No Renewals Yet"),
      _ ("What you renew is listed here, with its receipt and the way of its "
         "envelope."),
      NULL, NULL);
  adw_bin_set_child (ADW_BIN (self), view);
}
