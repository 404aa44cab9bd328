/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "authorization.h"
#include "base64url.h"
#include "identifiers.h"
#include "secret.h"
#include "sign-in.h"

/* Access tokens of five minutes, bound to the client's DPoP key (RFC 9068, 9449), and refresh
 * tokens that rotate. A refresh token is "ses-….secret"; the old one stays good for the same key
 * until the new one is used, so that a client which was killed before it could save loses nothing.
 */

#define ACCESS_SECONDS (5 * 60)
#define IDLE_SECONDS (15 * 60) /* PSD2 RTS art. 4, NIST 800-63B */
#define SESSION_SECONDS (12 * 60 * 60)
#define SECRET_BYTES 32

static const TjdField session_row_fields[] = {
  TJD_STRING (TjdSessionRow, id, TJD_REQUIRED),
  TJD_STRING (TjdSessionRow, personal_id, TJD_REQUIRED),
  TJD_STRING (TjdSessionRow, jkt, TJD_REQUIRED),
  TJD_STRING (TjdSessionRow, code_hash, TJD_REQUIRED),
  TJD_STRING (TjdSessionRow, code_challenge, TJD_REQUIRED),
  TJD_INT (TjdSessionRow, code_until, TJD_REQUIRED),
  TJD_STRING (TjdSessionRow, refresh_hash, TJD_NULLABLE),
  TJD_STRING (TjdSessionRow, next_hash, TJD_NULLABLE),
  TJD_INT (TjdSessionRow, started_at, TJD_REQUIRED),
  TJD_INT (TjdSessionRow, used_at, TJD_REQUIRED),
  TJD_BOOL (TjdSessionRow, ended, TJD_REQUIRED),
};
TJD_DEFINE_RECORD (TjdSessionRow, tjd_session_row, session_row_fields)

#define SESSION_COLUMNS                                                                    \
  "id, personal_id, jkt, code_hash, code_challenge, code_until, refresh_hash, next_hash, " \
  "started_at, used_at, ended"

