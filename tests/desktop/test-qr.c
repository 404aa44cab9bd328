/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qr.h"

#include <stdio.h>
#include <string.h>

/* ISO/IEC 18004, 6.3.3: a finder pattern, whose rings are black, white, black. */
static void
assert_finder (const guint8 *modules, guint side, guint left, guint top)
{
  for (guint row = 0; row < 7; row++)
    for (guint column = 0; column < 7; column++) {
      guint ring = MIN (MIN (row, 6 - row), MIN (column, 6 - column));
      g_assert_cmpint (modules[(top + row) * side + left + column], ==, ring != 1);
    }
}

static void
test_shape (void)
{
  guint side = 0;
  g_autofree guint8 *modules = tjd_qr_encode (
      "Tajdid payment request 1\nPayee: \330\252\330\254\330\257\331\212\330\257\n", &side);

  g_assert_nonnull (modules);
  g_assert_cmpuint ((side - 17) % 4, ==, 0);
  assert_finder (modules, side, 0, 0);
  assert_finder (modules, side, side - 7, 0);
  assert_finder (modules, side, 0, side - 7);
}

static void
test_text_counts (void)
{
  guint side = 0, side_of_other = 0;
  g_autofree guint8 *modules = tjd_qr_encode ("1020.00", &side);
  g_autofree guint8 *other = tjd_qr_encode ("1020.01", &side_of_other);

  g_assert_cmpuint (side, ==, side_of_other);
  g_assert_cmpint (memcmp (modules, other, side * side), !=, 0);
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  guint side;

  g_assert_null (tjd_qr_encode (text, &side));
}

/* A decoder that shares no code with us reads what was written. */
static void
test_decoder (void)
{
  const char *text = "Tajdid payment request 1\nNumber: 48151623\nAmount: QAR 1,020.00\n";
  g_autofree char *program = g_find_program_in_path ("zbarimg");
  g_autofree char *folder = g_dir_make_tmp ("tajdid-qr-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "qr.pbm", NULL);
  g_autofree char *read = NULL;
  g_autoptr (GString) picture = g_string_new (NULL);
  g_autofree guint8 *modules = NULL;
  const char *arguments[] = { program, "--quiet", "--raw", path, NULL };
  guint side, scale = 4, border = 4;
  gboolean ran;

  if (program == NULL) {
    g_test_skip ("zbarimg is missing");
    remove (folder);
    return;
  }
  modules = tjd_qr_encode (text, &side);
  g_string_printf (picture, "P1\n%u %u\n", (side + 2 * border) * scale,
                   (side + 2 * border) * scale);
  for (guint y = 0; y < (side + 2 * border) * scale; y++)
    for (guint x = 0; x < (side + 2 * border) * scale; x++) {
      guint row = y / scale - border, column = x / scale - border;
      gboolean is_inside = row < side && column < side;
      g_string_append (picture, is_inside && modules[row * side + column] ? "1\n" : "0\n");
    }
  g_assert_true (g_file_set_contents (path, picture->str, -1, NULL));
  ran = g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                      &read, NULL, NULL, NULL);
  remove (path);
  remove (folder);
  g_assert_true (ran);
  g_assert_true (g_str_has_prefix (read, text));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr/shape", test_shape);
  g_test_add_func ("/qr/text-counts", test_text_counts);
  g_test_add_func ("/qr/too-long", test_too_long);
  g_test_add_func ("/qr/decoder", test_decoder);
  return g_test_run ();
}
