/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing.h"

#include <string.h>

#include "day.h"
#include "identifiers.h"
#include "payee.h"
#include "paying.h"
#include "signers.h"
#include "signing.h"
#include "standing-mandate.h"

#define LONGEST_DAYS 731 /* that one may be given for, as other mandates */

typedef struct {
  TjdRecord parent;
  char *id, *debtor, *account, *signer;
  TjdStandingMandateState state;
  char *payee_en, *payee_ar, *payee_number;
  TjdMoney monthly_limit;
  char *valid_until;
  char *number;
  gint64 code_until; /* UTC seconds */
} StandingRow;

static const TjdField standing_row_fields[] = {
  TJD_STRING (StandingRow, id, TJD_REQUIRED),
  TJD_STRING (StandingRow, debtor, TJD_REQUIRED),
  TJD_STRING (StandingRow, account, TJD_REQUIRED),
  TJD_STRING (StandingRow, signer, TJD_REQUIRED),
  TJD_ENUM (StandingRow, state, tjd_standing_mandate_state_get_type, TJD_REQUIRED),
  TJD_STRING (StandingRow, payee_en, TJD_REQUIRED),
  TJD_STRING (StandingRow, payee_ar, TJD_REQUIRED),
  TJD_STRING (StandingRow, payee_number, TJD_REQUIRED),
  TJD_INT (StandingRow, monthly_limit, TJD_REQUIRED),
  TJD_STRING (StandingRow, valid_until, TJD_REQUIRED),
  TJD_STRING (StandingRow, number, TJD_REQUIRED),
  TJD_INT (StandingRow, code_until, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (StandingRow, standing_row, standing_row_fields)

#define SELECT                                                                   \
  "SELECT id, debtor, account, signer, state, payee_en, payee_ar, payee_number," \
  " monthly_limit, valid_until, number, code_until FROM standing_mandates"

static TjdDay
today (TjdHost *host)
{
  return tjd_day_in_qatar (tjd_clock_now (host->clock));
}

/* The first midnight of this month, in UTC seconds. */
static gint64
month_begins_at (TjdHost *host)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) today (host));
  g_date_set_day (&date, 1);
  return tjd_day_begins_at (g_date_get_julian (&date));
}

static gboolean
is_over (TjdHost *host, StandingRow *row)
{
  TjdDay last;

  return !tjd_day_parse (row->valid_until, &last) || last < today (host);
}

/* Held or debited by it this month: what was released does not count. */
static gboolean
sum_month (TjdTxn *txn, TjdHost *host, StandingRow *row, TjdMoney *used, GError **error)
{
  return tjd_txn_get_int (txn,
                          "SELECT COALESCE(SUM(CASE s.state WHEN 'held' THEN s.amount"
                          " ELSE s.captured END), 0) FROM payments p"
                          " JOIN shares s ON s.payment = p.id"
                          " WHERE p.standing_mandate = $1 AND p.authorised_at >= $2",
                          used, error, tjd_text (row->id), tjd_int (month_begins_at (host)));
}

static char *
signing_text (StandingRow *row)
{
  TjdSigningRequest request = {
    .kind = TJD_SIGNING_STANDING_MANDATE,
    .number = row->number,
    .payee_en = row->payee_en,
    .payee_ar = row->payee_ar,
    .payee_number = row->payee_number,
    .amount = row->monthly_limit,
    .id = row->id,
    .account = row->account,
    .last_day = row->valid_until,
    .valid_until = row->code_until,
  };
  return tjd_signing_text (&request);
}

static TjdStandingMandate *
show (TjdTxn *txn, TjdHost *host, StandingRow *row, GError **error)
{
  g_autoptr (TjdSignerRow) signer = tjd_signers_get (txn, row->signer, error);
  TjdStandingMandate *mandate;
  TjdMoney used;

  if (signer == NULL || !sum_month (txn, host, row, &used, error))
    return NULL;
  mandate = tjd_standing_mandate_new ();
  mandate->id = g_strdup (row->id);
  mandate->debtor = g_strdup (row->debtor);
  mandate->account = g_strdup (row->account);
  mandate->signer = g_strdup (row->signer);
  mandate->state = is_over (host, row) ? TJD_STANDING_MANDATE_ENDED : row->state;
  mandate->payee_en = g_strdup (row->payee_en);
  mandate->payee_ar = g_strdup (row->payee_ar);
  mandate->payee_number = g_strdup (row->payee_number);
  mandate->monthly_limit = row->monthly_limit;
  mandate->used = used;
  mandate->valid_until = g_strdup (row->valid_until);
  mandate->number = g_strdup (row->number);
  mandate->signing_text = signing_text (row);
  mandate->code_until = row->code_until;
  mandate->tries_left = tjd_signers_tries_left (signer);
  return mandate;
}

