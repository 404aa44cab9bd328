/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "authorization.h"
#include "identifiers.h"
#include "otp.h"
#include "sign-in.h"
#include "unblock.h"

/* From personal ID and token code to an authorization code. An identifier that does not exist is
 * counted, blocked and answered like any other, by the same work.
 *
 * Five failures block for a quarter of an hour, five more for half an hour, and so on; the 25th
 * blocks until an operator lifts it. A key that has signed this person in before is counted by
 * itself: strangers cannot keep anybody from signing in where they have done so before. Strangers
 * together may be wrong so often and no more. */

#define MAX_FAILURES 5
#define MAX_BLOCKS 5
#define BLOCK_SECONDS (15 * 60) /* the first; doubled each time */
#define LASTING 253402300799    /* the end of the year 9999 */
#define AUTH_SESSION_SECONDS (5 * 60)
#define CODE_SECONDS 60
#define NOBODYS_SECRET "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

typedef struct {
  TjdRecord parent;
  char *personal_id;
  char *secret; /* of the person; where there is none another's, so that the work is the same */
  gint64 last_step;
  gint64 failures, blocked_until; /* of this key, if it is known, or of all that are not */
  gboolean known, is_person;
} AttemptRow;

static const TjdField attempt_row_fields[] = {
  TJD_STRING (AttemptRow, personal_id, TJD_REQUIRED),
  TJD_STRING (AttemptRow, secret, TJD_NULLABLE | TJD_SECRET),
  TJD_INT (AttemptRow, last_step, TJD_REQUIRED),
  TJD_INT (AttemptRow, failures, TJD_REQUIRED),
  TJD_INT (AttemptRow, blocked_until, TJD_REQUIRED),
  TJD_BOOL (AttemptRow, known, TJD_REQUIRED),
  TJD_BOOL (AttemptRow, is_person, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (AttemptRow, attempt_row, attempt_row_fields)

typedef struct {
  TjdRecord parent;
  char *hash, *personal_id, *jkt, *code_challenge;
  gint64 expires_at;
} AuthSessionRow;

static const TjdField auth_session_row_fields[] = {
  TJD_STRING (AuthSessionRow, hash, TJD_REQUIRED),
  TJD_STRING (AuthSessionRow, personal_id, TJD_REQUIRED),
  TJD_STRING (AuthSessionRow, jkt, TJD_REQUIRED),
  TJD_STRING (AuthSessionRow, code_challenge, TJD_REQUIRED),
  TJD_INT (AuthSessionRow, expires_at, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (AuthSessionRow, auth_session_row, auth_session_row_fields)

typedef struct {
  TjdCall *call;
  TjdChallenge *asked;
  char *auth_session; /* the secret as the client has it */
  AuthSessionRow *session;
  char *code;       /* granted */
  gboolean counted; /* against the brake */
} Attempt;

static gboolean
refuse_field (GError **error, const char *pointer, const char *why)
{
  tjd_problem_set_at (error, TJD_PROBLEM_INVALID, pointer, "%s", why);
  return FALSE;
}

static gboolean
check_client (TjdChallenge *asked, GError **error)
{
  if (strcmp (asked->client_id, TJD_CLIENT_ID) != 0) {
    tjd_problem_set (error, TJD_PROBLEM_CLIENT_UNKNOWN, "no such client");
    return FALSE;
  }
  if (asked->scope != NULL && strcmp (asked->scope, TJD_SCOPES) != 0)
    return refuse_field (error, "#/scope", "the scope is \"" TJD_SCOPES "\"");
  if (asked->auth_session != NULL)
    return TRUE;
  if (asked->personal_id == NULL)
    return refuse_field (error, "#/personal_id", "it is missing");
  if (asked->code_challenge == NULL)
    return refuse_field (error, "#/code_challenge", "it is missing");
  if (g_strcmp0 (asked->code_challenge_method, "S256") != 0)
    return refuse_field (error, "#/code_challenge_method", "only S256 is taken");
  return TRUE;
}

/* An auth_session that is known, of this client's key and fresh. */
static gboolean
resume (TjdTxn *txn, Attempt *attempt, GError **error)
{
  g_autofree char *hash = tjd_authorization_hash (attempt->asked->auth_session);

  attempt->session =
      tjd_txn_get (txn, auth_session_row_get_type (),
                   "SELECT hash, personal_id, jkt, code_challenge, expires_at FROM auth_sessions"
                   " WHERE hash = $1 AND jkt = $2 AND expires_at > $3",
                   error, tjd_text (hash), tjd_text (attempt->call->principal.jkt),
                   tjd_int (tjd_clock_now (attempt->call->host->clock)));
  attempt->auth_session = g_strdup (attempt->asked->auth_session);
  if (attempt->session == NULL && *error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_SESSION_INVALID, "no such auth_session");
  return attempt->session != NULL;
}

static gboolean
start (TjdTxn *txn, Attempt *attempt, GError **error)
{
  AuthSessionRow *row = auth_session_row_new ();
  TjdHost *host = attempt->call->host;

  attempt->session = row;
  attempt->auth_session = tjd_authorization_draw (host);
  row->hash = tjd_authorization_hash (attempt->auth_session);
  row->personal_id = g_strdup (attempt->asked->personal_id);
  row->jkt = g_strdup (attempt->call->principal.jkt);
  row->code_challenge = g_strdup (attempt->asked->code_challenge);
  row->expires_at = tjd_clock_now (host->clock) + AUTH_SESSION_SECONDS;
  return tjd_txn_insert (txn, "auth_sessions", row, error);
}

static gboolean
refuse (Attempt *attempt, TjdProblemCode code, gint64 tries_left, gint64 blocked_until)
{
  TjdProblem *document;

  tjd_problem_set (&attempt->call->refusal, code, "%s", tjd_problem_row (code)->title);
  document = tjd_problem_get_document (attempt->call->refusal);
  document->auth_session = g_strdup (attempt->auth_session);
  document->tries_left = tries_left;
  document->blocked_until =
      blocked_until > 0 && blocked_until < LASTING ? blocked_until : TJD_NO_INT;
  return TRUE;
}

static gboolean
grant (TjdTxn *txn, Attempt *attempt, GError **error)
{
  TjdHost *host = attempt->call->host;
  g_autoptr (TjdSessionRow) row = tjd_session_row_new ();
  gint64 now = tjd_clock_now (host->clock);

  attempt->code = tjd_authorization_draw (host);
  row->id = tjd_id_new (host->entropy, "ses");
  row->personal_id = g_strdup (attempt->session->personal_id);
  row->jkt = g_strdup (attempt->session->jkt);
  row->code_hash = tjd_authorization_hash (attempt->code);
  row->code_challenge = g_strdup (attempt->session->code_challenge);
  row->code_until = now + CODE_SECONDS;
  row->started_at = row->used_at = now;
  return tjd_txn_insert (txn, "sessions", row, error) &&
         tjd_txn_exec (txn, "DELETE FROM auth_sessions WHERE hash = $1", error,
                       tjd_text (attempt->session->hash)) >= 0;
}

/* The same two statements for everybody: what does not concern a counter leaves it as it is. */
static gboolean
keep_attempt (TjdTxn *txn, Attempt *attempt, AttemptRow *row, gboolean right, GError **error)
{
  gint64 now = tjd_clock_now (attempt->call->host->clock);

  return tjd_txn_exec (
             txn,
             "INSERT INTO attempts (personal_id, failures, last_step, blocked_until, touched_at)"
             " VALUES ($1, CASE WHEN $5 THEN 0 ELSE $2 END, $3, CASE WHEN $5 THEN 0 ELSE $4 END, "
             "$6)"
             " ON CONFLICT (personal_id) DO UPDATE SET last_step = $3, touched_at = $6,"
             " failures = CASE WHEN $5 THEN failures ELSE $2 END,"
             " blocked_until = CASE WHEN $5 THEN blocked_until ELSE $4 END",
             error, tjd_text (row->personal_id), tjd_int (row->failures), tjd_int (row->last_step),
             tjd_int (row->blocked_until), tjd_int (row->known), tjd_int (now)) > 0 &&
         tjd_txn_exec (txn,
                       "INSERT INTO known_keys (personal_id, jkt, failures, blocked_until,"
                       " touched_at) SELECT $1, $2, $3, $4, $6 WHERE $5"
                       " ON CONFLICT (personal_id, jkt) DO UPDATE SET failures = $3,"
                       " blocked_until = $4, touched_at = $6",
                       error, tjd_text (row->personal_id), tjd_text (attempt->session->jkt),
                       tjd_int (row->failures), tjd_int (row->blocked_until),
                       tjd_int (row->known || right), tjd_int (now)) >= 0;
}

/* It was no wrong code. */
static void
give_back (Attempt *attempt)
{
  if (!attempt->counted)
    return;
  tjd_rate_give_back (attempt->call->host->wrong_codes, "");
  tjd_rate_give_back (attempt->call->host->wrong_codes_of_address, attempt->call->address);
}

static void
count_failure (AttemptRow *row, gint64 now)
{
  gint64 blocks = ++row->failures / MAX_FAILURES;

  if (row->failures % MAX_FAILURES == 0)
    row->blocked_until = blocks < MAX_BLOCKS ? now + (BLOCK_SECONDS << (blocks - 1)) : LASTING;
}

/* The last accepted step and the session are stored in one transaction (RFC 6238, ASVS V6.5.5). */
static gboolean
judge (TjdTxn *txn, Attempt *attempt, AttemptRow *row, GError **error)
{
  g_autoptr (TjdSecret) secret =
      tjd_secret_new_from_base32 (row->secret != NULL ? row->secret : NOBODYS_SECRET);
  gint64 now = tjd_clock_now (attempt->call->host->clock);
  gint64 step = tjd_totp_match (secret, attempt->asked->code, now, row->last_step);
  gboolean blocked = now < row->blocked_until;
  gboolean right = row->is_person && step >= 0 && !blocked;

  if (right) {
    row->failures = row->blocked_until = 0;
    row->last_step = step;
    give_back (attempt);
  } else if (!blocked) {
    count_failure (row, now);
  }
  if (!keep_attempt (txn, attempt, row, right, error))
    return FALSE;
  if (right)
    return grant (txn, attempt, error);
  if (blocked)
    return refuse (attempt, TJD_PROBLEM_SIGN_IN_BLOCKED, 0, row->blocked_until);
  return refuse (attempt, TJD_PROBLEM_CODE_WRONG,
                 (MAX_FAILURES - row->failures % MAX_FAILURES) % MAX_FAILURES, row->blocked_until);
}

static gboolean
check_brake (Attempt *attempt, AttemptRow *row, GError **error)
{
  TjdHost *host = attempt->call->host;

  attempt->counted = tjd_rate_take (host->wrong_codes_of_address, attempt->call->address);
  if (attempt->counted && !tjd_rate_take (host->wrong_codes, "")) {
    tjd_rate_give_back (host->wrong_codes_of_address, attempt->call->address);
    attempt->counted = FALSE;
  }
  if (attempt->counted || row->known)
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_BUSY, "many codes were wrong just now");
  return FALSE;
}

static gboolean
run (TjdTxn *txn, gpointer data, GError **error)
{
  Attempt *attempt = data;
  g_autoptr (AttemptRow) row = NULL;

  if (attempt->asked->auth_session != NULL ? !resume (txn, attempt, error)
                                           : !start (txn, attempt, error))
    return FALSE;
  if (attempt->asked->code == NULL)
    return refuse (attempt, TJD_PROBLEM_CODE_NEEDED, TJD_NO_INT, 0);
  row = tjd_txn_get (txn, attempt_row_get_type (),
                     "SELECT $1 AS personal_id,"
                     " people.secret, people.personal_id IS $1 AS is_person,"
                     " COALESCE(attempts.last_step, 0) AS last_step,"
                     " COALESCE(known_keys.failures, attempts.failures, 0) AS failures,"
                     " COALESCE(known_keys.blocked_until, attempts.blocked_until, 0)"
                     " AS blocked_until, known_keys.jkt IS NOT NULL AS known"
                     " FROM (SELECT 1) LEFT JOIN people ON people.personal_id ="
                     "  COALESCE((SELECT personal_id FROM people WHERE personal_id = $1),"
                     "   (SELECT min(personal_id) FROM people))"
                     " LEFT JOIN attempts ON attempts.personal_id = $1"
                     " LEFT JOIN known_keys ON known_keys.personal_id = $1 AND known_keys.jkt = $2",
                     error, tjd_text (attempt->session->personal_id),
                     tjd_text (attempt->session->jkt));
  return row != NULL && check_brake (attempt, row, error) && judge (txn, attempt, row, error);
}

gboolean
tjd_authorization_unblock (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  TjdUnblock *asked = call->request;

  return tjd_txn_exec (
             txn, "UPDATE known_keys SET failures = 0, blocked_until = 0 WHERE personal_id = $1",
             error, tjd_text (asked->personal_id)) >= 0 &&
         tjd_unblock (txn, call,
                      "UPDATE attempts SET failures = 0, blocked_until = 0 WHERE personal_id = $1",
                      error);
}

gboolean
tjd_authorization_challenge (TjdCall *call, gpointer *reply, GError **error)
{
  Attempt attempt = { .call = call, .asked = call->request };
  gboolean ok =
      check_client (attempt.asked, error) && tjd_db_write (call->host->db, run, &attempt, error);

  g_clear_object (&attempt.session);
  tjd_wipe_string (attempt.auth_session);
  if (ok && call->refusal != NULL) {
    g_propagate_error (error, g_steal_pointer (&call->refusal));
    ok = FALSE;
  }
  if (ok) {
    TjdChallengeReply *granted = tjd_challenge_reply_new ();
    granted->authorization_code = g_steal_pointer (&attempt.code);
    *reply = granted;
  }
  tjd_wipe_string (attempt.code);
  return ok;
}
