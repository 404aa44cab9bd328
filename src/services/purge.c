/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "purge.h"

#define KEEP_SECONDS (30 * 24 * 60 * 60)
#define EVERY_US (10 * G_USEC_PER_SEC)
#define BATCH "500"

/* $1: UTC seconds, a month ago; $2: now. */
static const char *const everywhere[] = {
  "DELETE FROM replies WHERE at <= (SELECT MAX(at) FROM (SELECT at FROM replies WHERE at < $1"
  " ORDER BY at LIMIT " BATCH ") AS oldest)",
  "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state = 'done'"
  " AND due_at < $1 * 1000000 ORDER BY due_at LIMIT " BATCH ")",
  NULL,
};

static gboolean
run_all (TjdTxn *txn, TjdHost *host, const char *const *statements, GError **error)
{
  gint64 now = tjd_clock_now (host->clock);

  for (guint i = 0; statements != NULL && statements[i] != NULL; i++)
    if (tjd_txn_exec (txn, statements[i], error, tjd_int (now - KEEP_SECONDS), tjd_int (now)) < 0)
      return FALSE;
  return TRUE;
}

static gboolean
purge (TjdTxn *txn, gpointer data, GError **error)
{
  TjdHost *host = data;

  return run_all (txn, host, everywhere, error) && run_all (txn, host, host->row->purge, error);
}

gboolean
tjd_purge_tick (TjdHost *host, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (host->purged != 0 && now < host->purged + EVERY_US)
    return TRUE;
  host->purged = now;
  return tjd_db_write (host->db, purge, host, error);
}
