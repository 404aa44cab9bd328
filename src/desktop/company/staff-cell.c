/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-cell.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "date.h"
#include "foreign.h"
#include "isolate.h"
#include "numerals.h"
#include "rows.h"
#include "standing.h"

struct _TjdStaffCell {
  AdwBin parent;
  TjdStaffColumn column;
  TjdLocale locale;
  GtkImage *icon; /* NULL: this column has none */
  GtkLabel *text;
  GtkLabel *below; /* NULL: nothing is added */
  const char *css_class;
};

G_DEFINE_FINAL_TYPE (TjdStaffCell, tjd_staff_cell, ADW_TYPE_BIN)

typedef char *(*Say) (const TjdLocale *locale, TjdPermit *permit);

static const char *const states[] = {
  /* Translators: states of a permit, one word or two each. */
  [TJD_STANDING_VALID] = N_ ("Valid"),         [TJD_STANDING_DUE] = N_ ("Due for renewal"),
  [TJD_STANDING_GRACE] = N_ ("In grace"),      [TJD_STANDING_LATE] = N_ ("Late"),
  [TJD_STANDING_CANCELLED] = N_ ("Cancelled"),
};

static char *
say_name (const TjdLocale *locale, TjdPermit *permit)
{
  return tjd_name_text (locale, permit->name_en, permit->name_ar);
}

static char *
say_number (const TjdLocale *locale, TjdPermit *permit)
{
  return tjd_identifier_text (locale, permit->personal_id);
}

static char *
say_category (const TjdLocale *locale, TjdPermit *permit)
{
  return g_strdup (tjd_category_words (permit->category));
}

static char *
say_standing (const TjdLocale *locale, TjdPermit *permit)
{
  return g_strdup (tjd_standing_state_words (permit->standing));
}

static char *
say_expiry (const TjdLocale *locale, TjdPermit *permit)
{
  return tjd_wire_date_text (locale, permit->expires_on, TJD_DATE_SHORT);
}

static char *
say_fine (const TjdLocale *locale, TjdPermit *permit)
{
  return permit->fine > 0 ? tjd_amount_text (locale, permit->fine) : g_strdup (TJD_NOTHING);
}

/* Widths are in characters: they hold for every row, and grow with the person's letters. */
static const struct {
  Say say, below;
  int width;
  float xalign;
} columns[] = {
  [TJD_STAFF_NAME] = { say_name, say_number, -1, 0 },
  [TJD_STAFF_NUMBER] = { say_number, NULL, 11, 0 },
  [TJD_STAFF_CATEGORY] = { say_category, NULL, 17, 0 },
  [TJD_STAFF_STANDING] = { say_standing, say_expiry, 13, 0 },
  [TJD_STAFF_EXPIRY] = { say_expiry, NULL, 11, 0 },
  [TJD_STAFF_FINE] = { say_fine, NULL, 11, 1 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == TJD_N_STAFF_COLUMNS);

static GtkLabel *
make_label (TjdStaffColumn column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), columns[column].xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  return GTK_LABEL (label);
}

static GtkWidget *
add_below (TjdStaffCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->below = make_label (self->column);
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->below), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->below));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
add_icon (TjdStaffCell *self, GtkWidget *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = GTK_IMAGE (
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), content);
  return box;
}

static void
show_look (TjdStaffCell *self, TjdPermit *permit)
{
  const TjdStandingLook *look = tjd_standing_look (permit->standing);

  tjd_swap_css_class (GTK_WIDGET (self->icon), self->css_class, look->css_class);
  tjd_swap_css_class (GTK_WIDGET (self->text), self->css_class, look->css_class);
  self->css_class = look->css_class;
  gtk_image_set_from_icon_name (self->icon, look->icon_name);
}

static void
tjd_staff_cell_class_init (TjdStaffCellClass *klass)
{
}

static void
tjd_staff_cell_init (TjdStaffCell *self)
{
}

GtkWidget *
tjd_staff_cell_new (TjdStaffColumn column, const TjdLocale *locale, gboolean is_narrow)
{
  TjdStaffCell *self = g_object_new (TJD_TYPE_STAFF_CELL, NULL);
  GtkWidget *content;

  self->column = column;
  self->locale = *locale;
  self->text = make_label (column);
  gtk_label_set_width_chars (self->text, columns[column].width);
  content = is_narrow && columns[column].below != NULL ? add_below (self) : GTK_WIDGET (self->text);
  adw_bin_set_child (ADW_BIN (self),
                     column == TJD_STAFF_STANDING ? add_icon (self, content) : content);
  return GTK_WIDGET (self);
}

void
tjd_staff_cell_set_permit (TjdStaffCell *self, TjdPermit *permit)
{
  g_autofree char *text = columns[self->column].say (&self->locale, permit);
  g_autofree char *below =
      self->below != NULL ? columns[self->column].below (&self->locale, permit) : NULL;

  gtk_label_set_text (self->text, text);
  if (self->below != NULL)
    gtk_label_set_text (self->below, below);
  if (self->icon != NULL)
    show_look (self, permit);
}

const char *
tjd_standing_state_words (TjdStanding standing)
{
  return _ (states[standing]);
}

char *
tjd_staff_row_words (const TjdLocale *locale, TjdPermit *permit, TjdRules *rules)
{
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (tjd_clock_system ()));
  g_autoptr (TjdStandingWords) words = tjd_standing_words_new (locale, permit, rules, today);
  g_autofree char *name = say_name (locale, permit);
  g_autofree char *number = say_number (locale, permit);
  g_autofree char *expiry = say_expiry (locale, permit);

  return g_strjoin (", ", name, number, tjd_category_words (permit->category), words->text, expiry,
                    NULL);
}
