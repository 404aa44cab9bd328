/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"
#include "payments.h"

G_BEGIN_DECLS

/* How a payment comes to be held: by the portal's signed request, and by what the payer signed for:
 * this payment, by a code (here), or all of a kind, by a standing mandate (standing.h). */

/* The endpoints. */
gboolean tjd_paying_start (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_paying_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_paying_authorise (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);

/* What the portal has signed for this payer to pay; TJD_PROBLEM where it is not so, or too late. */
TjdPaymentRequest *
tjd_paying_read_request (TjdHost *host, const char *jws, const char *payer, GError **error);

/* The request's payment, opened if it is new. Bringing the same request again gives the same
 * payment: with a fresh number while it waits for its code, as it stands afterwards. */
TjdPaymentRow *
tjd_paying_bring (TjdTxn *txn, TjdHost *host, TjdPaymentRequest *request, GError **error);

/* Whether the account has the amount and its daily limit leaves room: *why is TJD_N_PROBLEMS, or
 * what stands in the way. */
gboolean tjd_paying_check (
    TjdTxn *txn, TjdHost *host, TjdPaymentRow *row, TjdProblemCode *why, GError **error);

/* Holds the amount and tells the portal; *reply is the payment as tjd_paying_show shows it. */
gboolean
tjd_paying_hold (TjdTxn *txn, TjdHost *host, TjdPaymentRow *row, gpointer *reply, GError **error);

/* The row as people and the portal see it. */
gboolean tjd_paying_show (TjdTxn *txn, TjdPaymentRow *row, gpointer *reply, GError **error);

G_END_DECLS
