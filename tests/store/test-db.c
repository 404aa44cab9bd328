/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "store.h"

/* Each test has a folder of its own, and a file in it. */
typedef struct {
  char *folder;
  char *path;
} Place;

static void
place_init (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("tajdid-store-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "test.db", NULL);
}

static void
place_clear (Place *place, gconstpointer data)
{
  GDir *dir = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (place->folder, name, NULL);
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
}

static const char *const numbers[] = {
  "CREATE TABLE number (writer INTEGER NOT NULL CHECK (writer >= 0), n INTEGER NOT NULL,"
  " PRIMARY KEY (writer, n)) STRICT",
  NULL,
};

TJD_DECLARE_RECORD (Number, number)
struct _Number {
  TjdRecord parent;
  gint64 writer, n;
};
static const TjdField number_fields[] = {
  TJD_INT (Number, writer, TJD_REQUIRED),
  TJD_INT (Number, n, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (Number, number, number_fields)

static TjdDb *
open_with (const char *path, const char *const *migrations)
{
  g_autoptr (GError) error = NULL;
  TjdDb *db = tjd_db_open (path, migrations, &error);

  g_assert_no_error (error);
  return db;
}

static TjdDb *
open_numbers (const char *path)
{
  return open_with (path, numbers);
}

static Number *
number (gint64 writer, gint64 n)
{
  Number *record = number_new ();

  record->writer = writer;
  record->n = n;
  return record;
}

static gboolean
insert_number (TjdTxn *txn, gpointer record, GError **error)
{
  return tjd_txn_insert (txn, "number", record, error);
}

static gboolean
put (TjdDb *db, gint64 writer, gint64 n, GError **error)
{
  g_autoptr (Number) record = number (writer, n);

  return tjd_db_write (db, insert_number, record, error);
}

static gboolean
count_numbers (TjdTxn *txn, gpointer count, GError **error)
{
  return tjd_txn_get_int (txn, "SELECT count(*) FROM number", count, error);
}

static gint64
count (TjdDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  tjd_db_read (db, count_numbers, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* The file as sqlite itself sees it, through no code of ours. */
static void
run_outside (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static char *
ask_outside (const char *path, const char *sql)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;
  char *answer;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return answer;
}
#define assert_outside(path, sql, expected)             \
  G_STMT_START                                          \
  {                                                     \
    g_autofree char *answer_ = ask_outside (path, sql); \
    g_assert_cmpstr (answer_, ==, expected);            \
  }                                                     \
  G_STMT_END

static void
expect_open_error (const char *path, const char *const *migrations, TjdStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tjd_db_open (path, migrations, &error));
  g_assert_error (error, TJD_STORE_ERROR, (int) code);
}

/* --- migrations --- */

static const char *const grown[] = {
  "CREATE TABLE a (x INTEGER NOT NULL) STRICT; INSERT INTO a VALUES (1)",
  "ALTER TABLE a ADD COLUMN y TEXT NOT NULL DEFAULT 'old'",
  "CREATE TABLE b (z INTEGER) STRICT; INSERT INTO b SELECT x FROM a; UPDATE a SET y = 'new' -- a "
  "comment ends it",
  NULL,
};

static void
test_fresh (Place *place, gconstpointer data)
{
  tjd_db_close (open_with (place->path, grown));
  assert_outside (place->path, "PRAGMA user_version", "3");
  assert_outside (place->path, "PRAGMA journal_mode", "wal");
  assert_outside (place->path, "SELECT y FROM a", "new");
  tjd_db_close (open_with (place->path, grown)); /* and nothing is done twice */
  assert_outside (place->path, "SELECT count(*) FROM b", "1");
}

/* From each older version, with what people had in it. */
static void
test_step (Place *place, gconstpointer data)
{
  for (guint version = 1; version <= 2; version++) {
    const char *older[] = { grown[0], version > 1 ? grown[1] : NULL, NULL };
    g_autofree char *path = g_strdup_printf ("%s/%u.db", place->folder, version);
    g_autofree char *text = g_strdup_printf ("%u", version);
    tjd_db_close (open_with (path, older));
    assert_outside (path, "PRAGMA user_version", text);
    run_outside (path, "INSERT INTO a (x) VALUES (7)");
    tjd_db_close (open_with (path, grown));
    assert_outside (path, "PRAGMA user_version", "3");
    assert_outside (path, "SELECT group_concat(z) FROM (SELECT z FROM b ORDER BY z)", "1,7");
    assert_outside (path, "SELECT count(*) FROM a WHERE y = 'new'", "2");
  }
}

static void
test_newer (Place *place, gconstpointer data)
{
  const char *older[] = { grown[0], NULL };

  tjd_db_close (open_with (place->path, grown));
  expect_open_error (place->path, older, TJD_STORE_ERROR_NEWER);
  assert_outside (place->path, "PRAGMA user_version", "3");
  tjd_db_close (open_with (place->path, grown)); /* the lock was let go */
}

static void
test_foreign (Place *place, gconstpointer data)
{
  static const char *const made_by_others[] = {
    "PRAGMA application_id=7; CREATE TABLE theirs (x)",
    "PRAGMA user_version=1; CREATE TABLE theirs (x)",
    "CREATE TABLE theirs (x)", /* most programs mark nothing */
  };

  for (guint i = 0; i < G_N_ELEMENTS (made_by_others); i++) {
    g_autofree char *path = g_strdup_printf ("%s/%u.db", place->folder, i);
    g_autofree char *before = NULL, *after = NULL;
    gsize n_before, n_after;
    run_outside (path, made_by_others[i]);
    g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
    expect_open_error (path, grown, TJD_STORE_ERROR_CORRUPT);
    g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
    g_assert_cmpmem (before, n_before, after, n_after);
  }
}

static void
test_no_database (Place *place, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *nowhere = g_build_filename (place->folder, "no", "such", "folder", NULL);

  g_assert_true (g_file_set_contents (place->path, text, -1, NULL));
  expect_open_error (place->path, grown, TJD_STORE_ERROR_CORRUPT);
  expect_open_error (nowhere, grown, TJD_STORE_ERROR_UNAVAILABLE);
  expect_open_error (place->folder, grown, TJD_STORE_ERROR_UNAVAILABLE);
}

static void
test_failing_migration (Place *place, gconstpointer data)
{
  const char *older[] = { grown[0], NULL };
  const char *broken[] = { grown[0],
                           "CREATE TABLE half (x INTEGER) STRICT; UPDATE a SET x = 99;"
                           "INSERT INTO nowhere VALUES (1)",
                           NULL };

  tjd_db_close (open_with (place->path, older));
  expect_open_error (place->path, broken, TJD_STORE_ERROR_UNAVAILABLE);
  assert_outside (place->path, "PRAGMA user_version", "1");
  assert_outside (place->path, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'", "0");
  assert_outside (place->path, "SELECT x FROM a", "1");
  tjd_db_close (open_with (place->path, grown));
  assert_outside (place->path, "PRAGMA user_version", "3");
}

/* --- records as rows --- */

typedef enum { MOOD_CALM, MOOD_HALF_AWAKE } Mood;
GType test_mood_get_type (void);
TJD_DEFINE_ENUM (TestMood, test_mood, "calm", "half-awake")

TJD_DECLARE_RECORD (Everything, everything)
struct _Everything {
  TjdRecord parent;
  char *id, *text, *maybe_text;
  gint64 whole, maybe_whole;
  gboolean flag;
  Mood mood, maybe_mood;
  Number *nested, *maybe_nested;
  GPtrArray *list, *words;
  GArray *ints;
};
static const TjdField everything_fields[] = {
  TJD_STRING (Everything, id, TJD_REQUIRED),
  TJD_STRING (Everything, text, TJD_REQUIRED),
  TJD_STRING (Everything, maybe_text, TJD_NULLABLE),
  TJD_INT (Everything, whole, TJD_REQUIRED),
  TJD_INT (Everything, maybe_whole, TJD_NULLABLE),
  TJD_BOOL (Everything, flag, TJD_REQUIRED),
  TJD_ENUM (Everything, mood, test_mood_get_type, TJD_REQUIRED),
  TJD_ENUM (Everything, maybe_mood, test_mood_get_type, TJD_NULLABLE),
  TJD_NESTED (Everything, nested, number_get_type, TJD_REQUIRED),
  TJD_NESTED (Everything, maybe_nested, number_get_type, TJD_NULLABLE),
  TJD_LIST (Everything, list, number_get_type, TJD_REQUIRED),
  TJD_STRINGS (Everything, words, TJD_REQUIRED),
  TJD_INTS (Everything, ints, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (Everything, everything, everything_fields)

/* Not STRICT, so that the tests can spoil it. */
static const char *const everything[] = {
  "CREATE TABLE everything (id TEXT PRIMARY KEY, text TEXT NOT NULL, maybe_text TEXT,"
  " whole INTEGER, maybe_whole INTEGER, flag INTEGER, mood TEXT, maybe_mood TEXT, nested TEXT,"
  " maybe_nested TEXT, list TEXT, words TEXT, ints TEXT)",
  NULL,
};

static Everything *
full (const char *id)
{
  Everything *record = everything_new ();
  gint64 ints[] = { 0, 7, TJD_INT_MAX };

  record->id = g_strdup (id);
  record->text = g_strdup ("O'Brien; DROP TABLE everything;-- \"تجديد\" \xf0\x9f\x98\x80\x1f");
  record->maybe_text = g_strdup ("");
  record->whole = G_MAXINT64;
  record->maybe_whole = G_MININT64 + 1;
  record->flag = TRUE;
  record->mood = MOOD_HALF_AWAKE;
  record->maybe_mood = MOOD_CALM;
  record->nested = number (1, 2);
  record->maybe_nested = number (3, 4);
  g_ptr_array_add (record->list, number (5, 6));
  g_ptr_array_add (record->words, g_strdup ("a\"b"));
  g_array_append_vals (record->ints, ints, G_N_ELEMENTS (ints));
  return record;
}

static Everything *
bare (const char *id)
{
  Everything *record = everything_new ();

  record->id = g_strdup (id);
  record->text = g_strdup ("");
  record->nested = number (0, 0);
  return record;
}

static gboolean
insert_everything (TjdTxn *txn, gpointer record, GError **error)
{
  return tjd_txn_insert (txn, "everything", record, error);
}

static gboolean
update_everything (TjdTxn *txn, gpointer record, GError **error)
{
  return tjd_txn_update (txn, "everything", "id", record, error);
}

typedef struct {
  const char *id;
  Everything *record;
} Lookup;

static gboolean
get_everything (TjdTxn *txn, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr (GError) odd = NULL;

  lookup->record =
      tjd_txn_get (txn, everything_get_type (), "SELECT * FROM everything WHERE id = $1", &odd,
                   tjd_text (lookup->id));
  if (odd == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&odd));
  return FALSE;
}

static void
expect_stored (TjdDb *db, Everything *expected)
{
  Lookup lookup = { expected->id, NULL };
  g_autoptr (GError) error = NULL;

  tjd_db_read (db, get_everything, &lookup, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lookup.record);
  g_assert_true (tjd_record_equal (lookup.record, expected));
  g_object_unref (lookup.record);
}

static void
test_rows (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_with (place->path, everything);
  g_autoptr (Everything) one = full ("one");
  g_autoptr (Everything) two = bare ("two");
  g_autoptr (Everything) other = full ("two");
  Lookup nobody = { "nobody", NULL };

  g_assert_true (tjd_db_write (db, insert_everything, one, NULL));
  g_assert_true (tjd_db_write (db, insert_everything, two, NULL));
  expect_stored (db, one);
  expect_stored (db, two);
  assert_outside (place->path, "SELECT mood FROM everything WHERE id = 'one'", "half-awake");
  assert_outside (place->path, "SELECT count(*) FROM everything WHERE maybe_text IS NULL", "1");
  assert_outside (place->path,
                  "SELECT count(*) FROM everything WHERE id = 'two' AND maybe_whole IS NULL AND"
                  " maybe_mood IS NULL AND maybe_nested IS NULL AND list = '[]' AND ints = '[]'",
                  "1");
  g_assert_true (tjd_db_write (db, update_everything, other, NULL)); /* to full … */
  expect_stored (db, other);
  g_assert_true (tjd_db_write (db, update_everything, two, NULL)); /* … and back to nulls */
  expect_stored (db, two);
  expect_stored (db, one);
  g_assert_true (tjd_db_read (db, get_everything, &nobody, NULL));
  g_assert_null (nobody.record);
}

/* A row that is not what its record says is refused, never bent to fit. */
static void
test_corrupt_columns (Place *place, gconstpointer data)
{
  static const char *const spoils[] = {
    "text = x'00ff'",
    "text = 'a' || char(0) || 'b'",
    "text = CAST(x'ff' AS TEXT)",
    "whole = 'seven'",
    "whole = 1.5",
    "whole = NULL",
    "flag = 2",
    "flag = 'true'",
    "mood = 'angry'",
    "mood = NULL",
    "mood = ''",
    "mood = 0",
    "maybe_mood = 'angry'",
    "nested = NULL",
    "nested = '{}'",
    "nested = '[1,2]'",
    "nested = '{\"writer\":1,\"n\":2'",
    "nested = 'x'",
    "nested = ''",
    "maybe_nested = '{\"n\":1}'",
    "list = '{}'",
    "list = '[1]'",
    "list = NULL",
    "words = '[\"a\",1]'",
    "words = '[\"a\"] x'",
    "ints = '[1e400]'",
    "ints = '[\"1\"]'",
    "ints = 7",
    "maybe_text = 7.5",
  };
  g_autoptr (Everything) record = full ("one");
  g_autoptr (TjdDb) db = open_with (place->path, everything);

  for (guint i = 0; i < G_N_ELEMENTS (spoils); i++) {
    g_autofree char *sql = g_strdup_printf ("UPDATE everything SET %s", spoils[i]);
    g_autoptr (GError) error = NULL;
    Lookup lookup = { "one", NULL };
    /* columns of TEXT affinity turn numbers to text: such a spoil must still be no valid value */
    g_test_message ("row %u", i);
    run_outside (place->path, "DELETE FROM everything");
    g_assert_true (tjd_db_write (db, insert_everything, record, NULL));
    run_outside (place->path, sql);
    if (strcmp (spoils[i], "maybe_text = 7.5") == 0) { /* which is text by then, and fits */
      g_assert_true (tjd_db_read (db, get_everything, &lookup, NULL));
      g_assert_cmpstr (lookup.record->maybe_text, ==, "7.5");
      g_object_unref (lookup.record);
      continue;
    }
    g_assert_false (tjd_db_read (db, get_everything, &lookup, &error));
    g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CORRUPT);
  }
}

static gboolean
list_numbers (TjdTxn *txn, gpointer data, GError **error)
{
  GPtrArray **list = data;

  *list = tjd_txn_list (txn, number_get_type (),
                        "SELECT writer, n FROM number WHERE writer = $1 AND n > $2 ORDER BY n",
                        error, tjd_int (1), tjd_int (10));
  return *list != NULL;
}

static gboolean
list_unknown_column (TjdTxn *txn, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) list =
      tjd_txn_list (txn, number_get_type (), "SELECT writer, n, n + 1 AS more FROM number", error);
  return list != NULL;
}

static gboolean
exec_counts (TjdTxn *txn, gpointer data, GError **error)
{
  gint64 value = 0;

  g_assert_cmpint (tjd_txn_exec (txn, "UPDATE number SET writer = $1 WHERE n > $2", error,
                                 tjd_int (2), tjd_int (18)),
                   ==, 2);
  g_assert_cmpint (tjd_txn_exec (txn, "DELETE FROM number WHERE n = $1", error, tjd_int (1000)), ==,
                   0);
  g_assert_true (
      tjd_txn_get_int (txn, "SELECT n FROM number WHERE n = $1", &value, error, tjd_int (1000)));
  g_assert_cmpint (value, ==, TJD_NO_INT);
  g_assert_true (tjd_txn_get_int (txn, "SELECT sum(n) FROM number WHERE writer = $1", &value, error,
                                  tjd_int (2)));
  g_assert_cmpint (value, ==, 19 + 20);
  return TRUE;
}

static gboolean
exec_nonsense (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn, "SELECT nothing FROM nowhere", error) >= 0;
}

static void
test_lists (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_numbers (place->path);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  for (gint64 n = 20; n > 0; n--)
    g_assert_true (put (db, 1, n, NULL));
  g_assert_true (tjd_db_read (db, list_numbers, &list, NULL));
  g_assert_cmpuint (list->len, ==, 10);
  g_assert_cmpint (((Number *) list->pdata[0])->n, ==, 11);
  g_assert_false (tjd_db_read (db, list_unknown_column, NULL, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (tjd_db_write (db, exec_counts, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (tjd_db_write (db, exec_nonsense, NULL, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE);
}

static void
test_codes (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_numbers (place->path);
  g_autoptr (TjdDb) rows = NULL;
  g_autofree char *other = g_build_filename (place->folder, "rows.db", NULL);
  g_autoptr (Everything) record = full ("nobody");
  g_autoptr (GError) error = NULL;

  g_assert_true (put (db, 1, 1, NULL));
  g_assert_false (put (db, 1, 1, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_EXISTS);
  g_assert_null (strstr (error->message, "1")); /* no values */
  g_clear_error (&error);
  g_assert_false (put (db, -1, 1, &error)); /* CHECK */
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (put (db, 1, TJD_NO_INT, &error)); /* NOT NULL */
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CONSTRAINT);
  g_clear_error (&error);
  rows = open_with (other, everything);
  g_assert_false (tjd_db_write (rows, update_everything, record, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_MISSING);
  g_assert_cmpint (count (db), ==, 1);
  g_assert_cmpstr (g_quark_to_string (TJD_STORE_ERROR), ==, "tjd-store-error-quark");
}

static const char *const families[] = {
  "CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;"
  "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent (id)"
  " DEFERRABLE) STRICT",
  NULL,
};

static gboolean
insert_orphan (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn, "INSERT INTO child VALUES (1, 1)", error) >= 0;
}

static void
test_foreign_keys (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_with (place->path, families);
  g_autoptr (GError) error = NULL;

  g_assert_false (tjd_db_write (db, insert_orphan, NULL, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CONSTRAINT);
  assert_outside (place->path, "SELECT count(*) FROM child", "0");
}

/* --- the writer --- */

/* Holds the writer so that what follows gathers into one group. */
typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean inside, open;
  TjdDb *db;
} Gate;

static gboolean
wait_at_gate (TjdTxn *txn, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->inside = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return TRUE;
}

static gpointer
hold (gpointer data)
{
  Gate *gate = data;

  g_assert_true (tjd_db_write (gate->db, wait_at_gate, gate, NULL));
  return NULL;
}

static GThread *
gate_close (Gate *gate, TjdDb *db)
{
  GThread *thread;

  memset (gate, 0, sizeof *gate);
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->cond);
  gate->db = db;
  thread = g_thread_new ("gate", hold, gate);
  g_mutex_lock (&gate->mutex);
  while (!gate->inside)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return thread;
}

static void
gate_open (Gate *gate, GThread *thread)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
  g_thread_join (thread);
  g_mutex_clear (&gate->mutex);
  g_cond_clear (&gate->cond);
}

typedef struct {
  TjdDb *db;
  TjdTxnFunc func;
  gpointer data;
  gboolean ok;
  GError *error;
} Write;

static gpointer
write_in_thread (gpointer data)
{
  Write *write = data;

  write->ok = tjd_db_write (write->db, write->func, write->data, &write->error);
  return NULL;
}

/* All of these while the writer is held; TRUE if they then went in one group. */
static gboolean
write_together (TjdDb *db, Write *writes, guint n)
{
  Gate gate;
  g_autofree GThread **threads = g_new0 (GThread *, n);
  GThread *holder = gate_close (&gate, db);
  guint64 before = tjd_db_get_commits (db);
  guint committed = 0;

  for (guint i = 0; i < n; i++) {
    writes[i].db = db;
    threads[i] = g_thread_new ("write", write_in_thread, &writes[i]);
  }
  g_usleep (100000);
  gate_open (&gate, holder);
  for (guint i = 0; i < n; i++) {
    g_thread_join (threads[i]);
    committed |= writes[i].ok;
  }
  return tjd_db_get_commits (db) - before == 1 + committed;
}

static gboolean
insert_then_fail (TjdTxn *txn, gpointer record, GError **error)
{
  if (!insert_number (txn, record, error))
    return FALSE;
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_PERM, "changed my mind");
  return FALSE;
}

/* A failing closure leaves nothing, while its neighbours in the group stay. */
static void
test_savepoints (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_numbers (place->path);
  gboolean together = FALSE;

  for (gint64 round = 0; round < 5 && !together; round++) {
    g_autoptr (Number) first = number (round, 1);
    g_autoptr (Number) second = number (round, 2);
    g_autoptr (Number) third = number (round, 3);
    Write writes[] = { { .func = insert_number, .data = first },
                       { .func = insert_then_fail, .data = second },
                       { .func = insert_number, .data = third } };
    together = write_together (db, writes, G_N_ELEMENTS (writes));
    g_assert_true (writes[0].ok && !writes[1].ok && writes[2].ok);
    g_assert_error (writes[1].error, G_FILE_ERROR, G_FILE_ERROR_PERM); /* its own words */
    g_clear_error (&writes[1].error);
    g_assert_cmpint (count (db), ==, 2 * (round + 1));
    assert_outside (place->path, "SELECT count(*) FROM number WHERE n = 2", "0");
  }
  g_assert_true (together);
}

static gboolean
defer_orphan (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn, "PRAGMA defer_foreign_keys=ON", error) >= 0 &&
         insert_orphan (txn, data, error);
}

static gboolean
insert_parent (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn, "INSERT INTO parent VALUES ($1)", error,
                       tjd_int (GPOINTER_TO_INT (data))) >= 0;
}

/* Where the commit itself fails, all are told and nothing stays; what comes next is as ever. */
static void
test_failing_commit (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_with (place->path, families);
  Write writes[] = { { .func = insert_parent, .data = GINT_TO_POINTER (7) },
                     { .func = defer_orphan } };
  gboolean together = write_together (db, writes, G_N_ELEMENTS (writes));

  g_assert_false (writes[1].ok);
  g_assert_error (writes[1].error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE);
  if (together && !writes[0].ok)
    g_assert_error (writes[0].error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE);
  g_clear_error (&writes[0].error);
  g_clear_error (&writes[1].error);
  assert_outside (place->path, "SELECT count(*) FROM child", "0");
  assert_outside (place->path, "SELECT count(*) FROM parent", writes[0].ok ? "1" : "0");
  g_assert_true (tjd_db_write (db, insert_parent, GINT_TO_POINTER (8), NULL));
  assert_outside (place->path, "SELECT count(*) FROM parent WHERE id = 8", "1");
}

static gboolean
set_room (TjdTxn *txn, gpointer data, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count=%d", GPOINTER_TO_INT (data));
  return tjd_txn_exec (txn, sql, error) >= 0;
}

static gboolean
insert_many (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn,
                       "INSERT INTO number SELECT $1, value FROM (WITH RECURSIVE c(value) AS"
                       " (SELECT 1 UNION ALL SELECT value + 1 FROM c WHERE value < 5000)"
                       " SELECT value FROM c)",
                       error, tjd_int (GPOINTER_TO_INT (data))) >= 0;
}

/* A full disk: whoever hears TRUE is in the file, whoever hears FALSE is not. */
static void
test_full (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_numbers (place->path);
  g_autoptr (Number) small = number (1, 1);
  Write writes[] = { { .func = insert_number, .data = small },
                     { .func = insert_many, .data = GINT_TO_POINTER (2) } };

  g_assert_true (tjd_db_write (db, set_room, GINT_TO_POINTER (8), NULL));
  write_together (db, writes, G_N_ELEMENTS (writes));
  g_assert_false (writes[1].ok);
  g_assert_error (writes[1].error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE);
  g_assert_cmpint (count (db), ==, writes[0].ok ? 1 : 0);
  g_clear_error (&writes[0].error);
  g_clear_error (&writes[1].error);
  g_assert_true (tjd_db_write (db, set_room, GINT_TO_POINTER (1000000), NULL));
  g_assert_true (tjd_db_write (db, insert_many, GINT_TO_POINTER (3), NULL));
  assert_outside (place->path, "SELECT count(*) FROM number WHERE writer = 3", "5000");
}

#define WRITERS 16
#define WRITES 50

typedef struct {
  TjdDb *db;
  gint64 writer;
} Crowd;

static gpointer
write_crowd (gpointer data)
{
  Crowd *crowd = data;

  for (gint64 n = 0; n < WRITES; n++) {
    g_autoptr (GError) error = NULL;
    put (crowd->db, crowd->writer, n, &error);
    g_assert_no_error (error);
  }
  return NULL;
}

static void
test_group_commit (Place *place, gconstpointer data)
{
  TjdDb *db = open_numbers (place->path);
  Crowd crowds[WRITERS];
  GThread *threads[WRITERS];
  guint64 commits;

  for (guint i = 0; i < WRITERS; i++) {
    crowds[i] = (Crowd){ db, i };
    threads[i] = g_thread_new ("crowd", write_crowd, &crowds[i]);
  }
  for (guint i = 0; i < WRITERS; i++)
    g_thread_join (threads[i]);
  commits = tjd_db_get_commits (db);
  g_test_message ("%" G_GUINT64_FORMAT " commits of %d closures", commits, WRITERS * WRITES);
  g_assert_cmpuint (commits, >, 0);
  g_assert_cmpuint (commits, <, WRITERS * WRITES);
  tjd_db_close (db);
  assert_outside (place->path, "SELECT count(*) FROM number", "800");
  assert_outside (place->path, "PRAGMA integrity_check", "ok");
}

typedef struct {
  TjdDb *db;
  Number *number;
  guint n;
  gint64 seen; /* rows, as others see them */
} Woken;

static void
wake_up (gpointer data)
{
  Woken *woken = data;

  woken->n++;
  woken->seen = count (woken->db);
}

static gboolean
insert_and_wake (TjdTxn *txn, gpointer data, GError **error)
{
  Woken *woken = data;

  tjd_txn_wake (txn, wake_up, woken);
  tjd_txn_wake (txn, wake_up, woken);
  return insert_number (txn, woken->number, error);
}

/* Once, and when what was written is there for everybody. */
static void
test_wake (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_numbers (place->path);
  g_autoptr (Number) first = number (1, 1);
  Woken woken = { db, first, 0, 0 };

  g_assert_true (tjd_db_write (db, insert_and_wake, &woken, NULL));
  g_assert_cmpuint (woken.n, ==, 1);
  g_assert_cmpint (woken.seen, ==, 1);
  put (db, 1, 2, NULL);
  g_assert_cmpuint (woken.n, ==, 1);
}

/* --- readers and other openers --- */

static void
test_lock (Place *place, gconstpointer data)
{
  TjdDb *db = open_numbers (place->path);

  expect_open_error (place->path, numbers, TJD_STORE_ERROR_BUSY);
  g_assert_true (put (db, 1, 1, NULL)); /* the first is none the worse */
  tjd_db_close (db);
  db = open_numbers (place->path);
  g_assert_cmpint (count (db), ==, 1);
  tjd_db_close (db);
}

static gboolean
count_while_writing (TjdTxn *txn, gpointer data, GError **error)
{
  gint64 before, after;

  g_assert_true (count_numbers (txn, &before, error));
  g_assert_true (put (data, 1, 100, error)); /* durable, and not in this snapshot */
  g_assert_true (count_numbers (txn, &after, error));
  g_assert_cmpint (before, ==, 1);
  g_assert_cmpint (after, ==, 1);
  return TRUE;
}

static void
test_snapshot (Place *place, gconstpointer data)
{
  g_autoptr (TjdDb) db = open_numbers (place->path);
  g_autoptr (Number) record = number (9, 9);
  g_autoptr (GError) error = NULL;

  g_assert_true (put (db, 1, 1, NULL));
  g_assert_true (tjd_db_read (db, count_while_writing, db, NULL));
  g_assert_cmpint (count (db), ==, 2);
  g_assert_false (tjd_db_read (db, insert_number, record, &error)); /* a reader writes nothing */
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE);
  g_assert_cmpint (count (db), ==, 2);
}

static void
test_read_only (Place *place, gconstpointer data)
{
  TjdDb *db = open_numbers (place->path);
  g_autoptr (TjdDb) reader = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (put (db, 1, 1, NULL));
  reader = tjd_db_open_read_only (place->path, &error); /* beside the writer's lock */
  g_assert_no_error (error);
  g_assert_cmpint (count (reader), ==, 1);
  g_assert_true (put (db, 1, 2, NULL));
  g_assert_cmpint (count (reader), ==, 2);
  tjd_db_close (db);
  g_assert_cmpint (count (reader), ==, 2);
}

static void
test_read_only_missing (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tjd_db_open_read_only (place->path, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

/* --- kill -9 --- */

#define KILLED_WRITERS 3
#define MOMENTS 30

static gpointer
write_and_report (gpointer data)
{
  Crowd *crowd = data;

  for (gint64 n = 0;; n++) {
    char line[64];
    int length;
    g_assert_true (put (crowd->db, crowd->writer, n, NULL));
    length = g_snprintf (line, sizeof line, "%d %d\n", (int) crowd->writer, (int) n);
    if (write (STDOUT_FILENO, line, (gsize) length) != length)
      _exit (1);
  }
  return NULL;
}

/* This program again, as the one that is killed: writer ids from `from`. */
static int
loop_until_killed (const char *path, gint64 from)
{
  g_autoptr (TjdDb) db = open_numbers (path);
  Crowd crowds[KILLED_WRITERS];
  GThread *threads[KILLED_WRITERS];

  for (guint i = 0; i < KILLED_WRITERS; i++) {
    crowds[i] = (Crowd){ db, from + i };
    threads[i] = g_thread_new ("loop", write_and_report, &crowds[i]);
  }
  for (guint i = 0; i < KILLED_WRITERS; i++)
    g_thread_join (threads[i]);
  return 0;
}

static GPid
spawn_loop (const char *path, gint64 from, FILE **reports)
{
  g_autofree char *first = g_strdup_printf ("%d", (int) from);
  const char *argv[] = { "/proc/self/exe", "loop", path, first, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &out, NULL, &error);
  g_assert_no_error (error);
  *reports = fdopen (out, "r");
  return pid;
}

static gboolean
get_last (TjdTxn *txn, gpointer data, GError **error)
{
  gint64 *row = data; /* writer; then its greatest number, and how many it has */

  return tjd_txn_get_int (txn, "SELECT max(n) FROM number WHERE writer = $1", &row[1], error,
                          tjd_int (row[0])) &&
         tjd_txn_get_int (txn, "SELECT count(*) FROM number WHERE writer = $1", &row[2], error,
                          tjd_int (row[0]));
}

/* After its first report the child has a while to live; what it had said by then is kept. */
static void
kill_at (const TjdEntropy *entropy, const char *path, gint64 from, gint64 *reported)
{
  FILE *reports;
  GPid pid = spawn_loop (path, from, &reports);
  char line[64];
  gboolean killed = FALSE;

  while (fgets (line, sizeof line, reports) != NULL) {
    int writer, n;
    g_assert_cmpint (sscanf (line, "%d %d", &writer, &n), ==, 2);
    reported[writer - from] = MAX (reported[writer - from], n);
    if (!killed) {
      g_usleep ((gulong) tjd_entropy_below (entropy, 40000));
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      killed = TRUE;
    }
  }
  g_assert_true (killed);
  fclose (reports);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

/* Everything that was said to be durable is there, in order and without a gap. */
static void
test_kill (Place *place, gconstpointer data)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (9);
  gint64 total = 0;

  for (gint64 moment = 0; moment < MOMENTS; moment++) {
    gint64 reported[KILLED_WRITERS] = { -1, -1, -1 };
    g_autoptr (TjdDb) db = NULL;

    kill_at (entropy, place->path, moment * KILLED_WRITERS, reported);
    db = open_numbers (place->path);
    for (guint i = 0; i < KILLED_WRITERS; i++) {
      gint64 row[3] = { moment * KILLED_WRITERS + i, 0, 0 };
      g_assert_true (tjd_db_read (db, get_last, row, NULL));
      if (row[1] == TJD_NO_INT) /* killed before it wrote */
        row[1] = -1;
      g_assert_cmpint (row[1], >=, reported[i]);
      g_assert_cmpint (row[2], >=, reported[i] + 1);
      if (row[2] > 0)
        g_assert_cmpint (row[2], ==, row[1] + 1);
      total += reported[i] + 1;
    }
  }
  g_test_message ("%" G_GINT64_FORMAT " reported writes over %d kills", total, MOMENTS);
  g_assert_cmpint (total, >, MOMENTS);
  assert_outside (place->path, "PRAGMA integrity_check", "ok");
}

#define add(name, func) g_test_add (name, Place, NULL, place_init, func, place_clear)

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "loop") == 0)
    return loop_until_killed (argv[2], atoi (argv[3]));
  g_test_init (&argc, &argv, NULL);
  add ("/db/migrations/fresh", test_fresh);
  add ("/db/migrations/step", test_step);
  add ("/db/migrations/newer", test_newer);
  add ("/db/migrations/foreign", test_foreign);
  add ("/db/migrations/no-database", test_no_database);
  add ("/db/migrations/failing", test_failing_migration);
  add ("/db/rows/round-trip", test_rows);
  add ("/db/rows/corrupt-columns", test_corrupt_columns);
  add ("/db/rows/lists", test_lists);
  add ("/db/rows/codes", test_codes);
  add ("/db/rows/foreign-keys", test_foreign_keys);
  add ("/db/writer/savepoints", test_savepoints);
  add ("/db/writer/failing-commit", test_failing_commit);
  add ("/db/writer/full", test_full);
  add ("/db/writer/group-commit", test_group_commit);
  add ("/db/writer/wake", test_wake);
  add ("/db/readers/lock", test_lock);
  add ("/db/readers/snapshot", test_snapshot);
  add ("/db/readers/read-only", test_read_only);
  add ("/db/readers/read-only-missing", test_read_only_missing);
  add ("/db/kill", test_kill);
  return g_test_run ();
}