static gboolean
answer (TjdTxn *txn, TjdCall *call, StandingRow *row, gpointer *reply, GError **error)
{
  *reply = show (txn, call->host, row, error);
  return *reply != NULL;
}

static StandingRow *
find_mandate (TjdTxn *txn, const char *id, GError **error)
{
  return tjd_txn_get (txn, standing_row_get_type (), SELECT " WHERE id = $1", error, tjd_text (id));
}

/* Another's is answered like none. */
static StandingRow *
get_own_mandate (TjdTxn *txn, TjdCall *call, GError **error)
{
  g_autoptr (StandingRow) row = find_mandate (txn, call->parameter, error);

  if (row != NULL && strcmp (row->signer, call->principal.personal_id) == 0)
    return g_steal_pointer (&row);
  if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such standing mandate");
  return NULL;
}

static gboolean
check_day (TjdHost *host, const char *text, GError **error)
{
  TjdDay day;

  if (tjd_day_parse (text, &day) && day >= today (host) && day <= today (host) + LONGEST_DAYS)
    return TRUE;
  tjd_problem_set_at (error, TJD_PROBLEM_MANDATE_INVALID, "#/valid_until",
                      "from today on, for at most %d days", LONGEST_DAYS);
  return FALSE;
}

gboolean
tjd_standing_give (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdStandingMandateRequest *asked = call->request;
  const char *signer = call->principal.personal_id;
  g_autofree char *account = tjd_signers_find_account (txn, asked->debtor, signer, error);
  g_autoptr (StandingRow) row = standing_row_new ();

  if (account == NULL || !check_day (call->host, asked->valid_until, error))
    return FALSE;
  row->id = tjd_id_new (call->host->entropy, "smd");
  row->debtor = g_strdup (asked->debtor);
  row->account = g_steal_pointer (&account);
  row->signer = g_strdup (signer);
  row->state = TJD_STANDING_MANDATE_AWAITING_CODE;
  row->payee_en = g_strdup (TJD_PAYEE_EN);
  row->payee_ar = g_strdup (TJD_PAYEE_AR);
  row->payee_number = g_strdup (TJD_PAYEE_NUMBER);
  row->monthly_limit = asked->monthly_limit;
  row->valid_until = g_strdup (asked->valid_until);
  tjd_signers_draw_number (call->host, G_MAXINT64, &row->number, &row->code_until);
  return tjd_txn_insert (txn, "standing_mandates", row, error) &&
         answer (txn, call, row, reply, error);
}

gboolean
tjd_standing_list (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (GPtrArray) rows =
      tjd_txn_list (txn, standing_row_get_type (),
                    SELECT " WHERE signer = $1 ORDER BY code_until DESC, id LIMIT 100", error,
                    tjd_text (call->principal.personal_id));
  g_autoptr (TjdStandingMandates) mandates = tjd_standing_mandates_new ();

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    TjdStandingMandate *mandate = show (txn, call->host, rows->pdata[i], error);
    if (mandate == NULL)
      return FALSE;
    g_ptr_array_add (mandates->mandates, mandate);
  }
  *reply = g_steal_pointer (&mandates);
  return TRUE;
}

gboolean
tjd_standing_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (StandingRow) row = get_own_mandate (txn, call, error);

  return row != NULL && answer (txn, call, row, reply, error);
}

static gboolean
check_awaiting (TjdHost *host, StandingRow *row, TjdSignerRow *signer, GError **error)
{
  if (row->state != TJD_STANDING_MANDATE_AWAITING_CODE || is_over (host, row))
    tjd_problem_set (error, TJD_PROBLEM_STANDING_MANDATE_STATE, "no code is awaited any more");
  else if (tjd_signers_tries_left (signer) == 0)
    tjd_problem_set (error, TJD_PROBLEM_PAYMENT_BLOCKED, "%d wrong codes in a row", TJD_MAX_WRONG);
  else if (row->code_until <= tjd_clock_now (host->clock))
    tjd_problem_set (error, TJD_PROBLEM_NUMBER_EXPIRED, "ask for another standing mandate");
  else
    return TRUE;
  return FALSE;
}

