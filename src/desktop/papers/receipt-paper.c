/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "amount.h"
#include "date.h"
#include "endpoint.h"
#include "foreign.h"
#include "isolate.h"
#include "numerals.h"
#include "paper-kind.h"

/* A receipt: head with the QR code of what confirms it, the facts, a line a permit over as many
 * pages as it takes, post and total. In two languages each cell has a line of each. */

#define MARGIN 48.0
#define INNER (TJD_PAPER_WIDTH - 2 * MARGIN)
#define SQUARE 84.0
#define FACTS_TOP 164.0
#define NEXT_TABLE_TOP 72.0 /* of the second page, and further ones */
#define LINE_HEIGHT 14.0
#define CELL_PADDING 8.0
#define FOOT 60.0
#define TOTALS_ROWS 2

typedef struct {
  TjdReceipt *receipt;
  TjdPayment *payment; /* NULL */
  char *url;
} Content;

typedef enum { COLUMN_NAME, COLUMN_NUMBER, COLUMN_UNTIL, COLUMN_FEE, N_COLUMNS } Column;

static const struct {
  const char *title;
  double from, width; /* shares of INNER */
  TjdPenEdge edge;
} columns[] = {
  [COLUMN_NAME] = { N_ ("Permit of"), 0, 0.38, TJD_PEN_START },
  [COLUMN_NUMBER] = { N_ ("Personal ID"), 0.39, 0.19, TJD_PEN_START },
  [COLUMN_UNTIL] = { N_ ("Renewed until"), 0.59, 0.20, TJD_PEN_START },
  [COLUMN_FEE] = { N_ ("Fee"), 0.79, 0.21, TJD_PEN_END },
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS);

static void
content_free (Content *self)
{
  g_clear_object (&self->receipt);
  g_clear_object (&self->payment);
  g_free (self->url);
  g_free (self);
}

/* --- where things lie ------------------------------------------------------------------------ */

static double
row_height (TjdPaper *self)
{
  return LINE_HEIGHT * self->n_locales + CELL_PADDING;
}

static double
fact_height (TjdPaper *self)
{
  return LINE_HEIGHT * self->n_locales + CELL_PADDING / 2;
}

static guint
count_facts (TjdPaper *self)
{
  return ((Content *) self->content)->payment != NULL ? 6 : 5;
}

static double
table_top (TjdPaper *self, guint page)
{
  return page > 0 ? NEXT_TABLE_TOP : FACTS_TOP + fact_height (self) * count_facts (self) + 12;
}

/* Rows of permits that fit below the table's head; totals take rows like theirs. */
static guint
count_rows (TjdPaper *self, guint page)
{
  double room = TJD_PAPER_HEIGHT - FOOT - table_top (self, page) - row_height (self);

  return (guint) (room / row_height (self));
}

static guint
count_pages (TjdPaper *self)
{
  guint left = ((Content *) self->content)->receipt->items->len + TOTALS_ROWS, page = 0;

  while (left > count_rows (self, page))
    left -= count_rows (self, page++);
  return page + 1;
}

static guint
first_row_of (TjdPaper *self, guint page)
{
  guint first = 0;

  for (guint i = 0; i < page; i++)
    first += count_rows (self, i);
  return first;
}

/* --- head ------------------------------------------------------------------------------------ */

/* A text in each language, one below the other; the other language's line is grey. */
static void
write_texts (TjdPaper *self,
             TjdPen *pen,
             double x,
             double y,
             double width,
             TjdPenStyle style,
             const char *const *texts)
{
  for (guint i = 0; i < self->n_locales; i++) {
    style.language = self->locales[i].language;
    style.is_grey |= i > 0;
    tjd_pen_write (pen, x, y + i * style.size * 1.35, width, &style, texts[i]);
  }
}

static void
write_ours (TjdPaper *self,
            TjdPen *pen,
            double x,
            double y,
            double width,
            TjdPenStyle style,
            const char *msgid)
{
  const char *texts[TJD_N_LANGUAGES] = { tjd_paper_text (self, 0, msgid),
                                         tjd_paper_text (self, 1, msgid) };

  write_texts (self, pen, x, y, width, style, texts);
}

