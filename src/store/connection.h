/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "store.h"

G_BEGIN_DECLS

/* Inside the door: one SQLite connection with its prepared statements. */
struct _TjdTxn {
  sqlite3 *handle;
  GHashTable *statements; /* sql → sqlite3_stmt */
  GHashTable *to_wake;    /* the writer's: data → func, once the group is durable */
};

TjdTxn *tjd_connection_open (const char *path, gboolean read_only, GError **error);
void tjd_connection_close (TjdTxn *self);
gboolean tjd_connection_run (TjdTxn *self, const char *sql, GError **error);
gboolean
tjd_connection_step (TjdTxn *self, const char *sql, GError **error); /* one, kept prepared */

/* Bound and not yet stepped; reset with tjd_connection_done. */
sqlite3_stmt *tjd_connection_prepare (
    TjdTxn *self, const char *sql, GError **error, const TjdValue *values, guint n_values);
void tjd_connection_done (sqlite3_stmt *statement);
void tjd_connection_set_error (TjdTxn *self, GError **error);

G_END_DECLS
