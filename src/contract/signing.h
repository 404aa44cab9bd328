/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"

G_BEGIN_DECLS

/* What a person signs a payment, or a standing mandate, by (DESIGN 5, PSD2 RTS art. 5): the token
 * shows this text, and its code covers exactly these bytes. Bank, app and token print and read it
 * here alone. The first line says which of the two it is: the code of one is never the other's. */

typedef enum { TJD_SIGNING_PAYMENT, TJD_SIGNING_STANDING_MANDATE } TjdSigningKind;

typedef struct {
  TjdSigningKind kind;
  char *number; /* of this attempt, eight digits */
  char *payee_en, *payee_ar;
  char *payee_number;
  TjdMoney amount;    /* a standing mandate's: at most, in a calendar month */
  char *id;           /* the payment's or the standing mandate's */
  gint64 n_orders;    /* of a payment */
  char *account;      /* that a standing mandate lets be debited; NULL: a payment */
  char *last_day;     /* of a standing mandate; NULL: a payment */
  gint64 valid_until; /* UTC seconds: when the number ends */
} TjdSigningRequest;

/* Lines "Name: value", the first "Tajdid payment request 1" or "Tajdid standing mandate 1", each
 * ended by a line feed. */
char *tjd_signing_text (const TjdSigningRequest *request);

/* What a person types into a token that cannot read the text: number, amount and payee's number,
 * "48151623\n1020.00\n10002000\n". A code over it is as good, for a payment alone. */
char *tjd_signing_text_short (const char *number, TjdMoney amount, const char *payee_number);

typedef enum { TJD_SIGNING_ERROR_FORMAT } TjdSigningError;
#define TJD_SIGNING_ERROR (tjd_signing_error_quark ())
GQuark tjd_signing_error_quark (void);

/* Accepts exactly what tjd_signing_text prints: one spelling, so that what is shown is what is
 * signed. Names with control or directional characters are refused. */
TjdSigningRequest *tjd_signing_parse (const char *text, gsize length, GError **error);
void tjd_signing_request_free (TjdSigningRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdSigningRequest, tjd_signing_request_free)

G_END_DECLS
