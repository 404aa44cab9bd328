/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outbox.h"

#include <string.h>

#include "host.h"
#include "log.h"
#include "purge.h"

#define N_WORKERS 8
#define PAUSE_US (50 * 1000) /* between looks when nobody wakes us */
#define TICK_US (40 * 1000)
#define FIRST_WAIT_US (200 * 1000) /* after a failure; doubled each time */
#define LONGEST_WAIT_US (60 * 1000000LL)
#define MAX_BATCH 64

typedef struct {
  TjdRecord parent;
  char *id, *step, *subject, *parameter, *request;
  gint64 tries;
} OutboxRow;

static const TjdField row_fields[] = {
  TJD_STRING (OutboxRow, id, TJD_REQUIRED),      TJD_STRING (OutboxRow, step, TJD_REQUIRED),
  TJD_STRING (OutboxRow, subject, TJD_REQUIRED), TJD_STRING (OutboxRow, parameter, TJD_NULLABLE),
  TJD_STRING (OutboxRow, request, TJD_NULLABLE), TJD_INT (OutboxRow, tries, TJD_REQUIRED),
};
TJD_DEFINE_PRIVATE_RECORD (OutboxRow, outbox_row, row_fields)

struct _TjdOutbox {
  TjdHost *host;
  GThread *thread;
  GThreadPool *workers;
  GMutex mutex;
  GCond woken;
  gboolean look;
  gint64 ticked; /* monotonic */
  gboolean closing;
  GCancellable *cut;
  GHashTable *under_way; /* ids */
};

gboolean
tjd_outbox_put (TjdTxn *txn,
                TjdHost *host,
                const char *step,
                const char *subject,
                const char *suffix,
                const char *parameter,
                gpointer request,
                GError **error)
{
  g_autofree char *id = g_strjoin (".", subject, step, suffix, NULL);
  g_autofree char *json = request != NULL ? tjd_record_to_json (request) : NULL;

  return tjd_txn_exec (txn,
                       "INSERT INTO outbox (id, step, subject, parameter, request, tries, state,"
                       " due_at) VALUES ($1, $2, $3, $4, $5, 0, 'waiting', $6)"
                       " ON CONFLICT (id) DO NOTHING",
                       error, tjd_text (id), tjd_text (step), tjd_text (subject),
                       tjd_text (parameter), tjd_text (json),
                       tjd_int (tjd_clock_now_us (host->clock))) >= 0;
}

static const TjdStep *
find_step (TjdHost *host, const char *name)
{
  for (guint i = 0; i < host->row->n_steps; i++)
    if (strcmp (host->row->steps[i].name, name) == 0)
      return &host->row->steps[i];
  g_assert_not_reached ();
}

/* What the other said, on its way into the database. */
typedef struct {
  TjdOutbox *outbox;
  OutboxRow *row;
  const TjdStep *step;
  gpointer reply;
  GError *why; /* it refused, or did not answer */
} Answer;

/* A refusal for good; anything else is asked again under the same key, for ever. */
static gboolean
is_final (const GError *error)
{
  if (error->domain != TJD_PROBLEM)
    return FALSE;
  switch (error->code) {
  case TJD_PROBLEM_KEY_IN_USE:
  case TJD_PROBLEM_TOKEN_INVALID:
  case TJD_PROBLEM_BUSY:
  case TJD_PROBLEM_UNAVAILABLE:
  case TJD_PROBLEM_PARTY_UNREACHABLE:
  case TJD_PROBLEM_INTERNAL:
    return FALSE;
  default:
    return TRUE;
  }
}

static const char *
end_state (Answer *answer)
{
  if (answer->why == NULL)
    return "done";
  return answer->step->refused != NULL ? "refused" : "parked";
}

