/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "record.h"

G_BEGIN_DECLS

/* A standing mandate: who signs for a company's account has signed once that the portal may have it
 * debited for renewals, up to so much in a calendar month of Asia/Qatar and until a day. */

typedef enum {
  TJD_STANDING_MANDATE_AWAITING_CODE,
  TJD_STANDING_MANDATE_ACTIVE,
  TJD_STANDING_MANDATE_ENDED, /* by who signed it, or by its day */
} TjdStandingMandateState;
GType tjd_standing_mandate_state_get_type (void);

TJD_DECLARE_RECORD (TjdStandingMandateRequest, tjd_standing_mandate_request)
struct _TjdStandingMandateRequest {
  TjdRecord parent;
  char *debtor; /* the company */
  TjdMoney monthly_limit;
  char *valid_until; /* a day, included */
};

TJD_DECLARE_RECORD (TjdStandingMandate, tjd_standing_mandate)
struct _TjdStandingMandate {
  TjdRecord parent;
  char *id;
  char *debtor, *account;
  char *signer; /* personal ID */
  TjdStandingMandateState state;
  char *payee_en, *payee_ar, *payee_number;
  TjdMoney monthly_limit;
  TjdMoney used; /* of this month's: held or debited */
  char *valid_until;
  char *number;       /* eight random digits of this attempt */
  char *signing_text; /* exactly the bytes that the code covers (signing.h) */
  gint64 code_until;  /* UTC seconds; after that ask for another mandate */
  gint64 tries_left;
};

/* Those that the caller has signed, newest first. */
TJD_DECLARE_RECORD (TjdStandingMandates, tjd_standing_mandates)
struct _TjdStandingMandates {
  TjdRecord parent;
  GPtrArray *mandates; /* of TjdStandingMandate */
};

G_END_DECLS
