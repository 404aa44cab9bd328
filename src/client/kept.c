/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"

#include <string.h>

#include "identifiers.h"

#define LABEL "Tajdid" /* shown by keyring programs; the product's name in every language */

typedef struct {
  TjdRecord parent;
  char *personal_id;
  char *refresh_token;
} KeptToken;

static const TjdField kept_token_fields[] = {
  TJD_STRING (KeptToken, personal_id, TJD_REQUIRED | TJD_SECRET, .format = &tjd_format_personal_id),
  TJD_STRING (KeptToken, refresh_token, TJD_REQUIRED | TJD_SECRET, .min = 1, .max = 4096),
};
TJD_DEFINE_PRIVATE_RECORD (KeptToken, kept_token, kept_token_fields)

static gboolean
store_text (TjdKeyringItem item,
            const char *account,
            char *text, /* (transfer full), wiped */
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (TjdSecret) secret = tjd_secret_new (text, strlen (text));

  tjd_wipe_string (text);
  return tjd_keyring_store (item, account, LABEL, secret, cancellable, error);
}

static char *
print_token (const char *personal_id, TjdSecret *refresh_token)
{
  g_autoptr (KeptToken) kept = kept_token_new ();
  gsize length;

  kept->personal_id = g_strdup (personal_id);
  kept->refresh_token = g_strdup ((const char *) tjd_secret_get (refresh_token, &length));
  return tjd_record_to_json (kept);
}

gboolean
tjd_kept_store (const char *account,
                const char *personal_id,
                TjdSecret *refresh_token,
                TjdKey *key,
                GCancellable *cancellable,
                GError **error)
{
  return store_text (TJD_KEYRING_SESSION_KEY, account, tjd_key_to_jwk (key, TRUE), cancellable,
                     error) &&
         store_text (TJD_KEYRING_REFRESH_TOKEN, account, print_token (personal_id, refresh_token),
                     cancellable, error);
}

static void
say_nothing_is_kept (GError **error)
{
  g_set_error_literal (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_NOT_SIGNED_IN,
                       "the keyring has no session");
}

static TjdSecret *
read_item (TjdKeyringItem item, const char *account, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failed = NULL;
  TjdSecret *secret = tjd_keyring_read (item, account, cancellable, &failed);

  if (secret != NULL)
    return secret;
  if (g_error_matches (failed, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_EMPTY))
    say_nothing_is_kept (error);
  else
    g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

TjdKey *
tjd_kept_read_key (const char *account, GCancellable *cancellable, GError **error)
{
  g_autoptr (TjdSecret) secret = read_item (TJD_KEYRING_SESSION_KEY, account, cancellable, error);
  gsize length;
  const guint8 *bytes;
  char *json;
  TjdKey *key;

  if (secret == NULL)
    return NULL;
  bytes = tjd_secret_get (secret, &length);
  json = g_strndup ((const char *) bytes, length);
  key = tjd_key_new_from_jwk (json, NULL);
  tjd_wipe_string (json);
  if (key != NULL && !tjd_key_is_private (key))
    g_clear_pointer (&key, tjd_key_unref);
  if (key == NULL)
    say_nothing_is_kept (error);
  return key;
}

TjdSecret *
tjd_kept_read_token (const char *account,
                     char **personal_id,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (TjdSecret) secret = read_item (TJD_KEYRING_REFRESH_TOKEN, account, cancellable, error);
  g_autoptr (KeptToken) kept = NULL;
  gsize length;
  const guint8 *bytes;

  if (secret == NULL)
    return NULL;
  bytes = tjd_secret_get (secret, &length);
  kept = tjd_record_from_json (kept_token_get_type (), (const char *) bytes, length,
                               TJD_READ_STRICT, NULL);
  if (kept == NULL) {
    say_nothing_is_kept (error);
    return NULL;
  }
  *personal_id = g_strdup (kept->personal_id);
  return tjd_secret_new (kept->refresh_token, strlen (kept->refresh_token) + 1);
}

gboolean
tjd_kept_forget_token (const char *account, GCancellable *cancellable, GError **error)
{
  return tjd_keyring_forget (TJD_KEYRING_REFRESH_TOKEN, account, cancellable, error);
}

gboolean
tjd_kept_forget (const char *account, GCancellable *cancellable, GError **error)
{
  return tjd_kept_forget_token (account, cancellable, error) &&
         tjd_keyring_forget (TJD_KEYRING_SESSION_KEY, account, cancellable, error);
}
