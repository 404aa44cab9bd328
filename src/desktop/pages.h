/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "page.h"

G_BEGIN_DECLS

/* Every page is a row of one table. */
typedef enum {
  TJD_PAGE_SIGN_IN,
  TJD_PAGE_PERMITS, /* the places, in the order of the switcher */
  TJD_PAGE_RENEWALS,
  TJD_PAGE_FIGURES,
  TJD_PAGE_REVIEW, /* a renewal, page by page */
  TJD_PAGE_PAY,
  TJD_PAGE_DONE,
  TJD_PAGE_FOUND,
  TJD_PAGE_ORDER, /* these two are opened with a TjdOrderModel */
  TJD_PAGE_FOLLOW,
  TJD_N_PAGES
} TjdPageId;

typedef struct {
  const char *name;
  const char *title; /* untranslated: N_() */
  const char *icon;  /* of a place; NULL: it is opened from another page, with a way back */
  GType (*type) (void);
  GType (*model) (void); /* made anew with property "shell" where nobody hands one in */
} TjdPageRow;

const TjdPageRow *tjd_page_row (TjdPageId id);

/* model (transfer none) or NULL for a new one. The reference is floating. */
TjdPage *tjd_page_make (TjdPageId id, TjdShell *shell, GObject *model);

G_END_DECLS
