/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyed.h"

#include <string.h>

#include "base64url.h"

#define MAX_KEY 64

typedef struct {
  TjdRecord parent;
  char *request;
  gint64 status;
  char *body;
} StoredReply;

static const TjdField stored_reply_fields[] = {
  TJD_STRING (StoredReply, request, TJD_REQUIRED),
  TJD_INT (StoredReply, status, TJD_REQUIRED),
  TJD_STRING (StoredReply, body, TJD_NULLABLE),
};
TJD_DEFINE_PRIVATE_RECORD (StoredReply, stored_reply, stored_reply_fields)

void
tjd_reply_clear (TjdReply *reply)
{
  g_clear_pointer (&reply->body, g_free);
}

void
tjd_reply_set_record (TjdReply *reply, gpointer record)
{
  tjd_reply_clear (reply);
  reply->status = record != NULL ? 200 : 204;
  reply->body = record != NULL ? tjd_record_to_json (record) : NULL;
}

/* At the authorization server's endpoints a bad proof is a bad request (RFC 9449 5, 8). */
static void
suit_endpoint (TjdProblem *document, const TjdEndpoint *endpoint)
{
  if (endpoint != NULL && endpoint->callers & TJD_CALLER_CLIENT &&
      (g_strcmp0 (document->error, "use_dpop_nonce") == 0 ||
       g_strcmp0 (document->error, "invalid_dpop_proof") == 0))
    document->status = 400;
}

void
tjd_reply_set_problem (TjdReply *reply, TjdCall *call, const GError *problem)
{
  g_autoptr (TjdProblem) document = tjd_record_copy (tjd_problem_get_document (problem));

  suit_endpoint (document, call->endpoint);
  g_free (document->instance); /* a problem that is passed on has its own */
  document->instance = g_strconcat ("urn:tajdid:request:", call->id, NULL);
  tjd_reply_clear (reply);
  reply->status = (guint) document->status;
  reply->body = tjd_record_to_json (document);
}

typedef struct {
  TjdCall *call;
  TjdTxnHandler handler;
  const char *key;
  char *caller;
  char *path;
  char *hash; /* of the request */
  TjdReply *reply;
} Run;

static gboolean
repeat (Run *run, StoredReply *stored, GError **error)
{
  if (strcmp (stored->request, run->hash) != 0) {
    tjd_problem_set (error, TJD_PROBLEM_KEY_REUSED, "the first request was another one");
    return FALSE;
  }
  run->reply->status = (guint) stored->status;
  run->reply->body = g_strdup (stored->body);
  return TRUE;
}

static gboolean
first_time (TjdTxn *txn, Run *run, GError **error)
{
  g_autoptr (TjdRecord) record = NULL;

  g_clear_error (&run->call->refusal);
  if (!run->handler (txn, run->call, (gpointer *) &record, error))
    return FALSE;
  if (run->call->refusal != NULL)
    tjd_reply_set_problem (run->reply, run->call, run->call->refusal);
  else
    tjd_reply_set_record (run->reply, record);
  return tjd_txn_exec (txn,
                       "INSERT INTO replies (caller, endpoint, key, request, status, body, at)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                       error, tjd_text (run->caller), tjd_text (run->path), tjd_text (run->key),
                       tjd_text (run->hash), tjd_int (run->reply->status),
                       tjd_text (run->reply->body),
                       tjd_int (tjd_clock_now (run->call->host->clock))) > 0;
}

static gboolean
run_in (TjdTxn *txn, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (StoredReply) stored =
      tjd_txn_get (txn, stored_reply_get_type (),
                   "SELECT request, status, body FROM replies"
                   " WHERE caller = $1 AND endpoint = $2 AND key = $3",
                   &failed, tjd_text (run->caller), tjd_text (run->path), tjd_text (run->key));

  if (failed != NULL) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  return stored != NULL ? repeat (run, stored, error) : first_time (txn, run, error);
}

static char *
hash_request (TjdCall *call)
{
  g_autofree char *json =
      call->request != NULL ? tjd_record_to_json (call->request) : g_strdup ("");
  return tjd_sha256_base64url (json, strlen (json));
}

gboolean
tjd_keyed_run (
    TjdCall *call, TjdTxnHandler handler, const char *key, TjdReply *reply, GError **error)
{
  g_autofree char *caller = tjd_principal_name (&call->principal);
  g_autofree char *path = tjd_endpoint_path (call->endpoint, call->parameter);
  g_autofree char *hash = hash_request (call);
  Run run = { call, handler, key, caller, path, hash, reply };
  GError *failed = NULL;

  if (tjd_db_write (call->host->db, run_in, &run, &failed))
    return TRUE;
  tjd_reply_clear (reply);
  tjd_problem_map (failed, error);
  return FALSE;
}

char *
tjd_keyed_read_key (const char *header, GError **error)
{
  gsize length = header != NULL ? strlen (header) : 0;
  gboolean fits =
      length >= 3 && length <= MAX_KEY + 2 && header[0] == '"' && header[length - 1] == '"';

  if (header == NULL) {
    tjd_problem_set (error, TJD_PROBLEM_KEY_MISSING, "this endpoint wants an Idempotency-Key");
    return NULL;
  }
  for (gsize i = 1; fits && i < length - 1; i++)
    fits = g_ascii_isgraph (header[i]) && header[i] != '"' && header[i] != '\\';
  if (fits)
    return g_strndup (header + 1, length - 2);
  tjd_problem_set (error, TJD_PROBLEM_KEY_MISSING,
                   "the Idempotency-Key is not a quoted string of 1 to %d characters", MAX_KEY);
  return NULL;
}

void
tjd_problem_map (GError *from, GError **error)
{
  const char *pointer;

  if (from->domain == TJD_PROBLEM) {
    g_propagate_error (error, from);
    return;
  }
  if (from->domain == TJD_RECORD_ERROR) {
    pointer = tjd_record_error_get_pointer (from);
    tjd_problem_set_at (
        error, from->code == TJD_RECORD_ERROR_SYNTAX ? TJD_PROBLEM_MALFORMED : TJD_PROBLEM_INVALID,
        pointer, "%s", from->message);
  } else if (g_error_matches (from, TJD_STORE_ERROR, TJD_STORE_ERROR_UNAVAILABLE)) {
    tjd_problem_set (error, TJD_PROBLEM_UNAVAILABLE, "nothing was stored");
  } else if (from->domain == TJD_TRANSPORT_ERROR || from->domain == G_IO_ERROR) {
    tjd_problem_set (error, TJD_PROBLEM_PARTY_UNREACHABLE, "another party does not answer");
  } else {
    tjd_problem_set (error, TJD_PROBLEM_INTERNAL, "see the log under this request's id");
  }
  g_error_free (from);
}
