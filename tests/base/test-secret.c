/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "secret.h"

static void
test_holds (void)
{
  char bytes[] = "only once";
  g_autoptr (TjdSecret) secret = tjd_secret_new (bytes, sizeof bytes);
  gsize n;

  memset (bytes, 'x', sizeof bytes); /* it has a copy of its own */
  g_assert_cmpmem (tjd_secret_get (secret, &n), 10, "only once", 10);
  g_assert_cmpuint (n, ==, 10);
  tjd_secret_unref (tjd_secret_ref (secret));
  g_assert_cmpmem (tjd_secret_get (secret, &n), 10, "only once", 10);
}

static void
test_sizes (void)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize sizes[] = { 0, 1, page - 1, page, page + 1, 64 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree guint8 *bytes = g_malloc0 (sizes[i] + 1);
    g_autoptr (TjdSecret) secret = NULL;
    gsize n;
    memset (bytes, 0xa5, sizes[i]);
    secret = tjd_secret_new (bytes, sizes[i]);
    g_assert_cmpint (memcmp (tjd_secret_get (secret, &n), bytes, sizes[i]), ==, 0);
    g_assert_cmpuint (n, ==, sizes[i]);
  }
}

/* The kernel's own word: the pages are left out of core dumps ("dd"), and locked ("lo") where the
 * limit allows. */
static void
test_pages (void)
{
  g_autoptr (TjdSecret) secret = tjd_secret_new ("s", 1);
  g_autofree char *maps = NULL, *start = NULL;
  gsize n;
  char *at, *flags;

  if (!g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL)) {
    g_test_skip ("no /proc/self/smaps");
    return;
  }
  start = g_strdup_printf ("%lx-", (gulong) tjd_secret_get (secret, &n));
  at = strstr (maps, start);
  if (at == NULL || (flags = strstr (at, "VmFlags:")) == NULL) {
    g_test_skip ("the page does not stand by itself here");
    return;
  }
  *strchr (flags, '\n') = '\0';
  g_assert_nonnull (strstr (flags, " dd"));
}

/* RFC 4648 section 10. */
static void
test_base32_vectors (void)
{
  static const char *const rows[][3] = {
    { "f", "MY", "MY======" },           { "fo", "MZXQ", "MZXQ====" },
    { "foo", "MZXW6", "MZXW6===" },      { "foob", "MZXW6YQ", "MZXW6YQ=" },
    { "fooba", "MZXW6YTB", "MZXW6YTB" }, { "foobar", "MZXW6YTBOI", "MZXW6YTBOI======" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint column = 1; column <= 2; column++) {
      g_autofree char *lower = g_ascii_strdown (rows[i][column], -1);
      g_autoptr (TjdSecret) secret = tjd_secret_new_from_base32 (rows[i][column]);
      g_autoptr (TjdSecret) small = tjd_secret_new_from_base32 (lower);
      g_autofree char *text = tjd_secret_to_base32 (secret);
      gsize n, n_small;
      const guint8 *bytes = tjd_secret_get (secret, &n);
      g_assert_cmpmem (bytes, n, rows[i][0], strlen (rows[i][0]));
      bytes = tjd_secret_get (small, &n_small);
      g_assert_cmpmem (bytes, n_small, rows[i][0], strlen (rows[i][0]));
      g_assert_cmpstr (text, ==, rows[i][1]);
    }
}

static void
test_base32_spaces (void)
{
  g_autoptr (TjdSecret) secret = tjd_secret_new_from_base32 ("mzxw 6ytb oi");
  gsize n;
  const guint8 *bytes = tjd_secret_get (secret, &n);

  g_assert_cmpmem (bytes, n, "foobar", 6);
}

static void
test_base32_refused (void)
{
  static const char *const texts[] = {
    "",          " ",     "=",         "A", "M1",   "M0",  "M8",
    "M9",        "MZ-XQ", "MZXQ=MZXQ", "م", "MY\n", "AAA", /* 15 bits are no whole number of bytes,
                                                              with less than a letter left */
    "MZXW6Y",                                              /* 30 */
    "MZXW6YTBO",                                           /* 45 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("row %u", i);
    g_assert_null (tjd_secret_new_from_base32 (texts[i]));
  }
}

static void
test_base32_round_trip (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (3);

  for (gsize length = 1; length <= 64; length++) {
    guint8 bytes[64];
    g_autoptr (TjdSecret) secret = NULL, again = NULL;
    g_autofree char *text = NULL;
    const guint8 *read;
    gsize n;
    tjd_entropy_fill (entropy, bytes, length);
    secret = tjd_secret_new (bytes, length);
    text = tjd_secret_to_base32 (secret);
    again = tjd_secret_new_from_base32 (text);
    read = tjd_secret_get (again, &n);
    g_assert_cmpmem (read, n, bytes, length);
  }
}

static void
test_equal (void)
{
  g_assert_true (tjd_bytes_equal_constant_time ("abc", "abc", 3));
  g_assert_true (tjd_bytes_equal_constant_time ("abc", "xyz", 0));
  g_assert_false (tjd_bytes_equal_constant_time ("abc", "abd", 3));
  g_assert_false (tjd_bytes_equal_constant_time ("abc", "bbc", 3));
  g_assert_true (tjd_bytes_equal_constant_time ("a\0c", "a\0c", 3));
  g_assert_false (tjd_bytes_equal_constant_time ("a\0c", "a\0d", 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/holds", test_holds);
  g_test_add_func ("/secret/sizes", test_sizes);
  g_test_add_func ("/secret/pages", test_pages);
  g_test_add_func ("/secret/base32/vectors", test_base32_vectors);
  g_test_add_func ("/secret/base32/spaces", test_base32_spaces);
  g_test_add_func ("/secret/base32/refused", test_base32_refused);
  g_test_add_func ("/secret/base32/round-trip", test_base32_round_trip);
  g_test_add_func ("/secret/equal", test_equal);
  return g_test_run ();
}
