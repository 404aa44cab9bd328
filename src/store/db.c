/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "connection.h"

/* The writer takes whatever waits, runs each closure in a savepoint, commits once and then wakes
 * all whose effects that made durable. While it syncs, the next group gathers. */

#define APPLICATION_ID 0x546a6469 /* "Tjdi" */
#define MAX_GROUP 256

typedef struct {
  TjdTxnFunc func;
  gpointer data;
  gboolean ok;
  sem_t settled; /* whoever waits takes no lock again that others hold */
  GError *error;
} Job;

struct _TjdDb {
  char *path;
  int lock_fd;
  TjdTxn *writer;
  GThread *thread;
  GMutex mutex;
  GCond queued;    /* a job, or closing */
  gboolean idle;   /* the writer waits for it */
  GPtrArray *jobs; /* (element-type Job), not owned */
  gboolean closing;
  guint64 commits;
  GMutex readers_mutex;
  GPtrArray *readers; /* idle connections */
};

static GPrivate inside_writer;

/* Whoever asked reads why: a closure that forgot to say it ends nobody's process. */
static gboolean
run_closure (TjdTxn *txn, TjdTxnFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (func (txn, data, &why))
    return TRUE;
  if (why == NULL)
    g_set_error (&why, TJD_STORE_ERROR, TJD_STORE_ERROR_SILENT, "it failed without saying why");
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
run_job (TjdTxn *txn, Job *job)
{
  if (!tjd_connection_step (txn, "SAVEPOINT job", &job->error))
    return FALSE;
  job->ok = run_closure (txn, job->func, job->data, &job->error);
  if (!job->ok && !tjd_connection_step (txn, "ROLLBACK TO job", NULL))
    return FALSE;
  return tjd_connection_step (txn, "RELEASE job", job->ok ? &job->error : NULL);
}

/* FALSE if the group as a whole came to nothing. */
static gboolean
run_group (TjdTxn *txn, GPtrArray *jobs, GError **error)
{
  if (!tjd_connection_step (txn, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = jobs->pdata[i];
    if (!run_job (txn, job)) {
      g_set_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE, "a savepoint failed");
      tjd_connection_step (txn, "ROLLBACK", NULL);
      return FALSE;
    }
  }
  if (tjd_connection_step (txn, "COMMIT", error))
    return TRUE;
  tjd_connection_step (txn, "ROLLBACK", NULL);
  return FALSE;
}

static void
fail_group (GPtrArray *jobs, const GError *error)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = jobs->pdata[i];
    g_clear_error (&job->error);
    job->ok = FALSE;
    g_set_error (&job->error, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE, "the commit failed: %s",
                 error->message);
  }
}

void
tjd_txn_wake (TjdTxn *txn, TjdWakeFunc func, gpointer data)
{
  g_hash_table_replace (txn->to_wake, data, func);
}

static void
wake (TjdTxn *txn)
{
  GHashTableIter iter;
  gpointer data, func;

  g_hash_table_iter_init (&iter, txn->to_wake);
  while (g_hash_table_iter_next (&iter, &data, &func))
    ((TjdWakeFunc) func) (data);
  g_hash_table_remove_all (txn->to_wake);
}

static GPtrArray *
take_group (TjdDb *db)
{
  GPtrArray *group = g_ptr_array_new ();
  guint n = MIN (db->jobs->len, MAX_GROUP);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (group, db->jobs->pdata[i]);
  g_ptr_array_remove_range (db->jobs, 0, n);
  return group;
}

static gpointer
writer_main (gpointer data)
{
  TjdDb *db = data;

  g_private_set (&inside_writer, db);
  g_mutex_lock (&db->mutex);
  for (;;) {
    g_autoptr (GPtrArray) group = NULL;
    g_autoptr (GError) error = NULL;
    gboolean ok;

    db->idle = TRUE;
    while (db->jobs->len == 0 && !db->closing)
      g_cond_wait (&db->queued, &db->mutex);
    db->idle = FALSE;
    if (db->jobs->len == 0)
      break;
    group = take_group (db);
    g_mutex_unlock (&db->mutex);
    ok = run_group (db->writer, group, &error);
    if (!ok)
      fail_group (group, error);
    wake (db->writer);
    g_mutex_lock (&db->mutex);
    db->commits += ok;
    g_mutex_unlock (&db->mutex);
    for (guint i = 0; i < group->len; i++)
      sem_post (&((Job *) group->pdata[i])->settled);
    g_mutex_lock (&db->mutex);
  }
  g_mutex_unlock (&db->mutex);
  return NULL;
}

/* Ours bears our number; what bears none is ours to take only if nothing is in it. */
static gboolean
check_owner (TjdTxn *txn, GError **error)
{
  gint64 application, version, things;

  if (!tjd_txn_get_int (txn, "PRAGMA application_id", &application, error) ||
      !tjd_txn_get_int (txn, "PRAGMA user_version", &version, error) ||
      !tjd_txn_get_int (txn, "SELECT count(*) FROM sqlite_schema", &things, error))
    return FALSE;
  if (application == APPLICATION_ID || (application == 0 && version == 0 && things == 0))
    return TRUE;
  g_set_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_CORRUPT,
               "the file belongs to another program");
  return FALSE;
}

/* Looks before anything is written, be it the mode of the journal. */
static gboolean
check_version (TjdTxn *txn, guint n_migrations, gint64 *version, GError **error)
{
  if (!check_owner (txn, error) || !tjd_txn_get_int (txn, "PRAGMA user_version", version, error))
    return FALSE;
  if (*version <= n_migrations)
    return TRUE;
  g_set_error (error, TJD_STORE_ERROR, TJD_STORE_ERROR_NEWER,
               "the file was made by a later version of this program");
  return FALSE;
}

