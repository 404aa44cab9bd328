/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "consignment.h"
#include "figures.h"
#include "order.h"
#include "payment.h"
#include "review.h"
#include "session.h"
#include "sign-in.h"
#include "tariff.h"

G_BEGIN_DECLS

/* What the services are asked, typed: each returns a record (transfer full), NULL on error, is
 * synchronous and for worker threads. Reads are tried again by themselves where that may help, and
 * so is what has a key, under the same key. A key is made once for what the person wants done
 * (tjd_call_new_key), and kept until it is known what became of it. */

char *tjd_call_new_key (TjdSession *session); /* "key-…" */

/* --- who ------------------------------------------------------------------------------------- */

TjdAccount *tjd_call_account (TjdSession *session, GCancellable *cancellable, GError **error);
TjdMandates *tjd_call_mandates (TjdSession *session,
                                const char *renewer,
                                GCancellable *cancellable,
                                GError **error);

/* --- lists ----------------------------------------------------------------------------------- */

/* A page; *next is to be handed to tjd_call_more_… as it stands, NULL where this is the last. query
 * may be NULL: one's own, all. */
TjdPermits *tjd_call_permits (TjdSession *session,
                              TjdPermitsQuery *query,
                              char **next,
                              GCancellable *cancellable,
                              GError **error);
TjdPermits *tjd_call_more_permits (
    TjdSession *session, const char *page, char **next, GCancellable *cancellable, GError **error);

/* All pages in one; as_of is the first page's: what to ask changed_since the next time. */
TjdPermits *tjd_call_all_permits (TjdSession *session,
                                  TjdPermitsQuery *query,
                                  GCancellable *cancellable,
                                  GError **error);

TjdOrders *tjd_call_orders (TjdSession *session,
                            TjdOrdersQuery *query,
                            char **next,
                            GCancellable *cancellable,
                            GError **error);
TjdOrders *tjd_call_more_orders (
    TjdSession *session, const char *page, char **next, GCancellable *cancellable, GError **error);
TjdReviews *tjd_call_requests (TjdSession *session,
                               TjdReviewsQuery *query,
                               char **next,
                               GCancellable *cancellable,
                               GError **error);

/* --- renewing -------------------------------------------------------------------------------- */

TjdQuotation *tjd_call_quote (TjdSession *session,
                              TjdQuotationRequest *request,
                              GCancellable *cancellable,
                              GError **error);
TjdOrder *tjd_call_place_order (TjdSession *session,
                                const char *quotation,
                                const char *key,
                                GCancellable *cancellable,
                                GError **error);
TjdOrder *
tjd_call_order (TjdSession *session, const char *order, GCancellable *cancellable, GError **error);
TjdOrder *tjd_call_cancel (TjdSession *session,
                           const char *order,
                           const char *key,
                           GCancellable *cancellable,
                           GError **error);
TjdOrderStatement *tjd_call_statement (TjdSession *session,
                                       const char *order,
                                       GCancellable *cancellable,
                                       GError **error);

/* Over exactly the text that was shown. */
TjdOrder *tjd_call_approve (TjdSession *session,
                            TjdOrderStatement *statement,
                            const char *key,
                            GCancellable *cancellable,
                            GError **error);
TjdReview *tjd_call_ask_review (TjdSession *session,
                                TjdReviewRequest *request,
                                const char *key,
                                GCancellable *cancellable,
                                GError **error);
TjdReview *tjd_call_ask_reduction (TjdSession *session,
                                   TjdReviewRequest *request,
                                   const char *key,
                                   GCancellable *cancellable,
                                   GError **error);

/* --- paying ---------------------------------------------------------------------------------- */

TjdBill *tjd_call_make_bill (TjdSession *session,
                             GPtrArray *orders, /* of char *, ids */
                             const char *key,
                             GCancellable *cancellable,
                             GError **error);
TjdBill *
tjd_call_bill (TjdSession *session, const char *payment, GCancellable *cancellable, GError **error);

/* request is the portal's JWS. Another key brings it again: for another number. */
TjdPayment *tjd_call_start_payment (TjdSession *session,
                                    const char *request,
                                    const char *key,
                                    GCancellable *cancellable,
                                    GError **error);
TjdPayment *tjd_call_payment (TjdSession *session,
                              const char *payment,
                              GCancellable *cancellable,
                              GError **error);

/* code is eight digits. Where the bank does not answer, it is asked by id whether it took effect;
 * where that does not become known either, TJD_CLIENT_ERROR_IN_DOUBT. It is never sent under a
 * second key. */
TjdPayment *tjd_call_authorise (TjdSession *session,
                                const char *payment,
                                const char *number,
                                TjdSecret *code,
                                const char *key,
                                GCancellable *cancellable,
                                GError **error);
TjdStatement *tjd_call_bank_statement (TjdSession *session,
                                       TjdStatementQuery *query,
                                       char **next,
                                       GCancellable *cancellable,
                                       GError **error);

/* --- following ------------------------------------------------------------------------------- */

TjdConsignment *tjd_call_consignment (TjdSession *session,
                                      const char *order,
                                      GCancellable *cancellable,
                                      GError **error);
TjdLabel *
tjd_call_label (TjdSession *session, const char *order, GCancellable *cancellable, GError **error);
TjdReceipt *tjd_call_receipt (TjdSession *session,
                              const char *order,
                              GCancellable *cancellable,
                              GError **error);

/* --- open to anybody, signed in or not ------------------------------------------------------- */

TjdConfirmedReceipt *tjd_call_confirm_receipt (TjdSession *session,
                                               const char *receipt,
                                               GCancellable *cancellable,
                                               GError **error);
TjdStatistics *tjd_call_statistics (TjdSession *session, GCancellable *cancellable, GError **error);
TjdCatalogue *tjd_call_catalogue (TjdSession *session, GCancellable *cancellable, GError **error);
TjdTariff *tjd_call_tariff (TjdSession *session, GCancellable *cancellable, GError **error);

/* Tried once: it is asked to find out. */
TjdHealth *
tjd_call_health (TjdSession *session, TjdParty party, GCancellable *cancellable, GError **error);

/* By how many seconds the party's clock, as its newest answer said, is ahead of ours; FALSE if none
 * said so yet. */
gboolean tjd_call_get_skew (TjdSession *session, TjdParty party, gint64 *seconds);

G_END_DECLS
