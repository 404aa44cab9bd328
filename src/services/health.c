/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "health.h"

#include "sign-in.h"

gboolean
tjd_health_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdHealth *health;
  gint64 seeded;

  if (!tjd_txn_get_int (txn, "SELECT count(*) FROM seeded", &seeded, error))
    return FALSE;
  health = tjd_health_new ();
  health->party = g_strdup (tjd_party_name (call->host->row->party));
  health->version = g_strdup (TJD_VERSION);
  *reply = health;
  return TRUE;
}
