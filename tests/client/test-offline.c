/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "offline.h"

#include <string.h>

#include "folder.h"
#include "sealed.h"

#define ACCOUNT "acc-aaaaaaaaaaaaaaaaaaaa"
#define NOW G_GINT64_CONSTANT (1800000000)

typedef struct {
  char *folder, *path, *key_path, *answer_path;
  TjdClock *clock;
} Side;

static void
set_up (Side *side, gconstpointer data)
{
  side->folder = folder_new ();
  side->path = g_build_filename (side->folder, "offline", NULL);
  side->key_path = g_build_filename (side->folder, "2-" ACCOUNT, NULL);
  side->answer_path = g_build_filename (side->folder, "answer", NULL);
  side->clock = tjd_clock_new_fixed (NOW * G_USEC_PER_SEC);
  g_setenv ("TAJDID_TEST_KEYRING", side->folder, TRUE);
}

static void
tear_down (Side *side, gconstpointer data)
{
  g_free (side->path);
  g_free (side->key_path);
  g_free (side->answer_path);
  g_free (side->clock);
  folder_remove (side->folder);
}

static TjdPermit *
new_permit (guint n)
{
  TjdPermit *permit = tjd_permit_new ();
  const gint64 years[] = { 1, 2, 3 };

  permit->personal_id = g_strdup_printf ("285634%05u", n);
  permit->name_en = g_strdup_printf ("Somebody With A Name %u", n);
  permit->name_ar = g_strdup_printf ("شخص له اسم %u", n);
  permit->renewer = g_strdup ("01005700");
  permit->expires_on = g_strdup ("2026-12-05");
  g_array_append_vals (permit->years, years, G_N_ELEMENTS (years));
  return permit;
}

static TjdOffline *
new_offline (guint n_permits)
{
  TjdOffline *offline = tjd_offline_new ();

  offline->personal_id = g_strdup ("27612405934");
  offline->as_of = NOW - 60;
  offline->account = tjd_account_new ();
  offline->account->personal_id = g_strdup (offline->personal_id);
  offline->account->name_en = g_strdup ("Sara");
  offline->account->name_ar = g_strdup ("سارة");
  for (guint i = 0; i < n_permits; i++)
    g_ptr_array_add (offline->permits, new_permit (i));
  return offline;
}

static void
save (Side *side, TjdOffline *offline)
{
  g_autoptr (GError) error = NULL;

  tjd_offline_save (offline, side->path, ACCOUNT, tjd_entropy_system (), NULL, &error);
  g_assert_no_error (error);
}

static TjdOffline *
load (Side *side, GError **error)
{
  return tjd_offline_load (side->path, ACCOUNT, side->clock, NULL, error);
}

static void
assert_thrown_away (Side *side)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (side, &error));
  g_assert_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CACHE);
  g_assert_false (g_file_test (side->path, G_FILE_TEST_EXISTS));
}

static void
test_kept (Side *side, gconstpointer data)
{
  g_autoptr (TjdOffline) offline = new_offline (3);
  g_autoptr (TjdOffline) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sealed = NULL;
  gsize length;
  GStatBuf about;

  g_assert_null (load (side, &error)); /* nothing yet */
  g_assert_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CACHE);
  save (side, offline);
  found = load (side, NULL);
  g_assert_true (tjd_record_equal (offline, found));
  g_assert_cmpint (g_stat (side->path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (side->path, &sealed, &length, NULL));
  g_assert_null (g_strstr_len (sealed, (gssize) length, "Somebody"));
  g_assert_null (g_strstr_len (sealed, (gssize) length, "27612405934"));
}

/* Every byte of it. */
static void
test_tampered (Side *side, gconstpointer data)
{
  g_autoptr (TjdOffline) offline = new_offline (0);
  g_autofree char *sealed = NULL;
  gsize length;

  save (side, offline);
  g_assert_true (g_file_get_contents (side->path, &sealed, &length, NULL));
  for (gsize i = 0; i < length; i++) {
    sealed[i] ^= 1;
    g_assert_true (g_file_set_contents (side->path, sealed, (gssize) length, NULL));
    sealed[i] ^= 1;
    assert_thrown_away (side);
  }
  for (gsize shorter = 0; shorter < length; shorter += 7) {
    g_assert_true (g_file_set_contents (side->path, sealed, (gssize) shorter, NULL));
    assert_thrown_away (side);
  }
}

static void
test_another_key (Side *side, gconstpointer data)
{
  g_autoptr (TjdOffline) offline = new_offline (1);
  g_autofree char *key = NULL;
  gsize length;

  save (side, offline);
  g_assert_true (g_file_get_contents (side->key_path, &key, &length, NULL));
  g_assert_cmpuint (length, ==, TJD_SEALED_KEY_BYTES);
  key[0] ^= 1;
  g_assert_true (g_file_set_contents (side->key_path, key, (gssize) length, NULL));
  assert_thrown_away (side);
  save (side, offline);
  g_remove (side->key_path);
  assert_thrown_away (side);
  save (side, offline); /* with a key drawn anew */
  g_assert_true (g_file_set_contents (side->key_path, "short", -1, NULL));
  assert_thrown_away (side);
}

