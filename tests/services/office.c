/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office.h"

static void
delete_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) inside = g_file_enumerate_children (
      file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (inside != NULL && g_file_enumerator_iterate (inside, NULL, &child, NULL, NULL) &&
         child != NULL)
    delete_tree (child);
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static gboolean
fill (TjdTxn *txn, gpointer data, GError **error)
{
  Office *office = data;
  return tjd_register_seed (txn, office->seed, tjd_clock_now (office->clock), error);
}

void
office_set_clock (Office *office, const char *moment)
{
  gint64 seconds;

  g_assert_true (tjd_moment_parse (moment, &seconds));
  tjd_clock_set_fixed (office->clock, seconds * G_USEC_PER_SEC);
}

void
office_open (Office *office, const char *moment)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  office->dir = g_dir_make_tmp ("tajdid-office-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (office->dir, "ministry.db", NULL);
  office->clock = tjd_clock_new_fixed (0);
  office_set_clock (office, moment);
  office->host = (TjdHost){ .row = &tjd_ministry,
                            .clock = office->clock,
                            .entropy = tjd_entropy_system (),
                            .base = (char *) "http://127.0.0.1:1" };
  office->seed = tjd_seed_load (office->dir, tjd_entropy_system (), &error);
  g_assert_no_error (error);
  office->host.db = tjd_db_open (path, tjd_ministry.migrations, &error);
  g_assert_no_error (error);
  tjd_db_write (office->host.db, fill, office, &error);
  g_assert_no_error (error);
}

void
office_close (Office *office)
{
  g_autoptr (GFile) dir = g_file_new_for_path (office->dir);

  tjd_db_close (office->host.db);
  g_object_unref (office->seed);
  delete_tree (dir);
  g_free (office->dir);
  g_free (office->clock);
}

static gboolean
run_sql (TjdTxn *txn, gpointer sql, GError **error)
{
  return tjd_txn_exec (txn, sql, error) > 0;
}

void
office_exec (Office *office, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = tjd_db_write (office->host.db, run_sql, (gpointer) sql, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

void
office_add_permit (Office *office,
                   const char *personal_id,
                   const char *category,
                   const char *expires_on,
                   const char *hindrance)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT OR REPLACE INTO permits (personal_id, name_en, name_ar, category, renewer,"
      " expires_on, hindrance) VALUES ('%s', 'A', 'B', '%s', '" RENEWER
      "', '%s', NULLIF ('%s', ''))",
      personal_id, category, expires_on, hindrance != NULL ? hindrance : "");

  office_exec (office, sql);
}

typedef struct {
  TjdTxnHandler handler;
  TjdCall *call;
  gpointer reply;
} Calling;

static gboolean
run_handler (TjdTxn *txn, gpointer data, GError **error)
{
  Calling *calling = data;

  g_clear_object (&calling->reply);
  return calling->handler (txn, calling->call, &calling->reply, error);
}

gpointer
office_call (
    Office *office, TjdTxnHandler handler, TjdEndpointId endpoint, TjdCall *call, GError **error)
{
  Calling calling = { handler, call, NULL };

  call->host = &office->host;
  call->endpoint = tjd_endpoint (endpoint);
  return tjd_db_write (office->host.db, run_handler, &calling, error) ? calling.reply : NULL;
}

TjdQuotes *
office_quote (Office *office, const char *personal_id, gint64 years, gboolean lost_card)
{
  g_autoptr (TjdQuotesRequest) request = tjd_quotes_request_new ();
  TjdWish *wish = tjd_wish_new ();
  g_autoptr (GError) error = NULL;
  TjdQuotes *quotes;

  wish->personal_id = g_strdup (personal_id);
  wish->years = years;
  wish->lost_card = lost_card;
  request->renewer = g_strdup (RENEWER);
  g_ptr_array_add (request->permits, wish);
  quotes = office_call (office, tjd_ministry_quote, TJD_MINISTRY_QUOTE,
                        &(TjdCall){ .request = request }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (quotes->quotes->len + quotes->refusals->len, ==, 1);
  return quotes;
}
