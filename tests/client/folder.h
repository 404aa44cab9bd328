/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>

/* A folder of a test's own, flat, which goes with it. */
static inline char *
folder_new (void)
{
  char *folder = g_dir_make_tmp ("tajdid-client-XXXXXX", NULL);

  g_assert_nonnull (folder);
  return folder;
}

static inline void
folder_remove (char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_remove (path);
  }
  g_dir_close (dir);
  g_rmdir (folder);
  g_free (folder);
}
