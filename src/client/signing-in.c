/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base64url.h"
#include "kept.h"
#include "session-state.h"

/* The one that the portal knows from this computer, if there is one. */
static TjdKey *
find_key (TjdSession *self, GCancellable *cancellable, GError **why)
{
  g_autoptr (TjdKey) key = tjd_session_dup_key (self);

  if (key == NULL)
    key = tjd_kept_read_key (self->account, cancellable, why);
  return key != NULL ? g_steal_pointer (&key) : tjd_key_new_generated ();
}

/* why is what the keyring has answered so far. */
static void
take_person (
    TjdSession *self, TjdKey *key, const char *personal_id, TjdTokenReply *tokens, GError **why)
{
  g_mutex_lock (&self->mutex);
  if (self->key != key) {
    g_clear_pointer (&self->key, tjd_key_unref);
    self->key = tjd_key_ref (key);
  }
  tjd_set_string (&self->personal_id, personal_id);
  self->is_locked = FALSE;
  g_clear_error (&self->keyring_error);
  self->keyring_error = g_steal_pointer (why);
  tjd_session_take (self, tokens);
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
  return tjd_session_redeem (self, key, asked, cancellable, error);
}

gboolean
tjd_session_sign_in (TjdSession *self,
                     const char *personal_id,
                     TjdSecret *code,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (TjdKey) key = find_key (self, cancellable, &why);
  g_autoptr (GError) failed = NULL;
  g_autoptr (TjdTokenReply) tokens = sign_in (self, key, personal_id, code, cancellable, &failed);

  if (tokens == NULL) {
    tjd_session_explain (self, TJD_PARTY_PORTAL, &failed);
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  take_person (self, key, personal_id, tokens, &why);
  tjd_session_touch (self);
  tjd_session_keep (self, cancellable);
  return TRUE;
}

gboolean
tjd_session_lock (TjdSession *self, GCancellable *cancellable, GError **error)
{
  gboolean was_kept;

  g_mutex_lock (&self->mutex);
  was_kept = self->is_kept;
  self->is_locked = TRUE;
  self->is_kept = FALSE;
  g_mutex_unlock (&self->mutex);
  return !was_kept || tjd_kept_forget_token (self->account, cancellable, error);
}

static gboolean
end_at_portal (TjdSession *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (TjdRevocation) asked = tjd_revocation_new ();
  g_autoptr (TjdKey) key = NULL;
  gpointer nothing;

  g_mutex_lock (&self->mutex);
  if (self->refresh_token != NULL) {
    asked->token = tjd_session_text_of (self->refresh_token);
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
  tjd_session_clear_tokens (self);
  g_clear_pointer (&self->key, tjd_key_unref);
  g_clear_error (&self->keyring_error);
  g_mutex_unlock (&self->mutex);
  tjd_kept_forget (self->account, cancellable, failed == NULL ? &failed : NULL);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
