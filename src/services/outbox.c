/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outbox.h"

#include <string.h>

#include "host.h"
#include "log.h"
#include "page.h"
#include "purge.h"

#define N_WORKERS 6          /* a callee: one that hangs holds up nobody else's rows */
#define STUCK_TRIES 10       /* some three minutes */
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

/* The rows for one callee. */
typedef struct {
  TjdOutbox *outbox;
  char *steps; /* "'capture', 'release'": ours, for SQL; NULL: nothing goes there */
  GThreadPool *workers;
  guint n_under_way;
} Lane;

struct _TjdOutbox {
  TjdHost *host;
  GThread *thread;
  Lane lanes[TJD_N_PARTIES];
  GMutex mutex;
  GCond woken;
  gboolean look;
  gint64 ticked; /* monotonic */
  gboolean closing;
  GCancellable *cut;
  GHashTable *under_way; /* ids */
  GHashTable *settled;   /* ids since the last look began: what it saw of them is of before */
};

static void
look_now (gpointer data)
{
  TjdOutbox *outbox = data;

  g_mutex_lock (&outbox->mutex);
  outbox->look = TRUE;
  g_cond_signal (&outbox->woken);
  g_mutex_unlock (&outbox->mutex);
}

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

  tjd_txn_wake (txn, look_now, host->outbox);
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
  for (guint i = 0; i < G_N_ELEMENTS (host->row->steps); i++)
    for (const TjdStep *step = host->row->steps[i]; step != NULL && step->name != NULL; step++)
      if (strcmp (step->name, name) == 0)
        return step;
  g_assert_not_reached ();
}

/* What the other said, on its way into the database. */
typedef struct {
  TjdOutbox *outbox;
  OutboxRow *row;
  const TjdStep *step;
  gpointer reply;
  char *next;  /* of a list: the address of the page behind */
  GError *why; /* it refused, or did not answer */
} Answer;

static gboolean
is_final (const TjdStep *step, const GError *why)
{
  return why->domain == TJD_PROBLEM && (step->final >> why->code & 1) != 0;
}

static const char *
end_state (Answer *answer)
{
  if (answer->why == NULL)
    return "done";
  return answer->step->refused != NULL ? "refused" : "parked";
}

