/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "consignment.h"
#include "order.h"
#include "payment.h"
#include "reading.h"

G_BEGIN_DECLS

/* Something to print: pages of A4, drawn the same for a file and for a printer. */
#define TJD_PAPER_WIDTH 595.0 /* points */
#define TJD_PAPER_HEIGHT 842.0

typedef struct _TjdPaper TjdPaper;
void tjd_paper_free (TjdPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdPaper, tjd_paper_free)

/* payment says who was paid; NULL: not said. portal is where whoever was shown the receipt may have
 * it confirmed. both: in the person's language and in the other one. */
TjdPaper *tjd_paper_new_receipt (const TjdLocale *locale,
                                 gboolean both,
                                 TjdReceipt *receipt,
                                 TjdPayment *payment,
                                 const char *portal);

/* For the envelope's two ways; in both languages always: it is the post that reads it. */
TjdPaper *tjd_paper_new_label (const TjdLocale *locale, TjdLabel *label);

/* It says on every page that nothing on it is real. */
void tjd_paper_mark_sandbox (TjdPaper *self);

const char *tjd_paper_get_title (TjdPaper *self); /* translated */
const char *tjd_paper_get_name (TjdPaper *self);  /* of a file, without its ending */
guint tjd_paper_count_pages (TjdPaper *self);

/* One page, 0 being the first, onto width by height points. */
void tjd_paper_draw (TjdPaper *self, cairo_t *cairo, guint page, double width, double height);

/* NULL where cairo has no memory for it. */
GBytes *tjd_paper_to_pdf (TjdPaper *self);

G_END_DECLS
