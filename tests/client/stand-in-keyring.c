/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "keyring.h"

/* In the keyring's place where a test wants it to answer in a way that a real one cannot be made to
 * at that moment: items are files in TAJDID_TEST_KEYRING, and a file "answer" there holds the
 * number of the error that everything is answered with. */

/* clang-format off */
G_DEFINE_QUARK (tjd-keyring-error-quark, tjd_keyring_error)
/* clang-format on */

static char *
path_of (TjdKeyringItem item, const char *account)
{
  g_autofree char *name = g_strdup_printf ("%d-%s", item, account);

  return g_build_filename (g_getenv ("TAJDID_TEST_KEYRING"), name, NULL);
}

static gboolean
is_open (GError **error)
{
  g_autofree char *path = g_build_filename (g_getenv ("TAJDID_TEST_KEYRING"), "answer", NULL);
  g_autofree char *answer = NULL;

  if (!g_file_get_contents (path, &answer, NULL, NULL))
    return TRUE;
  g_set_error_literal (error, TJD_KEYRING_ERROR, (gint) g_ascii_strtoll (answer, NULL, 10),
                       "as the test wants it");
  return FALSE;
}

TjdSecret *
tjd_keyring_read (TjdKeyringItem item,
                  const char *account,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *path = path_of (item, account);
  g_autofree char *bytes = NULL;
  gsize length;

  if (!is_open (error))
    return NULL;
  if (g_file_get_contents (path, &bytes, &length, NULL))
    return tjd_secret_new (bytes, length);
  g_set_error_literal (error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_EMPTY, "no such item");
  return NULL;
}

gboolean
tjd_keyring_store (TjdKeyringItem item,
                   const char *account,
                   const char *label,
                   TjdSecret *secret,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *path = path_of (item, account);
  gsize length;
  const guint8 *bytes = tjd_secret_get (secret, &length);

  return is_open (error) &&
         g_file_set_contents (path, (const char *) bytes, (gssize) length, error);
}

gboolean
tjd_keyring_forget (TjdKeyringItem item,
                    const char *account,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *path = path_of (item, account);

  if (!is_open (error))
    return FALSE;
  g_unlink (path);
  return TRUE;
}

char **
tjd_keyring_list (TjdKeyringItem item, GCancellable *cancellable, GError **error)
{
  return is_open (error) ? g_new0 (char *, 1) : NULL;
}

void
tjd_keyring_set_patience (guint service_ms, guint person_ms)
{
}
