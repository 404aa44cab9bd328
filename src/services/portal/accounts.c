/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accounts.h"

#include <string.h>

#include "day.h"
#include "identifiers.h"

#define LONGEST_DAYS 731  /* that a mandate may be given for */
#define MOST_MANDATES 400 /* of a renewer, that have not ended: a list shows them all */

typedef struct {
  TjdRecord parent;
  char *id, *renewer, *personal_id;
  TjdRole role;
  char *granted_by, *valid_from, *valid_until;
  gint64 revoked_at;
  char *revoked_by;
} MandateRow;

static const TjdField mandate_row_fields[] = {
  TJD_STRING (MandateRow, id, TJD_REQUIRED),
  TJD_STRING (MandateRow, renewer, TJD_REQUIRED),
  TJD_STRING (MandateRow, personal_id, TJD_REQUIRED),
  TJD_ENUM (MandateRow, role, tjd_role_get_type, TJD_REQUIRED),
  TJD_STRING (MandateRow, granted_by, TJD_NULLABLE),
  TJD_STRING (MandateRow, valid_from, TJD_REQUIRED),
  TJD_STRING (MandateRow, valid_until, TJD_NULLABLE),
  TJD_INT (MandateRow, revoked_at, TJD_NULLABLE),
  TJD_STRING (MandateRow, revoked_by, TJD_NULLABLE),
};
TJD_DEFINE_PRIVATE_RECORD (MandateRow, mandate_row, mandate_row_fields)

#define MANDATES                                                                          \
  "SELECT m.id AS id, m.renewer AS renewer, a.name_en AS name_en, a.name_ar AS name_ar,"  \
  " m.personal_id AS personal_id, m.role AS role, m.granted_by AS granted_by,"            \
  " m.valid_from AS valid_from, m.valid_until AS valid_until"                             \
  " FROM mandates m JOIN accounts a ON a.renewer = m.renewer WHERE m.revoked_at IS NULL " \
  " AND (m.valid_until IS NULL OR m.valid_until >= $1)"

static char *
today (TjdHost *host)
{
  return tjd_day_format (tjd_day_in_qatar (tjd_clock_now (host->clock)));
}

gboolean
tjd_accounts_may (TjdTxn *txn,
                  TjdHost *host,
                  const char *personal_id,
                  const char *renewer,
                  TjdRole role,
                  gboolean *may,
                  GError **error)
{
  g_autofree char *day = today (host);
  gint64 n = 1;

  if (strcmp (personal_id, renewer) != 0 &&
      !tjd_txn_get_int (txn,
                        "SELECT count(*) FROM mandates WHERE personal_id = $2 AND renewer = $3"
                        " AND revoked_at IS NULL AND valid_from <= $1"
                        " AND (valid_until IS NULL OR valid_until >= $1)"
                        " AND (role = 'signatory' OR $4 = 'preparer')",
                        &n, error, tjd_text (day), tjd_text (personal_id), tjd_text (renewer),
                        tjd_text (tjd_enum_to_nick (tjd_role_get_type (), (int) role))))
    return FALSE;
  *may = n > 0;
  return TRUE;
}

gboolean
tjd_accounts_require (TjdTxn *txn, TjdCall *call, const char *renewer, TjdRole role, GError **error)
{
  gboolean may;

  if (!tjd_accounts_may (txn, call->host, call->principal.personal_id, renewer, role, &may, error))
    return FALSE;
  if (!may)
    tjd_problem_set (error, TJD_PROBLEM_NOT_ALLOWED, "the caller is no %s of this renewer",
                     tjd_enum_to_nick (tjd_role_get_type (), (int) role));
  return may;
}

typedef struct {
  TjdCall *call;
  const char *renewer;
  TjdRole role;
} Requirement;

static gboolean
run_requirement (TjdTxn *txn, gpointer data, GError **error)
{
  Requirement *requirement = data;

  return tjd_accounts_require (txn, requirement->call, requirement->renewer, requirement->role,
                               error);
}

gboolean
tjd_accounts_require_now (TjdCall *call, const char *renewer, TjdRole role, GError **error)
{
  Requirement requirement = { call, renewer, role };

  return strcmp (call->principal.personal_id, renewer) == 0 ||
         tjd_db_read (call->host->db, run_requirement, &requirement, error);
}

