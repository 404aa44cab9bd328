/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keep.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "secret.h"

static gboolean
make_parent (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_mkdir_with_parents (parent, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s cannot be made: %s",
               parent, g_strerror (errno));
  return FALSE;
}

static gboolean
publish (const char *from, const char *path, GError **error)
{
  if (link (from, path) == 0 || errno == EEXIST)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s cannot be made: %s",
               path, g_strerror (errno));
  return FALSE;
}

char *
tjd_keep_once (const char *path, const char *contents, GError **error)
{
  g_autofree char *fresh = g_strdup_printf ("%s.%d.new", path, (int) getpid ());
  char *kept = NULL;
  gboolean ok;

  if (g_file_get_contents (path, &kept, NULL, NULL))
    return kept;
  ok = make_parent (path, error) &&
       g_file_set_contents_full (fresh, contents, (gssize) strlen (contents),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error) &&
       publish (fresh, path, error) && g_file_get_contents (path, &kept, NULL, error);
  g_unlink (fresh);
  return ok ? kept : NULL;
}

TjdKey *
tjd_keep_key (const char *directory, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".jwk", NULL);
  g_autofree char *path = g_build_filename (directory, "keys", file, NULL);
  g_autoptr (TjdKey) fresh = tjd_key_new_generated ();
  char *drawn = tjd_key_to_jwk (fresh, TRUE);
  char *kept = tjd_keep_once (path, drawn, error);
  TjdKey *key = kept != NULL ? tjd_key_new_from_jwk (kept, error) : NULL;

  tjd_wipe_string (drawn);
  tjd_wipe_string (kept);
  if (key != NULL && !tjd_key_is_private (key)) {
    g_clear_pointer (&key, tjd_key_unref);
    g_set_error (error, TJD_JWS_ERROR, TJD_JWS_ERROR_KEY, "%s is not a key pair", path);
  }
  return key;
}
