/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session.h"

#include <string.h>

#include "base64url.h"
#include "kept.h"
#include "order.h"
#include "sign-in.h"

#define MARGIN_SECONDS 30         /* an access token is refreshed so long before its end */
#define REFRESH_SECONDS (10 * 60) /* of the quarter of an hour after which the portal ends it */
#define MAX_SKEW 60               /* seconds; more than that explains why a proof is refused */
#define WAIT_MS 50

struct _TjdSession {
  gatomicrefcount references;
  TjdTransport *transport;
  char *account;
  const TjdClock *clock;
  const TjdEntropy *entropy;
  TjdRetry retry;

  GMutex mutex; /* for what follows */
  GCond settled;
  gboolean refreshing; /* one thread does */
  char *personal_id;   /* NULL: nobody is signed in */
  TjdKey *key;         /* NULL before the first sign-in */
  TjdSecret *access_token;
  gint64 access_until;
  guint generation; /* of the access token */
  TjdSecret *refresh_token;
  gboolean is_kept;      /* this refresh token is in the keyring */
  GError *keyring_error; /* why it is not */
  gint64 refreshed_at, touched_at;
};

TjdSession *
tjd_session_new (TjdTransport *transport,
                 const char *account,
                 const TjdClock *clock,
                 const TjdEntropy *entropy)
{
  TjdSession *self = g_new0 (TjdSession, 1);

  g_atomic_ref_count_init (&self->references);
  self->transport = transport;
  self->account = g_strdup (account);
  self->clock = clock;
  self->entropy = entropy;
  self->retry.entropy = entropy;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->settled);
  return self;
}

TjdSession *
tjd_session_ref (TjdSession *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
clear_tokens (TjdSession *self)
{
  g_clear_pointer (&self->personal_id, g_free);
  g_clear_pointer (&self->access_token, tjd_secret_unref);
  g_clear_pointer (&self->refresh_token, tjd_secret_unref);
  self->is_kept = FALSE;
  self->generation++;
}

void
tjd_session_unref (TjdSession *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  clear_tokens (self);
  g_clear_pointer (&self->key, tjd_key_unref);
  g_clear_error (&self->keyring_error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->settled);
  g_free (self->account);
  g_free (self);
}

static TjdSecret *
secret_of (const char *text)
{
  return tjd_secret_new (text, strlen (text) + 1);
}

/* A copy for a record that wipes it. */
static char *
text_of (TjdSecret *secret)
{
  gsize length;
  return g_strdup ((const char *) tjd_secret_get (secret, &length));
}

static gboolean
not_signed_in (GError **error)
{
  g_set_error_literal (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_NOT_SIGNED_IN,
                       "nobody is signed in");
  return FALSE;
}

/* A proof is refused where the clocks differ too much: then that is what to say. */
static void
explain (TjdSession *self, TjdParty party, GError **error)
{
  gint64 skew;

  if (!g_error_matches (*error, TJD_PROBLEM, TJD_PROBLEM_PROOF_INVALID) ||
      !tjd_transport_get_skew (self->transport, party, &skew) || ABS (skew) <= MAX_SKEW)
    return;
  g_clear_error (error);
  g_set_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CLOCK,
               "this computer's clock is %" G_GINT64_FORMAT " s behind the %s's", skew,
               tjd_party_name (party));
}

/* --- the keyring ------------------------------------------------------------------------------ */

/* Before it is used, the refresh token must be where the next start finds it. Whatever the keyring
 * answers, the session goes on in memory. */
static void
keep (TjdSession *self, GCancellable *cancellable)
{
  g_autoptr (TjdSecret) refresh_token = NULL;
  g_autoptr (TjdKey) key = NULL;
  g_autofree char *personal_id = NULL;
  g_autoptr (GError) why = NULL;
  gboolean kept;

  g_mutex_lock (&self->mutex);
  if (self->refresh_token != NULL && !self->is_kept) {
    refresh_token = tjd_secret_ref (self->refresh_token);
    key = tjd_key_ref (self->key);
    personal_id = g_strdup (self->personal_id);
  }
  g_mutex_unlock (&self->mutex);
  if (refresh_token == NULL)
    return;
  kept = tjd_kept_store (self->account, personal_id, refresh_token, key, cancellable, &why);
  g_mutex_lock (&self->mutex);
  if (self->refresh_token == refresh_token) {
    self->is_kept = kept;
    g_clear_error (&self->keyring_error);
    self->keyring_error = g_steal_pointer (&why);
  }
  g_mutex_unlock (&self->mutex);
}