/* Closes the row first: one that was closed meanwhile is not acted on again. */
static gboolean
settle (TjdTxn *txn, gpointer data, GError **error)
{
  Answer *answer = data;
  TjdHost *host = answer->outbox->host;
  const TjdStep *step = answer->step;
  const char *subject = answer->row->subject;
  gint64 closed =
      tjd_txn_exec (txn, "UPDATE outbox SET state = $2 WHERE id = $1 AND state = 'waiting'", error,
                    tjd_text (answer->row->id), tjd_text (end_state (answer)));

  if (closed <= 0)
    return closed == 0;
  if (answer->why == NULL)
    return step->done == NULL || step->done (txn, host, subject, answer->reply, error);
  return step->refused == NULL || step->refused (txn, host, subject, answer->why, error);
}

static gboolean
postpone (TjdTxn *txn, gpointer data, GError **error)
{
  Answer *answer = data;
  gint64 wait = FIRST_WAIT_US << MIN (answer->row->tries, 10);

  return tjd_txn_exec (txn, "UPDATE outbox SET tries = tries + 1, due_at = $2 WHERE id = $1", error,
                       tjd_text (answer->row->id),
                       tjd_int (tjd_clock_now_us (answer->outbox->host->clock) +
                                MIN (wait, LONGEST_WAIT_US))) > 0;
}

static void
log_row (TjdHost *host, OutboxRow *row, const GError *why)
{
  gboolean is_problem = why->domain == TJD_PROBLEM;

  tjd_log (host->row->party,
           &(TjdLogLine){ .event = "outbox",
                          .path = row->id,
                          .problem = is_problem ? tjd_problem_row (why->code)->name : NULL,
                          .detail = is_problem ? NULL : why->message });
}

static void
call (TjdOutbox *outbox, Answer *answer, GError **error)
{
  TjdHost *host = outbox->host;
  const TjdEndpoint *endpoint = tjd_endpoint (answer->step->endpoint);
  TjdCaller caller = { tjd_trust_get_own_key (host->trust), NULL, TRUE, host->row->party };
  g_autoptr (TjdRecord) request = NULL;

  if (answer->row->request != NULL) {
    request = tjd_record_from_json (endpoint->request (), answer->row->request,
                                    strlen (answer->row->request), TJD_READ_STRICT, error);
    if (request == NULL)
      return;
  }
  tjd_transport_call (host->transport, &caller, answer->step->endpoint,
                      &(TjdArguments){ .parameter = answer->row->parameter,
                                       .request = request,
                                       .idempotency_key = answer->row->id },
                      &answer->reply, outbox->cut, error);
}

/* What cannot be settled is asked again later, like what was not answered. */
static void
write_down (TjdOutbox *outbox, Answer *answer)
{
  TjdHost *host = outbox->host;
  g_autoptr (GError) failed = NULL, again = NULL;

  if ((answer->why == NULL || is_final (answer->why)) &&
      tjd_db_write (host->db, settle, answer, &failed))
    return;
  if (failed != NULL)
    log_row (host, answer->row, failed);
  if (!tjd_db_write (host->db, postpone, answer, &again))
    log_row (host, answer->row, again);
}

/* In a worker thread. */
static void
carry (gpointer data, gpointer pool_data)
{
  g_autoptr (OutboxRow) row = data;
  TjdOutbox *outbox = pool_data;
  TjdHost *host = outbox->host;
  Answer answer = { outbox, row, find_step (host, row->step), NULL, NULL };

  call (outbox, &answer, &answer.why);
  if (answer.why != NULL)
    log_row (host, row, answer.why);
  write_down (outbox, &answer);
  g_clear_object (&answer.reply);
  g_clear_error (&answer.why);
  g_mutex_lock (&outbox->mutex);
  g_hash_table_remove (outbox->under_way, row->id);
  outbox->look = TRUE;
  g_cond_signal (&outbox->woken);
  g_mutex_unlock (&outbox->mutex);
}

typedef struct {
  TjdOutbox *outbox;
  GPtrArray *rows;
} Look;

