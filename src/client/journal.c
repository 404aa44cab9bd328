/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journal.h"

#include "identifiers.h"
#include "store.h"

TJD_DEFINE_ENUM (TjdJourneyStep,
                 tjd_journey_step,
                 "choosing",
                 "quoted",
                 "confirmed",
                 "ordered",
                 "approved",
                 "billed",
                 "signing",
                 "authorising",
                 "in-doubt",
                 "cancelling",
                 "paid",
                 "ended")

static const TjdField entry_fields[] = {
  TJD_STRING (TjdEntry, id, TJD_REQUIRED, .format = &tjd_format_id),
  TJD_ENUM (TjdEntry, step, tjd_journey_step_get_type, TJD_REQUIRED),
  TJD_STRINGS (TjdEntry, quotations, TJD_REQUIRED),
  TJD_STRINGS (TjdEntry, order_keys, TJD_REQUIRED),
  TJD_STRINGS (TjdEntry, orders, TJD_REQUIRED),
  TJD_STRING (TjdEntry, bill_key, TJD_NULLABLE),
  TJD_STRING (TjdEntry, payment, TJD_NULLABLE),
  TJD_STRING (TjdEntry, start_key, TJD_NULLABLE),
  TJD_STRING (TjdEntry, authorise_key, TJD_NULLABLE),
  TJD_INT (TjdEntry, total, TJD_REQUIRED, .max = TJD_MONEY_MAX),
  TJD_INT (TjdEntry, started_at, TJD_REQUIRED),
  TJD_INT (TjdEntry, changed_at, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdEntry, tjd_entry, entry_fields)

#define ENTRY_COLUMNS                                                                       \
  "id, step, quotations, order_keys, orders, bill_key, payment, start_key, authorise_key, " \
  "total, started_at, changed_at"

/* An entry is never changed once it has landed. */
static const char *const migrations[] = {
  "CREATE TABLE journeys (id TEXT NOT NULL PRIMARY KEY, step TEXT NOT NULL,"
  " quotations TEXT NOT NULL, order_keys TEXT NOT NULL, orders TEXT NOT NULL, bill_key TEXT,"
  " payment TEXT, start_key TEXT, authorise_key TEXT, total INTEGER NOT NULL CHECK (total >= 0),"
  " started_at INTEGER NOT NULL, changed_at INTEGER NOT NULL) STRICT;"
  "CREATE INDEX journeys_by_start ON journeys (started_at);",
  NULL
};

struct _TjdJournal {
  TjdDb *db;
};

TjdJournal *
tjd_journal_open (const char *path, GError **error)
{
  g_autoptr (TjdDb) db = tjd_db_open (path, migrations, error);
  TjdJournal *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (TjdJournal, 1);
  self->db = g_steal_pointer (&db);
  return self;
}

void
tjd_journal_close (TjdJournal *self)
{
  tjd_db_close (self->db);
  g_free (self);
}

static gboolean
put (TjdTxn *txn, gpointer data, GError **error)
{
  TjdEntry *entry = data;
  gint64 known;

  if (!tjd_txn_get_int (txn, "SELECT count(*) FROM journeys WHERE id = $1", &known, error,
                        tjd_text (entry->id)))
    return FALSE;
  return known > 0 ? tjd_txn_update (txn, "journeys", "id", entry, error)
                   : tjd_txn_insert (txn, "journeys", entry, error);
}

gboolean
tjd_journal_put (TjdJournal *self, TjdEntry *entry, GError **error)
{
  return tjd_db_write (self->db, put, entry, error);
}

static gboolean
list (TjdTxn *txn, gpointer data, GError **error)
{
  GPtrArray **entries = data;

  *entries = tjd_txn_list (txn, tjd_entry_get_type (),
                           "SELECT " ENTRY_COLUMNS " FROM journeys ORDER BY started_at, id", error);
  return *entries != NULL;
}

GPtrArray *
tjd_journal_list_open (TjdJournal *self, GError **error)
{
  GPtrArray *entries = NULL;

  tjd_db_read (self->db, list, &entries, error);
  return entries;
}

static gboolean
settle (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn, "DELETE FROM journeys WHERE id = $1", error, tjd_text (data)) >= 0;
}

gboolean
tjd_journal_settle (TjdJournal *self, const char *id, GError **error)
{
  return tjd_db_write (self->db, settle, (gpointer) id, error);
}
