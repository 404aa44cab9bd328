/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers.h"

#include "ledger.h"
#include "payee.h"

static gboolean
open_own_accounts (TjdTxn *txn, GError **error)
{
  return tjd_ledger_open_account (txn, TJD_PAYEE_NUMBER, "collection", NULL, error) &&
         tjd_ledger_open_account (txn, TJD_ACCOUNT_MINISTRY, "ministry", NULL, error) &&
         tjd_ledger_open_account (txn, TJD_ACCOUNT_POST, "post", NULL, error) &&
         tjd_ledger_open_account (txn, TJD_ACCOUNT_EQUITY, "equity", NULL, error);
}

static gboolean
seed_customer (TjdTxn *txn,
               TjdHost *host,
               const char *account,
               const char *owner,
               TjdMoney balance,
               GError **error)
{
  g_autofree char *funding = g_strconcat ("funding.", account, NULL);

  return tjd_ledger_open_account (txn, account, "customer", owner, error) &&
         tjd_ledger_transfer (txn, funding, TJD_ACCOUNT_EQUITY, account, balance,
                              tjd_clock_now (host->clock), error);
}

static gboolean
seed_person (TjdTxn *txn, TjdHost *host, TjdSeedPerson *person, GError **error)
{
  return person->account == NULL ||
         (seed_customer (txn, host, person->account, person->personal_id, person->balance, error) &&
          tjd_txn_exec (
              txn, "INSERT INTO signers (personal_id, secret, failures) VALUES ($1, $2, 0)", error,
              tjd_text (person->personal_id), tjd_text (person->signing_secret)) > 0);
}

static gboolean
seed_company (TjdTxn *txn, TjdHost *host, TjdSeedCompany *company, GError **error)
{
  gboolean ok = seed_customer (txn, host, company->account, company->establishment_id,
                               company->balance, error);

  for (guint i = 0; ok && i < company->officers->len; i++) {
    TjdSeedOfficer *officer = company->officers->pdata[i];
    if (officer->role == TJD_ROLE_SIGNATORY)
      ok = tjd_txn_exec (txn, "INSERT INTO account_signers (account, personal_id) VALUES ($1, $2)",
                         error, tjd_text (company->account), tjd_text (officer->personal_id)) > 0;
  }
  return ok;
}

gboolean
tjd_customers_seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed_, GError **error)
{
  gboolean ok = open_own_accounts (txn, error);

  for (guint i = 0; ok && i < seed_->people->len; i++)
    ok = seed_person (txn, host, seed_->people->pdata[i], error);
  for (guint i = 0; ok && i < seed_->companies->len; i++)
    ok = seed_company (txn, host, seed_->companies->pdata[i], error);
  return ok;
}
