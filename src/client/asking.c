/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "order.h"
#include "session-state.h"

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
    tjd_session_not_signed_in (error);
  } else if (!tjd_session_is_fresh (self, stale) &&
             !tjd_session_freshen (self, stale, cancellable, error)) {
    ;                                      /* error says why */
  } else if (self->access_token == NULL) { /* signed out meanwhile */
    tjd_session_not_signed_in (error);
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
  guint generation = TJD_SESSION_NO_GENERATION;
  gboolean ok;

  *reply = NULL;
  if (next != NULL)
    *next = NULL;
  if (is_for_anybody (endpoint))
    return tjd_transport_call_page (self->transport, &(TjdCaller){ 0 }, endpoint, arguments, reply,
                                    next, cancellable, error);
  ok = call_as_person (self, TJD_SESSION_NO_GENERATION, &generation, endpoint, arguments, reply,
                       next, cancellable, &failed);
  if (g_error_matches (failed, TJD_PROBLEM, TJD_PROBLEM_TOKEN_INVALID)) {
    g_clear_error (&failed);
    ok = call_as_person (self, generation, &generation, endpoint, arguments, reply, next,
                         cancellable, &failed);
  }
  if (ok)
    return TRUE;
  tjd_session_explain (self, tjd_endpoint (endpoint)->party, &failed);
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
  g_autoptr (TjdKey) key = tjd_session_dup_key (self);

  if (key == NULL || !tjd_session_is_signed_in (self)) {
    tjd_session_not_signed_in (error);
    return NULL;
  }
  return tjd_jws_sign_detached (key, TJD_APPROVAL_TYP, TRUE, text, strlen (text));
}
