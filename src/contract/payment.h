/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "record.h"

G_BEGIN_DECLS

#define TJD_CURRENCY "QAR"

/* What the portal signs (typ "tajdid-payment+jwt") and the bank debits by. */
TJD_DECLARE_RECORD (TjdPaymentRequest, tjd_payment_request)
struct _TjdPaymentRequest {
  TjdRecord parent;
  char *iss, *aud; /* "portal", "bank" */
  char *payment;
  char *payer; /* personal ID */
  char *payee_en, *payee_ar, *payee_number;
  TjdMoney amount;
  char *currency;
  GPtrArray *orders; /* of char * */
  gint64 iat, exp;
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

TJD_DECLARE_RECORD (TjdPayment, tjd_payment)
struct _TjdPayment {
  TjdRecord parent;
  char *id;
  TjdPaymentState state;
  TjdMoney amount;
  char *currency;
  char *payee_en, *payee_ar, *payee_number;
  char *account;      /* the payer's that is debited */
  char *number;       /* eight random digits of this attempt */
  char *signing_text; /* exactly the bytes that the code covers (signing.h) */
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

/* From the portal: debit the sum of these, release the rest. */
TJD_DECLARE_RECORD (TjdCapture, tjd_capture)
struct _TjdCapture {
  TjdRecord parent;
  TjdMoney ministry;
  TjdMoney post;
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
