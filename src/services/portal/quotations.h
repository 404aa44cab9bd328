/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"
#include "quote.h"

G_BEGIN_DECLS

/* What the portal has quoted: the ministry's word on each permit, with the post's fee for all of
 * them. An order is placed by one. */

TJD_DECLARE_RECORD (TjdQuotationRow, tjd_quotation_row)
struct _TjdQuotationRow {
  TjdRecord parent;
  char *id, *renewer;
  TjdQuotation *quotation;
  TjdPostTariff *tariff;
  gint64 valid_until; /* UTC seconds */
};

/* Keeps what the ministry has quoted under a new id: who is in an order by now is refused, and
 * refusals are counted; quotes is changed so. (transfer full) */
TjdQuotationRow *tjd_quotations_keep (TjdTxn *txn,
                                      TjdHost *host,
                                      const char *renewer,
                                      TjdQuotes *quotes,
                                      TjdPostTariff *tariff,
                                      GError **error);

/* In how many orders under way a permit is that stop this renewer: none or one. A holder's own
 * order that is not paid stops nobody else who may renew it (placing.c). */
gboolean tjd_quotations_count_ordered (
    TjdTxn *txn, const char *personal_id, const char *renewer, gint64 *n, GError **error);

/* The endpoint. */
gboolean tjd_quotations_quote (TjdCall *call, gpointer *reply, GError **error);

/* One that the caller may order by: theirs to see, not used, not empty, not expired. */
TjdQuotationRow *
tjd_quotations_get_usable (TjdTxn *txn, TjdCall *call, const char *id, GError **error);

G_END_DECLS