static gboolean
list_due (TjdTxn *txn, gpointer data, GError **error)
{
  Look *look = data;

  look->rows = tjd_txn_list (txn, outbox_row_get_type (),
                             "SELECT id, step, subject, parameter, request, tries FROM outbox"
                             " WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at LIMIT $2",
                             error, tjd_int (tjd_clock_now_us (look->outbox->host->clock)),
                             tjd_int (MAX_BATCH));
  return look->rows != NULL;
}

static void
dispatch (TjdOutbox *outbox, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    OutboxRow *row = rows->pdata[i];
    gboolean added;
    g_mutex_lock (&outbox->mutex);
    added = g_hash_table_add (outbox->under_way, g_strdup (row->id));
    g_mutex_unlock (&outbox->mutex);
    if (added)
      g_thread_pool_push (outbox->workers, g_object_ref (row), NULL);
  }
}

/* What the passing of time brings, brings a little time as well. */
static gboolean
tick (TjdOutbox *outbox, GError **error)
{
  TjdHost *host = outbox->host;
  gint64 now = g_get_monotonic_time ();

  if (now < outbox->ticked + TICK_US)
    return TRUE;
  outbox->ticked = now;
  return (host->row->tick == NULL || host->row->tick (host, error)) && tjd_purge_tick (host, error);
}

static void
look_once (TjdOutbox *outbox)
{
  TjdHost *host = outbox->host;
  g_autoptr (GError) error = NULL;
  Look look = { outbox, NULL };

  if (!tick (outbox, &error) || !tjd_db_read (host->db, list_due, &look, &error)) {
    tjd_log (host->row->party, &(TjdLogLine){ .event = "failure", .detail = error->message });
    return;
  }
  dispatch (outbox, look.rows);
  g_ptr_array_unref (look.rows);
}

static gpointer
outbox_main (gpointer data)
{
  TjdOutbox *outbox = data;

  g_mutex_lock (&outbox->mutex);
  while (!outbox->closing) {
    gint64 until = g_get_monotonic_time () + PAUSE_US;
    outbox->look = FALSE;
    g_mutex_unlock (&outbox->mutex);
    look_once (outbox);
    g_mutex_lock (&outbox->mutex);
    while (!outbox->look && !outbox->closing &&
           g_cond_wait_until (&outbox->woken, &outbox->mutex, until))
      ;
  }
  g_mutex_unlock (&outbox->mutex);
  return NULL;
}

TjdOutbox *
tjd_outbox_new (TjdHost *host)
{
  TjdOutbox *outbox = g_new0 (TjdOutbox, 1);

  outbox->host = host;
  outbox->cut = g_cancellable_new ();
  outbox->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  outbox->workers = g_thread_pool_new_full (carry, outbox, g_object_unref, N_WORKERS, FALSE, NULL);
  g_mutex_init (&outbox->mutex);
  g_cond_init (&outbox->woken);
  outbox->thread = g_thread_new ("outbox", outbox_main, outbox);
  return outbox;
}

void
tjd_outbox_wake (TjdOutbox *outbox)
{
  g_mutex_lock (&outbox->mutex);
  outbox->look = TRUE;
  g_cond_signal (&outbox->woken);
  g_mutex_unlock (&outbox->mutex);
}

void
tjd_outbox_stop (TjdOutbox *outbox)
{
  g_mutex_lock (&outbox->mutex);
  outbox->closing = TRUE;
  g_cond_signal (&outbox->woken);
  g_mutex_unlock (&outbox->mutex);
  g_cancellable_cancel (outbox->cut);
  if (outbox->thread != NULL)
    g_thread_join (g_steal_pointer (&outbox->thread));
  if (outbox->workers != NULL)
    g_thread_pool_free (g_steal_pointer (&outbox->workers), TRUE, TRUE);
}

void
tjd_outbox_free (TjdOutbox *outbox)
{
  tjd_outbox_stop (outbox);
  g_hash_table_unref (outbox->under_way);
  g_object_unref (outbox->cut);
  g_mutex_clear (&outbox->mutex);
  g_cond_clear (&outbox->woken);
  g_free (outbox);
}
