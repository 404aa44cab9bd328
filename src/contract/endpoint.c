/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "endpoint.h"

#include <string.h>

#include "account.h"
#include "consignment.h"
#include "figures.h"
#include "order.h"
#include "payment.h"
#include "review.h"
#include "sign-in.h"
#include "standing-mandate.h"
#include "standing-renewal.h"
#include "station.h"
#include "tariff.h"

#define PORTAL TJD_CALLER (TJD_PARTY_PORTAL)
#define MINISTRY TJD_CALLER (TJD_PARTY_MINISTRY)
#define BANK TJD_CALLER (TJD_PARTY_BANK)
#define POST TJD_CALLER (TJD_PARTY_POST)

/* clang-format off */
static const TjdEndpoint endpoints[] = {
#define HEALTH(p) { p, "GET", "/healthz", TJD_CALLER_ANYONE, .reply = tjd_health_get_type }
  [TJD_PORTAL_HEALTH] = HEALTH (TJD_PARTY_PORTAL),
  [TJD_PORTAL_KEYS] = { TJD_PARTY_PORTAL, "GET", "/jwks", TJD_CALLER_ANYONE,
    .reply = tjd_public_keys_get_type },
  [TJD_PORTAL_CHALLENGE] = { TJD_PARTY_PORTAL, "POST", "/challenge", TJD_CALLER_CLIENT, .form = TRUE,
    .request = tjd_challenge_get_type, .reply = tjd_challenge_reply_get_type },
  [TJD_PORTAL_TOKEN] = { TJD_PARTY_PORTAL, "POST", "/token", TJD_CALLER_CLIENT, .form = TRUE,
    .request = tjd_token_request_get_type, .reply = tjd_token_reply_get_type },
  [TJD_PORTAL_REVOKE] = { TJD_PARTY_PORTAL, "POST", "/revoke", TJD_CALLER_CLIENT, .form = TRUE,
    .request = tjd_revocation_get_type },
  [TJD_PORTAL_SIGN_OUT] = { TJD_PARTY_PORTAL, "POST", "/sign-out", TJD_CALLER_PERSON, "renew" },
#define UNBLOCK(p) { p, "POST", "/unblock", TJD_CALLER_OPERATOR, .keyed = TRUE, .request = tjd_unblock_get_type }
  [TJD_PORTAL_UNBLOCK] = UNBLOCK (TJD_PARTY_PORTAL),
  [TJD_PORTAL_ACCOUNT] = { TJD_PARTY_PORTAL, "GET", "/account", TJD_CALLER_PERSON, "renew",
    .reply = tjd_account_get_type },
  [TJD_PORTAL_MANDATES] = { TJD_PARTY_PORTAL, "GET", "/mandates", TJD_CALLER_PERSON, "renew",
    .query = tjd_mandates_query_get_type, .reply = tjd_mandates_get_type },
  [TJD_PORTAL_GIVE_MANDATE] = { TJD_PARTY_PORTAL, "POST", "/mandates", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .request = tjd_mandate_request_get_type, .reply = tjd_mandate_get_type },
  [TJD_PORTAL_REVOKE_MANDATE] = { TJD_PARTY_PORTAL, "POST", "/mandates/{id}/revoke", TJD_CALLER_PERSON, "renew", .keyed = TRUE },
  [TJD_PORTAL_TARIFF] = { TJD_PARTY_PORTAL, "GET", "/tariff", TJD_CALLER_ANYONE,
    .reply = tjd_tariff_get_type },
  [TJD_PORTAL_PERMITS] = { TJD_PARTY_PORTAL, "GET", "/permits", TJD_CALLER_PERSON, "renew",
    .query = tjd_permits_query_get_type, .reply = tjd_permits_get_type },
  [TJD_PORTAL_QUOTE] = { TJD_PARTY_PORTAL, "POST", "/quotations", TJD_CALLER_PERSON, "renew",
    .request = tjd_quotation_request_get_type, .reply = tjd_quotation_get_type },
  [TJD_PORTAL_PLACE_ORDER] = { TJD_PARTY_PORTAL, "POST", "/orders", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .request = tjd_order_request_get_type, .reply = tjd_order_get_type },
  [TJD_PORTAL_ORDERS] = { TJD_PARTY_PORTAL, "GET", "/orders", TJD_CALLER_PERSON, "renew",
    .query = tjd_orders_query_get_type, .reply = tjd_orders_get_type },
  [TJD_PORTAL_ORDER] = { TJD_PARTY_PORTAL, "GET", "/orders/{id}", TJD_CALLER_PERSON, "renew",
    .reply = tjd_order_get_type },
  [TJD_PORTAL_STATEMENT] = { TJD_PARTY_PORTAL, "GET", "/orders/{id}/statement", TJD_CALLER_PERSON, "renew",
    .reply = tjd_order_statement_get_type },
  [TJD_PORTAL_APPROVE] = { TJD_PARTY_PORTAL, "POST", "/orders/{id}/approve", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .request = tjd_approval_get_type, .reply = tjd_order_get_type },
  [TJD_PORTAL_CANCEL] = { TJD_PARTY_PORTAL, "POST", "/orders/{id}/cancel", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .reply = tjd_order_get_type },
  [TJD_PORTAL_MAKE_BILL] = { TJD_PARTY_PORTAL, "POST", "/bills", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .request = tjd_bill_request_get_type, .reply = tjd_bill_get_type },
  [TJD_PORTAL_BILL] = { TJD_PARTY_PORTAL, "GET", "/bills/{id}", TJD_CALLER_PERSON, "renew",
    .reply = tjd_bill_get_type },
  [TJD_PORTAL_CONSIGNMENT] = { TJD_PARTY_PORTAL, "GET", "/orders/{id}/consignment", TJD_CALLER_PERSON, "follow",
    .reply = tjd_consignment_get_type },
  [TJD_PORTAL_LABEL] = { TJD_PARTY_PORTAL, "GET", "/orders/{id}/label", TJD_CALLER_PERSON, "follow",
    .reply = tjd_label_get_type },
  [TJD_PORTAL_RECEIPT] = { TJD_PARTY_PORTAL, "GET", "/orders/{id}/receipt", TJD_CALLER_PERSON, "renew",
    .reply = tjd_receipt_get_type },
  [TJD_PORTAL_CONFIRM_RECEIPT] = { TJD_PARTY_PORTAL, "GET", "/receipts/{id}", TJD_CALLER_ANYONE,
    .reply = tjd_confirmed_receipt_get_type },
  [TJD_PORTAL_STATISTICS] = { TJD_PARTY_PORTAL, "GET", "/statistics", TJD_CALLER_ANYONE,
    .reply = tjd_statistics_get_type },
  [TJD_PORTAL_CATALOGUE] = { TJD_PARTY_PORTAL, "GET", "/catalogue", TJD_CALLER_ANYONE,
    .reply = tjd_catalogue_get_type },
  [TJD_PORTAL_ASK_REVIEW] = { TJD_PARTY_PORTAL, "POST", "/reviews", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .request = tjd_review_request_get_type, .reply = tjd_review_get_type },
  [TJD_PORTAL_ASK_REDUCTION] = { TJD_PARTY_PORTAL, "POST", "/fine-reductions", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .request = tjd_review_request_get_type, .reply = tjd_review_get_type },
  [TJD_PORTAL_REQUESTS] = { TJD_PARTY_PORTAL, "GET", "/requests", TJD_CALLER_PERSON, "renew",
    .query = tjd_reviews_query_get_type, .reply = tjd_reviews_get_type },
  [TJD_PORTAL_SET_STANDING_RENEWAL] = { TJD_PARTY_PORTAL, "POST", "/standing-renewals", TJD_CALLER_PERSON, "pay", .keyed = TRUE,
    .request = tjd_standing_renewal_request_get_type, .reply = tjd_standing_renewal_get_type },
  [TJD_PORTAL_STANDING_RENEWALS] = { TJD_PARTY_PORTAL, "GET", "/standing-renewals", TJD_CALLER_PERSON, "renew",
    .query = tjd_standing_renewals_query_get_type, .reply = tjd_standing_renewals_get_type },
  [TJD_PORTAL_END_STANDING_RENEWAL] = { TJD_PARTY_PORTAL, "POST", "/standing-renewals/{id}/end", TJD_CALLER_PERSON, "renew", .keyed = TRUE,
    .reply = tjd_standing_renewal_get_type },
  [TJD_PORTAL_NOTE_PAYMENT] = { TJD_PARTY_PORTAL, "POST", "/notices/payments", BANK, .keyed = TRUE,
    .request = tjd_payment_notice_get_type },
  [TJD_PORTAL_NOTE_STATION] = { TJD_PARTY_PORTAL, "POST", "/notices/stations", MINISTRY, .keyed = TRUE,
    .request = tjd_station_notice_get_type },
  [TJD_PORTAL_NOTE_SCAN] = { TJD_PARTY_PORTAL, "POST", "/notices/scans", POST, .keyed = TRUE,
    .request = tjd_scan_notice_get_type },

  [TJD_MINISTRY_HEALTH] = HEALTH (TJD_PARTY_MINISTRY),
  [TJD_MINISTRY_TARIFF] = { TJD_PARTY_MINISTRY, "GET", "/tariff", TJD_CALLER_ANYONE,
    .reply = tjd_tariff_get_type },
  [TJD_MINISTRY_PERMITS] = { TJD_PARTY_MINISTRY, "GET", "/permits", PORTAL,
    .query = tjd_permits_query_get_type, .reply = tjd_permits_get_type },
  [TJD_MINISTRY_QUOTE] = { TJD_PARTY_MINISTRY, "POST", "/quotes", PORTAL, .keyed = TRUE,
    .request = tjd_quotes_request_get_type, .reply = tjd_quotes_get_type },
  [TJD_MINISTRY_EXECUTE] = { TJD_PARTY_MINISTRY, "POST", "/executions", PORTAL, .keyed = TRUE,
    .request = tjd_execution_request_get_type, .reply = tjd_execution_get_type },
  [TJD_MINISTRY_EXECUTION] = { TJD_PARTY_MINISTRY, "GET", "/executions/{id}", PORTAL,
    .reply = tjd_execution_get_type },
  [TJD_MINISTRY_ARRIVAL] = { TJD_PARTY_MINISTRY, "POST", "/arrivals", POST, .keyed = TRUE,
    .request = tjd_arrival_get_type },
  [TJD_MINISTRY_REPORT_STATION] = { TJD_PARTY_MINISTRY, "POST", "/orders/{id}/stations", TJD_CALLER_OPERATOR, .keyed = TRUE,
    .request = tjd_station_report_get_type, .reply = tjd_stations_get_type },
  [TJD_MINISTRY_ASK_REVIEW] = { TJD_PARTY_MINISTRY, "POST", "/reviews", PORTAL, .keyed = TRUE,
    .request = tjd_review_filing_get_type, .reply = tjd_review_get_type },
  [TJD_MINISTRY_ASK_REDUCTION] = { TJD_PARTY_MINISTRY, "POST", "/fine-reductions", PORTAL, .keyed = TRUE,
    .request = tjd_review_filing_get_type, .reply = tjd_review_get_type },
  [TJD_MINISTRY_REVIEWS] = { TJD_PARTY_MINISTRY, "GET", "/reviews", PORTAL | TJD_CALLER_OPERATOR,
    .query = tjd_reviews_query_get_type, .reply = tjd_reviews_get_type },
  [TJD_MINISTRY_DECIDE] = { TJD_PARTY_MINISTRY, "POST", "/reviews/{id}/decision", TJD_CALLER_OPERATOR, .keyed = TRUE,
    .request = tjd_decision_get_type, .reply = tjd_review_get_type },

  [TJD_BANK_HEALTH] = HEALTH (TJD_PARTY_BANK),
  [TJD_BANK_START_PAYMENT] = { TJD_PARTY_BANK, "POST", "/payments", TJD_CALLER_PERSON, "pay", .keyed = TRUE,
    .request = tjd_payment_start_get_type, .reply = tjd_payment_get_type },
  [TJD_BANK_PAYMENT] = { TJD_PARTY_BANK, "GET", "/payments/{id}", TJD_CALLER_PERSON | PORTAL, "pay",
    .reply = tjd_payment_get_type },
  [TJD_BANK_AUTHORISE] = { TJD_PARTY_BANK, "POST", "/payments/{id}/authorise", TJD_CALLER_PERSON, "pay", .keyed = TRUE,
    .request = tjd_authorisation_get_type, .reply = tjd_payment_get_type },
  [TJD_BANK_CAPTURE] = { TJD_PARTY_BANK, "POST", "/payments/{id}/capture", PORTAL, .keyed = TRUE,
    .request = tjd_capture_get_type, .reply = tjd_settlement_get_type },
  [TJD_BANK_RELEASE] = { TJD_PARTY_BANK, "POST", "/payments/{id}/release", PORTAL, .keyed = TRUE,
    .request = tjd_release_get_type, .reply = tjd_settlement_get_type },
  [TJD_BANK_REFUND] = { TJD_PARTY_BANK, "POST", "/payments/{id}/refunds", TJD_CALLER_OPERATOR, .keyed = TRUE,
    .request = tjd_refund_request_get_type, .reply = tjd_refund_get_type },
  [TJD_BANK_STATEMENT] = { TJD_PARTY_BANK, "GET", "/statement", TJD_CALLER_PERSON, "pay",
    .query = tjd_statement_query_get_type, .reply = tjd_statement_get_type },
  [TJD_BANK_UNBLOCK] = UNBLOCK (TJD_PARTY_BANK),
  [TJD_BANK_GIVE_STANDING_MANDATE] = { TJD_PARTY_BANK, "POST", "/standing-mandates", TJD_CALLER_PERSON, "pay", .keyed = TRUE,
    .request = tjd_standing_mandate_request_get_type, .reply = tjd_standing_mandate_get_type },
  [TJD_BANK_STANDING_MANDATES] = { TJD_PARTY_BANK, "GET", "/standing-mandates", TJD_CALLER_PERSON, "pay",
    .reply = tjd_standing_mandates_get_type },
  [TJD_BANK_STANDING_MANDATE] = { TJD_PARTY_BANK, "GET", "/standing-mandates/{id}", TJD_CALLER_PERSON, "pay",
    .reply = tjd_standing_mandate_get_type },
  [TJD_BANK_CONFIRM_STANDING_MANDATE] = { TJD_PARTY_BANK, "POST", "/standing-mandates/{id}/confirm", TJD_CALLER_PERSON, "pay", .keyed = TRUE,
    .request = tjd_authorisation_get_type, .reply = tjd_standing_mandate_get_type },
  [TJD_BANK_END_STANDING_MANDATE] = { TJD_PARTY_BANK, "POST", "/standing-mandates/{id}/end", TJD_CALLER_PERSON, "pay", .keyed = TRUE,
    .reply = tjd_standing_mandate_get_type },
  [TJD_BANK_PAY_BY_STANDING_MANDATE] = { TJD_PARTY_BANK, "POST", "/standing-mandates/{id}/payments", PORTAL, .keyed = TRUE,
    .request = tjd_payment_start_get_type, .reply = tjd_payment_get_type },

  [TJD_POST_HEALTH] = HEALTH (TJD_PARTY_POST),
  [TJD_POST_TARIFF] = { TJD_PARTY_POST, "GET", "/tariff", PORTAL,
    .reply = tjd_post_tariff_get_type },
  [TJD_POST_OPEN_CONSIGNMENT] = { TJD_PARTY_POST, "POST", "/consignments", PORTAL, .keyed = TRUE,
    .request = tjd_consignment_request_get_type, .reply = tjd_consignment_get_type },
  [TJD_POST_CONSIGNMENT] = { TJD_PARTY_POST, "GET", "/consignments/{id}", TJD_CALLER_PERSON | PORTAL, "follow",
    .reply = tjd_consignment_get_type },
  [TJD_POST_SEND_BACK] = { TJD_PARTY_POST, "POST", "/consignments/{id}/return", MINISTRY, .keyed = TRUE,
    .request = tjd_handover_get_type },
  [TJD_POST_LABEL] = { TJD_PARTY_POST, "GET", "/consignments/{id}/label", TJD_CALLER_PERSON | PORTAL, "follow",
    .reply = tjd_label_get_type },
  [TJD_POST_SCAN] = { TJD_PARTY_POST, "POST", "/consignments/{id}/scans", TJD_CALLER_OPERATOR, .keyed = TRUE,
    .request = tjd_scan_event_get_type, .reply = tjd_consignment_get_type },
  [TJD_POST_ITEM] = { TJD_PARTY_POST, "GET", "/items", TJD_CALLER_OPERATOR,
    .query = tjd_item_query_get_type, .reply = tjd_found_item_get_type },
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (endpoints) == TJD_N_ENDPOINTS);

const TjdEndpoint *
tjd_endpoint (TjdEndpointId id)
{
  g_assert ((guint) id < TJD_N_ENDPOINTS);
  return &endpoints[id];
}

char *
tjd_endpoint_path (const TjdEndpoint *endpoint, const char *parameter)
{
  const char *open = strchr (endpoint->path, '{');

  if (open == NULL)
    return g_strdup (endpoint->path);
  return g_strdup_printf ("%.*s%s%s", (int) (open - endpoint->path), endpoint->path, parameter,
                          strchr (open, '}') + 1);
}
