/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kept.h"
#include "session-state.h"

#define MARGIN_SECONDS 30 /* an access token is refreshed so long before its end */
#define WAIT_MS 50

/* Who has closed the keyring's question is not asked again before the next sign-in. */
static gboolean
may_ask (TjdSession *self)
{
  return !self->is_locked &&
         !g_error_matches (self->keyring_error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_DISMISSED);
}

void
tjd_session_keep (TjdSession *self, GCancellable *cancellable)
{
  g_autoptr (TjdSecret) refresh_token = NULL;
  g_autoptr (TjdKey) key = NULL;
  g_autofree char *personal_id = NULL;
  g_autoptr (GError) why = NULL;
  gboolean kept, locked_meanwhile;

  g_mutex_lock (&self->mutex);
  if (self->refresh_token != NULL && !self->is_kept && may_ask (self)) {
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
  locked_meanwhile = self->is_locked;
  g_mutex_unlock (&self->mutex);
  if (locked_meanwhile)
    tjd_kept_forget_token (self->account, cancellable, NULL);
}

void
tjd_session_take (TjdSession *self, TjdTokenReply *tokens)
{
  gint64 now = tjd_clock_now (self->clock);

  g_clear_pointer (&self->access_token, tjd_secret_unref);
  self->access_token = tjd_session_secret_of (tokens->access_token);
  self->access_until = now + tokens->expires_in;
  g_clear_pointer (&self->refresh_token, tjd_secret_unref);
  self->refresh_token = tjd_session_secret_of (tokens->refresh_token);
  self->is_kept = FALSE;
  self->refreshed_at = now;
  self->generation++;
}

/* Unless somebody has signed in or out meanwhile. */
static void
take_in_place_of (TjdSession *self, TjdSecret *used, TjdTokenReply *tokens)
{
  g_mutex_lock (&self->mutex);
  if (self->refresh_token == used)
    tjd_session_take (self, tokens);
  g_mutex_unlock (&self->mutex);
}

TjdTokenReply *
tjd_session_redeem (TjdSession *self,
                    TjdKey *key,
                    TjdTokenRequest *asked,
                    GCancellable *cancellable,
                    GError **error)
{
  gpointer tokens;

  tjd_set_string (&asked->client_id, TJD_CLIENT_ID);
  tjd_transport_call (self->transport, &(TjdCaller){ .key = key }, TJD_PORTAL_TOKEN,
                      &(TjdArguments){ .request = asked }, &tokens, cancellable, error);
  return tokens;
}

/* The portal has ended it; the key stays for the next sign-in. */
static void
end (TjdSession *self, TjdSecret *used, GCancellable *cancellable, GError **error)
{
  gboolean is_current;

  g_mutex_lock (&self->mutex);
  is_current = self->refresh_token == used;
  if (is_current)
    tjd_session_clear_tokens (self);
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
    TjdTokenReply *tokens = tjd_session_redeem (self, key, asked, cancellable, &failed);
    if (tokens != NULL)
      return tokens;
    if (!tjd_failure_is_passing (failed) || !tjd_retry_again (&attempts, cancellable))
      break;
    g_clear_error (&failed);
  }
  if (g_error_matches (failed, TJD_PROBLEM, TJD_PROBLEM_GRANT_INVALID))
    end (self, used, cancellable, &failed);
  else
    tjd_session_explain (self, TJD_PARTY_PORTAL, &failed);
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

  tjd_session_keep (self, cancellable);
  g_mutex_lock (&self->mutex);
  if (self->refresh_token != NULL) {
    used = tjd_secret_ref (self->refresh_token);
    asked->refresh_token = tjd_session_text_of (used);
    key = tjd_key_ref (self->key);
  }
  g_mutex_unlock (&self->mutex);
  if (key == NULL)
    return tjd_session_not_signed_in (error);
  asked->grant_type = g_strdup ("refresh_token");
  tokens = refresh_or_end (self, key, used, asked, cancellable, error);
  if (tokens == NULL)
    return FALSE;
  take_in_place_of (self, used, tokens);
  tjd_session_keep (self, cancellable);
  return TRUE;
}

gboolean
tjd_session_is_fresh (TjdSession *self, guint stale)
{
  return self->access_token != NULL && self->generation != stale &&
         tjd_clock_now (self->clock) < self->access_until - MARGIN_SECONDS;
}

gboolean
tjd_session_freshen (TjdSession *self, guint stale, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  while (self->refreshing && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->settled, &self->mutex,
                       g_get_monotonic_time () + WAIT_MS * G_TIME_SPAN_MILLISECOND);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (tjd_session_is_fresh (self, stale))
    return TRUE;
  self->refreshing = TRUE;
  g_mutex_unlock (&self->mutex);
  ok = refresh (self, cancellable, error);
  g_mutex_lock (&self->mutex);
  self->refreshing = FALSE;
  g_cond_broadcast (&self->settled);
  return ok;
}

gboolean
tjd_session_refresh (TjdSession *self, GCancellable *cancellable, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = tjd_session_freshen (self, self->generation, cancellable, error);
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
  tjd_session_clear_tokens (self);
  self->personal_id = g_steal_pointer (&personal_id);
  self->refresh_token = g_steal_pointer (&token);
  self->is_kept = TRUE;
  g_mutex_unlock (&self->mutex);
  tjd_session_touch (self);
  return tjd_session_refresh (self, cancellable, error);
}
