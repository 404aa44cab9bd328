/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "home.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "identifiers.h"

static gboolean
fail (GError **error, const char *path)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s: %s", path,
               g_strerror (saved));
  return FALSE;
}

static char *
make_account (const char *path, const TjdEntropy *entropy, GError **error)
{
  g_autofree char *account = tjd_id_new (entropy, "acc");

  if (!g_file_set_contents_full (path, account, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return NULL;
  return g_steal_pointer (&account);
}

char *
tjd_home_read_account (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "account", NULL);
  g_autofree char *account = NULL;

  return g_file_get_contents (path, &account, NULL, NULL) && tjd_format_id.fits (account)
             ? g_steal_pointer (&account)
             : NULL;
}

char *
tjd_home_prepare (const char *folder, const TjdEntropy *entropy, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "account", NULL);
  char *account;

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0) {
    fail (error, folder);
    return NULL;
  }
  account = tjd_home_read_account (folder);
  return account != NULL ? account : make_account (path, entropy, error);
}