static void
draw_head (TjdPaper *self, TjdPen *pen)
{
  Content *content = self->content;
  const TjdPenStyle title = { .size = 20, .is_bold = TRUE };
  const TjdPenStyle small = { .size = 9, .is_grey = TRUE, .may_wrap = TRUE };
  const TjdPenStyle url = { .language = TJD_LANGUAGE_EN, .size = 8, .may_wrap = TRUE };
  double width = INNER - SQUARE - 12;

  write_ours (self, pen, MARGIN, MARGIN - 6, width, title,
              N_ ("Receipt for renewed residence permits"));
  write_ours (self, pen, MARGIN, MARGIN + 56, width, small,
              N_ ("Whoever is shown this receipt can have it confirmed at this address:"));
  tjd_pen_write (pen, MARGIN, MARGIN + 84, width, &url, content->url);
  tjd_pen_square (pen, MARGIN + INNER - SQUARE, MARGIN, SQUARE, content->url);
}

/* --- facts ----------------------------------------------------------------------------------- */

/* Its name at the line's beginning, what it is behind; values are the callee's and are freed. */
static void
draw_fact (TjdPaper *self, TjdPen *pen, double y, const char *msgid, char *value, char *other)
{
  const TjdPenStyle name = { .size = 10, .is_grey = TRUE };
  const TjdPenStyle what = { .size = 10 };
  const char *texts[TJD_N_LANGUAGES] = { value, other };
  TjdPenStyle first = what;

  first.language = self->locales[0].language;
  write_ours (self, pen, MARGIN, y, INNER * 0.36, name, msgid);
  if (g_strcmp0 (value, other) == 0)
    tjd_pen_write (pen, MARGIN + INNER * 0.38, y, INNER * 0.62, &first, value);
  else
    write_texts (self, pen, MARGIN + INNER * 0.38, y, INNER * 0.62, what, texts);
  g_free (value);
  g_free (other);
}

/* As it is written everywhere: what a person types to have it found. */
static char *
plain_number (const char *number)
{
  return g_strconcat (TJD_LRI, number, TJD_PDI, NULL);
}

static char *
say_payee (TjdPaper *self, guint which)
{
  TjdPayment *payment = ((Content *) self->content)->payment;
  g_autofree char *name =
      tjd_name_text (&self->locales[which], payment->payee_en, payment->payee_ar);
  g_autofree char *number = tjd_foreign (payment->payee_number, TJD_NAME_CHARACTERS);

  return g_strjoin (tjd_separator (&self->locales[which]), name, number, NULL);
}

static void
draw_facts (TjdPaper *self, TjdPen *pen)
{
  TjdReceipt *receipt = ((Content *) self->content)->receipt;
  double y = FACTS_TOP;
  const TjdLocale *own = &self->locales[0], *other = &self->locales[1];

  draw_fact (self, pen, y, N_ ("Receipt number"), plain_number (receipt->id),
             plain_number (receipt->id));
  draw_fact (self, pen, y += fact_height (self), N_ ("Paid on"),
             tjd_moment_text (own, receipt->captured_at),
             tjd_moment_text (other, receipt->captured_at));
  if (count_facts (self) == 6)
    draw_fact (self, pen, y += fact_height (self), N_ ("Paid to"), say_payee (self, 0),
               say_payee (self, 1));
  draw_fact (self, pen, y += fact_height (self), N_ ("Paid by"), plain_number (receipt->payer),
             plain_number (receipt->payer));
  draw_fact (self, pen, y += fact_height (self), N_ ("Renewed by"), plain_number (receipt->renewer),
             plain_number (receipt->renewer));
  draw_fact (self, pen, y += fact_height (self), N_ ("Order number"), plain_number (receipt->order),
             plain_number (receipt->order));
}

/* --- table ----------------------------------------------------------------------------------- */

static void
draw_cell (TjdPaper *self,
           TjdPen *pen,
           double y,
           Column column,
           gboolean is_bold,
           const char *const *texts)
{
  const TjdPenStyle style = { .size = 10, .is_bold = is_bold, .edge = columns[column].edge };

  write_texts (self, pen, MARGIN + columns[column].from * INNER, y + CELL_PADDING / 2,
               columns[column].width * INNER, style, texts);
}

static void
draw_table_head (TjdPaper *self, TjdPen *pen, double y)
{
  for (guint i = 0; i < N_COLUMNS; i++) {
    const char *texts[TJD_N_LANGUAGES] = { tjd_paper_text (self, 0, columns[i].title),
                                           tjd_paper_text (self, 1, columns[i].title) };
    draw_cell (self, pen, y, (Column) i, TRUE, texts);
  }
  tjd_pen_rule (pen, MARGIN, y + row_height (self), INNER, FALSE);
}

static char *
say_cell (const TjdLocale *locale, TjdOrderItem *item, Column column)
{
  switch (column) {
  case COLUMN_NAME:
    return tjd_name_text (locale, item->name_en, item->name_ar);
  case COLUMN_NUMBER:
    return tjd_identifier_text (locale, item->personal_id);
  case COLUMN_UNTIL:
    return tjd_wire_date_text (locale, item->renewed_until, TJD_DATE_SHORT);
  case COLUMN_FEE:
  default:
    return tjd_amount_text (locale, item->total);
  }
}

