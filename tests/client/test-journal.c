/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journal.h"

#include <string.h>

#include "folder.h"
#include "store.h"

typedef struct {
  char *folder, *path;
} Side;

static void
set_up (Side *side, gconstpointer data)
{
  side->folder = folder_new ();
  side->path = g_build_filename (side->folder, "journal.db", NULL);
}

static void
tear_down (Side *side, gconstpointer data)
{
  g_free (side->path);
  folder_remove (side->folder);
}

static TjdJournal *
must_open (Side *side)
{
  g_autoptr (GError) error = NULL;
  TjdJournal *journal = tjd_journal_open (side->path, &error);

  g_assert_no_error (error);
  return journal;
}

static TjdEntry *
new_entry (const char *id, gint64 at)
{
  TjdEntry *entry = tjd_entry_new ();

  entry->id = g_strdup (id);
  entry->step = TJD_JOURNEY_CONFIRMED;
  g_ptr_array_add (entry->quotations, g_strdup ("qtn-aaaaaaaaaaaaaaaaaaaa"));
  g_ptr_array_add (entry->order_keys, g_strdup ("key-aaaaaaaaaaaaaaaaaaaa"));
  entry->total = 102000;
  entry->started_at = entry->changed_at = at;
  return entry;
}

#define FIRST "jny-aaaaaaaaaaaaaaaaaaaa"
#define SECOND "jny-bbbbbbbbbbbbbbbbbbbb"

static void
test_put (Side *side, gconstpointer data)
{
  g_autoptr (TjdEntry) first = new_entry (FIRST, 2000);
  g_autoptr (TjdEntry) second = new_entry (SECOND, 1000);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) rest = NULL;

  {
    g_autoptr (TjdJournal) journal = must_open (side);
    g_assert_true (tjd_journal_put (journal, first, NULL));
    g_assert_true (tjd_journal_put (journal, second, NULL));
    first->step = TJD_JOURNEY_AUTHORISING;
    first->payment = g_strdup ("pay-aaaaaaaaaaaaaaaaaaaa");
    first->authorise_key = g_strdup ("key-bbbbbbbbbbbbbbbbbbbb");
    g_assert_true (tjd_journal_put (journal, first, NULL));
  }
  {
    g_autoptr (TjdJournal) journal = must_open (side); /* at the next start */
    entries = tjd_journal_list_open (journal, NULL);
    g_assert_cmpuint (entries->len, ==, 2);
    g_assert_true (tjd_record_equal (entries->pdata[0], second)); /* oldest first */
    g_assert_true (tjd_record_equal (entries->pdata[1], first));
    g_assert_true (tjd_journal_settle (journal, FIRST, NULL));
    g_assert_true (tjd_journal_settle (journal, FIRST, NULL)); /* twice is no matter */
    rest = tjd_journal_list_open (journal, NULL);
    g_assert_cmpuint (rest->len, ==, 1);
  }
}

/* What is not ours, or too new, is left as it is and said. */
static gboolean
write_sql (TjdTxn *txn, gpointer sql, GError **error)
{
  return tjd_txn_exec (txn, sql, error) >= 0;
}

static void
make_file (Side *side, const char *const *migrations, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdDb) db = tjd_db_open (side->path, migrations, &error);

  g_assert_no_error (error);
  if (sql != NULL)
    g_assert_true (tjd_db_write (db, write_sql, (gpointer) sql, NULL));
}

/* Version 1, as it first landed: never to be changed. */
static const char *const version_1[] = {
  "CREATE TABLE journeys (id TEXT NOT NULL PRIMARY KEY, step TEXT NOT NULL,"
  " quotations TEXT NOT NULL, order_keys TEXT NOT NULL, orders TEXT NOT NULL, bill_key TEXT,"
  " payment TEXT, start_key TEXT, authorise_key TEXT, total INTEGER NOT NULL CHECK (total >= 0),"
  " started_at INTEGER NOT NULL, changed_at INTEGER NOT NULL) STRICT;"
  "CREATE INDEX journeys_by_start ON journeys (started_at);",
  NULL
};

static void
test_version_1 (Side *side, gconstpointer data)
{
  g_autoptr (TjdJournal) journal = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  TjdEntry *entry;

  make_file (side, version_1,
             "INSERT INTO journeys VALUES ('jny-cccccccccccccccccccc', 'authorising',"
             " '[\"qtn-aaaaaaaaaaaaaaaaaaaa\"]', '[\"key-aaaaaaaaaaaaaaaaaaaa\"]',"
             " '[\"ord-aaaaaaaaaaaaaaaaaaaa\"]', NULL, 'pay-aaaaaaaaaaaaaaaaaaaa',"
             " 'key-cccccccccccccccccccc', 'key-dddddddddddddddddddd', 154000, 10, 20)");
  journal = must_open (side);
  entries = tjd_journal_list_open (journal, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = entries->pdata[0];
  g_assert_cmpint (entry->step, ==, TJD_JOURNEY_AUTHORISING);
  g_assert_cmpint (entry->total, ==, 154000);
  g_assert_cmpstr (entry->orders->pdata[0], ==, "ord-aaaaaaaaaaaaaaaaaaaa");
}

static void
test_newer (Side *side, gconstpointer data)
{
  const char *newer[21] = { version_1[0] };
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 20; i++)
    newer[i] = "SELECT 1;";
  make_file (side, newer, NULL);
  g_assert_null (tjd_journal_open (side->path, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_NEWER);
}

static void
test_garbage (Side *side, gconstpointer data)
{
  g_autofree char *garbage = g_strnfill (4096, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (side->path, garbage, 4096, NULL));
  g_assert_null (tjd_journal_open (side->path, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CORRUPT);
}

static void
test_one_process (Side *side, gconstpointer data)
{
  g_autoptr (TjdJournal) journal = must_open (side);
  g_autoptr (GError) error = NULL;

  g_assert_null (tjd_journal_open (side->path, &error));
  g_assert_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_BUSY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Side, NULL, set_up, func, tear_down)
  ADD ("/journal/put", test_put);
  ADD ("/journal/version-1", test_version_1);
  ADD ("/journal/newer", test_newer);
  ADD ("/journal/garbage", test_garbage);
  ADD ("/journal/one-process", test_one_process);
  return g_test_run ();
}
