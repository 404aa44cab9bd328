/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include <string.h>

struct _TjdTrust {
  TjdParty self;
  GMutex mutex;
  GPtrArray *parties[TJD_N_PARTIES]; /* of TjdKey; NULL before they are set */
  GPtrArray *operators;
  GPtrArray *before; /* arrays that were set before: keys of theirs are still borrowed */
  guint epoch;
};

TjdTrust *
tjd_trust_new (TjdParty self)
{
  TjdTrust *trust = g_new0 (TjdTrust, 1);

  trust->self = self;
  trust->before = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_mutex_init (&trust->mutex);
  return trust;
}

void
tjd_trust_free (TjdTrust *trust)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    g_clear_pointer (&trust->parties[i], g_ptr_array_unref);
  g_clear_pointer (&trust->operators, g_ptr_array_unref);
  g_ptr_array_unref (trust->before);
  g_mutex_clear (&trust->mutex);
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

void
tjd_trust_set_keys (TjdTrust *trust, TjdParty party, GPtrArray *keys)
{
  g_mutex_lock (&trust->mutex);
  replace (trust, &trust->parties[party], keys);
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
tjd_trust_dup_portal_key (TjdTrust *trust, const char *kid)
{
  TjdKey *key;

  g_mutex_lock (&trust->mutex);
  key = find_key (trust->parties[TJD_PARTY_PORTAL], kid);
  g_mutex_unlock (&trust->mutex);
  return key;
}
