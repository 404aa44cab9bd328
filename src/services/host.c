/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host.h"

gint64
tjd_host_after (TjdHost *host, gint64 minutes)
{
  return tjd_clock_now_us (host->clock) + minutes * 60 * 1000000 / MAX (1, host->pace);
}

typedef struct {
  TjdHost *host;
  const char *sql;
  gint64 count;
} Count;

static gboolean
read_count (TjdTxn *txn, gpointer data, GError **error)
{
  Count *count = data;

  return tjd_txn_get_int (txn, count->sql, &count->count, error,
                          tjd_int (tjd_clock_now_us (count->host->clock)));
}

gboolean
tjd_host_write_if_any (TjdHost *host, const char *count, TjdTxnFunc write, GError **error)
{
  Count asked = { host, count, 0 };

  if (!tjd_db_read (host->db, read_count, &asked, error))
    return FALSE;
  return asked.count == 0 || tjd_db_write (host->db, write, host, error);
}

char *
tjd_principal_name (const TjdPrincipal *principal)
{
  switch (principal->kind) {
  case TJD_PRINCIPAL_PERSON:
    return g_strconcat ("person:", principal->personal_id, NULL);
  case TJD_PRINCIPAL_PARTY:
    return g_strconcat ("party:", tjd_party_name (principal->party), NULL);
  case TJD_PRINCIPAL_OPERATOR:
    return g_strconcat ("operator:", principal->name, NULL);
  case TJD_PRINCIPAL_CLIENT:
  case TJD_PRINCIPAL_ANYONE:
  default:
    return g_strdup ("anyone");
  }
}
