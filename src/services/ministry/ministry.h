/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"
#include "register.h"

G_BEGIN_DECLS

/* What the ministry's files share. */

TjdDay tjd_ministry_today (TjdHost *host);
TjdDay tjd_ministry_day (const char *text); /* of a date that was stored */

/* A quote as it is kept. */
TJD_DECLARE_RECORD (TjdQuoteRow, tjd_quote_row)
struct _TjdQuoteRow {
  TjdRecord parent;
  char *id, *renewer, *personal_id;
  TjdMoney fee;
  char *expires_on, *renewed_until;
  gint64 honoured_until; /* UTC seconds */
};
TjdQuoteRow *tjd_ministry_get_quote (TjdTxn *txn, const char *id, GError **error); /* or NULL */

/* The endpoints: permits.c */
gboolean tjd_ministry_read_tariff (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ministry_read_permits (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* quotes.c */
gboolean tjd_ministry_quote (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* executions.c */
gboolean tjd_ministry_execute (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ministry_read_execution (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* stations.c; finish_due is the stamping desk and the card printer, simulated. */
gboolean tjd_ministry_take_in (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ministry_report_station (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ministry_finish_due (TjdHost *host, GError **error);

G_END_DECLS
