/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-row.h"

#include <string.h>

#include "fold.h"
#include "standing.h"

static void
clear (gpointer data)
{
  TjdStaffRow *self = data;

  g_object_unref (self->permit);
  g_free (self->text);
}

TjdStaffRow *
tjd_staff_row_new (TjdPermit *permit, TjdTariff *tariff, TjdDay today)
{
  TjdStaffRow *self = g_atomic_rc_box_new0 (TjdStaffRow);
  g_autofree char *english = tjd_fold (permit->name_en);
  g_autofree char *arabic = tjd_fold (permit->name_ar);

  self->permit = permit;
  self->text = g_strjoin ("\n", english, arabic, permit->personal_id, NULL);
  self->arabic_at = (guint) strlen (english) + 1;
  self->least = tjd_permit_least_fee (permit, tariff, today);
  return self;
}

TjdStaffRow *
tjd_staff_row_ref (TjdStaffRow *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tjd_staff_row_unref (TjdStaffRow *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gpointer
copy (gconstpointer row, gpointer data)
{
  return tjd_staff_row_ref ((TjdStaffRow *) row);
}

GPtrArray *
tjd_staff_rows_copy (GPtrArray *rows)
{
  return g_ptr_array_copy (rows, copy, NULL);
}

gboolean
tjd_staff_row_has (const TjdStaffRow *self, const char *sought)
{
  return strstr (self->text, sought) != NULL;
}

const char *
tjd_staff_row_get_name (const TjdStaffRow *self, TjdLanguage language)
{
  const char *arabic = self->text + self->arabic_at;
  gboolean wants_arabic = language == TJD_LANGUAGE_AR;

  if (wants_arabic ? *arabic == '\n' : *self->text == '\n')
    wants_arabic = !wants_arabic;
  return wants_arabic ? arabic : self->text;
}

gboolean
tjd_staff_row_may_renew (const TjdStaffRow *self)
{
  return self->permit->standing != TJD_STANDING_VALID &&
         self->permit->standing != TJD_STANDING_CANCELLED;
}