static void
test_age (Side *side, gconstpointer data)
{
  g_autoptr (TjdOffline) offline = new_offline (1);
  g_autoptr (TjdOffline) found = NULL;

  save (side, offline);
  tjd_clock_set_fixed (side->clock, (offline->as_of + TJD_OFFLINE_SECONDS) * G_USEC_PER_SEC);
  found = load (side, NULL);
  g_assert_nonnull (found);
  tjd_clock_set_fixed (side->clock, (offline->as_of + TJD_OFFLINE_SECONDS + 1) * G_USEC_PER_SEC);
  assert_thrown_away (side);
  save (side, offline);
  tjd_clock_set_fixed (side->clock, (offline->as_of - 3600) * G_USEC_PER_SEC);
  assert_thrown_away (side);
}

/* A keyring that is locked says nothing about the file. */
static void
test_locked (Side *side, gconstpointer data)
{
  g_autoptr (TjdOffline) offline = new_offline (1);
  g_autoptr (TjdOffline) found = NULL;
  g_autoptr (GError) error = NULL;

  save (side, offline);
  g_assert_true (g_file_set_contents (side->answer_path, "1", -1, NULL));
  g_assert_null (load (side, &error));
  g_assert_error (error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (
      tjd_offline_save (offline, side->path, ACCOUNT, tjd_entropy_system (), NULL, &error));
  g_assert_error (error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_LOCKED);
  g_remove (side->answer_path);
  found = load (side, NULL);
  g_assert_nonnull (found);
}

/* Only a file of ours is read: not a link to somewhere, not a folder. */
static void
test_link (Side *side, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (side->path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_make_symbolic_link (file, "/dev/zero", NULL, NULL));
  g_assert_null (load (side, &error));
  g_assert_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CACHE);
}

static void
test_forgotten (Side *side, gconstpointer data)
{
  g_autoptr (TjdOffline) offline = new_offline (1);
  g_autofree char *orders = g_build_filename (side->folder, TJD_OFFLINE_ORDERS_FILE, NULL);
  g_autofree char *staff = g_build_filename (side->folder, "offline-01005700", NULL);
  g_autofree char *other = g_build_filename (side->folder, "journal.db", NULL);

  g_assert_false (tjd_offline_is_kept (side->folder));
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_file_set_contents (((char *[]){ orders, staff, other })[i], "", 0, NULL));
  g_assert_true (tjd_offline_is_kept (side->folder));
  save (side, offline);
  g_assert_true (tjd_offline_forget (side->folder, ACCOUNT, NULL, NULL));
  g_assert_false (g_file_test (side->path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (side->key_path, G_FILE_TEST_EXISTS));
  g_assert_false (tjd_offline_is_kept (side->folder));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (tjd_offline_forget (side->folder, ACCOUNT, NULL, NULL));
}

/* All of the largest company's staff. */
static void
test_large (Side *side, gconstpointer data)
{
  g_autoptr (TjdOffline) offline = new_offline (72000);
  g_autoptr (TjdOffline) found = NULL;
  gint64 began = g_get_monotonic_time (), saved;
  GStatBuf about;

  save (side, offline);
  saved = g_get_monotonic_time ();
  found = load (side, NULL);
  g_assert_cmpuint (found->permits->len, ==, 72000);
  g_assert_cmpint (g_stat (side->path, &about), ==, 0);
  g_test_message ("72,000 permits: %.1f MB, saved in %.2f s, loaded in %.2f s",
                  (double) about.st_size / 1e6, (double) (saved - began) / 1e6,
                  (double) (g_get_monotonic_time () - saved) / 1e6);
  g_assert_true (tjd_record_equal (found->permits->pdata[71999], offline->permits->pdata[71999]));
}

static void
test_sealed (void)
{
  g_autoptr (TjdSecret) key = tjd_sealed_new_key (tjd_entropy_system ());
  g_autoptr (TjdSecret) short_key = tjd_secret_new ("short", 5);
  g_autoptr (GBytes) plain = g_bytes_new_static ("plain", 5);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) sealed = tjd_sealed_make (key, tjd_entropy_system (), "one", plain);
  g_autoptr (GBytes) again = tjd_sealed_make (key, tjd_entropy_system (), "one", plain);
  g_autoptr (GBytes) nothing = tjd_sealed_make (key, tjd_entropy_system (), "one", empty);
  g_autoptr (GBytes) opened = tjd_sealed_open (key, "one", sealed);
  g_autoptr (GBytes) opened_nothing = tjd_sealed_open (key, "one", nothing);

  g_assert_true (g_bytes_equal (opened, plain));
  g_assert_true (g_bytes_equal (opened_nothing, empty));
  g_assert_false (g_bytes_equal (sealed, again));
  g_assert_null (tjd_sealed_open (key, "another", sealed));
  g_assert_null (tjd_sealed_open (short_key, "one", sealed));
  g_assert_null (tjd_sealed_open (key, "one", empty));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Side, NULL, set_up, func, tear_down)
  g_test_add_func ("/sealed", test_sealed);
  ADD ("/offline/kept", test_kept);
  ADD ("/offline/tampered", test_tampered);
  ADD ("/offline/another-key", test_another_key);
  ADD ("/offline/age", test_age);
  ADD ("/offline/locked", test_locked);
  ADD ("/offline/link", test_link);
  ADD ("/offline/forgotten", test_forgotten);
  ADD ("/offline/large", test_large);
  return g_test_run ();
}
