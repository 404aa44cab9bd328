/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "reading.h"

G_BEGIN_DECLS

/* Draws onto a paper's page in points from its upper corner, where lines of that language begin: in
 * Arabic x runs to the left. */
typedef struct {
  cairo_t *cairo;
  double width;         /* of the page */
  TjdLanguage language; /* whose direction the page has */
} TjdPen;

typedef enum { TJD_PEN_START, TJD_PEN_END } TjdPenEdge;

typedef struct {
  TjdLanguage language; /* of the text */
  double size;          /* points */
  gboolean is_bold;
  gboolean is_grey;
  gboolean may_wrap; /* else it ends in an ellipsis */
  TjdPenEdge edge;   /* of the box, that it stands at */
} TjdPenStyle;

/* text is plain, and stands in a box that is width wide. The height that it takes. */
double tjd_pen_write (
    TjdPen *pen, double x, double y, double width, const TjdPenStyle *style, const char *text);

void tjd_pen_rule (TjdPen *pen, double x, double y, double width, gboolean is_dashed);

/* A barcode (Code 128) that fills a box, and a QR code in a square; FALSE where text cannot be
 * said by it. Bars are never mirrored. */
gboolean
tjd_pen_bars (TjdPen *pen, double x, double y, double width, double height, const char *text);
gboolean tjd_pen_square (TjdPen *pen, double x, double y, double side, const char *text);

G_END_DECLS
