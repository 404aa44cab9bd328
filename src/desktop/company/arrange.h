/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "staff-row.h"
#include "tasks.h"

G_BEGIN_DECLS

/* Which of a company's permits are shown, and in what order: found by a worker. */

typedef enum {
  TJD_STAFF_NAME,
  TJD_STAFF_NUMBER,
  TJD_STAFF_CATEGORY,
  TJD_STAFF_STANDING,
  TJD_STAFF_EXPIRY,
  TJD_STAFF_FINE,
  TJD_N_STAFF_COLUMNS
} TjdStaffColumn;
GType tjd_staff_column_get_type (void);

typedef struct {
  TjdStaffColumn column;
  gboolean descending;
  int standing;         /* TjdStanding; -1: any */
  int category;         /* TjdCategory; -1: any */
  TjdLanguage language; /* of the names */
} TjdArrangement;

/* Data of the work: rows are its own references. Its result is another of these, with the rows that
 * are shown in rows. */
typedef struct {
  TjdArrangement how;
  char *sought;    /* folded */
  GPtrArray *rows; /* of TjdStaffRow */
} TjdArranging;
TjdArranging *tjd_arranging_new (const TjdArrangement *how, const char *sought, GPtrArray *rows);
void tjd_arranging_free (TjdArranging *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdArranging, tjd_arranging_free)
extern const TjdWork tjd_arrange;

/* The same by itself. */
gboolean tjd_arranging_shows (const TjdArranging *self, const TjdStaffRow *row);

G_END_DECLS
