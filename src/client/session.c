/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-state.h"

#include <string.h>

#define REFRESH_SECONDS (10 * 60) /* of the quarter of an hour after which the portal ends it */
#define MAX_SKEW 60               /* seconds; more than that explains why a proof is refused */

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

void
tjd_session_clear_tokens (TjdSession *self)
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
  tjd_session_clear_tokens (self);
  g_clear_pointer (&self->key, tjd_key_unref);
  g_clear_error (&self->keyring_error);
  g_clear_object (&self->tariff);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->settled);
  g_free (self->account);
  g_free (self);
}

TjdSecret *
tjd_session_secret_of (const char *text)
{
  return tjd_secret_new (text, strlen (text) + 1);
}

char *
tjd_session_text_of (TjdSecret *secret)
{
  gsize length;
  return g_strdup ((const char *) tjd_secret_get (secret, &length));
}

gboolean
tjd_session_not_signed_in (GError **error)
{
  g_set_error_literal (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_NOT_SIGNED_IN,
                       "nobody is signed in");
  return FALSE;
}

void
tjd_session_explain (TjdSession *self, TjdParty party, GError **error)
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

TjdKey *
tjd_session_dup_key (TjdSession *self)
{
  TjdKey *key;

  g_mutex_lock (&self->mutex);
  key = self->key != NULL ? tjd_key_ref (self->key) : NULL;
  g_mutex_unlock (&self->mutex);
  return key;
}

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

gboolean
tjd_session_is_kept (TjdSession *self)
{
  gboolean is_kept;

  g_mutex_lock (&self->mutex);
  is_kept = self->is_kept;
  g_mutex_unlock (&self->mutex);
  return is_kept;
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
