/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper.h"
#include "pen.h"

G_BEGIN_DECLS

/* What every kind of paper fills in (paper.c). */
struct _TjdPaper {
  char *title, *name;
  guint n_pages;
  TjdLocale locales[TJD_N_LANGUAGES]; /* the person's own first */
  guint n_locales;
  gboolean is_sandbox;
  void (*draw) (TjdPaper *self, TjdPen *pen, guint page);
  gpointer content;
  GDestroyNotify free_content;
};

/* With its locales: the person's, and the other one with its own digits. */
TjdPaper *tjd_paper_new (const TjdLocale *locale, gboolean both);

/* A text of ours in a language of the paper's: msgid is marked by N_(). Borrowed. */
const char *tjd_paper_text (TjdPaper *self, guint which, const char *msgid);

G_END_DECLS
