/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "statistics.h"

#include <gio/gio.h>

#include "day.h"
#include "services-resources.h"

#define DAY_SECONDS (24 * 60 * 60)

typedef struct {
  TjdRecord parent;
  TjdStatistics *figures;
} StatisticsRow;

static const TjdField statistics_row_fields[] = {
  TJD_NESTED (StatisticsRow, figures, tjd_statistics_get_type, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (StatisticsRow, statistics_row, statistics_row_fields)

gboolean
tjd_statistics_count_refusal (
    TjdTxn *txn, TjdHost *host, const char *personal_id, TjdReason reason, GError **error)
{
  const char *nick = tjd_enum_to_nick (tjd_reason_get_type (), (int) reason);
  gint64 midnight = tjd_day_begins_at (tjd_day_in_qatar (tjd_clock_now (host->clock)));
  gint64 fresh = tjd_txn_exec (txn,
                               "INSERT INTO refusals_counted (personal_id, reason, since)"
                               " VALUES ($1, $2, $3) ON CONFLICT (personal_id, reason)"
                               " DO UPDATE SET since = $3 WHERE refusals_counted.since < $3",
                               error, tjd_text (personal_id), tjd_text (nick), tjd_int (midnight));

  if (fresh <= 0)
    return fresh == 0;
  return tjd_txn_exec (txn,
                       "INSERT INTO refusal_counts (reason, count) VALUES ($1, 1)"
                       " ON CONFLICT (reason) DO UPDATE SET count = refusal_counts.count + 1",
                       error, tjd_text (nick)) > 0;
}

#define DELIVERED " FROM orders WHERE delivered_at IS NOT NULL AND posted_at IS NOT NULL"
#define TOOK "delivered_at - posted_at"

/* The nearest rank: of n, the ⌈n × per cent / 100⌉th. */
static gboolean
get_percentile (TjdTxn *txn, gint64 n, gint64 per_cent, gint64 *seconds, GError **error)
{
  gint64 rank = (n * per_cent + 99) / 100;

  return n == 0 ||
         tjd_txn_get_int (txn, "SELECT " TOOK DELIVERED " ORDER BY " TOOK " LIMIT 1 OFFSET $1",
                          seconds, error, tjd_int (rank - 1));
}

static gboolean
count_deliveries (TjdTxn *txn, TjdStatistics *figures, GError **error)
{
  return tjd_txn_get_int (txn, "SELECT count(*)" DELIVERED, &figures->deliveries, error) &&
         get_percentile (txn, figures->deliveries, 50, &figures->median_seconds, error) &&
         get_percentile (txn, figures->deliveries, 95, &figures->p95_seconds, error) &&
         tjd_txn_get_int (txn, "SELECT count(*)" DELIVERED " AND " TOOK " <= $1",
                          &figures->within_24_hours, error, tjd_int (DAY_SECONDS));
}

static gboolean
count_refusals (TjdTxn *txn, TjdStatistics *figures, GError **error)
{
  g_autoptr (GPtrArray) rows =
      tjd_txn_list (txn, tjd_refusal_count_get_type (),
                    "SELECT reason, count FROM refusal_counts ORDER BY count DESC, reason", error);

  if (rows != NULL)
    tjd_records_extend (figures->refusals, rows);
  return rows != NULL;
}

static gboolean
keep (TjdTxn *txn, TjdStatistics *figures, GError **error)
{
  g_autofree char *json = tjd_record_to_json (figures);

  return tjd_txn_exec (txn, "DELETE FROM statistics", error) >= 0 &&
         tjd_txn_exec (txn, "INSERT INTO statistics (as_of, figures) VALUES ($1, $2)", error,
                       tjd_int (figures->as_of), tjd_text (json)) > 0;
}

gboolean
tjd_statistics_renew (TjdTxn *txn, TjdHost *host, GError **error)
{
  g_autoptr (TjdStatistics) figures = tjd_statistics_new ();
  gint64 now = tjd_clock_now (host->clock), fresh;

  if (!tjd_txn_get_int (txn, "SELECT count(*) FROM statistics WHERE as_of > $1", &fresh, error,
                        tjd_int (now - TJD_STATISTICS_SECONDS)))
    return FALSE;
  if (fresh > 0)
    return TRUE;
  figures->as_of = now;
  return tjd_txn_get_int (txn, "SELECT count(*) FROM order_items WHERE outcome = 'executed'",
                          &figures->renewals, error) &&
         tjd_txn_get_int (txn, "SELECT COALESCE(SUM(captured), 0) FROM orders", &figures->captured,
                          error) &&
         count_deliveries (txn, figures, error) && count_refusals (txn, figures, error) &&
         keep (txn, figures, error);
}

gboolean
tjd_statistics_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (StatisticsRow) row =
      tjd_txn_get (txn, statistics_row_get_type (), "SELECT figures FROM statistics", error);

  if (row != NULL)
    *reply = g_object_ref (row->figures);
  else if (*error == NULL)
    tjd_problem_set (error, TJD_PROBLEM_UNAVAILABLE, "they are being counted");
  return *reply != NULL;
}

gboolean
tjd_catalogue_read (TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      tjd_services_get_resource (), "/tajdid/catalogue.json", G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes != NULL)
    *reply = tjd_record_from_json (tjd_catalogue_get_type (), g_bytes_get_data (bytes, NULL),
                                   g_bytes_get_size (bytes), TJD_READ_STRICT, error);
  return *reply != NULL;
}
