/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sealed.h"

#include <gnutls/crypto.h>
#include <string.h>

#define NONCE_BYTES 12
#define TAG_BYTES 16

TjdSecret *
tjd_sealed_new_key (const TjdEntropy *entropy)
{
  guint8 bytes[TJD_SEALED_KEY_BYTES];
  TjdSecret *key;

  tjd_entropy_fill (entropy, bytes, sizeof bytes);
  key = tjd_secret_new (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return key;
}

/* NULL if it is not a key. */
static gnutls_aead_cipher_hd_t
cipher_of (TjdSecret *key)
{
  gsize length;
  const guint8 *bytes = tjd_secret_get (key, &length);
  gnutls_datum_t datum = { (guint8 *) bytes, (guint) length };
  gnutls_aead_cipher_hd_t cipher;

  if (length != TJD_SEALED_KEY_BYTES ||
      gnutls_aead_cipher_init (&cipher, GNUTLS_CIPHER_AES_256_GCM, &datum) < 0)
    return NULL;
  return cipher;
}

GBytes *
tjd_sealed_make (TjdSecret *key, const TjdEntropy *entropy, const char *purpose, GBytes *plain)
{
  gsize n_plain, n_sealed;
  const void *bytes = g_bytes_get_data (plain, &n_plain);
  guint8 *sealed = g_malloc (NONCE_BYTES + n_plain + TAG_BYTES);
  gnutls_aead_cipher_hd_t cipher = cipher_of (key);
  int result;

  g_assert (cipher != NULL);
  n_sealed = n_plain + TAG_BYTES;
  tjd_entropy_fill (entropy, sealed, NONCE_BYTES);
  result = gnutls_aead_cipher_encrypt (cipher, sealed, NONCE_BYTES, purpose, strlen (purpose),
                                       TAG_BYTES, bytes, n_plain, sealed + NONCE_BYTES, &n_sealed);
  g_assert (result >= 0);
  gnutls_aead_cipher_deinit (cipher);
  return g_bytes_new_take (sealed, NONCE_BYTES + n_sealed);
}

static void
wipe (gpointer data)
{
  GByteArray *plain = data;

  explicit_bzero (plain->data, plain->len);
  g_byte_array_unref (plain);
}

GBytes *
tjd_sealed_open (TjdSecret *key, const char *purpose, GBytes *sealed)
{
  gsize n_sealed, n_plain;
  const guint8 *bytes = g_bytes_get_data (sealed, &n_sealed);
  gnutls_aead_cipher_hd_t cipher = cipher_of (key);
  GByteArray *plain;
  int result;

  if (cipher == NULL)
    return NULL;
  if (n_sealed < NONCE_BYTES + TAG_BYTES || n_sealed > G_MAXUINT) {
    gnutls_aead_cipher_deinit (cipher);
    return NULL;
  }
  n_plain = n_sealed - NONCE_BYTES - TAG_BYTES;
  plain = g_byte_array_sized_new ((guint) n_plain + TAG_BYTES);
  g_byte_array_set_size (plain, (guint) n_plain + TAG_BYTES);
  result = gnutls_aead_cipher_decrypt (cipher, bytes, NONCE_BYTES, purpose, strlen (purpose),
                                       TAG_BYTES, bytes + NONCE_BYTES, n_sealed - NONCE_BYTES,
                                       plain->data, &n_plain);
  gnutls_aead_cipher_deinit (cipher);
  if (result < 0) {
    wipe (plain);
    return NULL;
  }
  return g_bytes_new_with_free_func (plain->data, n_plain, wipe, plain);
}