static void
draw_permit (TjdPaper *self, TjdPen *pen, double y, TjdOrderItem *item)
{
  for (guint i = 0; i < N_COLUMNS; i++) {
    g_autofree char *own = say_cell (&self->locales[0], item, (Column) i);
    g_autofree char *other = say_cell (&self->locales[1], item, (Column) i);
    const char *texts[TJD_N_LANGUAGES] = { own, other };
    draw_cell (self, pen, y, (Column) i, FALSE, texts);
  }
}

static void
draw_sum (TjdPaper *self, TjdPen *pen, double y, gboolean is_bold, const char *msgid, TjdMoney sum)
{
  g_autofree char *own = tjd_amount_text (&self->locales[0], sum);
  g_autofree char *other = tjd_amount_text (&self->locales[1], sum);
  const char *sums[TJD_N_LANGUAGES] = { own, other };
  const char *names[TJD_N_LANGUAGES] = { tjd_paper_text (self, 0, msgid),
                                         tjd_paper_text (self, 1, msgid) };

  draw_cell (self, pen, y, COLUMN_NAME, is_bold, names);
  draw_cell (self, pen, y, COLUMN_FEE, is_bold, sums);
}

/* The rows behind the permits: what the post takes, and the total. */
static void
draw_row (TjdPaper *self, TjdPen *pen, double y, guint row)
{
  TjdReceipt *receipt = ((Content *) self->content)->receipt;
  guint n = receipt->items->len;

  if (row < n)
    draw_permit (self, pen, y, receipt->items->pdata[row]);
  if (row == n)
    draw_sum (self, pen, y, FALSE, N_ ("Post"), receipt->post_fee);
  if (row == n + 1) {
    tjd_pen_rule (pen, MARGIN, y, INNER, FALSE);
    draw_sum (self, pen, y, TRUE, N_ ("Total debited"), receipt->captured);
  }
}

static void
draw_foot (TjdPaper *self, TjdPen *pen, guint page)
{
  TjdPenStyle style = { .language = pen->language, .size = 8, .is_grey = TRUE };
  g_autofree char *number = plain_number (((Content *) self->content)->receipt->id);
  g_autofree char *at = tjd_number_text (&self->locales[0], page + 1);
  g_autofree char *of = tjd_number_text (&self->locales[0], self->n_pages);
  g_autofree char *text = g_strdup_printf (TJD_LRI "%s / %s" TJD_PDI, at, of);

  tjd_pen_write (pen, MARGIN, TJD_PAPER_HEIGHT - 40, INNER / 2, &style, number);
  style.edge = TJD_PEN_END;
  tjd_pen_write (pen, MARGIN + INNER / 2, TJD_PAPER_HEIGHT - 40, INNER / 2, &style, text);
}

static void
draw (TjdPaper *self, TjdPen *pen, guint page)
{
  guint n_rows = ((Content *) self->content)->receipt->items->len + TOTALS_ROWS;
  guint first = first_row_of (self, page);
  double y = table_top (self, page);

  if (page == 0) {
    draw_head (self, pen);
    draw_facts (self, pen);
  }
  draw_table_head (self, pen, y);
  for (guint i = 0; i < count_rows (self, page) && first + i < n_rows; i++)
    draw_row (self, pen, y += row_height (self), first + i);
  draw_foot (self, pen, page);
}

static char *
make_url (const char *portal, const char *receipt)
{
  g_autofree char *path = tjd_endpoint_path (tjd_endpoint (TJD_PORTAL_CONFIRM_RECEIPT), receipt);

  return g_strconcat (portal, path, NULL);
}

TjdPaper *
tjd_paper_new_receipt (const TjdLocale *locale,
                       gboolean both,
                       TjdReceipt *receipt,
                       TjdPayment *payment,
                       const char *portal)
{
  TjdPaper *self = tjd_paper_new (locale, both);
  Content *content = g_new0 (Content, 1);

  content->receipt = g_object_ref (receipt);
  content->payment = payment != NULL ? g_object_ref (payment) : NULL;
  content->url = make_url (portal, receipt->id);
  self->content = content;
  self->free_content = (GDestroyNotify) content_free;
  self->title = g_strdup (_ ("Receipt"));
  self->name = g_strdup_printf ("tajdid-%s", receipt->id);
  self->draw = draw;
  self->n_pages = count_pages (self);
  return self;
}
