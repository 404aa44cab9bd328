/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "addresses.h"

#include <string.h>
#include <sys/resource.h>

#include "failure.h"
#include "folder.h"
#include "harden.h"
#include "home.h"
#include "identifiers.h"

static void
test_taken (void)
{
  static const struct {
    const char *json, *place;
  } cases[] = {
    { "{\"portal\": \"https://portal.example\", \"bank\": \"https://bank.example:8443/api\"}",
      "portal.example" },
    { "{\"portal\": \"http://127.0.0.1:8080\", \"bank\": \"http://[::1]:8081\","
      " \"ministry\": \"http://localhost:1\", \"post\": \"http://127.1.2.3:2\"}",
      "127.0.0.1-8080" },
    { "{\"portal\": \"https://Portal.Example:8443\", \"bank\": \"https://b.example\","
      " \"portal_ca\": \"/etc/ssl/own.pem\"}",
      "portal.example-8443" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TjdAddresses) addresses = tjd_addresses_parse (cases[i].json, &error);
    g_autofree char *place = NULL;
    g_assert_no_error (error);
    place = tjd_addresses_get_place (addresses);
    g_assert_cmpstr (place, ==, cases[i].place);
  }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "[]",
    "{}",
    "{\"portal\": \"https://portal.example\"}",
    "{\"bank\": \"https://bank.example\"}",
    "{\"portal\": \"http://portal.example\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"https://portal.example\", \"bank\": \"http://bank.example\"}",
    "{\"portal\": \"https://portal.example/\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"https://me:secret@portal.example\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"https://portal.example?x\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"https://portal.example#x\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"https://\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"file:///etc/passwd\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"http://127.0.0.1.evil.example\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"http://127.0.0.1@evil.example\", \"bank\": \"https://bank.example\"}",
    "{\"portal\": \"https://portal.example\", \"bank\": \"https://b.example\","
    " \"bank_ca\": \"own.pem\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (tjd_addresses_parse (cases[i], &error));
    g_assert_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_ADDRESS);
  }
}

static void
test_connect (void)
{
  g_autoptr (TjdAddresses) addresses = tjd_addresses_parse (
      "{\"portal\": \"https://p.example\", \"bank\": \"https://b.example\"}", NULL);
  g_autoptr (TjdTransport) transport =
      tjd_addresses_connect (addresses, tjd_clock_system (), tjd_entropy_system (), NULL);

  g_assert_cmpstr (tjd_transport_get_base (transport, TJD_PARTY_BANK), ==, "https://b.example");
  g_assert_null (tjd_transport_get_base (transport, TJD_PARTY_POST));
  addresses->ca[TJD_PARTY_BANK] = g_strdup ("/nowhere/at/all.pem");
  g_assert_null (
      tjd_addresses_connect (addresses, tjd_clock_system (), tjd_entropy_system (), NULL));
}

static void
test_home (void)
{
  char *folder = folder_new ();
  g_autofree char *first = tjd_home_prepare (folder, tjd_entropy_system (), NULL);
  g_autofree char *again = tjd_home_prepare (folder, tjd_entropy_system (), NULL);
  g_autofree char *path = g_build_filename (folder, "account", NULL);
  g_autofree char *anew = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf about;

  g_assert_true (tjd_format_id.fits (first));
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpint (g_stat (folder, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0700);
  g_assert_true (g_file_set_contents (path, "../../evil", -1, NULL));
  anew = tjd_home_prepare (folder, tjd_entropy_system (), NULL);
  g_assert_true (tjd_format_id.fits (anew));
  g_assert_cmpstr (first, !=, anew);
  folder_remove (folder);
  g_assert_null (tjd_home_prepare ("/dev/null/home", tjd_entropy_system (), &error));
  g_assert_nonnull (error);
}

static void
test_harden (void)
{
  struct rlimit limit;

  g_setenv ("SSLKEYLOGFILE", "/nowhere", TRUE);
  g_setenv ("GIO_EXTRA_MODULES", "/nowhere", TRUE);
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:+VERS-TLS1.0", TRUE);
  tjd_client_harden_environment ();
  g_assert_null (g_getenv ("SSLKEYLOGFILE"));
  g_assert_null (g_getenv ("GIO_EXTRA_MODULES"));
  g_assert_null (strstr (g_getenv ("G_TLS_GNUTLS_PRIORITY"), "TLS1.0"));
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 1); /* no dump at all: secret.c */
  g_assert_cmpuint (limit.rlim_max, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/addresses/taken", test_taken);
  g_test_add_func ("/addresses/refused", test_refused);
  g_test_add_func ("/addresses/connect", test_connect);
  g_test_add_func ("/home", test_home);
  g_test_add_func ("/harden", test_harden);
  return g_test_run ();
}
