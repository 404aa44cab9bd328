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

static char *
key_path (const char *directory, const char *name, const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);

  return g_build_filename (directory, "keys", file, NULL);
}

static TjdKey *
parse_key (const char *path, const char *json, gboolean pair, GError **error)
{
  g_autoptr (TjdKey) key = tjd_key_new_from_jwk (json, error);

  if (key == NULL)
    g_prefix_error (error, "%s: ", path);
  if (key == NULL || !pair || tjd_key_is_private (key))
    return g_steal_pointer (&key);
  g_set_error (error, TJD_JWS_ERROR, TJD_JWS_ERROR_KEY, "%s is not a key pair", path);
  return NULL;
}

/* The key at path, fresh if there was none. */
static TjdKey *
keep_pair (const char *path, GError **error)
{
  g_autoptr (TjdKey) fresh = tjd_key_new_generated ();
  char *drawn = tjd_key_to_jwk (fresh, TRUE);
  char *kept = tjd_keep_once (path, drawn, error);
  TjdKey *key = kept != NULL ? parse_key (path, kept, TRUE, error) : NULL;

  tjd_wipe_string (drawn);
  tjd_wipe_string (kept);
  return key;
}

TjdKey *
tjd_keep_key (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = key_path (directory, name, ".jwk");

  return keep_pair (path, error);
}

static gboolean
add_key (GPtrArray *keys, const char *path, gboolean pair, GError **error)
{
  char *json = NULL;
  TjdKey *key;

  if (!g_file_get_contents (path, &json, NULL, error))
    return FALSE;
  key = parse_key (path, json, pair, error);
  tjd_wipe_string (json);
  if (key != NULL)
    g_ptr_array_add (keys, key);
  return key != NULL;
}

static gboolean
add_past (GPtrArray *keys, const char *directory, const char *name, GError **error)
{
  g_autofree char *folder = g_build_filename (directory, "keys", NULL);
  g_autofree char *begin = g_strconcat (name, ".past-", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *file;

  if (dir == NULL)
    return FALSE;
  while ((file = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, file, NULL);
    if (g_str_has_prefix (file, begin) && g_str_has_suffix (file, ".jwk") &&
        !add_key (keys, path, FALSE, error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
tjd_keep_keys (const char *directory, const char *name, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_key_unref);
  g_autofree char *next = key_path (directory, name, ".next.jwk");
  TjdKey *signs = tjd_keep_key (directory, name, error);

  if (signs == NULL)
    return NULL;
  g_ptr_array_add (keys, signs);
  if (g_file_test (next, G_FILE_TEST_EXISTS) && !add_key (keys, next, TRUE, error))
    return NULL;
  return add_past (keys, directory, name, error) ? g_steal_pointer (&keys) : NULL;
}

/* The public half alone: what no longer signs is no longer there to be stolen. */
static gboolean
keep_past (const char *directory, const char *name, TjdKey *key, GError **error)
{
  g_autofree char *ending = g_strconcat (".past-", tjd_key_get_thumbprint (key), ".jwk", NULL);
  g_autofree char *path = key_path (directory, name, ending);
  g_autofree char *jwk = tjd_key_to_jwk (key, FALSE);
  g_autofree char *kept = tjd_keep_once (path, jwk, error);

  return kept != NULL;
}

static gboolean
turn (const char *directory, const char *name, const char *next, GError **error)
{
  g_autofree char *path = key_path (directory, name, ".jwk");
  g_autoptr (TjdKey) past = tjd_keep_key (directory, name, error);

  if (past == NULL || !keep_past (directory, name, past, error))
    return FALSE;
  if (g_rename (next, path) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

TjdKey *
tjd_keep_rotate (const char *directory, const char *name, gboolean *turned, GError **error)
{
  g_autofree char *path = key_path (directory, name, ".jwk");
  g_autofree char *next = key_path (directory, name, ".next.jwk");

  *turned = FALSE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no %s to be rotated", path);
    return NULL;
  }
  if (!g_file_test (next, G_FILE_TEST_EXISTS))
    return keep_pair (next, error);
  *turned = turn (directory, name, next, error);
  return *turned ? tjd_keep_key (directory, name, error) : NULL;
}
