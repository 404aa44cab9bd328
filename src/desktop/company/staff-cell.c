/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-cell.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "compat.h"
#include "date.h"
#include "foreign.h"
#include "isolate.h"
#include "numerals.h"
#include "standing.h"

struct _TjdStaffCell {
  AdwBin parent;
  TjdStaffColumn column;
  TjdLocale locale;
  GHashTable *dates;
  GtkImage *icon; /* NULL: this column has none */
  GtkInscription *text;
  GtkInscription *below; /* NULL: nothing is added */
  const char *css_class;
};

G_DEFINE_FINAL_TYPE (TjdStaffCell, tjd_staff_cell, ADW_TYPE_BIN)

typedef char *(*Say) (TjdStaffCell *self, TjdPermit *permit);

static const char *const states[] = {
  /* Translators: states of a permit, one word or two each. */
  [TJD_STANDING_VALID] = N_ ("Valid"),         [TJD_STANDING_DUE] = N_ ("Due for renewal"),
  [TJD_STANDING_GRACE] = N_ ("In grace"),      [TJD_STANDING_LATE] = N_ ("Late"),
  [TJD_STANDING_CANCELLED] = N_ ("Cancelled"),
};

static char *
say_name (TjdStaffCell *self, TjdPermit *permit)
{
  return tjd_name_text (&self->locale, permit->name_en, permit->name_ar);
}

static char *
say_number (TjdStaffCell *self, TjdPermit *permit)
{
  return tjd_identifier_text (&self->locale, permit->personal_id);
}

static char *
say_category (TjdStaffCell *self, TjdPermit *permit)
{
  return g_strdup (tjd_category_words (permit->category));
}

static char *
say_standing (TjdStaffCell *self, TjdPermit *permit)
{
  return g_strdup (tjd_standing_state_words (permit->standing));
}

static char *
say_expiry (TjdStaffCell *self, TjdPermit *permit)
{
  char *text = g_hash_table_lookup (self->dates, permit->expires_on);

  if (text == NULL) {
    text = tjd_wire_date_text (&self->locale, permit->expires_on, TJD_DATE_SHORT);
    g_hash_table_insert (self->dates, g_strdup (permit->expires_on), text);
  }
  return g_strdup (text);
}

static char *
say_fine (TjdStaffCell *self, TjdPermit *permit)
{
  return permit->fine > 0 ? tjd_amount_text (&self->locale, permit->fine) : g_strdup (TJD_NOTHING);
}

/* Widths are in characters: they hold for every row, and grow with the person's letters. Where
 * there is little room, a cell may have less. */
static const struct {
  Say say, below;
  guint width, least;
  float xalign;
} columns[] = {
  [TJD_STAFF_NAME] = { say_name, say_number, 12, 7, 0 },
  [TJD_STAFF_NUMBER] = { say_number, NULL, 11, 11, 0 },
  [TJD_STAFF_CATEGORY] = { say_category, NULL, 17, 17, 0 },
  [TJD_STAFF_STANDING] = { say_standing, say_expiry, 13, 10, 0 },
  [TJD_STAFF_EXPIRY] = { say_expiry, NULL, 12, 12, 0 },
  [TJD_STAFF_FINE] = { say_fine, NULL, 11, 11, 1 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == TJD_N_STAFF_COLUMNS);

/* Not labels: those measure every text that they are given, which 200 rows of them feel. */
static GtkInscription *
make_text (TjdStaffColumn column, gboolean is_narrow)
{
  GtkInscription *text = GTK_INSCRIPTION (gtk_inscription_new (NULL));

  gtk_inscription_set_xalign (text, columns[column].xalign);
  gtk_inscription_set_text_overflow (text, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (text, is_narrow ? columns[column].least : columns[column].width);
  gtk_inscription_set_nat_chars (text, columns[column].width);
  gtk_widget_set_hexpand (GTK_WIDGET (text), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (text), "numeric");
  return text;
}

static GtkWidget *
add_below (TjdStaffCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->below = make_text (self->column, TRUE);
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
tjd_staff_cell_finalize (GObject *object)
{
  g_hash_table_unref (TJD_STAFF_CELL (object)->dates);
  G_OBJECT_CLASS (tjd_staff_cell_parent_class)->finalize (object);
}

static void
tjd_staff_cell_class_init (TjdStaffCellClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_staff_cell_finalize;
}

static void
tjd_staff_cell_init (TjdStaffCell *self)
{
}

GtkWidget *
tjd_staff_cell_new (TjdStaffColumn column,
                    const TjdLocale *locale,
                    gboolean is_narrow,
                    GHashTable *dates)
{
  TjdStaffCell *self = g_object_new (TJD_TYPE_STAFF_CELL, NULL);
  GtkWidget *content;

  self->column = column;
  self->locale = *locale;
  self->dates = g_hash_table_ref (dates);
  self->text = make_text (column, is_narrow);
  content = is_narrow && columns[column].below != NULL ? add_below (self) : GTK_WIDGET (self->text);
  adw_bin_set_child (ADW_BIN (self),
                     column == TJD_STAFF_STANDING ? add_icon (self, content) : content);
  return GTK_WIDGET (self);
}

void
tjd_staff_cell_set_permit (TjdStaffCell *self, TjdPermit *permit)
{
  g_autofree char *text = columns[self->column].say (self, permit);
  g_autofree char *below = self->below != NULL ? columns[self->column].below (self, permit) : NULL;

  gtk_inscription_set_text (self->text, text);
  if (self->below != NULL)
    gtk_inscription_set_text (self->below, below);
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
  g_autofree char *name = tjd_name_text (locale, permit->name_en, permit->name_ar);
  g_autofree char *number = tjd_identifier_text (locale, permit->personal_id);

  return g_strjoin (", ", name, number, tjd_category_words (permit->category), words->text, NULL);
}
