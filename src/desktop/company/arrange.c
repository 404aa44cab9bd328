/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arrange.h"

typedef int (*Compare) (const TjdStaffRow *a, const TjdStaffRow *b, TjdLanguage language);

TJD_DEFINE_ENUM (
    TjdStaffColumn, tjd_staff_column, "name", "number", "category", "standing", "expiry", "fine")

static int
by_name (const TjdStaffRow *a, const TjdStaffRow *b, TjdLanguage language)
{
  const char *one = tjd_staff_row_get_name (a, language);
  const char *other = tjd_staff_row_get_name (b, language);

  while (*one == *other && *one != '\n') {
    one++;
    other++;
  }
  return (guchar) *one - (guchar) *other;
}

static int
by_number (const TjdStaffRow *a, const TjdStaffRow *b, TjdLanguage language)
{
  return g_strcmp0 (a->permit->personal_id, b->permit->personal_id);
}

static int
by_category (const TjdStaffRow *a, const TjdStaffRow *b, TjdLanguage language)
{
  return (int) a->permit->category - (int) b->permit->category;
}

static int
by_standing (const TjdStaffRow *a, const TjdStaffRow *b, TjdLanguage language)
{
  return (int) a->permit->standing - (int) b->permit->standing;
}

static int
by_expiry (const TjdStaffRow *a, const TjdStaffRow *b, TjdLanguage language)
{
  return g_strcmp0 (a->permit->expires_on, b->permit->expires_on);
}

static int
by_fine (const TjdStaffRow *a, const TjdStaffRow *b, TjdLanguage language)
{
  return (a->permit->fine > b->permit->fine) - (a->permit->fine < b->permit->fine);
}

static const Compare compares[] = {
  [TJD_STAFF_NAME] = by_name,         [TJD_STAFF_NUMBER] = by_number,
  [TJD_STAFF_CATEGORY] = by_category, [TJD_STAFF_STANDING] = by_standing,
  [TJD_STAFF_EXPIRY] = by_expiry,     [TJD_STAFF_FINE] = by_fine,
};
G_STATIC_ASSERT (G_N_ELEMENTS (compares) == TJD_N_STAFF_COLUMNS);

/* What is alike in the column stands by expiry and number, as the register has it, also where the
 * column is turned around. */
static int
compare (gconstpointer first, gconstpointer second, gpointer data)
{
  const TjdStaffRow *a = *(TjdStaffRow *const *) first;
  const TjdStaffRow *b = *(TjdStaffRow *const *) second;
  const TjdArrangement *how = data;
  int order = compares[how->column](a, b, how->language);

  if (how->descending)
    order = -order;
  if (order == 0)
    order = by_expiry (a, b, how->language);
  return order != 0 ? order : by_number (a, b, how->language);
}

static gpointer
arrange (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdArranging *wanted = data;
  TjdArranging *found = tjd_arranging_new (&wanted->how, wanted->sought, NULL);

  for (guint i = 0; i < wanted->rows->len; i++)
    if (tjd_arranging_shows (wanted, wanted->rows->pdata[i]))
      g_ptr_array_add (found->rows, tjd_staff_row_ref (wanted->rows->pdata[i]));
  g_ptr_array_sort_with_data (found->rows, compare, &found->how);
  return found;
}

const TjdWork tjd_arrange = { "arrange staff", arrange, (GDestroyNotify) tjd_arranging_free,
                              (GDestroyNotify) tjd_arranging_free };

TjdArranging *
tjd_arranging_new (const TjdArrangement *how, const char *sought, GPtrArray *rows)
{
  TjdArranging *self = g_new0 (TjdArranging, 1);

  self->how = *how;
  self->sought = g_strdup (sought);
  self->rows = rows != NULL ? tjd_staff_rows_copy (rows)
                            : g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_staff_row_unref);
  return self;
}

void
tjd_arranging_free (TjdArranging *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->sought);
  g_free (self);
}

gboolean
tjd_arranging_shows (const TjdArranging *self, const TjdStaffRow *row)
{
  return (self->how.standing < 0 || (int) row->permit->standing == self->how.standing) &&
         (self->how.category < 0 || (int) row->permit->category == self->how.category) &&
         tjd_staff_row_has (row, self->sought);
}
