/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "connection.h"

/* Records to rows and back: the tables of record.h, with columns in place of members. */

gint64
tjd_txn_exec_values (
    TjdTxn *txn, const char *sql, GError **error, const TjdValue *values, guint n_values)
{
  sqlite3_stmt *statement = tjd_connection_prepare (txn, sql, error, values, n_values);
  gint64 changed = -1;
  int step;

  if (statement == NULL)
    return -1;
  while ((step = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (step == SQLITE_DONE)
    changed = sqlite3_changes64 (txn->handle);
  else
    tjd_connection_set_error (txn, error);
  tjd_connection_done (statement);
  return changed;
}

gboolean
tjd_txn_get_int_values (TjdTxn *txn,
                        const char *sql,
                        gint64 *value,
                        GError **error,
                        const TjdValue *values,
                        guint n_values)
{
  sqlite3_stmt *statement = tjd_connection_prepare (txn, sql, error, values, n_values);
  int step;

  *value = TJD_NO_INT;
  if (statement == NULL)
    return FALSE;
  step = sqlite3_step (statement);
  if (step == SQLITE_ROW && sqlite3_column_type (statement, 0) != SQLITE_NULL)
    *value = sqlite3_column_int64 (statement, 0);
  else if (step != SQLITE_ROW && step != SQLITE_DONE)
    tjd_connection_set_error (txn, error);
  tjd_connection_done (statement);
  return step == SQLITE_ROW || step == SQLITE_DONE;
}

static const TjdField *
find_field (GType type, const char *name)
{
  guint n_fields;
  const TjdField *fields = tjd_record_type_get_fields (type, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

static gboolean
corrupt (const char *column, GError **error)
{
  g_set_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CORRUPT,
               "column %s is not what its record says", column);
  return FALSE;
}

static gboolean
read_number (gpointer record, const TjdField *field, sqlite3_stmt *row, int at, GError **error)
{
  gint64 number = sqlite3_column_int64 (row, at);

  if (sqlite3_column_type (row, at) != SQLITE_INTEGER)
    return corrupt (field->name, error);
  if (field->kind == TJD_KIND_INT)
    tjd_field_at (record, field, gint64) = number;
  else if (number == 0 || number == 1)
    tjd_field_at (record, field, gboolean) = (gboolean) number;
  else
    return corrupt (field->name, error);
  return TRUE;
}

static gboolean
read_text (gpointer record, const TjdField *field, sqlite3_stmt *row, int at, GError **error)
{
  const char *text;

  if (sqlite3_column_type (row, at) != SQLITE_TEXT)
    return corrupt (field->name, error);
  text = (const char *) sqlite3_column_text (row, at);
  if (text == NULL || !g_utf8_validate_len (text, (gsize) sqlite3_column_bytes (row, at), NULL))
    return corrupt (field->name, error);
  switch (field->kind) {
  case TJD_KIND_STRING:
    tjd_set_string (&tjd_field_at (record, field, char *), text);
    return TRUE;
  case TJD_KIND_ENUM:
    tjd_field_at (record, field, int) = tjd_enum_from_nick (field->of (), text);
    return tjd_field_at (record, field, int) >= 0 ? TRUE : corrupt (field->name, error);
  default:
    return tjd_field_from_json (record, field, text, NULL) ? TRUE : corrupt (field->name, error);
  }
}

static gboolean
read_column (gpointer record, const TjdField *field, sqlite3_stmt *row, int at, GError **error)
{
  if (sqlite3_column_type (row, at) == SQLITE_NULL)
    return !(field->flags & TJD_REQUIRED) || (field->flags & TJD_NULLABLE)
               ? TRUE
               : corrupt (field->name, error);
  return field->kind == TJD_KIND_INT || field->kind == TJD_KIND_BOOL
             ? read_number (record, field, row, at, error)
             : read_text (record, field, row, at, error);
}

static gpointer
read_row (GType type, sqlite3_stmt *row, GError **error)
{
  g_autoptr (TjdRecord) record = g_object_new (type, NULL);

  for (int at = 0; at < sqlite3_column_count (row); at++) {
    const char *name = sqlite3_column_name (row, at);
    const TjdField *field = find_field (type, name);
    if (field == NULL) {
      corrupt (name, error);
      return NULL;
    }
    if (!read_column (record, field, row, at, error))
      return NULL;
  }
  return g_steal_pointer (&record);
}

GPtrArray *
tjd_txn_list_values (TjdTxn *txn,
                     GType type,
                     const char *sql,
                     GError **error,
                     const TjdValue *values,
                     guint n_values)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *statement = tjd_connection_prepare (txn, sql, error, values, n_values);
  gpointer record = NULL;
  int step;

  if (statement == NULL)
    return NULL;
  while ((step = sqlite3_step (statement)) == SQLITE_ROW) {
    record = read_row (type, statement, error);
    if (record == NULL)
      break;
    g_ptr_array_add (records, record);
  }
  if (step != SQLITE_DONE && step != SQLITE_ROW)
    tjd_connection_set_error (txn, error);
  tjd_connection_done (statement);
  return step == SQLITE_DONE ? g_steal_pointer (&records) : NULL;
}

gpointer
tjd_txn_get_values (TjdTxn *txn,
                    GType type,
                    const char *sql,
                    GError **error,
                    const TjdValue *values,
                    guint n_values)
{
  g_autoptr (GPtrArray) records = tjd_txn_list_values (txn, type, sql, error, values, n_values);

  return records != NULL && records->len > 0 ? g_object_ref (records->pdata[0]) : NULL;
}

/* The value of a field; json keeps what it may point into. */
static TjdValue
field_value (gpointer record, const TjdField *field, char **json)
{
  switch (field->kind) {
  case TJD_KIND_STRING:
    return tjd_text (tjd_field_at (record, field, char *));
  case TJD_KIND_INT:
    return tjd_int (tjd_field_at (record, field, gint64));
  case TJD_KIND_BOOL:
    return tjd_int (tjd_field_at (record, field, gboolean));
  case TJD_KIND_ENUM:
    return tjd_text (tjd_enum_to_nick (field->of (), tjd_field_at (record, field, int)));
  default:
    *json = tjd_field_to_json (record, field);
    return tjd_text (*json);
  }
}

static gint64
exec_record (TjdTxn *txn, const char *sql, gpointer record, GError **error)
{
  guint n_fields;
  const TjdField *fields = tjd_record_type_get_fields (G_OBJECT_TYPE (record), &n_fields);
  g_autofree TjdValue *values = g_new0 (TjdValue, n_fields);
  g_auto (GStrv) json = g_new0 (char *, n_fields + 1);
  guint n_json = 0;

  for (guint i = 0; i < n_fields; i++) {
    values[i] = field_value (record, &fields[i], &json[n_json]);
    if (json[n_json] != NULL)
      n_json++;
  }
  return tjd_txn_exec_values (txn, sql, error, values, n_fields);
}

gboolean
tjd_txn_insert (TjdTxn *txn, const char *table, gpointer record, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO ");
  g_autoptr (GString) marks = g_string_new (NULL);
  guint n_fields;
  const TjdField *fields = tjd_record_type_get_fields (G_OBJECT_TYPE (record), &n_fields);

  g_string_append_printf (sql, "%s (", table);
  for (guint i = 0; i < n_fields; i++) {
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", fields[i].name);
    g_string_append_printf (marks, "%s$%u", i > 0 ? ", " : "", i + 1);
  }
  g_string_append_printf (sql, ") VALUES (%s)", marks->str);
  return exec_record (txn, sql->str, record, error) >= 0;
}

gboolean
tjd_txn_update (TjdTxn *txn, const char *table, const char *key, gpointer record, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("UPDATE ");
  const char *separator = " SET ";
  guint n_fields, key_at = 0;
  const TjdField *fields = tjd_record_type_get_fields (G_OBJECT_TYPE (record), &n_fields);
  gint64 changed;

  g_string_append (sql, table);
  for (guint i = 0; i < n_fields; i++) {
    if (strcmp (fields[i].name, key) == 0) {
      key_at = i + 1;
      continue;
    }
    g_string_append_printf (sql, "%s%s = $%u", separator, fields[i].name, i + 1);
    separator = ", ";
  }
  g_assert (key_at > 0);
  g_string_append_printf (sql, " WHERE %s = $%u", key, key_at);
  changed = exec_record (txn, sql->str, record, error);
  if (changed == 0)
    g_set_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_MISSING, "no such row in %s", table);
  return changed > 0;
}