static gboolean
note_page (TjdTxn *txn, Answer *answer, GError **error)
{
  g_autofree char *after = NULL;

  return (answer->next == NULL ||
          (after = tjd_page_dup_after (answer->step->endpoint, answer->next, error)) != NULL) &&
         answer->step->page (txn, answer->outbox->host, answer->row->subject, answer->reply, after,
                             error);
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
  if (answer->why == NULL && step->page != NULL)
    return note_page (txn, answer, error);
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
           &(TjdLogLine){ .event = row->tries < STUCK_TRIES ? "outbox" : "stuck",
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
  GType type = endpoint->request != NULL ? endpoint->request () : G_TYPE_INVALID;
  g_autoptr (TjdRecord) request = NULL;

  if (type == G_TYPE_INVALID && endpoint->query != NULL)
    type = endpoint->query ();
  if (answer->row->request != NULL) {
    request = tjd_record_from_json (type, answer->row->request, strlen (answer->row->request),
                                    TJD_READ_STRICT, error);
    if (request == NULL)
      return;
  }
  tjd_transport_call_page (host->transport, &caller, answer->step->endpoint,
                           &(TjdArguments){ .parameter = answer->row->parameter,
                                            .query = endpoint->query != NULL ? request : NULL,
                                            .request = endpoint->request != NULL ? request : NULL,
                                            .idempotency_key = answer->row->id },
                           &answer->reply, answer->step->page != NULL ? &answer->next : NULL,
                           outbox->cut, error);
}

/* What cannot be settled is asked again later, like what was not answered. */
static void
write_down (TjdOutbox *outbox, Answer *answer)
{
  TjdHost *host = outbox->host;
  g_autoptr (GError) failed = NULL, again = NULL;

  if ((answer->why == NULL || is_final (answer->step, answer->why)) &&
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
  Lane *lane = pool_data;
  TjdOutbox *outbox = lane->outbox;
  TjdHost *host = outbox->host;
  Answer answer = { outbox, row, find_step (host, row->step) };

  call (outbox, &answer, &answer.why);
  if (answer.why != NULL)
    log_row (host, row, answer.why);
  write_down (outbox, &answer);
  g_clear_object (&answer.reply);
  g_free (answer.next);
  g_clear_error (&answer.why);
  g_mutex_lock (&outbox->mutex);
  g_hash_table_remove (outbox->under_way, row->id);
  g_hash_table_add (outbox->settled, g_strdup (row->id));
  lane->n_under_way--;
  if (lane->n_under_way == N_WORKERS) { /* nothing waits for them any more */
    outbox->look = TRUE;
    g_cond_signal (&outbox->woken);
  }
  g_mutex_unlock (&outbox->mutex);
}

typedef struct {
  Lane *lane;
  guint n_under_way;
  GPtrArray *rows;
} Look;

/* What is under way is among the oldest: it does not count. */
static gboolean
list_due (TjdTxn *txn, gpointer data, GError **error)
{
  Look *look = data;
  g_autofree char *sql =
      g_strdup_printf ("SELECT id, step, subject, parameter, request, tries FROM outbox"
                       " WHERE state = 'waiting' AND due_at <= $1 AND step IN (%s)"
                       " ORDER BY due_at LIMIT $2",
                       look->lane->steps);

  look->rows = tjd_txn_list (txn, outbox_row_get_type (), sql, error,
                             tjd_int (tjd_clock_now_us (look->lane->outbox->host->clock)),
                             tjd_int (MAX_BATCH + look->n_under_way));
  return look->rows != NULL;
}

static void
dispatch (Lane *lane, GPtrArray *rows)
{
  TjdOutbox *outbox = lane->outbox;

  for (guint i = 0; i < rows->len; i++) {
    OutboxRow *row = rows->pdata[i];
    gboolean added;
    g_mutex_lock (&outbox->mutex);
    added = !g_hash_table_contains (outbox->settled, row->id) &&
            g_hash_table_add (outbox->under_way, g_strdup (row->id));
    lane->n_under_way += added;
    g_mutex_unlock (&outbox->mutex);
    if (added)
      g_thread_pool_push (lane->workers, g_object_ref (row), NULL);
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
log_failure (TjdOutbox *outbox, const GError *failed)
{
  tjd_log (outbox->host->row->party,
           &(TjdLogLine){ .event = "failure", .detail = failed->message });
}

static void
look_into (Lane *lane)
{
  TjdOutbox *outbox = lane->outbox;
  g_autoptr (GError) error = NULL;
  Look look = { lane, 0, NULL };

  g_mutex_lock (&outbox->mutex);
  look.n_under_way = lane->n_under_way;
  g_mutex_unlock (&outbox->mutex);
  if (look.n_under_way > N_WORKERS) /* one that ends has us look again */
    return;
  if (tjd_db_read (outbox->host->db, list_due, &look, &error))
    dispatch (lane, look.rows);
  else
    log_failure (outbox, error);
  g_clear_pointer (&look.rows, g_ptr_array_unref);
}

/* A clockwork that fails holds nothing up. */
static void
look_once (TjdOutbox *outbox)
{
  g_autoptr (GError) error = NULL;

  if (!tick (outbox, &error))
    log_failure (outbox, error);
  for (guint i = 0; i < G_N_ELEMENTS (outbox->lanes); i++)
    if (outbox->lanes[i].steps != NULL)
      look_into (&outbox->lanes[i]);
}

static gpointer
outbox_main (gpointer data)
{
  TjdOutbox *outbox = data;

  g_mutex_lock (&outbox->mutex);
  while (!outbox->closing) {
    gint64 until = g_get_monotonic_time () + PAUSE_US;
    outbox->look = FALSE;
    g_hash_table_remove_all (outbox->settled);
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

static void
open_lane (TjdOutbox *outbox, TjdParty callee)
{
  const TjdPartyRow *party = outbox->host->row;
  Lane *lane = &outbox->lanes[callee];
  g_autoptr (GString) steps = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (party->steps); i++)
    for (const TjdStep *step = party->steps[i]; step != NULL && step->name != NULL; step++)
      if (tjd_endpoint (step->endpoint)->party == callee)
        g_string_append_printf (steps, "%s'%s'", steps->len > 0 ? ", " : "", step->name);
  if (steps->len == 0)
    return;
  lane->outbox = outbox;
  lane->steps = g_string_free (g_steal_pointer (&steps), FALSE);
  lane->workers = g_thread_pool_new_full (carry, lane, g_object_unref, N_WORKERS, FALSE, NULL);
}

void
tjd_outbox_start (TjdHost *host)
{
  TjdOutbox *outbox = g_new0 (TjdOutbox, 1);

  outbox->host = host;
  outbox->cut = g_cancellable_new ();
  outbox->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  outbox->settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (outbox->lanes); i++)
    open_lane (outbox, i);
  g_mutex_init (&outbox->mutex);
  g_cond_init (&outbox->woken);
  host->outbox = outbox; /* before its thread looks at the host */
  outbox->thread = g_thread_new ("outbox", outbox_main, outbox);
}

static gboolean
retry_parked (TjdTxn *txn, gpointer data, GError **error)
{
  return tjd_txn_exec (txn,
                       "UPDATE outbox SET state = 'waiting', tries = 0, due_at = 0"
                       " WHERE state = 'parked'",
                       error) >= 0;
}

gboolean
tjd_outbox_retry_parked (TjdHost *host, GError **error)
{
  return tjd_db_write (host->db, retry_parked, host, error);
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
  for (guint i = 0; i < G_N_ELEMENTS (outbox->lanes); i++)
    if (outbox->lanes[i].workers != NULL)
      g_thread_pool_free (g_steal_pointer (&outbox->lanes[i].workers), TRUE, TRUE);
}

void
tjd_outbox_free (TjdOutbox *outbox)
{
  tjd_outbox_stop (outbox);
  for (guint i = 0; i < G_N_ELEMENTS (outbox->lanes); i++)
    g_free (outbox->lanes[i].steps);
  g_hash_table_unref (outbox->under_way);
  g_hash_table_unref (outbox->settled);
  g_object_unref (outbox->cut);
  g_mutex_clear (&outbox->mutex);
  g_cond_clear (&outbox->woken);
  g_free (outbox);
}
