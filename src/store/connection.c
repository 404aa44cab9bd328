/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection.h"

/* clang-format off */
G_DEFINE_QUARK (tjd-store-error-quark, tjd_store_error)
/* clang-format on */

#define BUSY_MS 10000

static TjdStoreError
error_code (int extended)
{
  switch (extended) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_ROWID:
    return TJD_STORE_ERROR_EXISTS;
  default:
    break;
  }
  switch (extended & 0xff) {
  case SQLITE_CONSTRAINT:
    return TJD_STORE_ERROR_CONSTRAINT;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_MISMATCH:
    return TJD_STORE_ERROR_CORRUPT;
  default:
    return TJD_STORE_ERROR_UNAVAILABLE;
  }
}

/* SQLite's messages name tables and columns, never values. */
void
tjd_connection_set_error (TjdTxn *self, GError **error)
{
  g_set_error (error, TJD_STORE_ERROR, error_code (sqlite3_extended_errcode (self->handle)), "%s",
               sqlite3_errmsg (self->handle));
}

gboolean
tjd_connection_run (TjdTxn *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  tjd_connection_set_error (self, error);
  return FALSE;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* SQLite's own statistics of memory are a lock that all threads of all databases share. */
static void
set_up_library (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave (&done, 1);
  }
}

TjdTxn *
tjd_connection_open (const char *path, gboolean read_only, GError **error)
{
  TjdTxn *self = g_new0 (TjdTxn, 1);
  int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const char *settings = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                         "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                         "PRAGMA cell_size_check=ON;";

  set_up_library ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  self->to_wake = g_hash_table_new (NULL, NULL);
  if (sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
    g_set_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE, "%s cannot be opened: %s",
                 path, sqlite3_errmsg (self->handle));
    tjd_connection_close (self);
    return NULL;
  }
  sqlite3_busy_timeout (self->handle, BUSY_MS);
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!tjd_connection_run (self, settings, error)) {
    tjd_connection_close (self);
    return NULL;
  }
  return self;
}

void
tjd_connection_close (TjdTxn *self)
{
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->to_wake);
  sqlite3_close (self->handle);
  g_free (self);
}

static sqlite3_stmt *
find_statement (TjdTxn *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    return statement;
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
      SQLITE_OK) {
    tjd_connection_set_error (self, error);
    return NULL;
  }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

sqlite3_stmt *
tjd_connection_prepare (
    TjdTxn *self, const char *sql, GError **error, const TjdValue *values, guint n_values)
{
  sqlite3_stmt *statement = find_statement (self, sql, error);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < n_values; i++) {
    char name[8];
    int at;

    g_snprintf (name, sizeof name, "$%u", i + 1);
    at = sqlite3_bind_parameter_index (statement, name);
    if (values[i].null)
      sqlite3_bind_null (statement, at);
    else if (values[i].text != NULL)
      sqlite3_bind_text (statement, at, values[i].text, -1, SQLITE_TRANSIENT);
    else
      sqlite3_bind_int64 (statement, at, values[i].integer);
  }
  return statement;
}

void
tjd_connection_done (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gboolean
tjd_connection_step (TjdTxn *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = find_statement (self, sql, error);
  gboolean ok = statement != NULL && sqlite3_step (statement) == SQLITE_DONE;

  if (statement != NULL && !ok)
    tjd_connection_set_error (self, error);
  if (statement != NULL)
    sqlite3_reset (statement);
  return ok;
}
