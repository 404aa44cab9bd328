/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pen.h"

#include <pango/pangocairo.h>
#include <string.h>
#include <zint.h>

#define GREY 0.4
#define HAIRLINE 0.5

/* Where a box lies that begins at x and is width wide, from the page's left. */
static double
left_of (const TjdPen *pen, double x, double width)
{
  return pen->language == TJD_LANGUAGE_AR ? pen->width - x - width : x;
}

/* Where letters stand does not follow some screen's dots: the same at every size, and words whole
 * for who reads the text out of a PDF. */
static void
be_exact (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
}

static PangoLayout *
make_layout (const TjdPen *pen, double width, const TjdPenStyle *style, const char *text)
{
  gboolean is_arabic = style->language == TJD_LANGUAGE_AR;
  gboolean is_left = (pen->language == TJD_LANGUAGE_AR) == (style->edge == TJD_PEN_END);
  PangoLayout *layout = pango_cairo_create_layout (pen->cairo);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  be_exact (pango_layout_get_context (layout));
  pango_context_set_base_dir (pango_layout_get_context (layout),
                              is_arabic ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  /* Pango's left is the line's beginning, which is at the right of a line from the right. */
  pango_layout_set_alignment (layout, is_left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
  pango_layout_set_ellipsize (layout, style->may_wrap ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
tjd_pen_write (
    TjdPen *pen, double x, double y, double width, const TjdPenStyle *style, const char *text)
{
  g_autoptr (PangoLayout) layout = make_layout (pen, width, style, text);
  double grey = style->is_grey ? GREY : 0;
  int height;

  cairo_set_source_rgb (pen->cairo, grey, grey, grey);
  cairo_move_to (pen->cairo, left_of (pen, x, width), y);
  pango_cairo_show_layout (pen->cairo, layout);
  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

void
tjd_pen_rule (TjdPen *pen, double x, double y, double width, gboolean is_dashed)
{
  static const double dashes[] = { 4, 4 };

  cairo_save (pen->cairo);
  cairo_set_source_rgb (pen->cairo, GREY, GREY, GREY);
  cairo_set_line_width (pen->cairo, HAIRLINE);
  if (is_dashed)
    cairo_set_dash (pen->cairo, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (pen->cairo, left_of (pen, x, width), y);
  cairo_rel_line_to (pen->cairo, width, 0);
  cairo_stroke (pen->cairo);
  cairo_restore (pen->cairo);
}

typedef struct zint_symbol Symbol;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Symbol, ZBarcode_Delete)

static Symbol *
encode (int symbology, const char *text)
{
  g_autoptr (Symbol) symbol = ZBarcode_Create ();

  if (symbol == NULL)
    return NULL;
  symbol->symbology = symbology;
  symbol->show_hrt = 0;
  if (ZBarcode_Encode_and_Buffer_Vector (symbol, (const unsigned char *) text, (int) strlen (text),
                                         0) >= ZINT_ERROR ||
      symbol->vector == NULL)
    return NULL;
  return g_steal_pointer (&symbol);
}

static void
draw_symbol (
    TjdPen *pen, const Symbol *symbol, double left, double top, double width, double height)
{
  cairo_save (pen->cairo);
  cairo_translate (pen->cairo, left, top);
  cairo_scale (pen->cairo, width / (double) symbol->vector->width,
               height / (double) symbol->vector->height);
  cairo_set_source_rgb (pen->cairo, 0, 0, 0);
  for (const struct zint_vector_rect *bar = symbol->vector->rectangles; bar != NULL;
       bar = bar->next)
    cairo_rectangle (pen->cairo, (double) bar->x, (double) bar->y, (double) bar->width,
                     (double) bar->height);
  cairo_fill (pen->cairo);
  cairo_restore (pen->cairo);
}

gboolean
tjd_pen_bars (TjdPen *pen, double x, double y, double width, double height, const char *text)
{
  g_autoptr (Symbol) symbol = encode (BARCODE_CODE128, text);

  if (symbol == NULL)
    return FALSE;
  draw_symbol (pen, symbol, left_of (pen, x, width), y, width, height);
  return TRUE;
}

gboolean
tjd_pen_square (TjdPen *pen, double x, double y, double side, const char *text)
{
  g_autoptr (Symbol) symbol = encode (BARCODE_QRCODE, text);

  if (symbol == NULL)
    return FALSE;
  draw_symbol (pen, symbol, left_of (pen, x, side), y, side, side);
  return TRUE;
}