static gboolean
move (TjdTxn *txn, StandingRow *row, TjdStandingMandateState to, GError **error)
{
  row->state = to;
  return tjd_txn_update (txn, "standing_mandates", "id", row, error);
}

/* Over the whole text alone: what is typed by hand names no month, no day and no mandate. */
gboolean
tjd_standing_confirm (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (StandingRow) row = get_own_mandate (txn, call, error);
  g_autoptr (TjdSignerRow) signer = row != NULL ? tjd_signers_get (txn, row->signer, error) : NULL;
  g_autofree char *text = row != NULL ? signing_text (row) : NULL;
  g_autofree char *account = NULL;

  if (signer == NULL || !check_awaiting (call->host, row, signer, error))
    return FALSE;
  account = tjd_signers_find_account (txn, row->debtor, row->signer, error);
  if (account == NULL)
    return FALSE;
  if (!tjd_signers_code_is (signer, row->number, text, call->request))
    return tjd_signers_refuse_code (txn, call, signer, error);
  return tjd_signers_set_failures (txn, signer, 0, error) &&
         move (txn, row, TJD_STANDING_MANDATE_ACTIVE, error) &&
         answer (txn, call, row, reply, error);
}

gboolean
tjd_standing_end (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (StandingRow) row = get_own_mandate (txn, call, error);

  return row != NULL && move (txn, row, TJD_STANDING_MANDATE_ENDED, error) &&
         answer (txn, call, row, reply, error);
}

/* Whether it lets this be debited at all. Who signed must still sign for this very account. */
static gboolean
refuse_state (GError **error, const char *why)
{
  tjd_problem_set (error, TJD_PROBLEM_STANDING_MANDATE_STATE, "%s", why);
  return FALSE;
}

static gboolean
check_covers (
    TjdTxn *txn, TjdHost *host, StandingRow *row, TjdPaymentRequest *request, GError **error)
{
  g_autofree char *account = NULL;

  if (strcmp (request->debtor, row->debtor) != 0) {
    tjd_problem_set (error, TJD_PROBLEM_NOT_ALLOWED, "the standing mandate is another company's");
    return FALSE;
  }
  if (row->state != TJD_STANDING_MANDATE_ACTIVE || is_over (host, row))
    return refuse_state (error, "it is not in force");
  account = tjd_signers_find_account (txn, row->debtor, row->signer, error);
  if (account == NULL)
    return FALSE;
  return strcmp (account, row->account) == 0 ||
         refuse_state (error, "the company is debited from another account now");
}

static gboolean
check_room (TjdTxn *txn, TjdHost *host, StandingRow *row, TjdPaymentRow *payment, GError **error)
{
  TjdProblemCode why;
  TjdMoney used;

  if (!sum_month (txn, host, row, &used, error) ||
      !tjd_paying_check (txn, host, payment, &why, error))
    return FALSE;
  if (used + payment->amount > row->monthly_limit)
    why = TJD_PROBLEM_STANDING_MANDATE_LIMIT;
  if (why == TJD_N_PROBLEMS)
    return TRUE;
  tjd_problem_set (error, why, "%s", tjd_problem_row (why)->title);
  return FALSE;
}

/* A payment that is past waiting is answered as it stands: it was held before. */
gboolean
tjd_standing_pay (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdPaymentStart *start = call->request;
  TjdHost *host = call->host;
  g_autoptr (StandingRow) row = find_mandate (txn, call->parameter, error);
  g_autoptr (TjdPaymentRequest) request =
      row != NULL ? tjd_paying_read_request (host, start->request, row->signer, error) : NULL;
  g_autoptr (TjdPaymentRow) payment = NULL;

  if (row == NULL && *error == NULL)
    return refuse_state (error, "there is no such standing mandate");
  if (request == NULL || !check_covers (txn, host, row, request, error))
    return FALSE;
  payment = tjd_paying_bring (txn, host, request, error);
  if (payment != NULL && strcmp (payment->account, row->account) != 0)
    return refuse_state (error, "the payment is another account's");
  if (payment == NULL || payment->state != TJD_PAYMENT_AWAITING_CODE)
    return payment != NULL && tjd_paying_show (txn, payment, reply, error);
  if (!check_room (txn, host, row, payment, error))
    return FALSE;
  tjd_set_string (&payment->standing_mandate, row->id);
  return tjd_paying_hold (txn, host, payment, reply, error);
}
