/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "party.h"

G_BEGIN_DECLS

/* Every endpoint is a row of one table: the servers route by it, the clients build requests from
 * it, and a test holds it against the OpenAPI documents in data/api/. */
typedef enum {
  TJD_PORTAL_HEALTH,
  TJD_PORTAL_KEYS,
  TJD_PORTAL_CHALLENGE,
  TJD_PORTAL_TOKEN,
  TJD_PORTAL_REVOKE,
  TJD_PORTAL_SIGN_OUT,
  TJD_PORTAL_UNBLOCK,
  TJD_PORTAL_ACCOUNT,
  TJD_PORTAL_MANDATES,
  TJD_PORTAL_GIVE_MANDATE,
  TJD_PORTAL_REVOKE_MANDATE,
  TJD_PORTAL_TARIFF,
  TJD_PORTAL_PERMITS,
  TJD_PORTAL_QUOTE,
  TJD_PORTAL_PLACE_ORDER,
  TJD_PORTAL_ORDERS,
  TJD_PORTAL_ORDER,
  TJD_PORTAL_STATEMENT,
  TJD_PORTAL_APPROVE,
  TJD_PORTAL_CANCEL,
  TJD_PORTAL_MAKE_BILL,
  TJD_PORTAL_BILL,
  TJD_PORTAL_CONSIGNMENT,
  TJD_PORTAL_LABEL,
  TJD_PORTAL_RECEIPT,
  TJD_PORTAL_CONFIRM_RECEIPT,
  TJD_PORTAL_STATISTICS,
  TJD_PORTAL_CATALOGUE,
  TJD_PORTAL_ASK_REVIEW,
  TJD_PORTAL_ASK_REDUCTION,
  TJD_PORTAL_REQUESTS,
  TJD_PORTAL_SET_STANDING_RENEWAL,
  TJD_PORTAL_STANDING_RENEWALS,
  TJD_PORTAL_END_STANDING_RENEWAL,
  TJD_PORTAL_NOTE_PAYMENT,
  TJD_PORTAL_NOTE_STATION,
  TJD_PORTAL_NOTE_SCAN,
  TJD_MINISTRY_HEALTH,
  TJD_MINISTRY_TARIFF,
  TJD_MINISTRY_PERMITS,
  TJD_MINISTRY_QUOTE,
  TJD_MINISTRY_EXECUTE,
  TJD_MINISTRY_EXECUTION,
  TJD_MINISTRY_ARRIVAL,
  TJD_MINISTRY_REPORT_STATION,
  TJD_MINISTRY_ASK_REVIEW,
  TJD_MINISTRY_ASK_REDUCTION,
  TJD_MINISTRY_REVIEWS,
  TJD_MINISTRY_DECIDE,
  TJD_BANK_HEALTH,
  TJD_BANK_START_PAYMENT,
  TJD_BANK_PAYMENT,
  TJD_BANK_AUTHORISE,
  TJD_BANK_CAPTURE,
  TJD_BANK_RELEASE,
  TJD_BANK_REFUND,
  TJD_BANK_STATEMENT,
  TJD_BANK_UNBLOCK,
  TJD_BANK_GIVE_STANDING_MANDATE,
  TJD_BANK_STANDING_MANDATES,
  TJD_BANK_STANDING_MANDATE,
  TJD_BANK_CONFIRM_STANDING_MANDATE,
  TJD_BANK_END_STANDING_MANDATE,
  TJD_BANK_PAY_BY_STANDING_MANDATE,
  TJD_POST_HEALTH,
  TJD_POST_TARIFF,
  TJD_POST_OPEN_CONSIGNMENT,
  TJD_POST_CONSIGNMENT,
  TJD_POST_SEND_BACK,
  TJD_POST_LABEL,
  TJD_POST_SCAN,
  TJD_POST_ITEM,
  TJD_N_ENDPOINTS
} TjdEndpointId;

/* Who may call: parties by TJD_CALLER (TJD_PARTY_…). */
typedef enum {
  TJD_CALLER_ANYONE = 1 << 0,
  TJD_CALLER_CLIENT = 1 << 1,   /* nobody yet, with a DPoP proof: signing in */
  TJD_CALLER_PERSON = 1 << 2,   /* a DPoP-bound access token with the row's scope */
  TJD_CALLER_OPERATOR = 1 << 3, /* the party's own staff, by a JWT of their key */
} TjdCallers;
#define TJD_CALLER(party) (1 << (8 + (party)))

typedef struct {
  TjdParty party;
  const char *method;
  const char *path; /* "/orders/{id}": at most one parameter, an identifier of ours */
  guint callers;
  const char *scope;       /* of a person */
  gboolean keyed;          /* wants an Idempotency-Key; the effect happens once */
  gboolean form;           /* the body is a form, not JSON */
  GType (*query) (void);   /* NULL: no query string */
  GType (*request) (void); /* NULL: no body */
  GType (*reply) (void);   /* NULL: 204, nothing to say */
} TjdEndpoint;

const TjdEndpoint *tjd_endpoint (TjdEndpointId id);

/* The path with its parameter filled in; parameter is NULL where it has none. */
char *tjd_endpoint_path (const TjdEndpoint *endpoint, const char *parameter);

G_END_DECLS