static TjdKey *
dup_key (TjdSession *self)
{
  TjdKey *key;

  g_mutex_lock (&self->mutex);
  key = self->key != NULL ? tjd_key_ref (self->key) : NULL;
  g_mutex_unlock (&self->mutex);
  return key;
}

/* The one that the portal knows from this computer, if there is one. */
static TjdKey *
find_key (TjdSession *self, GCancellable *cancellable)
{
  g_autoptr (TjdKey) key = dup_key (self);

  if (key == NULL)
    key = tjd_kept_read_key (self->account, cancellable, NULL);
  return key != NULL ? g_steal_pointer (&key) : tjd_key_new_generated ();
}

/* --- tokens ----------------------------------------------------------------------------------- */

/* With the mutex held. */
static void
take (TjdSession *self, TjdTokenReply *tokens)
{
  gint64 now = tjd_clock_now (self->clock);

  g_clear_pointer (&self->access_token, tjd_secret_unref);
  self->access_token = secret_of (tokens->access_token);
  self->access_until = now + tokens->expires_in;
  g_clear_pointer (&self->refresh_token, tjd_secret_unref);
  self->refresh_token = secret_of (tokens->refresh_token);
  self->is_kept = FALSE;
  self->refreshed_at = now;
  self->generation++;
}

static void
take_person (TjdSession *self, TjdKey *key, const char *personal_id, TjdTokenReply *tokens)
{
  g_mutex_lock (&self->mutex);
  if (self->key != key) {
    g_clear_pointer (&self->key, tjd_key_unref);
    self->key = tjd_key_ref (key);
  }
  tjd_set_string (&self->personal_id, personal_id);
  take (self, tokens);
  g_mutex_unlock (&self->mutex);
}

/* Unless somebody has signed in or out meanwhile. */
static void
take_in_place_of (TjdSession *self, TjdSecret *used, TjdTokenReply *tokens)
{
  g_mutex_lock (&self->mutex);
  if (self->refresh_token == used)
    take (self, tokens);
  g_mutex_unlock (&self->mutex);
}