TjdAccount *
tjd_accounts_get (TjdTxn *txn, const char *renewer, GError **error)
{
  g_autoptr (GError) failed = NULL;
  TjdAccount *account = tjd_txn_get (txn, tjd_account_get_type (),
                                     "SELECT renewer AS personal_id, name_en, name_ar FROM accounts"
                                     " WHERE renewer = $1",
                                     &failed, tjd_text (renewer));

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (account == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such account");
  return account;
}

gboolean
tjd_accounts_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autofree char *day = today (call->host);
  g_autoptr (TjdAccount) account = tjd_accounts_get (txn, call->principal.personal_id, error);
  g_autoptr (GPtrArray) mandates =
      account != NULL ? tjd_txn_list (txn, tjd_mandate_get_type (),
                                      MANDATES " AND m.personal_id = $2 AND m.valid_from <= $1"
                                               " ORDER BY m.renewer, m.valid_from, m.id LIMIT 500",
                                      error, tjd_text (day), tjd_text (call->principal.personal_id))
                      : NULL;

  if (mandates == NULL)
    return FALSE;
  tjd_records_extend (account->mandates, mandates);
  *reply = g_steal_pointer (&account);
  return TRUE;
}

gboolean
tjd_accounts_list_mandates (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdMandatesQuery *query = call->query;
  g_autofree char *day = today (call->host);
  g_autoptr (GPtrArray) rows = NULL;
  TjdMandates *mandates;

  if (!tjd_accounts_require (txn, call, query->renewer, TJD_ROLE_SIGNATORY, error))
    return FALSE;
  rows = tjd_txn_list (txn, tjd_mandate_get_type (),
                       MANDATES " AND m.renewer = $2 ORDER BY m.personal_id, m.valid_from, m.id"
                                " LIMIT 500",
                       error, tjd_text (day), tjd_text (query->renewer));
  if (rows == NULL)
    return FALSE;
  mandates = tjd_mandates_new ();
  tjd_records_extend (mandates->mandates, rows);
  *reply = mandates;
  return TRUE;
}

/* Rights that were given are not given on: the giver is the renewer, or a signatory by the
 * register. */
static gboolean
check_giver (TjdTxn *txn, TjdCall *call, const char *renewer, GError **error)
{
  g_autofree char *day = today (call->host);
  gint64 n = 1;

  if (strcmp (call->principal.personal_id, renewer) != 0 &&
      !tjd_txn_get_int (txn,
                        "SELECT count(*) FROM mandates WHERE personal_id = $2 AND renewer = $3"
                        " AND revoked_at IS NULL AND valid_from <= $1 AND role = 'signatory'"
                        " AND (valid_until IS NULL OR valid_until >= $1) AND granted_by IS NULL",
                        &n, error, tjd_text (day), tjd_text (call->principal.personal_id),
                        tjd_text (renewer)))
    return FALSE;
  if (n == 0)
    tjd_problem_set (error, TJD_PROBLEM_NOT_ALLOWED, "only a registered signatory may do this");
  return n > 0;
}

static gboolean
check_mandate (TjdCall *call, GError **error)
{
  TjdMandateRequest *asked = call->request;
  TjdDay from = 0, until = 0;
  TjdDay now = tjd_day_in_qatar (tjd_clock_now (call->host->clock));
  const char *pointer = NULL;

  tjd_day_parse (asked->valid_from, &from);
  tjd_day_parse (asked->valid_until, &until);
  if (strcmp (asked->personal_id, asked->renewer) == 0 ||
      strcmp (asked->personal_id, call->principal.personal_id) == 0)
    pointer = "#/personal_id";
  else if (from < now)
    pointer = "#/valid_from";
  else if (until < from || until > from + LONGEST_DAYS)
    pointer = "#/valid_until";
  if (pointer != NULL)
    tjd_problem_set_at (error, TJD_PROBLEM_MANDATE_INVALID, pointer,
                        "to somebody else, from today on, for two years at most");
  return pointer == NULL;
}