static gboolean
migrate (TjdTxn *txn, const char *const *migrations, GError **error)
{
  gint64 version;
  guint n = g_strv_length ((char **) migrations);

  if (!check_version (txn, n, &version, error) ||
      !tjd_connection_run (txn, "PRAGMA journal_mode=WAL", error))
    return FALSE;
  if (!tjd_connection_run (txn, "PRAGMA foreign_keys=OFF", error)) /* a table may be made anew */
    return FALSE;
  for (; version < n; version++) {
    g_autofree char *sql = /* a line of its own: a migration may end with a comment */
        g_strdup_printf ("BEGIN IMMEDIATE; %s\n; PRAGMA user_version=%u; PRAGMA application_id=%d;"
                         "COMMIT;",
                         migrations[version], (guint) version + 1, APPLICATION_ID);
    if (!tjd_connection_run (txn, sql, error)) {
      tjd_connection_step (txn, "ROLLBACK", NULL);
      return FALSE;
    }
  }
  return tjd_connection_run (txn, "PRAGMA foreign_keys=ON", error);
}

static TjdDb *
db_new (const char *path)
{
  TjdDb *db = g_new0 (TjdDb, 1);

  db->path = g_strdup (path);
  db->lock_fd = -1;
  db->jobs = g_ptr_array_new ();
  db->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_connection_close);
  g_mutex_init (&db->mutex);
  g_mutex_init (&db->readers_mutex);
  g_cond_init (&db->queued);
  return db;
}

/* One process a file: two writers would each take the other's groups for a slow disk. */
static gboolean
lock_file (TjdDb *db, GError **error)
{
  g_autofree char *path = g_strconcat (db->path, ".lock", NULL);
  int file = open (db->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (file >= 0)
    close (file);
  db->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (db->lock_fd >= 0 && flock (db->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, TJD_STORE_ERROR,
               errno == EWOULDBLOCK ? TJD_STORE_ERROR_BUSY : TJD_STORE_ERROR_UNAVAILABLE,
               "%s cannot be locked: %s", path, g_strerror (errno));
  return FALSE;
}

TjdDb *
tjd_db_open (const char *path, const char *const *migrations, GError **error)
{
  g_autoptr (TjdDb) db = db_new (path);

  if (!lock_file (db, error))
    return NULL;
  db->writer = tjd_connection_open (path, FALSE, error);
  if (db->writer == NULL || !migrate (db->writer, migrations, error))
    return NULL;
  db->thread = g_thread_new ("store", writer_main, db);
  return g_steal_pointer (&db);
}

TjdDb *
tjd_db_open_read_only (const char *path, GError **error)
{
  TjdTxn *first = tjd_connection_open (path, TRUE, error);
  TjdDb *db;

  if (first == NULL)
    return NULL;
  db = db_new (path);
  g_ptr_array_add (db->readers, first);
  return db;
}

void
tjd_db_close (TjdDb *db)
{
  if (db->thread != NULL) {
    g_mutex_lock (&db->mutex);
    db->closing = TRUE;
    g_cond_signal (&db->queued);
    g_mutex_unlock (&db->mutex);
    g_thread_join (db->thread);
  }
  g_clear_pointer (&db->readers, g_ptr_array_unref);
  g_clear_pointer (&db->writer, tjd_connection_close);
  if (db->lock_fd >= 0)
    close (db->lock_fd);
  g_ptr_array_unref (db->jobs);
  g_mutex_clear (&db->mutex);
  g_mutex_clear (&db->readers_mutex);
  g_cond_clear (&db->queued);
  g_free (db->path);
  g_free (db);
}

gboolean
tjd_db_write (TjdDb *db, TjdTxnFunc func, gpointer data, GError **error)
{
  Job job = { .func = func, .data = data };

  g_assert (db->thread != NULL);
  g_assert (g_private_get (&inside_writer) != db);
  sem_init (&job.settled, 0, 0);
  g_mutex_lock (&db->mutex);
  g_ptr_array_add (db->jobs, &job);
  if (db->idle)
    g_cond_signal (&db->queued);
  g_mutex_unlock (&db->mutex);
  while (sem_wait (&job.settled) != 0) /* a signal came */
    ;
  sem_destroy (&job.settled);
  if (!job.ok)
    g_propagate_error (error, job.error);
  return job.ok;
}

static TjdTxn *
take_reader (TjdDb *db, GError **error)
{
  TjdTxn *reader = NULL;

  g_mutex_lock (&db->readers_mutex);
  if (db->readers->len > 0)
    reader = g_ptr_array_steal_index_fast (db->readers, db->readers->len - 1);
  g_mutex_unlock (&db->readers_mutex);
  return reader != NULL ? reader : tjd_connection_open (db->path, TRUE, error);
}

gboolean
tjd_db_read (TjdDb *db, TjdTxnFunc func, gpointer data, GError **error)
{
  TjdTxn *reader = take_reader (db, error);
  gboolean ok;

  if (reader == NULL)
    return FALSE;
  ok = tjd_connection_step (reader, "BEGIN", error) && run_closure (reader, func, data, error);
  tjd_connection_step (reader, "ROLLBACK", NULL);
  g_mutex_lock (&db->readers_mutex);
  g_ptr_array_add (db->readers, reader);
  g_mutex_unlock (&db->readers_mutex);
  return ok;
}

guint64
tjd_db_get_commits (TjdDb *db)
{
  guint64 commits;

  g_mutex_lock (&db->mutex);
  commits = db->commits;
  g_mutex_unlock (&db->mutex);
  return commits;
}
