/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers.h"
#include "health.h"
#include "ledger.h"
#include "paying.h"
#include "purge.h"
#include "settlements.h"
#include "signers.h"
#include "standing.h"
#include "statements.h"
#include "unblock.h"

/* The bank's part: it holds an amount when the payer has signed for it, debits what the portal
 * captures of it and releases the rest. It believes nothing but the portal's signed payment request
 * and the payer's code over what it is about to debit, or over a standing mandate for it. */

static const char *const migrations[] = {
  TJD_HOST_MIGRATION,     TJD_LEDGER_MIGRATION TJD_PAYMENTS_MIGRATION,
  TJD_SHARES_MIGRATION,   TJD_LIMITS_MIGRATION,
  TJD_PURGE_MIGRATION,    TJD_UNBLOCK_MIGRATION,
  TJD_STANDING_MIGRATION, NULL,
};

static const char *const purge[] = {
  TJD_STANDING_PURGE,
  NULL,
};

static const TjdRoute routes[] = {
  { TJD_BANK_HEALTH, .plain = tjd_health_read },
  { TJD_BANK_START_PAYMENT, .keyed = tjd_paying_start },
  { TJD_BANK_PAYMENT, .read = tjd_paying_read },
  { TJD_BANK_AUTHORISE, .keyed = tjd_paying_authorise },
  { TJD_BANK_CAPTURE, .keyed = tjd_settlements_capture },
  { TJD_BANK_RELEASE, .keyed = tjd_settlements_release },
  { TJD_BANK_REFUND, .keyed = tjd_refunds_give },
  { TJD_BANK_STATEMENT, .read = tjd_statements_read },
  { TJD_BANK_UNBLOCK, .keyed = tjd_signers_unblock },
  { TJD_BANK_GIVE_STANDING_MANDATE, .keyed = tjd_standing_give },
  { TJD_BANK_STANDING_MANDATES, .read = tjd_standing_list },
  { TJD_BANK_STANDING_MANDATE, .read = tjd_standing_read },
  { TJD_BANK_CONFIRM_STANDING_MANDATE, .keyed = tjd_standing_confirm },
  { TJD_BANK_END_STANDING_MANDATE, .keyed = tjd_standing_end },
  { TJD_BANK_PAY_BY_STANDING_MANDATE, .keyed = tjd_standing_pay },
};

static const TjdStep steps[] = {
  { "notice", TJD_PORTAL_NOTE_PAYMENT },
  { NULL },
};

const TjdPartyRow tjd_bank = {
  .party = TJD_PARTY_BANK,
  .migrations = migrations,
  .routes = routes,
  .n_routes = G_N_ELEMENTS (routes),
  .steps = { steps },
  .purge = purge,
  .seed = tjd_customers_seed,
};
