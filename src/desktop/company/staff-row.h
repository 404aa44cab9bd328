/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "permit.h"
#include "reading.h"
#include "tariff.h"

G_BEGIN_DECLS

/* One permit of a company, with what looking through tens of thousands of them needs at hand. A
 * value: once made it does not change, nor does its permit, so threads may share it. */
typedef struct {
  TjdPermit *permit;
  char *text;      /* folded: name in English, in Arabic, number; a line each */
  guint arabic_at; /* where the second line begins */
  TjdMoney least;  /* tjd_permit_least_fee */
} TjdStaffRow;

/* permit (transfer full). tariff may be NULL: then nothing is known of fees. */
TjdStaffRow *tjd_staff_row_new (TjdPermit *permit, TjdTariff *tariff, TjdDay today);
TjdStaffRow *tjd_staff_row_ref (TjdStaffRow *self);
void tjd_staff_row_unref (TjdStaffRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdStaffRow, tjd_staff_row_unref)

/* An array of the same rows, a reference each. */
GPtrArray *tjd_staff_rows_copy (GPtrArray *rows);

/* sought is folded; a piece of a name or of the number. */
gboolean tjd_staff_row_has (const TjdStaffRow *self, const char *sought);

/* The name as it is sorted: in the person's language, in the other one where there is none.
 * Borrowed; it ends with its line. */
const char *tjd_staff_row_get_name (const TjdStaffRow *self, TjdLanguage language);

/* The ministry would not call its renewal too early, nor is it cancelled. */
gboolean tjd_staff_row_may_renew (const TjdStaffRow *self);

G_END_DECLS
