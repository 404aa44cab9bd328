/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

/* In the build tree each stands in the folder of its layer. */
static const char *const places[] = { ".", "../token", "../services" };

char *
tjd_program_find (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_build_filename (folder, places[i], name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
      return g_steal_pointer (&path);
  }
  return g_strdup (name);
}
