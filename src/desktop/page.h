/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shell.h"
#include "state-view.h"

G_BEGIN_DECLS

/* A page: a widget over a model. Widgets are disposable: when the language changes, or a window is
 * made again, a page is thrown away and made anew over the same model. So whatever must not be lost
 * (what was typed, chosen, fetched) stands in the model, and a page fills itself from it.
 *
 * Its class is a template in resources/, in the folder that mirrors its own. A row of pages.c makes
 * it known. */
#define TJD_TYPE_PAGE (tjd_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TjdPage, tjd_page, TJD, PAGE, AdwBin)

struct _TjdPageClass {
  AdwBinClass parent_class;
  void (*shown) (TjdPage *self);   /* it has come into sight: fetch what is missing or old */
  void (*refresh) (TjdPage *self); /* Ctrl+R; NULL: nothing to refresh */
  void (*search) (TjdPage *self);  /* Ctrl+F */
  void (*print) (TjdPage *self);   /* Ctrl+P */
};

/* Construct-only properties "shell" and "model"; both borrowed here. A page is constructed from its
 * template first, and fills itself in constructed(). */
TjdShell *tjd_page_get_shell (TjdPage *self);
gpointer tjd_page_get_model (TjdPage *self);
const TjdLocale *tjd_page_get_locale (TjdPage *self);

/* A page's type and, in its file alone, its model and how the person reads:
 *
 *   TJD_DEFINE_PAGE (TjdOrderPage, tjd_order_page, TjdOrderModel) */
#define TJD_DEFINE_PAGE(Page, page, Model)                            \
  G_DEFINE_FINAL_TYPE (Page, page, TJD_TYPE_PAGE)                     \
  G_GNUC_UNUSED static inline Model *model_of (Page *self)            \
  {                                                                   \
    return tjd_page_get_model (TJD_PAGE (self));                      \
  }                                                                   \
  G_GNUC_UNUSED static inline const TjdLocale *locale_of (Page *self) \
  {                                                                   \
    return tjd_page_get_locale (TJD_PAGE (self));                     \
  }

/* What it has under way, cancelled when it goes. */
TjdTasks *tjd_page_get_tasks (TjdPage *self);

/* What stands around its content: Try Again refreshes, Cancel ends what is under way. */
void tjd_page_set_view (TjdPage *self, TjdStateView *view);

/* Says an error above what is shown already, or in its place. FALSE: there is none, or the sign-in
 * is there for it. */
gboolean tjd_page_take_error (TjdPage *self, const GError *error);

void tjd_page_shown (TjdPage *self);

G_END_DECLS
