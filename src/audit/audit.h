/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "store.h"

G_BEGIN_DECLS

/* Compares what portal, ministry, bank and post have each written down, from their raw rows. It
 * knows their tables and nothing of their code: what they compute, it computes again. */

typedef struct {
  gint64 orders; /* of the portal */
  gint64 delivered;
  gint64 open;             /* under way: paid for, and not yet captured or voided */
  gint64 executed;         /* renewals, at the ministry */
  TjdMoney debited;        /* from payers */
  TjdMoney ministry, post; /* what each was paid */
  TjdMoney refunded;       /* of it given back */
  GPtrArray *differences;  /* of char *: each names the order or account, and both sides' figures */
} TjdAudit;

/* Reads portal.db, ministry.db, bank.db and post.db in directory. NULL with TJD_STORE_ERROR. */
TjdAudit *tjd_audit_run (const char *directory, GError **error);
void tjd_audit_free (TjdAudit *audit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdAudit, tjd_audit_free)

G_END_DECLS
