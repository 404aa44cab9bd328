/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring.h"
#include "keyring-session.h"
#include "way.h"

typedef GList Items; /* of SecretItem */

static void
items_free (Items *items)
{
  g_list_free_full (items, g_object_unref);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Items, items_free)

static gboolean
unlock (SecretService *service, GList *objects, GCancellable *cancellable, GError **error)
{
  g_autoptr (Items) unlocked = NULL;
  GError *cause = NULL;

  secret_service_unlock_sync (service, objects, cancellable, &unlocked, &cause);
  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  if (g_list_length (unlocked) >= g_list_length (objects))
    return TRUE;
  g_set_error (error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_DISMISSED, "not unlocked");
  return FALSE;
}

static Items *
search (SecretService *service, GHashTable *attributes, GCancellable *cancellable, GError **error)
{
  return secret_service_search_sync (service, &tjd_keyring_schema, attributes, SECRET_SEARCH_ALL,
                                     cancellable, error);
}

/* What stands in the keyring, all of it unlocked. NULL without an error: nothing. */
static Items *
find (SecretService *service, GHashTable *attributes, GCancellable *cancellable, GError **error)
{
  g_autoptr (Items) found = search (service, attributes, cancellable, error);
  g_autoptr (GList) locked = NULL;

  for (GList *at = found; at != NULL; at = at->next)
    if (secret_item_get_locked (at->data))
      locked = g_list_prepend (locked, at->data);
  if (locked == NULL)
    return g_steal_pointer (&found);
  if (!unlock (service, locked, cancellable, error))
    return NULL;
  return search (service, attributes, cancellable, error); /* locked ones show no attributes */
}

static TjdSecret *
read_service (GHashTable *attributes, TjdWait *wait, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  g_autoptr (TjdKeyringSession) session = tjd_keyring_session_open (wait, cancellable, error);
  g_autoptr (Items) found = NULL;
  g_autoptr (SecretValue) value = NULL;

  if (session == NULL)
    return NULL;
  found = find (SECRET_SERVICE (session), attributes, cancellable, &cause);
  if (found != NULL && secret_item_load_secret_sync (found->data, cancellable, &cause))
    value = secret_item_get_secret (found->data);
  if (value != NULL)
    return tjd_keyring_secret_of (value);
  if (cause != NULL)
    g_propagate_error (error, cause);
  else
    g_set_error (error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_EMPTY, "no such item");
  return NULL;
}

/* Where there is no default collection yet, storing makes one and asks for its password. */
static gboolean
unlock_default (SecretService *service, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_sync (
      service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable, &cause);
  GList only = { collection, NULL, NULL };

  if (cause != NULL) {
    g_propagate_error (error, cause);
    return FALSE;
  }
  return collection == NULL || !secret_collection_get_locked (collection) ||
         unlock (service, &only, cancellable, error);
}

static gboolean
store_service (GHashTable *attributes,
               const char *label,
               SecretValue *value,
               TjdWait *wait,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (TjdKeyringSession) session = tjd_keyring_session_open (wait, cancellable, error);

  return session != NULL && unlock_default (SECRET_SERVICE (session), cancellable, error) &&
         secret_service_store_sync (SECRET_SERVICE (session), &tjd_keyring_schema, attributes,
                                    SECRET_COLLECTION_DEFAULT, label, value, cancellable, error);
}

static gboolean
forget_service (GHashTable *attributes, TjdWait *wait, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  g_autoptr (TjdKeyringSession) session = tjd_keyring_session_open (wait, cancellable, error);
  g_autoptr (Items) found = NULL;

  if (session == NULL)
    return FALSE;
  found = find (SECRET_SERVICE (session), attributes, cancellable, &cause);
  for (GList *at = found; at != NULL && cause == NULL; at = at->next)
    secret_item_delete_sync (at->data, cancellable, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

static char **
list_service (GHashTable *attributes, TjdWait *wait, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  g_autoptr (TjdKeyringSession) session = tjd_keyring_session_open (wait, cancellable, error);
  g_autoptr (Items) found = NULL;

  if (session == NULL)
    return NULL;
  found = find (SECRET_SERVICE (session), attributes, cancellable, &cause);
  if (cause == NULL)
    return tjd_keyring_accounts_of (found);
  g_propagate_error (error, cause);
  return NULL;
}

const TjdKeyringWay tjd_keyring_service = { read_service, store_service, forget_service,
                                            list_service };
