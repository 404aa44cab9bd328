/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "endpoint.h"
#include "record.h"
#include "sign-in.h"

static void
test_unique (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < TJD_N_ENDPOINTS; i++) {
    const TjdEndpoint *row = tjd_endpoint (i);
    g_test_message ("%s %s", row->method, row->path);
    g_assert_true (g_hash_table_add (
        seen, g_strdup_printf ("%s %s %s", tjd_party_name (row->party), row->method, row->path)));
  }
}

static void
check_path (const char *path)
{
  const char *open = strchr (path, '{');

  g_assert_true (path[0] == '/' && path[1] != '\0');
  g_assert_null (strstr (path, "//"));
  g_assert_false (g_str_has_suffix (path, "/"));
  g_assert_cmpuint (strspn (path, "abcdefghijklmnopqrstuvwxyz-/{}"), ==, strlen (path));
  if (open != NULL) {
    g_assert_true (g_str_has_prefix (open, "{id}"));
    g_assert_true (open[-1] == '/' && (open[4] == '/' || open[4] == '\0'));
    g_assert_null (strchr (open + 1, '{'));
  }
}

/* What no row may be, whoever adds one. */
static void
test_rows (void)
{
  g_auto (GStrv) scopes = g_strsplit (TJD_SCOPES, " ", -1);

  for (guint i = 0; i < TJD_N_ENDPOINTS; i++) {
    const TjdEndpoint *row = tjd_endpoint (i);
    gboolean get = strcmp (row->method, "GET") == 0, post = strcmp (row->method, "POST") == 0;
    g_test_message ("%s %s", row->method, row->path);
    check_path (row->path);
    g_assert_true (get || post);
    g_assert_true (!row->keyed || post);
    g_assert_true (!row->form || (post && row->request != NULL));
    g_assert_true (row->query == NULL || get);
    g_assert_true (row->request == NULL || post);
    g_assert_true (row->reply != NULL || post);
    g_assert_cmpuint (row->callers, !=, 0);
    /* a person's rights have a name, and one that a token can carry */
    g_assert_cmpint ((row->callers & TJD_CALLER_PERSON) != 0, ==, row->scope != NULL);
    g_assert_true (row->scope == NULL ||
                   g_strv_contains ((const char *const *) scopes, row->scope));
    /* nobody calls himself; what parties ask of each other takes effect once */
    g_assert_cmpuint (row->callers & TJD_CALLER (row->party), ==, 0);
    if (post && row->callers >= TJD_CALLER (0))
      g_assert_true (row->keyed);
  }
}

static gboolean
is_flat (GType type)
{
  guint n;
  const TjdField *fields = tjd_record_type_get_fields (type, &n);

  for (guint i = 0; i < n; i++)
    if (fields[i].kind > TJD_KIND_ENUM)
      return FALSE;
  return TRUE;
}

/* Forms and query strings are flat; every type is a record with a table. */
static void
test_types (void)
{
  for (guint i = 0; i < TJD_N_ENDPOINTS; i++) {
    const TjdEndpoint *row = tjd_endpoint (i);
    GType (*const types[]) (void) = { row->query, row->request, row->reply };
    for (guint t = 0; t < G_N_ELEMENTS (types); t++)
      g_assert_true (types[t] == NULL || g_type_is_a (types[t](), TJD_TYPE_RECORD));
    g_assert_true (row->query == NULL || is_flat (row->query ()));
    g_assert_true (!row->form || is_flat (row->request ()));
  }
}

static void
check_table (GType type, GHashTable *seen)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const TjdField *fields = tjd_record_type_get_fields (type, &n);

  if (!g_hash_table_add (seen, GSIZE_TO_POINTER (type)))
    return;
  g_test_message ("%s", g_type_name (type));
  for (guint i = 0; i < n; i++) {
    gboolean nests = fields[i].kind == TJD_KIND_RECORD || fields[i].kind == TJD_KIND_RECORDS;
    gboolean words = fields[i].kind == TJD_KIND_STRING || fields[i].kind == TJD_KIND_STRINGS;
    g_assert_true (g_hash_table_add (names, (gpointer) fields[i].name));
    g_assert_cmpint (fields[i].of != NULL, ==, nests || fields[i].kind == TJD_KIND_ENUM);
    g_assert_true (fields[i].format == NULL || words);
    g_assert_cmpint (fields[i].min, <=, fields[i].max);
    if (nests)
      check_table (fields[i].of (), seen);
  }
}

/* Every table of the contract, as deep as it goes. */
static void
test_tables (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < TJD_N_ENDPOINTS; i++) {
    const TjdEndpoint *row = tjd_endpoint (i);
    if (row->query != NULL)
      check_table (row->query (), seen);
    if (row->request != NULL)
      check_table (row->request (), seen);
    if (row->reply != NULL)
      check_table (row->reply (), seen);
  }
  g_assert_cmpuint (g_hash_table_size (seen), >, 20);
}

static void
test_path (void)
{
  g_autofree char *plain = tjd_endpoint_path (tjd_endpoint (TJD_PORTAL_ORDERS), NULL);
  g_autofree char *last = tjd_endpoint_path (tjd_endpoint (TJD_PORTAL_ORDER), "ord-a");
  g_autofree char *inside = tjd_endpoint_path (tjd_endpoint (TJD_BANK_AUTHORISE), "pay-a");

  g_assert_cmpstr (plain, ==, "/orders");
  g_assert_cmpstr (last, ==, "/orders/ord-a");
  g_assert_cmpstr (inside, ==, "/payments/pay-a/authorise");
}

static void
test_parties (void)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    g_assert_cmpint (tjd_party_from_name (tjd_party_name (i)), ==, i);
  g_assert_cmpint (tjd_party_from_name ("customs"), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/unique", test_unique);
  g_test_add_func ("/endpoint/rows", test_rows);
  g_test_add_func ("/endpoint/types", test_types);
  g_test_add_func ("/endpoint/tables", test_tables);
  g_test_add_func ("/endpoint/path", test_path);
  g_test_add_func ("/endpoint/parties", test_parties);
  return g_test_run ();
}
