/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "record.h"

G_BEGIN_DECLS

#define TJD_CURRENCY "QAR"

/* What one order takes of a payment: it is captured or released by itself. */
TJD_DECLARE_RECORD (TjdShare, tjd_share)
struct _TjdShare {
  TjdRecord parent;
  char *order;
  TjdMoney amount;
};

#define TJD_MAX_SHARES 500
#define TJD_PAYMENT_REQUEST_MAX 65536 /* characters */

/* What the portal signs (typ "tajdid-payment+jwt") and the bank debits by. */
TJD_DECLARE_RECORD (TjdPaymentRequest, tjd_payment_request)
struct _TjdPaymentRequest {
  TjdRecord parent;
  char *iss, *aud; /* "portal", "bank" */
  char *payment;
  char *payer;  /* personal ID of who signs */
  char *debtor; /* whose account is debited: the payer, or the establishment that they sign for */
  char *payee_en, *payee_ar, *payee_number;
  TjdMoney amount;
  char *currency;
  GPtrArray *shares; /* of TjdShare; they sum to amount */
  gint64 iat, exp;
};

/* What somebody is asked to pay: one order, or many under one total and one code. */
TJD_DECLARE_RECORD (TjdBill, tjd_bill)
struct _TjdBill {
  TjdRecord parent;
  char *id; /* the payment's */
  char *renewer;
  char *payer, *debtor;
  GPtrArray *shares; /* of TjdShare */
  TjdMoney amount;
  char *request;     /* the portal's JWS, to be taken to the bank */
  gint64 expires_at; /* UTC seconds */
};

TJD_DECLARE_RECORD (TjdBillRequest, tjd_bill_request)
struct _TjdBillRequest {
  TjdRecord parent;
  GPtrArray *orders; /* of char *, all of one renewer */
};

/* A person brings it. */
TJD_DECLARE_RECORD (TjdPaymentStart, tjd_payment_start)
struct _TjdPaymentStart {
  TjdRecord parent;
  char *request; /* compact JWS */
};

typedef enum {
  TJD_PAYMENT_AWAITING_CODE,
  TJD_PAYMENT_AUTHORISED, /* held */
  TJD_PAYMENT_CAPTURED,   /* what was executed debited, the rest released */
  TJD_PAYMENT_VOIDED,     /* all released */
  TJD_PAYMENT_BLOCKED,    /* five wrong codes */
} TjdPaymentState;
GType tjd_payment_state_get_type (void);

/* How one order's share stands. */
typedef enum {
  TJD_SHARE_OPEN, /* not held yet */
  TJD_SHARE_HELD,
  TJD_SHARE_CAPTURED,
  TJD_SHARE_RELEASED,
} TjdShareState;
GType tjd_share_state_get_type (void);

TJD_DECLARE_RECORD (TjdPayment, tjd_payment)
struct _TjdPayment {
  TjdRecord parent;
  char *id;
  TjdPaymentState state;
  TjdMoney amount;
  char *currency;
  char *payee_en, *payee_ar, *payee_number;
  char *account;      /* that is debited */
  char *number;       /* eight random digits of this attempt */
  char *signing_text; /* exactly the bytes that the code covers (signing.h) */
  gint64 code_until;  /* UTC seconds; after that bring the request again for another number */
  gint64 expires_at;  /* UTC seconds */
  gint64 tries_left;
  TjdMoney captured; /* 0 before */
};

TJD_DECLARE_RECORD (TjdAuthorisation, tjd_authorisation)
struct _TjdAuthorisation {
  TjdRecord parent;
  char *number;
  char *code;
};

/* A permit's fee, under its quote: a line of the bank's journal. */
TJD_DECLARE_RECORD (TjdCaptureLine, tjd_capture_line)
struct _TjdCaptureLine {
  TjdRecord parent;
  char *reference;
  TjdMoney amount;
};

/* From the portal: of this order's share debit these, release the rest of it. */
TJD_DECLARE_RECORD (TjdCapture, tjd_capture)
struct _TjdCapture {
  TjdRecord parent;
  char *order;
  GPtrArray *lines; /* of TjdCaptureLine: for the ministry */
  TjdMoney post;
};

/* From the portal: release this order's share. */
TJD_DECLARE_RECORD (TjdRelease, tjd_release)
struct _TjdRelease {
  TjdRecord parent;
  char *order;
};

/* The bank's answer to both. */
TJD_DECLARE_RECORD (TjdSettlement, tjd_settlement)
struct _TjdSettlement {
  TjdRecord parent;
  char *payment;
  char *order;
  TjdShareState state;
  TjdMoney captured;
};

typedef enum { TJD_REFUND_MINISTRY, TJD_REFUND_POST } TjdRefundSource;
GType tjd_refund_source_get_type (void);

/* From an operator of the bank: give back of what was debited for an order. */
TJD_DECLARE_RECORD (TjdRefundRequest, tjd_refund_request)
struct _TjdRefundRequest {
  TjdRecord parent;
  char *order;
  TjdRefundSource source; /* whose it was */
  TjdMoney amount;
  char *reason;
};

TJD_DECLARE_RECORD (TjdRefund, tjd_refund)
struct _TjdRefund {
  TjdRecord parent;
  char *id;
  char *payment;
  char *order;
  TjdRefundSource source;
  TjdMoney amount;
  char *reason;
  gint64 at; /* UTC seconds */
};

/* The query of GET /statement: newest first. */
TJD_DECLARE_RECORD (TjdStatementQuery, tjd_statement_query)
struct _TjdStatementQuery {
  TjdRecord parent;
  char *owner;  /* NULL: the caller; else an establishment they sign for */
  char *after;  /* the cursor of the next page */
  gint64 limit; /* TJD_NO_INT: TJD_PAGE_MAX */
};

/* A movement of the account: what for, how much, and the balance after it. */
TJD_DECLARE_RECORD (TjdMovement, tjd_movement)
struct _TjdMovement {
  TjdRecord parent;
  char *reference; /* an order, a refund, a deposit */
  TjdMoney amount; /* below zero: debited */
  TjdMoney balance;
  gint64 at; /* UTC seconds */
};

TJD_DECLARE_RECORD (TjdStatement, tjd_statement)
struct _TjdStatement {
  TjdRecord parent;
  char *account;
  TjdMoney balance;
  TjdMoney held;        /* of it, for payments that are signed and not captured yet */
  TjdMoney daily_limit; /* TJD_NO_INT: none */
  GPtrArray *movements; /* of TjdMovement */
};

/* From the bank to the portal. */
TJD_DECLARE_RECORD (TjdPaymentNotice, tjd_payment_notice)
struct _TjdPaymentNotice {
  TjdRecord parent;
  char *payment;
  TjdMoney amount;
  gint64 at;
};

G_END_DECLS
