/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "jws.h"
#include "order.h"
#include "otp.h"
#include "store.h"

/* Figures of this machine, a line each: bench NAME VALUE UNIT. Where there is a peer it is measured
 * in the same run, and the figure is a ratio. */

#define SECONDS 1.0

typedef void (*Work) (gpointer data);

/* How often a second. */
static double
rate (Work work, gpointer data)
{
  g_autoptr (GTimer) timer = g_timer_new ();
  guint64 n = 0;

  do {
    work (data);
    n++;
  } while (g_timer_elapsed (timer, NULL) < SECONDS);
  return (double) n / g_timer_elapsed (timer, NULL);
}

static void
say (const char *name, double value, const char *unit)
{
  printf ("bench %s %.*f %s\n", name, value >= 100 ? 0 : 3, value, unit);
}

typedef struct {
  char *json;
  TjdKey *key;
  char *jws;
  TjdSecret *secret;
} Things;

static void
read_record (gpointer data)
{
  Things *things = data;
  g_autoptr (TjdOrder) order = tjd_record_from_json (tjd_order_get_type (), things->json,
                                                     strlen (things->json), TJD_READ_STRICT, NULL);
  g_assert_nonnull (order);
}

static void
read_with_json_glib (gpointer data)
{
  Things *things = data;
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_true (json_parser_load_from_data (parser, things->json, -1, NULL));
}

static void
sign (gpointer data)
{
  Things *things = data;
  g_free (tjd_jws_sign (things->key, "bench", FALSE, "{\"iss\":\"portal\"}"));
}

static void
verify (gpointer data)
{
  Things *things = data;
  g_free (tjd_jws_verify (things->jws, "bench", things->key, NULL));
}

static void
make_code (gpointer data)
{
  Things *things = data;
  g_free (tjd_sign_in_code (things->secret, 1111111109));
}

static char *
order_json (void)
{
  g_autoptr (TjdOrder) order = tjd_order_new ();

  order->id = g_strdup ("ord-4kq2mzt7ahw3cxe6nrbd");
  order->renewer = g_strdup ("27612405934");
  order->placed_by = g_strdup ("27612405934");
  order->payment = g_strdup ("pay-4kq2mzt7ahw3cxe6nrbd");
  order->payment_request = g_strdup ("a.b.c");
  order->captured = TJD_NO_INT;
  for (guint i = 0; i < 100; i++) {
    TjdOrderItem *item = tjd_order_item_new ();
    item->quote = g_strdup ("quo-4kq2mzt7ahw3cxe6nrbd");
    item->personal_id = g_strdup ("27612405934");
    item->name_en = g_strdup ("Sara Lindqvist");
    item->name_ar = g_strdup ("سارة ليندكفست");
    item->years = 1;
    item->total = 100000;
    g_ptr_array_add (order->items, item);
  }
  return tjd_record_to_json (order);
}

static const char *const migrations[] = { "CREATE TABLE rows (n INTEGER PRIMARY KEY) STRICT",
                                          NULL };
static gint next_row;

static gboolean
insert (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn, "INSERT INTO rows (n) VALUES ($1)", error,
                       tjd_int (g_atomic_int_add (&next_row, 1))) == 1;
}

static void
write_one (gpointer db)
{
  g_assert_true (tjd_db_write (db, insert, NULL, NULL));
}

static gpointer
write_for_a_while (gpointer db)
{
  rate (write_one, db);
  return NULL;
}

static double
rate_of_threads (TjdDb *db, guint n)
{
  GThread *threads[64];
  gint before = g_atomic_int_get (&next_row);

  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("bench", write_for_a_while, db);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  return (g_atomic_int_get (&next_row) - before) / SECONDS;
}

static void
bench_store (void)
{
  g_autofree char *folder = g_dir_make_tmp ("tajdid-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bench.db", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  TjdDb *db = tjd_db_open (path, migrations, NULL);
  double alone = rate (write_one, db);
  double together = rate_of_threads (db, 32);

  say ("store-durable-writes-one-thread", alone, "1/s");
  say ("store-durable-writes-32-threads", together, "1/s");
  say ("store-group-commit-gain", together / alone, "ratio");
  tjd_db_close (db);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
}

int
main (void)
{
  static const char key[] = "12345678901234567890123456789012";
  Things things = { order_json (), tjd_key_new_generated (), NULL,
                    tjd_secret_new (key, strlen (key)) };
  double ours, theirs;

  things.jws = tjd_jws_sign (things.key, "bench", FALSE, "{\"iss\":\"portal\"}");
  ours = rate (read_record, &things);
  theirs = rate (read_with_json_glib, &things);
  say ("record-order-of-100-items", ours, "1/s");
  say ("record-against-json-glib-parser-alone", ours / theirs, "ratio");
  say ("es256-sign", rate (sign, &things), "1/s");
  say ("es256-verify", rate (verify, &things), "1/s");
  say ("sign-in-code", rate (make_code, &things), "1/s");
  bench_store ();
  tjd_key_unref (things.key);
  tjd_secret_unref (things.secret);
  g_free (things.jws);
  g_free (things.json);
  return 0;
}
