/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include <string.h>

#include "problem.h"
#include "sign-in.h"

#define BARRED_SECONDS 30   /* after a key was asked for in vain */
#define REFRESH_SECONDS 300 /* what the portal removes is believed no longer than this */

struct _TjdTrust {
  TjdParty self;
  const TjdClock *clock;
  TjdTransport *transport;
  GMutex mutex;
  GPtrArray *parties[TJD_N_PARTIES]; /* of TjdKey; NULL before they are set */
  GPtrArray *operators;
  GPtrArray *before;       /* arrays that were set before: keys of theirs are still borrowed */
  GHashTable *portal_keys; /* kid → TjdKey */
  gint64 refresh_at;
  guint epoch;
  GMutex fetch_mutex;
  gint64 barred_until;
};

TjdTrust *
tjd_trust_new (TjdParty self, const TjdClock *clock, TjdTransport *transport)
{
  TjdTrust *trust = g_new0 (TjdTrust, 1);

  trust->self = self;
  trust->clock = clock;
  trust->transport = transport;
  trust->before = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  trust->portal_keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tjd_key_unref);
  trust->barred_until = G_MININT64;
  g_mutex_init (&trust->mutex);
  g_mutex_init (&trust->fetch_mutex);
  return trust;
}

void
tjd_trust_free (TjdTrust *trust)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    g_clear_pointer (&trust->parties[i], g_ptr_array_unref);
  g_clear_pointer (&trust->operators, g_ptr_array_unref);
  g_ptr_array_unref (trust->before);
  g_hash_table_unref (trust->portal_keys);
  g_mutex_clear (&trust->mutex);
  g_mutex_clear (&trust->fetch_mutex);
  g_free (trust);
}

/* Called with the mutex held. */
static void
replace (TjdTrust *trust, GPtrArray **slot, GPtrArray *keys)
{
  if (*slot != NULL)
    g_ptr_array_add (trust->before, *slot);
  *slot = g_ptr_array_ref (keys);
  trust->epoch++;
}

static void
add_portal_key (TjdTrust *trust, TjdKey *key)
{
  g_hash_table_replace (trust->portal_keys, g_strdup (tjd_key_get_thumbprint (key)),
                        tjd_key_ref (key));
}

void
tjd_trust_set_keys (TjdTrust *trust, TjdParty party, GPtrArray *keys)
{
  g_mutex_lock (&trust->mutex);
  replace (trust, &trust->parties[party], keys);
  if (party == TJD_PARTY_PORTAL) {
    g_hash_table_remove_all (trust->portal_keys);
    for (guint i = 0; trust->self == TJD_PARTY_PORTAL && i < keys->len; i++)
      add_portal_key (trust, keys->pdata[i]);
  }
  g_mutex_unlock (&trust->mutex);
}

void
tjd_trust_set_operators (TjdTrust *trust, GPtrArray *keys)
{
  g_mutex_lock (&trust->mutex);
  replace (trust, &trust->operators, keys);
  g_mutex_unlock (&trust->mutex);
}

TjdKey *
tjd_trust_get_own_key (TjdTrust *trust)
{
  TjdKey *key;

  g_mutex_lock (&trust->mutex);
  key = trust->parties[trust->self]->pdata[0];
  g_mutex_unlock (&trust->mutex);
  return key;
}

GPtrArray *
tjd_trust_dup_own_keys (TjdTrust *trust)
{
  GPtrArray *keys;

  g_mutex_lock (&trust->mutex);
  keys = g_ptr_array_ref (trust->parties[trust->self]);
  g_mutex_unlock (&trust->mutex);
  return keys;
}

static TjdKey *
find_key (GPtrArray *keys, const char *kid)
{
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    if (strcmp (tjd_key_get_thumbprint (keys->pdata[i]), kid) == 0)
      return tjd_key_ref (keys->pdata[i]);
  return NULL;
}

TjdKey *
tjd_trust_dup_party_key (TjdTrust *trust, const char *kid, TjdParty *party)
{
  TjdKey *key = NULL;

  g_mutex_lock (&trust->mutex);
  for (guint i = 0; i < TJD_N_PARTIES && key == NULL; i++) {
    key = find_key (trust->parties[i], kid);
    *party = i;
  }
  g_mutex_unlock (&trust->mutex);
  return key;
}

TjdKey *
tjd_trust_dup_operator_key (TjdTrust *trust, const char *kid)
{
  TjdKey *key;

  g_mutex_lock (&trust->mutex);
  key = find_key (trust->operators, kid);
  g_mutex_unlock (&trust->mutex);
  return key;
}

guint
tjd_trust_get_epoch (TjdTrust *trust)
{
  guint epoch;

  g_mutex_lock (&trust->mutex);
  epoch = trust->epoch;
  g_mutex_unlock (&trust->mutex);
  return epoch;
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
    g_autoptr (TjdKey) key = tjd_key_new_from_jwk (json, NULL);
    if (key != NULL)
      add_portal_key (trust, key);
  }
  trust->refresh_at = tjd_clock_now (trust->clock) + REFRESH_SECONDS;
  trust->epoch++;
  g_mutex_unlock (&trust->mutex);
}

static gboolean
fetch (TjdTrust *trust, GError **error)
{
  g_autoptr (TjdPublicKeys) keys = NULL;

  if (!tjd_transport_call (trust->transport, &(TjdCaller){ 0 }, TJD_PORTAL_KEYS,
                           &(TjdArguments){ 0 }, (gpointer *) &keys, NULL, NULL)) {
    tjd_problem_set (error, TJD_PROBLEM_PARTY_UNREACHABLE, "the portal does not say its keys now");
    return FALSE;
  }
  keep (trust, keys);
  return TRUE;
}

/* Called with the fetch mutex held: whoever meets a strange key while another asks for it waits for
 * that answer. A flood of strange keys cannot be turned on the portal. */
static TjdKey *
ask_for (TjdTrust *trust, const char *kid, GError **error)
{
  TjdKey *key = tjd_trust_dup_known_key (trust, kid);
  gint64 now = tjd_clock_now (trust->clock);

  if (key != NULL || now < trust->barred_until || !fetch (trust, error))
    return key;
  key = tjd_trust_dup_known_key (trust, kid);
  if (key == NULL)
    trust->barred_until = now + BARRED_SECONDS;
  return key;
}

static gboolean
is_due (TjdTrust *trust)
{
  gint64 now = tjd_clock_now (trust->clock);
  gboolean due;

  g_mutex_lock (&trust->mutex);
  due = now >= trust->refresh_at;
  if (due) /* one asks; should the portal be away, what was known stays */
    trust->refresh_at = now + REFRESH_SECONDS;
  g_mutex_unlock (&trust->mutex);
  return due;
}

TjdKey *
tjd_trust_dup_portal_key (TjdTrust *trust, const char *kid, GError **error)
{
  TjdKey *key = tjd_trust_dup_known_key (trust, kid);

  if (trust->self == TJD_PARTY_PORTAL || (key != NULL && !is_due (trust)))
    return key;
  g_mutex_lock (&trust->fetch_mutex);
  if (key != NULL && fetch (trust, NULL)) {
    tjd_key_unref (key);
    key = tjd_trust_dup_known_key (trust, kid);
  } else if (key == NULL) {
    key = ask_for (trust, kid, error);
  }
  g_mutex_unlock (&trust->fetch_mutex);
  return key;
}
