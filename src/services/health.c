/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "health.h"

#include "sign-in.h"

#define SERVES_US (G_USEC_PER_SEC / 2) /* an answer of the database, for all who ask meanwhile */

static gboolean
ask_database (TjdTxn *txn, gpointer data, GError **error)
{
  gint64 seeded;

  return tjd_txn_get_int (txn, "SELECT count(*) FROM seeded", &seeded, error);
}

static gboolean
is_well (TjdHost *host, GError **error)
{
  gint64 now = g_get_monotonic_time ();

  if (now < __atomic_load_n (&host->well_until, __ATOMIC_RELAXED))
    return TRUE;
  if (!tjd_db_read (host->db, ask_database, NULL, error))
    return FALSE;
  __atomic_store_n (&host->well_until, now + SERVES_US, __ATOMIC_RELAXED);
  return TRUE;
}

gboolean
tjd_health_read (TjdCall *call, gpointer *reply, GError **error)
{
  TjdHealth *health;

  if (!is_well (call->host, error))
    return FALSE;
  health = tjd_health_new ();
  health->party = g_strdup (tjd_party_name (call->host->row->party));
  health->version = g_strdup (TJD_VERSION);
  *reply = health;
  return TRUE;
}
