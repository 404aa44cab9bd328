/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "foreign.h"
#include "isolate.h"
#include "numerals.h"
#include "paper-kind.h"

/* One page, to be cut in two: a label for the envelope's way to the ministry, and one to lie in it
 * for the way back. The numbers are the post's, read by its machines and people: always in Western
 * digits, left to right. */

#define MARGIN 36.0
#define INNER (TJD_PAPER_WIDTH - 2 * MARGIN)
#define HALF (TJD_PAPER_HEIGHT / 2)
#define COLUMN (INNER / 2 - 9)

typedef struct {
  const char *use; /* N_() */
  const char *item;
  TjdAddress *from, *to;
} Side;

/* Lines of one language in a column; the height that they take. */
static double
write_lines (TjdPen *pen, double x, double y, TjdPenStyle style, GPtrArray *lines)
{
  double begin = y;

  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *line = tjd_foreign (lines->pdata[i], TJD_NAME_CHARACTERS);
    y += tjd_pen_write (pen, x, y, COLUMN, &style, line);
    style.is_bold = FALSE;
  }
  return y - begin;
}

static GPtrArray *
lines_in (TjdAddress *address, TjdLanguage language)
{
  return language == TJD_LANGUAGE_AR ? address->ar : address->en;
}

/* Each language in a column of its own, from its own side of the page. */
static double
write_address (
    TjdPaper *self, TjdPen *pen, double y, double size, const char *msgid, TjdAddress *address)
{
  double tallest = 0;

  for (guint i = 0; i < 2; i++) {
    TjdPenStyle style = { self->locales[i].language,           size, TRUE, FALSE, TRUE,
                          i == 0 ? TJD_PEN_START : TJD_PEN_END };
    TjdPenStyle name = { style.language, 9, FALSE, TRUE, FALSE, style.edge };
    double x = MARGIN + (i == 0 ? 0 : INNER - COLUMN);
    double height = tjd_pen_write (pen, x, y, COLUMN, &name, tjd_paper_text (self, i, msgid));
    height += write_lines (pen, x, y + height, style, lines_in (address, style.language));
    tallest = MAX (tallest, height);
  }
  return tallest;
}

static char *
say_contents (const TjdLocale *locale, TjdPaper *self, guint which, TjdLabel *label)
{
  g_autofree char *number = tjd_number_text (locale, label->cards);
  const char *kind =
      tjd_paper_text (self, which,
                      label->kind == TJD_CONSIGNMENT_BAG ? N_ ("Bag, passports: %s")
                                                         : N_ ("Envelope, passports: %s"));
  const char *before = strstr (kind, "%s");

  return before != NULL ? g_strdup_printf ("%.*s%s%s", (int) (before - kind), kind, number,
                                           before + strlen ("%s"))
                        : g_strdup (kind);
}

static void
draw_head (TjdPaper *self, TjdPen *pen, double y, TjdLabel *label, const char *use)
{
  for (guint i = 0; i < 2; i++) {
    const TjdLocale *locale = &self->locales[i];
    TjdPenEdge edge = i == 0 ? TJD_PEN_START : TJD_PEN_END;
    TjdPenStyle bold = { locale->language, 13, TRUE, FALSE, FALSE, edge };
    TjdPenStyle small = { locale->language, 9, FALSE, TRUE, FALSE, edge };
    double x = MARGIN + (i == 0 ? 0 : INNER - COLUMN);
    g_autofree char *service = tjd_name_text (locale, label->service_en, label->service_ar);
    g_autofree char *contents = say_contents (locale, self, i, label);
    tjd_pen_write (pen, x, y, COLUMN, &bold, service);
    tjd_pen_write (pen, x, y + 20, COLUMN, &small, contents);
    tjd_pen_write (pen, x, y + 34, COLUMN, &small, tjd_paper_text (self, i, use));
  }
}

static void
draw_side (TjdPaper *self, TjdPen *pen, double y, TjdLabel *label, const Side *side)
{
  TjdPenStyle number = { TJD_LANGUAGE_EN, 20, TRUE, FALSE, FALSE, TJD_PEN_START };
  TjdPenStyle small = { TJD_LANGUAGE_EN, 8, FALSE, TRUE, FALSE, TJD_PEN_END };
  g_autofree char *order = g_strconcat (TJD_LRI, label->order, TJD_PDI, NULL);

  draw_head (self, pen, y, label, side->use);
  tjd_pen_rule (pen, MARGIN, y + 54, INNER, FALSE);
  write_address (self, pen, y + 62, 10, N_ ("From"), side->from);
  tjd_pen_rule (pen, MARGIN, y + 142, INNER, FALSE);
  write_address (self, pen, y + 150, 16, N_ ("To"), side->to);
  tjd_pen_bars (pen, MARGIN, y + 290, INNER * 0.62, 56, side->item);
  tjd_pen_write (pen, MARGIN, y + 348, INNER * 0.62, &number, side->item);
  tjd_pen_write (pen, MARGIN + INNER * 0.62, y + 358, INNER * 0.38, &small, order);
}

static void
draw (TjdPaper *self, TjdPen *pen, guint page)
{
  TjdLabel *label = self->content;
  const Side out = { N_ ("Stick this on the envelope"), label->out_item, label->applicant,
                     label->ministry };
  const Side back = { N_ ("Put this in the envelope, for the way back"), label->back_item,
                      label->ministry, label->applicant };

  draw_side (self, pen, 22, label, &out);
  tjd_pen_rule (pen, 12, HALF, TJD_PAPER_WIDTH - 24, TRUE);
  draw_side (self, pen, HALF + 22, label, &back);
}

TjdPaper *
tjd_paper_new_label (const TjdLocale *locale, TjdLabel *label)
{
  TjdPaper *self = tjd_paper_new (locale, TRUE);

  self->content = g_object_ref (label);
  self->free_content = g_object_unref;
  self->title = g_strdup (_ ("Envelope Label"));
  self->name = g_strdup_printf ("tajdid-label-%s", label->out_item);
  self->draw = draw;
  return self;
}
