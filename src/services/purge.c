/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "purge.h"

#define KEEP_SECONDS (30 * 24 * 60 * 60)
#define EVERY_US (10 * G_USEC_PER_SEC)
#define BATCH 500
#define LIMIT G_STRINGIFY (BATCH)
#define MAX_ROUNDS 40 /* between two looks at what else is due */

/* $1: UTC seconds, a month ago; $2: now. */
static const char *const everywhere[] = {
  "DELETE FROM replies WHERE at <= (SELECT MAX(at) FROM (SELECT at FROM replies WHERE at < $1"
  " ORDER BY at LIMIT " LIMIT ") AS oldest)",
  "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('done', 'refused')"
  " AND due_at < $1 * 1000000 ORDER BY due_at LIMIT " LIMIT ")",
  NULL,
};

typedef struct {
  TjdHost *host;
  gboolean more; /* a batch was full */
} Purge;

static gboolean
run_all (TjdTxn *txn, Purge *purge, const char *const *statements, GError **error)
{
  gint64 now = tjd_clock_now (purge->host->clock);

  for (guint i = 0; statements != NULL && statements[i] != NULL; i++) {
    gint64 gone =
        tjd_txn_exec (txn, statements[i], error, tjd_int (now - KEEP_SECONDS), tjd_int (now));
    if (gone < 0)
      return FALSE;
    purge->more |= gone >= BATCH;
  }
  return TRUE;
}

static gboolean
run_batch (TjdTxn *txn, gpointer data, GError **error)
{
  Purge *purge = data;

  purge->more = FALSE;
  return run_all (txn, purge, everywhere, error) &&
         run_all (txn, purge, purge->host->row->purge, error);
}

gboolean
tjd_purge_tick (TjdHost *host, GError **error)
{
  Purge purge = { host, TRUE };
  gint64 now = g_get_monotonic_time ();

  if (host->purged != 0 && now < host->purged + EVERY_US)
    return TRUE;
  host->purged = now;
  for (guint i = 0; i < MAX_ROUNDS && purge.more; i++)
    if (!tjd_db_write (host->db, run_batch, &purge, error))
      return FALSE;
  return TRUE;
}