static gboolean
check_room (TjdTxn *txn, TjdCall *call, const char *renewer, GError **error)
{
  g_autofree char *day = today (call->host);
  gint64 n;

  if (!tjd_txn_get_int (txn,
                        "SELECT count(*) FROM mandates WHERE renewer = $1 AND revoked_at IS NULL"
                        " AND (valid_until IS NULL OR valid_until >= $2)",
                        &n, error, tjd_text (renewer), tjd_text (day)))
    return FALSE;
  if (n >= MOST_MANDATES)
    tjd_problem_set_at (error, TJD_PROBLEM_MANDATE_INVALID, "#/renewer",
                        "%d mandates that have not ended are enough", MOST_MANDATES);
  return n < MOST_MANDATES;
}

static gboolean
show_mandate (TjdTxn *txn, MandateRow *row, gpointer *reply, GError **error)
{
  *reply = tjd_txn_get (txn, tjd_mandate_get_type (), MANDATES " AND m.id = $2", error,
                        tjd_text (row->valid_from), tjd_text (row->id));
  return *reply != NULL;
}

gboolean
tjd_accounts_give_mandate (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdMandateRequest *asked = call->request;
  g_autoptr (MandateRow) row = mandate_row_new ();

  if (!check_giver (txn, call, asked->renewer, error) || !check_mandate (call, error) ||
      !check_room (txn, call, asked->renewer, error))
    return FALSE;
  row->id = tjd_id_new (call->host->entropy, "man");
  row->renewer = g_strdup (asked->renewer);
  row->personal_id = g_strdup (asked->personal_id);
  row->role = asked->role;
  row->granted_by = g_strdup (call->principal.personal_id);
  row->valid_from = g_strdup (asked->valid_from);
  row->valid_until = g_strdup (asked->valid_until);
  return tjd_txn_insert (txn, "mandates", row, error) && show_mandate (txn, row, reply, error);
}

/* By its giver, or any registered signatory; what the register gave, it takes. Who has one may lay
 * it down. A mandate that ended already is left as it is. */
gboolean
tjd_accounts_revoke_mandate (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (MandateRow) row =
      tjd_txn_get (txn, mandate_row_get_type (),
                   "SELECT id, renewer, personal_id, role, granted_by, valid_from, valid_until,"
                   " revoked_at, revoked_by FROM mandates WHERE id = $1 AND granted_by IS NOT NULL",
                   error, tjd_text (call->parameter));
  g_autoptr (GError) not_theirs = NULL;

  if (row == NULL && *error != NULL)
    return FALSE;
  if (row == NULL || (strcmp (row->personal_id, call->principal.personal_id) != 0 &&
                      !check_giver (txn, call, row->renewer, &not_theirs))) {
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such mandate");
    return FALSE;
  }
  if (row->revoked_at != TJD_NO_INT)
    return TRUE;
  row->revoked_at = tjd_clock_now (call->host->clock);
  row->revoked_by = g_strdup (call->principal.personal_id);
  return tjd_txn_update (txn, "mandates", "id", row, error);
}

static gboolean
seed_account (
    TjdTxn *txn, const char *renewer, const char *name_en, const char *name_ar, GError **error)
{
  return tjd_txn_exec (txn, "INSERT INTO accounts (renewer, name_en, name_ar) VALUES ($1, $2, $3)",
                       error, tjd_text (renewer), tjd_text (name_en), tjd_text (name_ar)) > 0;
}

static gboolean
seed_officer (
    TjdTxn *txn, TjdHost *host, TjdSeedCompany *company, TjdSeedOfficer *officer, GError **error)
{
  g_autoptr (MandateRow) row = mandate_row_new ();

  row->id = tjd_id_new (host->entropy, "man");
  row->renewer = g_strdup (company->establishment_id);
  row->personal_id = g_strdup (officer->personal_id);
  row->role = officer->role;
  row->valid_from = today (host);
  return tjd_txn_insert (txn, "mandates", row, error);
}

gboolean
tjd_accounts_seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed, GError **error)
{
  for (guint i = 0; i < seed->people->len; i++) {
    TjdSeedPerson *person = seed->people->pdata[i];
    if (!seed_account (txn, person->personal_id, person->name_en, person->name_ar, error))
      return FALSE;
  }
  for (guint i = 0; i < seed->companies->len; i++) {
    TjdSeedCompany *company = seed->companies->pdata[i];
    if (!seed_account (txn, company->establishment_id, company->name_en, company->name_ar, error))
      return FALSE;
    for (guint j = 0; j < company->officers->len; j++)
      if (!seed_officer (txn, host, company, company->officers->pdata[j], error))
        return FALSE;
  }
  return TRUE;
}
