/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unblock.h"

#include "sign-in.h"

gboolean
tjd_unblock (TjdTxn *txn, TjdCall *call, const char *reset, GError **error)
{
  TjdUnblock *asked = call->request;

  return tjd_txn_exec (txn, reset, error, tjd_text (asked->personal_id)) >= 0 &&
         tjd_txn_exec (txn,
                       "INSERT INTO unblocks (personal_id, operator, reason, at)"
                       " VALUES ($1, $2, $3, $4)",
                       error, tjd_text (asked->personal_id), tjd_text (call->principal.name),
                       tjd_text (asked->reason), tjd_int (tjd_clock_now (call->host->clock))) > 0;
}
