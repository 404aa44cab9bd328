/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring.h"
#include "way.h"

static gboolean
refuse_empty (GError **error)
{
  g_set_error (error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_EMPTY, "no such item");
  return FALSE;
}

static TjdSecret *
read_simple (GHashTable *attributes, TjdWait *wait, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  g_autoptr (SecretValue) value =
      secret_password_lookupv_binary_sync (&tjd_keyring_schema, attributes, cancellable, &cause);

  if (value != NULL)
    return tjd_keyring_secret_of (value);
  if (cause != NULL)
    g_propagate_error (error, cause);
  else
    refuse_empty (error);
  return NULL;
}

static gboolean
store_simple (GHashTable *attributes,
              const char *label,
              SecretValue *value,
              TjdWait *wait,
              GCancellable *cancellable,
              GError **error)
{
  return secret_password_storev_binary_sync (
      &tjd_keyring_schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, cancellable, error);
}

static gboolean
forget_simple (GHashTable *attributes, TjdWait *wait, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  secret_password_clearv_sync (&tjd_keyring_schema, attributes, cancellable, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

static char **
list_simple (GHashTable *attributes, TjdWait *wait, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  GList *found = secret_password_searchv_sync (&tjd_keyring_schema, attributes, SECRET_SEARCH_ALL,
                                               cancellable, &cause);
  char **accounts = cause == NULL ? tjd_keyring_accounts_of (found) : NULL;

  g_list_free_full (found, g_object_unref);
  if (cause != NULL)
    g_propagate_error (error, cause);
  return accounts;
}

const TjdKeyringWay tjd_keyring_simple = { read_simple, store_simple, forget_simple, list_simple };
