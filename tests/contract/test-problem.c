/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "problem.h"

/* Names and titles are each one problem's; statuses are errors; the name is fit for a URN. */
static void
test_table (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = 0; code < TJD_N_PROBLEMS; code++) {
    const TjdProblemRow *row = tjd_problem_row (code);
    g_autofree char *type = NULL;
    g_assert_nonnull (row->name);
    g_assert_nonnull (row->title);
    g_test_message ("%s", row->name);
    g_assert_true (g_hash_table_add (names, (gpointer) row->name));
    g_assert_true (g_hash_table_add (titles, (gpointer) row->title));
    g_assert_cmpuint (strspn (row->name, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (row->name));
    g_assert_cmpuint (row->status, >=, 400);
    g_assert_cmpuint (row->status, <=, 599);
    type = g_strconcat (TJD_PROBLEM_TYPE_PREFIX, row->name, NULL);
    g_assert_cmpint (tjd_problem_from_type (type), ==, code);
    g_assert_cmpint (tjd_problem_from_type (row->name), ==, -1);
  }
  g_assert_cmpint (tjd_problem_from_type ("about:blank"), ==, -1);
  g_assert_cmpint (tjd_problem_from_type (TJD_PROBLEM_TYPE_PREFIX), ==, -1);
  g_assert_cmpint (tjd_problem_from_type (""), ==, -1);
}

/* What the drafts and FACTS name with their statuses. */
static void
test_published (void)
{
  static const struct {
    TjdProblemCode code;
    guint status;
    const char *oauth;
  } rows[] = {
    { TJD_PROBLEM_KEY_MISSING, 400, NULL },
    { TJD_PROBLEM_KEY_IN_USE, 409, NULL },
    { TJD_PROBLEM_KEY_REUSED, 422, NULL },
    { TJD_PROBLEM_NONCE_NEEDED, 401, "use_dpop_nonce" },
    { TJD_PROBLEM_PROOF_INVALID, 401, "invalid_dpop_proof" },
    { TJD_PROBLEM_TOKEN_INVALID, 401, "invalid_token" },
    { TJD_PROBLEM_CODE_NEEDED, 403, "insufficient_authorization" },
    { TJD_PROBLEM_SESSION_INVALID, 400, "invalid_session" },
    { TJD_PROBLEM_GRANT_INVALID, 400, "invalid_grant" },
    { TJD_PROBLEM_CLIENT_UNKNOWN, 401, "invalid_client" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpuint (tjd_problem_row (rows[i].code)->status, ==, rows[i].status);
    g_assert_cmpstr (tjd_problem_row (rows[i].code)->oauth, ==, rows[i].oauth);
  }
}

/* Error to document to bytes and all the way back. */
static void
test_round_trip (void)
{
  for (guint code = 0; code < TJD_N_PROBLEMS; code++) {
    g_autoptr (GError) error = NULL, again = NULL, copy = NULL, odd = NULL;
    g_autoptr (TjdProblem) document = NULL;
    g_autofree char *json = NULL;

    tjd_problem_set_at (&error, code, "#/items/0/years", "%d is too many", 7);
    g_assert_error (error, TJD_PROBLEM, (int) code);
    tjd_problem_get_document (error)->tries_left = 2;
    json = tjd_record_to_json (tjd_problem_get_document (error));
    document =
        tjd_record_from_json (tjd_problem_get_type (), json, strlen (json), TJD_READ_STRICT, &odd);
    g_assert_no_error (odd);
    g_assert_cmpint (document->status, ==, tjd_problem_row (code)->status);
    g_assert_cmpstr (document->title, ==, tjd_problem_row (code)->title);
    g_assert_cmpstr (document->detail, ==, "7 is too many");
    g_assert_cmpuint (document->errors->len, ==, 1);
    g_assert_cmpstr (((TjdFault *) document->errors->pdata[0])->pointer, ==, "#/items/0/years");
    again = tjd_problem_to_error (document);
    g_assert_error (again, TJD_PROBLEM, (int) code);
    copy = g_error_copy (again);
    g_clear_error (&again);
    g_assert_true (tjd_record_equal (tjd_problem_get_document (copy), document));
  }
}

static void
test_unknown_types (void)
{
  static const struct {
    const char *json;
    TjdProblemCode code;
  } rows[] = {
    { "{\"type\":\"about:blank\",\"status\":500}", TJD_PROBLEM_INTERNAL },
    { "{\"type\":\"about:blank\",\"status\":599}", TJD_PROBLEM_INTERNAL },
    { "{\"type\":\"about:blank\",\"status\":499}", TJD_PROBLEM_INVALID },
    { "{\"type\":\"urn:tajdid:problem:of-tomorrow\",\"status\":409}", TJD_PROBLEM_INVALID },
    { "{\"type\":\"urn:tajdid:problem:busy\"}", TJD_PROBLEM_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TjdProblem) document = tjd_record_from_json (
        tjd_problem_get_type (), rows[i].json, strlen (rows[i].json), TJD_READ_LENIENT, NULL);
    g_autoptr (GError) error = tjd_problem_to_error (document);
    g_assert_error (error, TJD_PROBLEM, (int) rows[i].code);
    g_assert_true (tjd_problem_get_document (error) == document);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/table", test_table);
  g_test_add_func ("/problem/published", test_published);
  g_test_add_func ("/problem/round-trip", test_round_trip);
  g_test_add_func ("/problem/unknown-types", test_unknown_types);
  return g_test_run ();
}
