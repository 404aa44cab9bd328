/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record.h"

G_BEGIN_DECLS

/* The SQL door. A database has one writer thread, which runs closures one after another, each in a
 * savepoint of its own, and commits them in groups; readers take connections from a pool.
 * SQL is written for SQLite and PostgreSQL alike, with $1 … $9. */
typedef struct _TjdDb TjdDb;
typedef struct _TjdTxn TjdTxn; /* what a closure works in */

typedef enum {
  TJD_STORE_ERROR_UNAVAILABLE, /* nothing was stored: disk, lock, failed commit */
  TJD_STORE_ERROR_EXISTS,      /* UNIQUE or PRIMARY KEY */
  TJD_STORE_ERROR_CONSTRAINT,  /* CHECK, NOT NULL, foreign key */
  TJD_STORE_ERROR_MISSING,     /* no such row to update */
  TJD_STORE_ERROR_CORRUPT,     /* a row is not what its record says, or the file is not ours */
  TJD_STORE_ERROR_NEWER,       /* made by a later version of the program */
  TJD_STORE_ERROR_BUSY,        /* another process has the file */
  TJD_STORE_ERROR_SILENT,      /* a closure failed and did not say why: a fault of ours */
} TjdStoreError;
#define TJD_STORE_ERROR (tjd_store_error_quark ())
GQuark tjd_store_error_quark (void);

/* migrations[n] brings a database from user_version n to n+1; an entry is never changed once it has
 * landed. NULL ends the list. */
TjdDb *tjd_db_open (const char *path, const char *const *migrations, GError **error);

/* For the audit: no lock, no migration, tjd_db_read alone. */
TjdDb *tjd_db_open_read_only (const char *path, GError **error);

/* Finishes what was queued. */
void tjd_db_close (TjdDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdDb, tjd_db_close)

typedef gboolean (*TjdTxnFunc) (TjdTxn *txn, gpointer data, GError **error);

/* Returns when the closure's effects are durable. If it fails, nothing of it stays. It may run in
 * another thread, and must not call tjd_db_write. */
gboolean tjd_db_write (TjdDb *db, TjdTxnFunc func, gpointer data, GError **error);

/* A snapshot, in the calling thread. */
gboolean tjd_db_read (TjdDb *db, TjdTxnFunc func, gpointer data, GError **error);

/* Of a closure that writes: func is called with data, once however many closures ask for it, when
 * what they wrote is durable; perhaps also when it came to nothing. */
typedef void (*TjdWakeFunc) (gpointer data);
void tjd_txn_wake (TjdTxn *txn, TjdWakeFunc func, gpointer data);

guint64 tjd_db_get_commits (TjdDb *db);

typedef struct {
  const char *text;
  gint64 integer;
  gboolean null;
} TjdValue;

static inline TjdValue
tjd_text (const char *text)
{
  return (TjdValue){ .text = text, .null = text == NULL };
}

static inline TjdValue
tjd_int (gint64 integer)
{
  return (TjdValue){ .integer = integer, .null = integer == TJD_NO_INT };
}

#define TJD_VALUES(...)                             \
  ((const TjdValue[]){ { 0 }, ##__VA_ARGS__ }) + 1, \
      G_N_ELEMENTS (((const TjdValue[]){ { 0 }, ##__VA_ARGS__ })) - 1

/* Values are checked by the compiler: tjd_txn_exec (txn, "…$1…$2", error, tjd_text (id), tjd_int
 * (n)). Rows changed, or -1. */
#define tjd_txn_exec(txn, sql, error, ...) \
  tjd_txn_exec_values (txn, sql, error, TJD_VALUES (__VA_ARGS__))
gint64 tjd_txn_exec_values (
    TjdTxn *txn, const char *sql, GError **error, const TjdValue *values, guint n_values);

/* The first row as a record, columns matched to fields by name; NULL without an error if there is
 * none. (transfer full) */
#define tjd_txn_get(txn, type, sql, error, ...) \
  tjd_txn_get_values (txn, type, sql, error, TJD_VALUES (__VA_ARGS__))
gpointer tjd_txn_get_values (TjdTxn *txn,
                             GType type,
                             const char *sql,
                             GError **error,
                             const TjdValue *values,
                             guint n_values);

/* All rows, an array of records; NULL on error. (transfer full) */
#define tjd_txn_list(txn, type, sql, error, ...) \
  tjd_txn_list_values (txn, type, sql, error, TJD_VALUES (__VA_ARGS__))
GPtrArray *tjd_txn_list_values (TjdTxn *txn,
                                GType type,
                                const char *sql,
                                GError **error,
                                const TjdValue *values,
                                guint n_values);

/* The first column of the first row; TJD_NO_INT where there is no row or it is null. */
#define tjd_txn_get_int(txn, sql, value, error, ...) \
  tjd_txn_get_int_values (txn, sql, value, error, TJD_VALUES (__VA_ARGS__))
gboolean tjd_txn_get_int_values (TjdTxn *txn,
                                 const char *sql,
                                 gint64 *value,
                                 GError **error,
                                 const TjdValue *values,
                                 guint n_values);

/* Whole records. Strings and enums are TEXT, integers and booleans INTEGER, lists and nested
 * records TEXT that holds their JSON. */
gboolean tjd_txn_insert (TjdTxn *txn, const char *table, gpointer record, GError **error);
gboolean
tjd_txn_update (TjdTxn *txn, const char *table, const char *key, gpointer record, GError **error);

G_END_DECLS
