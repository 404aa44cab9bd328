/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include <string.h>

#include "problem.h"
#include "sign-in.h"

#define FETCH_SECONDS 30

struct _TjdTrust {
  TjdParty self;
  TjdKey *own_key;
  TjdKey *operator_key;
  const TjdClock *clock;
  TjdTransport *transport;
  TjdKey *parties[TJD_N_PARTIES];
  GMutex mutex;
  GHashTable *portal_keys; /* kid → TjdKey */
  GMutex fetch_mutex;
  gint64 fetched_at;
};

TjdTrust *
tjd_trust_new (TjdParty self, TjdKey *own_key, const TjdClock *clock, TjdTransport *transport)
{
  TjdTrust *trust = g_new0 (TjdTrust, 1);

  trust->self = self;
  trust->own_key = tjd_key_ref (own_key);
  trust->clock = clock;
  trust->transport = transport;
  trust->portal_keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tjd_key_unref);
  trust->fetched_at = G_MININT64 / 2;
  g_mutex_init (&trust->mutex);
  g_mutex_init (&trust->fetch_mutex);
  if (self == TJD_PARTY_PORTAL)
    g_hash_table_insert (trust->portal_keys, g_strdup (tjd_key_get_thumbprint (own_key)),
                         tjd_key_ref (own_key));
  return trust;
}

void
tjd_trust_free (TjdTrust *trust)
{
  tjd_key_unref (trust->own_key);
  g_clear_pointer (&trust->operator_key, tjd_key_unref);
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    g_clear_pointer (&trust->parties[i], tjd_key_unref);
  g_hash_table_unref (trust->portal_keys);
  g_mutex_clear (&trust->mutex);
  g_mutex_clear (&trust->fetch_mutex);
  g_free (trust);
}

void
tjd_trust_add_party (TjdTrust *trust, TjdParty party, TjdKey *public_key)
{
  g_clear_pointer (&trust->parties[party], tjd_key_unref);
  trust->parties[party] = tjd_key_ref (public_key);
}

TjdKey *
tjd_trust_get_own_key (TjdTrust *trust)
{
  return trust->own_key;
}

void
tjd_trust_set_operator (TjdTrust *trust, TjdKey *public_key)
{
  g_clear_pointer (&trust->operator_key, tjd_key_unref);
  trust->operator_key = tjd_key_ref (public_key);
}

TjdKey *
tjd_trust_get_operator_key (TjdTrust *trust)
{
  return trust->operator_key;
}

TjdKey *
tjd_trust_get_party_key (TjdTrust *trust, TjdParty party)
{
  return trust->parties[party];
}

TjdKey *
tjd_trust_dup_known_key (TjdTrust *trust, const char *kid)
{
  TjdKey *key;

  g_mutex_lock (&trust->mutex);
  key = g_hash_table_lookup (trust->portal_keys, kid);
  if (key != NULL)
    tjd_key_ref (key);
  g_mutex_unlock (&trust->mutex);
  return key;
}

static void
keep (TjdTrust *trust, TjdPublicKeys *keys)
{
  g_mutex_lock (&trust->mutex);
  g_hash_table_remove_all (trust->portal_keys);
  for (guint i = 0; i < keys->keys->len; i++) {
    g_autofree char *json = tjd_record_to_json (keys->keys->pdata[i]);
    TjdKey *key = tjd_key_new_from_jwk (json, NULL);
    if (key != NULL)
      g_hash_table_insert (trust->portal_keys, g_strdup (tjd_key_get_thumbprint (key)), key);
  }
  g_mutex_unlock (&trust->mutex);
}

/* Called with the fetch mutex held. A flood of strange keys cannot be turned on the portal. */
static gboolean
fetch (TjdTrust *trust, GError **error)
{
  gint64 now = tjd_clock_now (trust->clock);
  g_autoptr (TjdPublicKeys) keys = NULL;

  if (now < trust->fetched_at + FETCH_SECONDS)
    return TRUE;
  if (!tjd_transport_call (trust->transport, &(TjdCaller){ 0 }, TJD_PORTAL_KEYS,
                           &(TjdArguments){ 0 }, (gpointer *) &keys, NULL, NULL)) {
    tjd_problem_set (error, TJD_PROBLEM_PARTY_UNREACHABLE, "the portal does not say its keys now");
    return FALSE;
  }
  trust->fetched_at = now;
  keep (trust, keys);
  return TRUE;
}

/* Whoever meets a strange key while another asks for it waits for that answer. */
TjdKey *
tjd_trust_dup_portal_key (TjdTrust *trust, const char *kid, GError **error)
{
  TjdKey *key = tjd_trust_dup_known_key (trust, kid);

  if (key != NULL || trust->self == TJD_PARTY_PORTAL)
    return key;
  g_mutex_lock (&trust->fetch_mutex);
  key = tjd_trust_dup_known_key (trust, kid);
  if (key == NULL && fetch (trust, error))
    key = tjd_trust_dup_known_key (trust, kid);
  g_mutex_unlock (&trust->fetch_mutex);
  return key;
}
