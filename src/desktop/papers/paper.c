/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "language.h"
#include "paper-kind.h"

#define SANDBOX_EDGE 48
#define SANDBOX_Y 20

void
tjd_paper_free (TjdPaper *self)
{
  if (self->content != NULL)
    self->free_content (self->content);
  g_free (self->title);
  g_free (self->name);
  g_free (self);
}

TjdPaper *
tjd_paper_new (const TjdLocale *locale, gboolean both)
{
  TjdPaper *self = g_new0 (TjdPaper, 1);
  gboolean is_arabic = locale->language == TJD_LANGUAGE_AR;

  self->locales[0] = *locale;
  self->locales[1] = *locale;
  self->locales[1].language = is_arabic ? TJD_LANGUAGE_EN : TJD_LANGUAGE_AR;
  self->locales[1].digits = is_arabic ? TJD_DIGITS_WESTERN : TJD_DIGITS_ARABIC_INDIC;
  self->n_locales = both ? 2 : 1;
  self->n_pages = 1;
  return self;
}

const char *
tjd_paper_text (TjdPaper *self, guint which, const char *msgid)
{
  return tjd_language_text (self->locales[which].language, msgid);
}

void
tjd_paper_mark_sandbox (TjdPaper *self)
{
  self->is_sandbox = TRUE;
}

const char *
tjd_paper_get_title (TjdPaper *self)
{
  return self->title;
}

const char *
tjd_paper_get_name (TjdPaper *self)
{
  return self->name;
}

guint
tjd_paper_count_pages (TjdPaper *self)
{
  return self->n_pages;
}

/* In both languages, whatever the paper's own are. */
static void
draw_sandbox (TjdPaper *self, TjdPen *pen)
{
  double width = TJD_PAPER_WIDTH / 2 - SANDBOX_EDGE;

  for (guint i = 0; i < G_N_ELEMENTS (self->locales); i++) {
    TjdPenStyle style = { self->locales[i].language, .size = 9, .is_bold = TRUE,
                          .edge = i == 0 ? TJD_PEN_START : TJD_PEN_END };
    tjd_pen_write (pen, i == 0 ? SANDBOX_EDGE : TJD_PAPER_WIDTH / 2, SANDBOX_Y, width, &style,
                   tjd_paper_text (self, i, N_ ("Sandbox: nothing here is real")));
  }
}

/* Whatever the paper is in the printer, the whole page is on it. */
void
tjd_paper_draw (TjdPaper *self, cairo_t *cairo, guint page, double width, double height)
{
  double scale = MIN (width / TJD_PAPER_WIDTH, height / TJD_PAPER_HEIGHT);
  TjdPen pen = { cairo, TJD_PAPER_WIDTH, self->locales[0].language };

  cairo_save (cairo);
  cairo_translate (cairo, (width - TJD_PAPER_WIDTH * scale) / 2,
                   (height - TJD_PAPER_HEIGHT * scale) / 2);
  cairo_scale (cairo, scale, scale);
  self->draw (self, &pen, page);
  if (self->is_sandbox)
    draw_sandbox (self, &pen);
  cairo_restore (cairo);
}

static cairo_status_t
append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
tjd_paper_to_pdf (TjdPaper *self)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append, bytes, TJD_PAPER_WIDTH, TJD_PAPER_HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  g_autoptr (GBytes) pdf = NULL;
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  for (guint page = 0; page < self->n_pages; page++) {
    tjd_paper_draw (self, cairo, page, TJD_PAPER_WIDTH, TJD_PAPER_HEIGHT);
    cairo_show_page (cairo);
  }
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  pdf = g_byte_array_free_to_bytes (bytes);
  return status == CAIRO_STATUS_SUCCESS ? g_steal_pointer (&pdf) : NULL;
}
