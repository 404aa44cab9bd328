/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "health.h"

#include "sign-in.h"

static gboolean
ask_database (TjdTxn *txn, gpointer data, GError **error)
{
  gint64 count;
  return tjd_txn_get_int (txn, "SELECT count(*) FROM seeded", &count, error);
}

gboolean
tjd_health_show (TjdCall *call, gpointer *reply, GError **error)
{
  TjdHealth *health;

  if (!tjd_db_read (call->host->db, ask_database, NULL, error))
    return FALSE;
  health = tjd_health_new ();
  health->party = g_strdup (tjd_party_name (call->host->row->party));
  health->version = g_strdup (TJD_VERSION);
  *reply = health;
  return TRUE;
}
