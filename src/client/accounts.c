/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accounts.h"

#include "home.h"
#include "kept.h"
#include "offline.h"

static const TjdKeyringItem items[] = { TJD_KEYRING_REFRESH_TOKEN, TJD_KEYRING_SESSION_KEY,
                                        TJD_KEYRING_CACHE_KEY };

/* A set of accounts. */
static GHashTable *
list_in_keyring (GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++) {
    g_auto (GStrv) found = tjd_keyring_list (items[i], cancellable, error);
    if (found == NULL)
      return NULL;
    for (guint j = 0; found[j] != NULL; j++)
      g_hash_table_add (accounts, g_strdup (found[j]));
  }
  return g_steal_pointer (&accounts);
}

static gboolean
is_kept (const char *folder, GHashTable *accounts)
{
  g_autofree char *account = tjd_home_read_account (folder);

  return account != NULL &&
         (g_hash_table_contains (accounts, account) || tjd_offline_is_kept (folder));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char **
tjd_accounts_list (const char *root, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) accounts = list_in_keyring (cancellable, error);
  g_autoptr (GDir) folder = g_dir_open (root, 0, NULL);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (accounts == NULL)
    return NULL;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (root, name, NULL);
    if (is_kept (path, accounts))
      g_ptr_array_add (places, g_strdup (name));
  }
  g_ptr_array_sort (places, compare);
  g_ptr_array_add (places, NULL);
  return (char **) g_ptr_array_steal (places, NULL);
}

gboolean
tjd_accounts_forget (const char *root, const char *place, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_build_filename (root, place, NULL);
  g_autofree char *account = tjd_home_read_account (folder);

  return account == NULL || (tjd_kept_forget (account, cancellable, error) &&
                             tjd_offline_forget (folder, account, cancellable, error));
}
