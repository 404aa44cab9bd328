/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "consignments.h"
#include "health.h"
#include "purge.h"

/* The post's part: it carries passports to the ministry and back (consignments.h). */

static const char *const migrations[] = {
  TJD_HOST_MIGRATION, TJD_CONSIGNMENTS_MIGRATION, TJD_ROUNDS_MIGRATION, TJD_PURGE_MIGRATION, NULL,
};

static gboolean
read_tariff (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  *reply = tjd_consignments_load_tariff (txn, call->host, error);
  if (*reply == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_INTERNAL, "no tariff is in force");
  return *reply != NULL;
}

static gboolean
seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  TjdPostTariff *tariff = seed_->post_tariff;

  for (guint i = 0; i < tariff->bands->len; i++) {
    TjdPostBand *band = tariff->bands->pdata[i];
    if (tjd_txn_exec (txn,
                      "INSERT INTO bands (valid_from, position, up_to, per, amount)"
                      " VALUES ($1, $2, $3, $4, $5)",
                      error, tjd_text (tariff->valid_from), tjd_int (i), tjd_int (band->up_to),
                      tjd_int (band->per), tjd_int (band->amount)) < 0)
      return FALSE;
  }
  return tjd_txn_exec (txn,
                       "INSERT INTO serials (indicator, next)"
                       " VALUES ('RR', 10000000), ('RB', 10000000)",
                       error) > 0;
}

static const TjdRoute routes[] = {
  { TJD_POST_HEALTH, .plain = tjd_health_read },
  { TJD_POST_TARIFF, .read = read_tariff },
  { TJD_POST_OPEN_CONSIGNMENT, .keyed = tjd_consignments_open },
  { TJD_POST_CONSIGNMENT, .read = tjd_consignments_read },
  { TJD_POST_SEND_BACK, .keyed = tjd_consignments_send_back },
  { TJD_POST_LABEL, .read = tjd_labels_read },
  { TJD_POST_SCAN, .keyed = tjd_scans_report },
  { TJD_POST_ITEM, .read = tjd_consignments_find_item },
};

static const TjdStep steps[] = {
  { "scan", TJD_PORTAL_NOTE_SCAN },
  { "arrival", TJD_MINISTRY_ARRIVAL },
  { NULL },
};

const TjdPartyRow tjd_post = {
  .party = TJD_PARTY_POST,
  .migrations = migrations,
  .routes = routes,
  .n_routes = G_N_ELEMENTS (routes),
  .steps = { steps },
  .tick = tjd_scans_tick,
  .seed = seed,
};
