/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wallet.h"

#include <string.h>

#include "clock.h"
#include "keyring.h"

void
tjd_held_token_free (TjdHeldToken *held)
{
  g_free (held->account);
  g_clear_pointer (&held->token, tjd_token_free);
  g_free (held);
}

static TjdToken *
parse_secret (TjdSecret *secret)
{
  gsize length;
  const guint8 *bytes = tjd_secret_get (secret, &length);
  char *text = g_strndup ((const char *) bytes, length);
  TjdToken *token = tjd_token_parse (text, NULL);

  tjd_wipe_string (text);
  return token;
}

static int
by_personal_id (gconstpointer a, gconstpointer b)
{
  const TjdHeldToken *one = *(const TjdHeldToken *const *) a,
                     *other = *(const TjdHeldToken *const *) b;

  return strcmp (one->token->personal_id, other->token->personal_id);
}

GPtrArray *
tjd_wallet_load (GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) accounts = tjd_keyring_list (TJD_KEYRING_TOKEN, cancellable, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_held_token_free);

  for (char **account = accounts; account != NULL && *account != NULL; account++) {
    g_autoptr (TjdSecret) secret =
        tjd_keyring_read (TJD_KEYRING_TOKEN, *account, cancellable, error);
    TjdToken *token = secret != NULL ? parse_secret (secret) : NULL;
    TjdHeldToken *held;
    if (secret == NULL)
      return NULL;
    if (token == NULL)
      continue;
    held = g_new0 (TjdHeldToken, 1);
    held->account = g_strdup (*account);
    held->token = token;
    g_ptr_array_add (all, held);
  }
  g_ptr_array_sort (all, by_personal_id);
  return accounts != NULL ? g_steal_pointer (&all) : NULL;
}

static char *
draw_account (void)
{
  guint8 bytes[16];
  GString *account = g_string_new (NULL);

  tjd_entropy_fill (tjd_entropy_system (), bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (account, "%02x", bytes[i]);
  return g_string_free (account, FALSE);
}

static char *
find_account (const TjdToken *token, GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++) {
    TjdHeldToken *held = all->pdata[i];
    if (strcmp (held->token->personal_id, token->personal_id) == 0)
      return g_strdup (held->account);
  }
  return draw_account ();
}

gboolean
tjd_wallet_keep (const TjdToken *token,
                 const char *label,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) all = tjd_wallet_load (cancellable, error);
  g_autofree char *account = all != NULL ? find_account (token, all) : NULL;
  g_autoptr (TjdSecret) secret = NULL;
  char *text;

  if (all == NULL)
    return FALSE;
  text = tjd_token_print (token);
  secret = tjd_secret_new (text, strlen (text));
  tjd_wipe_string (text);
  return tjd_keyring_store (TJD_KEYRING_TOKEN, account, label, secret, cancellable, error);
}

gboolean
tjd_wallet_forget (const char *account, GCancellable *cancellable, GError **error)
{
  return tjd_keyring_forget (TJD_KEYRING_TOKEN, account, cancellable, error);
}
