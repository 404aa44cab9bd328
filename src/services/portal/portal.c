/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accounts.h"
#include "ask.h"
#include "authorization.h"
#include "bills.h"
#include "health.h"
#include "orders.h"
#include "purge.h"
#include "quotations.h"
#include "standing-renewals.h"
#include "statistics.h"
#include "unblock.h"

/* The portal's part: people sign in here, are told what renewals cost and place orders; it drives
 * the other three (saga.c). */

static const char *const migrations[] = {
  TJD_HOST_MIGRATION,
  TJD_AUTHORIZATION_MIGRATION TJD_ORDERS_MIGRATION,
  TJD_ACCOUNTS_MIGRATION TJD_BILLS_MIGRATION,
  TJD_ORDERS_PAGES_MIGRATION,
  TJD_FOLLOWING_MIGRATION,
  TJD_STATISTICS_MIGRATION ";" TJD_PURGE_MIGRATION,
  TJD_UNBLOCK_MIGRATION,
  TJD_STATISTICS_ONCE_MIGRATION,
  TJD_AUTHORIZATION_BLOCKS_MIGRATION,
  TJD_STANDING_RENEWALS_MIGRATION,
  NULL,
};

static gboolean
sweep (TjdTxn *txn, gpointer data, GError **error)
{
  TjdHost *host = data;
  gint64 now = tjd_clock_now (host->clock);

  return tjd_saga_expire (txn, host, error) && tjd_authorization_sweep (txn, now, error) &&
         tjd_standing_runs_begin (txn, host, error) && tjd_statistics_renew (txn, host, error);
}

/* Whether anything has come to its end or is due, or the figures are a minute old. */
static const char due_sql[] =
    "SELECT (SELECT count(*) FROM orders WHERE state IN ('placed', 'approved') AND"
    "  expires_at + " G_STRINGIFY (
        TJD_LATE_NOTICE_SECONDS) " <= $1 / 1000000)"
                                 " + (SELECT count(*) FROM auth_sessions WHERE expires_at <= $1 / "
                                 "1000000)"
                                 " + (SELECT 1 - count(*) FROM statistics WHERE"
                                 "  as_of + " G_STRINGIFY (
                                     TJD_STATISTICS_SECONDS) " > $1 / 1000000)"
                                                             " + " TJD_STANDING_RUNS_DUE;

static gboolean
tick (TjdHost *host, GError **error)
{
  return tjd_host_write_if_any (host, due_sql, sweep, error);
}

static gboolean
seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  return tjd_authorization_seed (txn, seed_, error) && tjd_accounts_seed (txn, host, seed_, error);
}

static const char *const purge[] = {
  "DELETE FROM quotations WHERE id IN (SELECT id FROM quotations WHERE valid_until < $1"
  " ORDER BY valid_until LIMIT 500)",
  "DELETE FROM refusals_counted WHERE rowid IN (SELECT rowid FROM refusals_counted"
  " WHERE since < $1 LIMIT 500)",
  "DELETE FROM attempts WHERE personal_id IN (SELECT personal_id FROM attempts"
  " WHERE touched_at < $1 AND blocked_until < $2 LIMIT 500)",
  "DELETE FROM known_keys WHERE rowid IN (SELECT rowid FROM known_keys"
  " WHERE touched_at < $1 - 31536000 AND blocked_until < $2 LIMIT 500)",
  TJD_STANDING_RUNS_PURGE,
  NULL,
};

static const TjdRoute routes[] = {
  { TJD_PORTAL_HEALTH, .plain = tjd_health_read },
  { TJD_PORTAL_KEYS, .plain = tjd_authorization_keys },
  { TJD_PORTAL_CHALLENGE, .plain = tjd_authorization_challenge },
  { TJD_PORTAL_TOKEN, .plain = tjd_authorization_token },
  { TJD_PORTAL_REVOKE, .plain = tjd_authorization_revoke },
  { TJD_PORTAL_SIGN_OUT, .plain = tjd_authorization_sign_out },
  { TJD_PORTAL_UNBLOCK, .keyed = tjd_authorization_unblock },
  { TJD_PORTAL_ACCOUNT, .read = tjd_accounts_read },
  { TJD_PORTAL_MANDATES, .read = tjd_accounts_list_mandates },
  { TJD_PORTAL_GIVE_MANDATE, .keyed = tjd_accounts_give_mandate },
  { TJD_PORTAL_REVOKE_MANDATE, .keyed = tjd_accounts_revoke_mandate },
  { TJD_PORTAL_TARIFF, .plain = tjd_ask_tariff },
  { TJD_PORTAL_PERMITS, .plain = tjd_ask_permits },
  { TJD_PORTAL_QUOTE, .plain = tjd_quotations_quote },
  { TJD_PORTAL_PLACE_ORDER, .keyed = tjd_orders_place },
  { TJD_PORTAL_ORDERS, .read = tjd_orders_read_list },
  { TJD_PORTAL_ORDER, .read = tjd_orders_read },
  { TJD_PORTAL_STATEMENT, .read = tjd_approvals_read_statement },
  { TJD_PORTAL_APPROVE, .keyed = tjd_approvals_approve },
  { TJD_PORTAL_CANCEL, .keyed = tjd_orders_cancel },
  { TJD_PORTAL_MAKE_BILL, .keyed = tjd_bills_ask },
  { TJD_PORTAL_BILL, .read = tjd_bills_read },
  { TJD_PORTAL_CONSIGNMENT, .plain = tjd_following_read_consignment },
  { TJD_PORTAL_LABEL, .plain = tjd_following_read_label },
  { TJD_PORTAL_RECEIPT, .read = tjd_receipts_read },
  { TJD_PORTAL_CONFIRM_RECEIPT, .read = tjd_receipts_confirm },
  { TJD_PORTAL_STATISTICS, .read = tjd_statistics_read },
  { TJD_PORTAL_CATALOGUE, .plain = tjd_catalogue_read },
  { TJD_PORTAL_ASK_REVIEW, .plain = tjd_ask_review },
  { TJD_PORTAL_ASK_REDUCTION, .plain = tjd_ask_reduction },
  { TJD_PORTAL_REQUESTS, .plain = tjd_ask_requests },
  { TJD_PORTAL_SET_STANDING_RENEWAL, .keyed = tjd_standing_renewals_set },
  { TJD_PORTAL_STANDING_RENEWALS, .read = tjd_standing_renewals_list },
  { TJD_PORTAL_END_STANDING_RENEWAL, .keyed = tjd_standing_renewals_end },
  { TJD_PORTAL_NOTE_PAYMENT, .keyed = tjd_saga_note_payment },
  { TJD_PORTAL_NOTE_STATION, .keyed = tjd_saga_note_station },
  { TJD_PORTAL_NOTE_SCAN, .keyed = tjd_saga_note_scan },
};

const TjdPartyRow tjd_portal = {
  .party = TJD_PARTY_PORTAL,
  .migrations = migrations,
  .routes = routes,
  .n_routes = G_N_ELEMENTS (routes),
  .steps = { tjd_saga_steps, tjd_standing_steps },
  .tick = tick,
  .purge = purge,
  .seed = seed,
};