char *
tjd_authorization_draw (TjdHost *host)
{
  guint8 bytes[SECRET_BYTES];
  char *text;

  tjd_entropy_fill (host->entropy, bytes, sizeof bytes);
  text = tjd_base64url_encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

char *
tjd_authorization_hash (const char *secret)
{
  return tjd_sha256_base64url (secret, strlen (secret));
}

typedef struct {
  TjdCall *call;
  TjdTokenRequest *asked;
  TjdSessionRow *session;
  char *refresh_token; /* to be handed out */
  gboolean refused;    /* and yet the session's end is kept */
} Grant;

static gboolean
refuse_grant (GError **error)
{
  tjd_problem_set (error, TJD_PROBLEM_GRANT_INVALID, "not a grant that is good here and now");
  return FALSE;
}

static gboolean
is_alive (TjdSessionRow *session, gint64 now)
{
  return !session->ended && now < session->used_at + IDLE_SECONDS &&
         now < session->started_at + SESSION_SECONDS;
}

/* Someone has what only its owner should have, and has it twice: nobody goes on with it. */
static gboolean
end_session (TjdTxn *txn, Grant *grant, GError **error)
{
  grant->session->ended = TRUE;
  grant->refused = TRUE;
  return tjd_txn_update (txn, "sessions", "id", grant->session, error);
}

static gboolean
give_refresh_token (TjdTxn *txn, Grant *grant, char **hash, GError **error)
{
  TjdHost *host = grant->call->host;
  g_autofree char *secret = tjd_authorization_draw (host);

  grant->refresh_token = g_strconcat (grant->session->id, ".", secret, NULL);
  g_free (*hash);
  *hash = tjd_authorization_hash (grant->refresh_token);
  explicit_bzero (secret, strlen (secret));
  grant->session->used_at = tjd_clock_now (host->clock);
  return tjd_txn_update (txn, "sessions", "id", grant->session, error);
}

static gboolean
redeem_code (TjdTxn *txn, Grant *grant, GError **error)
{
  g_autofree char *hash = tjd_authorization_hash (grant->asked->code);
  g_autofree char *challenge = tjd_authorization_hash (grant->asked->code_verifier);
  gint64 now = tjd_clock_now (grant->call->host->clock);
  TjdSessionRow *session =
      tjd_txn_get (txn, tjd_session_row_get_type (),
                   "SELECT " SESSION_COLUMNS " FROM sessions WHERE code_hash = $1 AND jkt = $2",
                   error, tjd_text (hash), tjd_text (grant->call->principal.jkt));

  grant->session = session;
  if (session == NULL)
    return *error != NULL ? FALSE : refuse_grant (error);
  if (session->refresh_hash != NULL)
    return end_session (txn, grant, error); /* RFC 6749 4.1.2 */
  if (!is_alive (session, now) || session->code_until <= now ||
      strcmp (session->code_challenge, challenge) != 0)
    return refuse_grant (error);
  return give_refresh_token (txn, grant, &session->refresh_hash, error);
}

static TjdSessionRow *
find_session (TjdTxn *txn, TjdCall *call, const char *refresh_token, GError **error)
{
  const char *dot = strchr (refresh_token, '.');
  g_autofree char *id =
      dot != NULL ? g_strndup (refresh_token, (gsize) (dot - refresh_token)) : NULL;

  if (id == NULL)
    return NULL;
  return tjd_txn_get (txn, tjd_session_row_get_type (),
                      "SELECT " SESSION_COLUMNS " FROM sessions WHERE id = $1 AND jkt = $2", error,
                      tjd_text (id), tjd_text (call->principal.jkt));
}

static gboolean
refresh (TjdTxn *txn, Grant *grant, GError **error)
{
  g_autofree char *hash = tjd_authorization_hash (grant->asked->refresh_token);
  TjdSessionRow *session = find_session (txn, grant->call, grant->asked->refresh_token, error);

  grant->session = session;
  if (session == NULL)
    return *error != NULL ? FALSE : refuse_grant (error);
  if (!is_alive (session, tjd_clock_now (grant->call->host->clock)))
    return refuse_grant (error);
  if (g_strcmp0 (session->next_hash, hash) == 0) { /* the new one has arrived: the old one goes */
    g_free (session->refresh_hash);
    session->refresh_hash = g_steal_pointer (&session->next_hash);
  } else if (g_strcmp0 (session->refresh_hash, hash) != 0) {
    return end_session (txn, grant, error);
  }
  return give_refresh_token (txn, grant, &session->next_hash, error);
}

static gboolean
run (TjdTxn *txn, gpointer data, GError **error)
{
  Grant *grant = data;

  return strcmp (grant->asked->grant_type, "refresh_token") == 0 ? refresh (txn, grant, error)
                                                                 : redeem_code (txn, grant, error);
}

static gboolean
check_request (TjdTokenRequest *asked, GError **error)
{
  gboolean by_code = strcmp (asked->grant_type, "authorization_code") == 0;
  gboolean by_token = strcmp (asked->grant_type, "refresh_token") == 0;

  if (strcmp (asked->client_id, TJD_CLIENT_ID) != 0)
    tjd_problem_set (error, TJD_PROBLEM_CLIENT_UNKNOWN, "no such client");
  else if (!by_code && !by_token)
    tjd_problem_set (error, TJD_PROBLEM_GRANT_UNKNOWN, "authorization_code or refresh_token");
  else if (by_code && (asked->code == NULL || asked->code_verifier == NULL))
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/code", "code and code_verifier are wanted");
  else if (by_token && asked->refresh_token == NULL)
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/refresh_token", "it is missing");
  else if (asked->resource != NULL &&
           (tjd_party_from_name (asked->resource) < 0 || strcmp (asked->resource, "ministry") == 0))
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/resource", "portal, bank or post");
  else
    return TRUE;
  return FALSE;
}

static char *
make_access_token (Grant *grant)
{
  static const TjdParty audience[] = { TJD_PARTY_PORTAL, TJD_PARTY_BANK, TJD_PARTY_POST };
  TjdHost *host = grant->call->host;
  g_autoptr (TjdAccessClaims) claims = tjd_access_claims_new ();
  g_autofree char *json = NULL;

  claims->iss = g_strdup (tjd_party_name (TJD_PARTY_PORTAL));
  claims->sub = g_strdup (grant->session->personal_id);
  for (guint i = 0; i < G_N_ELEMENTS (audience); i++)
    if (grant->asked->resource == NULL ||
        strcmp (grant->asked->resource, tjd_party_name (audience[i])) == 0)
      g_ptr_array_add (claims->aud, g_strdup (tjd_party_name (audience[i])));
  claims->iat = tjd_clock_now (host->clock);
  claims->exp = claims->iat + ACCESS_SECONDS;
  claims->jti = tjd_id_new (host->entropy, "jti");
  claims->client_id = g_strdup (TJD_CLIENT_ID);
  claims->scope = g_strdup (TJD_SCOPES);
  claims->cnf = tjd_confirmation_new ();
  claims->cnf->jkt = g_strdup (grant->session->jkt);
  json = tjd_record_to_json (claims);
  return tjd_jws_sign (tjd_trust_get_own_key (host->trust), TJD_ACCESS_TOKEN_TYP, FALSE, json);
}

static TjdTokenReply *
make_reply (Grant *grant)
{
  TjdTokenReply *reply = tjd_token_reply_new ();

  reply->access_token = make_access_token (grant);
  reply->token_type = g_strdup ("DPoP");
  reply->expires_in = ACCESS_SECONDS;
  reply->refresh_token = g_steal_pointer (&grant->refresh_token);
  reply->scope = g_strdup (TJD_SCOPES);
  return reply;
}

gboolean
tjd_authorization_token (TjdCall *call, gpointer *reply, GError **error)
{
  Grant grant = { call, call->request, NULL, NULL, FALSE };
  gboolean ok =
      check_request (grant.asked, error) && tjd_db_write (call->host->db, run, &grant, error);

  if (ok && grant.refused)
    ok = refuse_grant (error);
  if (ok)
    *reply = make_reply (&grant);
  g_clear_object (&grant.session);
  tjd_wipe_string (grant.refresh_token);
  return ok;
}

static gboolean
end_by_token (TjdTxn *txn, gpointer data, GError **error)
{
  TjdCall *call = data;
  TjdRevocation *asked = call->request;
  g_autofree char *hash = tjd_authorization_hash (asked->token);
  g_autoptr (TjdSessionRow) session = find_session (txn, call, asked->token, error);

  if (session == NULL ||
      (g_strcmp0 (session->refresh_hash, hash) != 0 && g_strcmp0 (session->next_hash, hash) != 0))
    return *error == NULL; /* RFC 7009 2.2: an unknown token is no error */
  session->ended = TRUE;
  return tjd_txn_update (txn, "sessions", "id", session, error);
}

gboolean
tjd_authorization_revoke (TjdCall *call, gpointer *reply, GError **error)
{
  TjdRevocation *asked = call->request;

  if (strcmp (asked->client_id, TJD_CLIENT_ID) != 0) {
    tjd_problem_set (error, TJD_PROBLEM_CLIENT_UNKNOWN, "no such client");
    return FALSE;
  }
  return tjd_db_write (call->host->db, end_by_token, call, error);
}

static gboolean
end_all (TjdTxn *txn, gpointer data, GError **error)
{
  TjdCall *call = data;

  return tjd_txn_exec (txn, "UPDATE sessions SET ended = 1 WHERE personal_id = $1 AND ended = 0",
                       error, tjd_text (call->principal.personal_id)) >= 0;
}

/* Everywhere: all sessions of this person end. */
gboolean
tjd_authorization_sign_out (TjdCall *call, gpointer *reply, GError **error)
{
  return tjd_db_write (call->host->db, end_all, call, error);
}

/* The key that signs, the one that will, and those that did. */
gboolean
tjd_authorization_keys (TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (GPtrArray) own = tjd_trust_dup_own_keys (call->host->trust);
  g_autoptr (TjdPublicKeys) keys = tjd_public_keys_new ();

  for (guint i = 0; i < own->len; i++) {
    g_autofree char *jwk = tjd_key_to_jwk (own->pdata[i], FALSE);
    TjdPublicKey *key = tjd_record_from_json (tjd_public_key_get_type (), jwk, strlen (jwk),
                                              TJD_READ_LENIENT, error);
    if (key == NULL)
      return FALSE;
    g_ptr_array_add (keys->keys, key);
  }
  *reply = g_steal_pointer (&keys);
  return TRUE;
}

gboolean
tjd_authorization_seed (TjdTxn *txn, TjdSeed *seed, GError **error)
{
  for (guint i = 0; i < seed->people->len; i++) {
    TjdSeedPerson *person = seed->people->pdata[i];
    if (tjd_txn_exec (txn, "INSERT INTO people (personal_id, secret) VALUES ($1, $2)", error,
                      tjd_text (person->personal_id), tjd_text (person->sign_in_secret)) < 0)
      return FALSE;
  }
  return TRUE;
}

gboolean
tjd_authorization_sweep (TjdTxn *txn, gint64 now, GError **error)
{
  return tjd_txn_exec (txn, "DELETE FROM auth_sessions WHERE expires_at <= $1", error,
                       tjd_int (now)) >= 0 &&
         tjd_txn_exec (txn, "DELETE FROM sessions WHERE started_at <= $1", error,
                       tjd_int (now - SESSION_SECONDS)) >= 0;
}