static char *
draw_verifier (TjdSession *self)
{
  guint8 bytes[32];
  char *text;

  tjd_entropy_fill (self->entropy, bytes, sizeof bytes);
  text = tjd_base64url_encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

static TjdChallengeReply *
challenge (TjdSession *self,
           TjdKey *key,
           const char *personal_id,
           TjdSecret *code,
           const char *verifier,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (TjdChallenge) asked = tjd_challenge_new ();
  gsize length;
  const guint8 *digits = tjd_secret_get (code, &length);
  gpointer granted;

  asked->client_id = g_strdup (TJD_CLIENT_ID);
  asked->scope = g_strdup (TJD_SCOPES);
  asked->code_challenge = tjd_sha256_base64url (verifier, strlen (verifier));
  asked->code_challenge_method = g_strdup ("S256");
  asked->personal_id = g_strdup (personal_id);
  asked->code = g_strndup ((const char *) digits, length);
  tjd_transport_call (self->transport, &(TjdCaller){ .key = key }, TJD_PORTAL_CHALLENGE,
                      &(TjdArguments){ .request = asked }, &granted, cancellable, error);
  return granted;
}

static TjdTokenReply *
redeem (TjdSession *self,
        TjdKey *key,
        TjdTokenRequest *asked,
        GCancellable *cancellable,
        GError **error)
{
  gpointer tokens;

  asked->client_id = g_strdup (TJD_CLIENT_ID);
  tjd_transport_call (self->transport, &(TjdCaller){ .key = key }, TJD_PORTAL_TOKEN,
                      &(TjdArguments){ .request = asked }, &tokens, cancellable, error);
  return tokens;
}

static TjdTokenReply *
sign_in (TjdSession *self,
         TjdKey *key,
         const char *personal_id,
         TjdSecret *code,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (TjdTokenRequest) asked = tjd_token_request_new ();
  g_autoptr (TjdChallengeReply) granted = NULL;

  asked->grant_type = g_strdup ("authorization_code");
  asked->code_verifier = draw_verifier (self);
  granted = challenge (self, key, personal_id, code, asked->code_verifier, cancellable, error);
  if (granted == NULL)
    return NULL;
  asked->code = g_strdup (granted->authorization_code);
  return redeem (self, key, asked, cancellable, error);
}

gboolean
tjd_session_sign_in (TjdSession *self,
                     const char *personal_id,
                     TjdSecret *code,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (TjdKey) key = find_key (self, cancellable);
  g_autoptr (GError) failed = NULL;
  g_autoptr (TjdTokenReply) tokens = sign_in (self, key, personal_id, code, cancellable, &failed);

  if (tokens == NULL) {
    explain (self, TJD_PARTY_PORTAL, &failed);
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  take_person (self, key, personal_id, tokens);
  tjd_session_touch (self);
  keep (self, cancellable);
  return TRUE;
}

/* The portal has ended it; the key stays for the next sign-in. */
static void
end (TjdSession *self, TjdSecret *used, GCancellable *cancellable, GError **error)
{
  gboolean is_current;

  g_mutex_lock (&self->mutex);
  is_current = self->refresh_token == used;
  if (is_current)
    clear_tokens (self);
  g_mutex_unlock (&self->mutex);
  if (is_current)
    tjd_kept_forget_token (self->account, cancellable, NULL);
  g_clear_error (error);
  g_set_error_literal (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SESSION_ENDED,
                       "the portal has ended the session");
}

/* Repeats are harmless: the old token stays good for this key until the new one is used. */
static TjdTokenReply *
refresh_or_end (TjdSession *self,
                TjdKey *key,
                TjdSecret *used,
                TjdTokenRequest *asked,
                GCancellable *cancellable,
                GError **error)
{
  TjdAttempts attempts = tjd_retry_begin (&self->retry);
  g_autoptr (GError) failed = NULL;

  for (;;) {
    TjdTokenReply *tokens = redeem (self, key, asked, cancellable, &failed);
    if (tokens != NULL)
      return tokens;
    if (!tjd_failure_is_passing (failed) || !tjd_retry_again (&attempts, cancellable))
      break;
    g_clear_error (&failed);
  }
  if (g_error_matches (failed, TJD_PROBLEM, TJD_PROBLEM_GRANT_INVALID))
    end (self, used, cancellable, &failed);
  else
    explain (self, TJD_PARTY_PORTAL, &failed);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* By the one thread that does. */
static gboolean
refresh (TjdSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (TjdTokenRequest) asked = tjd_token_request_new ();
  g_autoptr (TjdTokenReply) tokens = NULL;
  g_autoptr (TjdSecret) used = NULL;
  g_autoptr (TjdKey) key = NULL;

  keep (self, cancellable);
  g_mutex_lock (&self->mutex);
  if (self->refresh_token != NULL) {
    used = tjd_secret_ref (self->refresh_token);
    asked->refresh_token = text_of (used);
    key = tjd_key_ref (self->key);
  }
  g_mutex_unlock (&self->mutex);
  if (key == NULL)
    return not_signed_in (error);
  asked->grant_type = g_strdup ("refresh_token");
  tokens = refresh_or_end (self, key, used, asked, cancellable, error);
  if (tokens == NULL)
    return FALSE;
  take_in_place_of (self, used, tokens);
  keep (self, cancellable);
  return TRUE;
}

static gboolean
is_fresh (TjdSession *self, guint stale)
{
  return self->access_token != NULL && self->generation != stale &&
         tjd_clock_now (self->clock) < self->access_until - MARGIN_SECONDS;
}

/* Has an access token of another generation than stale; with the mutex held, which is let go
 * meanwhile. Waiting hears the cancellable. */
static gboolean
freshen (TjdSession *self, guint stale, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  while (self->refreshing && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->settled, &self->mutex,
                       g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (is_fresh (self, stale))
    return TRUE;
  self->refreshing = TRUE;
  g_mutex_unlock (&self->mutex);
  ok = refresh (self, cancellable, error);
  g_mutex_lock (&self->mutex);
  self->refreshing = FALSE;
  g_cond_broadcast (&self->settled);
  return ok;
}

#define NO_GENERATION G_MAXUINT

gboolean
tjd_session_refresh (TjdSession *self, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = freshen (self, self->generation, cancellable, error);
  g_mutex_unlock (&self->mutex);
  return ok;
}

gboolean
tjd_session_resume (TjdSession *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *personal_id = NULL;
  g_autoptr (TjdKey) key = tjd_kept_read_key (self->account, cancellable, error);
  g_autoptr (TjdSecret) token =
      key != NULL ? tjd_kept_read_token (self->account, &personal_id, cancellable, error) : NULL;

  if (key != NULL) { /* also where nobody is signed in: for the next time */
    g_mutex_lock (&self->mutex);
    g_clear_pointer (&self->key, tjd_key_unref);
    self->key = tjd_key_ref (key);
    g_mutex_unlock (&self->mutex);
  }
  if (token == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  clear_tokens (self);
  self->personal_id = g_steal_pointer (&personal_id);
  self->refresh_token = g_steal_pointer (&token);
  self->is_kept = TRUE;
  g_mutex_unlock (&self->mutex);
  tjd_session_touch (self);
  return tjd_session_refresh (self, cancellable, error);
}

/* --- calls ------------------------------------------------------------------------------------ */

static gboolean
is_for_anybody (TjdEndpointId endpoint)
{
  return (tjd_endpoint (endpoint)->callers & TJD_CALLER_ANYONE) != 0;
}

/* A token to call with, of another generation than stale, and its key. */
static TjdSecret *
borrow_token (TjdSession *self,
              guint stale,
              guint *generation,
              TjdKey **key,
              GCancellable *cancellable,
              GError **error)
{
  TjdSecret *token = NULL;

  g_mutex_lock (&self->mutex);
  if (self->refresh_token == NULL) {
    not_signed_in (error);
  } else if (!is_fresh (self, stale) && !freshen (self, stale, cancellable, error)) {
    ;                                      /* error says why */
  } else if (self->access_token == NULL) { /* signed out meanwhile */
    not_signed_in (error);
  } else {
    token = tjd_secret_ref (self->access_token);
    *key = tjd_key_ref (self->key);
    *generation = self->generation;
  }
  g_mutex_unlock (&self->mutex);
  return token;
}

static gboolean
call_as_person (TjdSession *self,
                guint stale,
                guint *generation,
                TjdEndpointId endpoint,
                const TjdArguments *arguments,
                gpointer *reply,
                char **next,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (TjdKey) key = NULL;
  g_autoptr (TjdSecret) token = borrow_token (self, stale, generation, &key, cancellable, error);
  gsize length;

  if (token == NULL)
    return FALSE;
  return tjd_transport_call_page (
      self->transport,
      &(TjdCaller){ .key = key, .access_token = (const char *) tjd_secret_get (token, &length) },
      endpoint, arguments, reply, next, cancellable, error);
}

gboolean
tjd_session_call_once (TjdSession *self,
                       TjdEndpointId endpoint,
                       const TjdArguments *arguments,
                       gpointer *reply,
                       char **next,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) failed = NULL;
  guint generation = NO_GENERATION;
  gboolean ok;

  *reply = NULL;
  if (next != NULL)
    *next = NULL;
  if (is_for_anybody (endpoint))
    return tjd_transport_call_page (self->transport, &(TjdCaller){ 0 }, endpoint, arguments, reply,
                                    next, cancellable, error);
  ok = call_as_person (self, NO_GENERATION, &generation, endpoint, arguments, reply, next,
                       cancellable, &failed);
  if (g_error_matches (failed, TJD_PROBLEM, TJD_PROBLEM_TOKEN_INVALID)) {
    g_clear_error (&failed);
    ok = call_as_person (self, generation, &generation, endpoint, arguments, reply, next,
                         cancellable, &failed);
  }
  if (ok)
    return TRUE;
  explain (self, tjd_endpoint (endpoint)->party, &failed);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* What reads, what has a key, and a quotation, of which one more does no harm. */
static gboolean
is_repeatable (TjdEndpointId endpoint)
{
  return strcmp (tjd_endpoint (endpoint)->method, "GET") == 0 || tjd_endpoint (endpoint)->keyed ||
         endpoint == TJD_PORTAL_QUOTE;
}

gboolean
tjd_session_call (TjdSession *self,
                  TjdEndpointId endpoint,
                  const TjdArguments *arguments,
                  gpointer *reply,
                  char **next,
                  GCancellable *cancellable,
                  GError **error)
{
  TjdAttempts attempts = tjd_retry_begin (&self->retry);
  g_autoptr (GError) failed = NULL;

  while (!tjd_session_call_once (self, endpoint, arguments, reply, next, cancellable, &failed)) {
    if (!is_repeatable (endpoint) || !tjd_failure_is_passing (failed) ||
        !tjd_retry_again (&attempts, cancellable)) {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
    g_clear_error (&failed);
  }
  return TRUE;
}

char *
tjd_session_sign (TjdSession *self, const char *text, GError **error)
{
  g_autoptr (TjdKey) key = dup_key (self);

  if (key == NULL || !tjd_session_is_signed_in (self)) {
    not_signed_in (error);
    return NULL;
  }
  return tjd_jws_sign_detached (key, TJD_APPROVAL_TYP, TRUE, text, strlen (text));
}

/* --- signing out ------------------------------------------------------------------------------ */

static gboolean
end_at_portal (TjdSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (TjdRevocation) asked = tjd_revocation_new ();
  g_autoptr (TjdKey) key = NULL;
  gpointer nothing;

  g_mutex_lock (&self->mutex);
  if (self->refresh_token != NULL) {
    asked->token = text_of (self->refresh_token);
    key = tjd_key_ref (self->key);
  }
  g_mutex_unlock (&self->mutex);
  if (key == NULL)
    return TRUE;
  asked->client_id = g_strdup (TJD_CLIENT_ID);
  return tjd_transport_call (self->transport, &(TjdCaller){ .key = key }, TJD_PORTAL_REVOKE,
                             &(TjdArguments){ .request = asked }, &nothing, cancellable, error);
}

static gboolean
end_everywhere (TjdSession *self, GCancellable *cancellable, GError **error)
{
  gpointer nothing;

  return tjd_session_call_once (self, TJD_PORTAL_SIGN_OUT, &(TjdArguments){ 0 }, &nothing, NULL,
                                cancellable, error);
}

gboolean
tjd_session_sign_out (TjdSession *self,
                      gboolean everywhere,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GError) failed = NULL;

  if (everywhere)
    end_everywhere (self, cancellable, &failed);
  else
    end_at_portal (self, cancellable, &failed);
  g_mutex_lock (&self->mutex);
  clear_tokens (self);
  g_clear_pointer (&self->key, tjd_key_unref);
  g_clear_error (&self->keyring_error);
  g_mutex_unlock (&self->mutex);
  tjd_kept_forget (self->account, cancellable, failed == NULL ? &failed : NULL);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* --- who, and how long ------------------------------------------------------------------------ */

gboolean
tjd_session_is_signed_in (TjdSession *self)
{
  g_autofree char *personal_id = tjd_session_dup_personal_id (self);

  return personal_id != NULL;
}

char *
tjd_session_dup_personal_id (TjdSession *self)
{
  char *personal_id;

  g_mutex_lock (&self->mutex);
  personal_id = g_strdup (self->personal_id);
  g_mutex_unlock (&self->mutex);
  return personal_id;
}

GError *
tjd_session_dup_keyring_error (TjdSession *self)
{
  GError *error;

  g_mutex_lock (&self->mutex);
  error = self->keyring_error != NULL ? g_error_copy (self->keyring_error) : NULL;
  g_mutex_unlock (&self->mutex);
  return error;
}

void
tjd_session_touch (TjdSession *self)
{
  g_mutex_lock (&self->mutex);
  self->touched_at = tjd_clock_now (self->clock);
  g_mutex_unlock (&self->mutex);
}

gboolean
tjd_session_is_idle (TjdSession *self, gint64 seconds)
{
  gboolean is_idle;

  g_mutex_lock (&self->mutex);
  is_idle = tjd_clock_now (self->clock) - self->touched_at >= seconds;
  g_mutex_unlock (&self->mutex);
  return is_idle;
}

gboolean
tjd_session_wants_refresh (TjdSession *self)
{
  gboolean wanted;

  g_mutex_lock (&self->mutex);
  wanted = self->refresh_token != NULL && self->touched_at > self->refreshed_at &&
           tjd_clock_now (self->clock) - self->refreshed_at >= REFRESH_SECONDS;
  g_mutex_unlock (&self->mutex);
  return wanted;
}

TjdRetry *
tjd_session_get_retry (TjdSession *self)
{
  return &self->retry;
}

TjdTransport *
tjd_session_get_transport (TjdSession *self)
{
  return self->transport;
}

const TjdClock *
tjd_session_get_clock (TjdSession *self)
{
  return self->clock;
}

const TjdEntropy *
tjd_session_get_entropy (TjdSession *self)
{
  return self->entropy;
}
