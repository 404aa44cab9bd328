/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport.h"

#include <libsoup/soup.h>
#include <string.h>

#include "deadline.h"
#include "dpop.h"
#include "link.h"
#include "problem.h"
#include "sign-in.h"

#define IO_SECONDS 10
#define IDLE_SECONDS 25 /* ours keep a connection 30; what stands between may forget it unsaid */
#define CALL_SECONDS 30
#define MAX_CONNECTIONS (TJD_TRANSPORT_THREADS + 16)
#define MAX_REPLY (8 * 1024 * 1024)

/* clang-format off */
G_DEFINE_QUARK (tjd-transport-error-quark, tjd_transport_error)
/* clang-format on */

struct _TjdTransport {
  const TjdClock *clock;
  const TjdEntropy *entropy;
  SoupSession *sessions[TJD_N_PARTIES]; /* one each: who wants a connection tries all it has */
  TjdDeadlines *deadlines;
  guint call_seconds;
  char *bases[TJD_N_PARTIES];
  GMutex mutex;
  char *nonces[TJD_N_PARTIES]; /* each server's newest */
  gint64 skews[TJD_N_PARTIES]; /* TJD_NO_INT before its first answer */
  struct {
    TjdKey *key; /* that signed it */
    char *jwt;
    gint64 fresh_until;
  } party_jwts[TJD_N_PARTIES][TJD_N_PARTIES]; /* by caller and callee */
};

static SoupSession *
new_session (void)
{
  SoupSession *session = soup_session_new_with_options (
      "timeout", IO_SECONDS, "idle-timeout", IDLE_SECONDS, "max-conns", MAX_CONNECTIONS,
      "max-conns-per-host", MAX_CONNECTIONS, "user-agent", "tajdid/" TJD_VERSION, NULL);

  /* What a browser wants and an API must not have: 291 kB may inflate to 300 MB. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_SNIFFER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

TjdTransport *
tjd_transport_new (const TjdClock *clock, const TjdEntropy *entropy)
{
  TjdTransport *self = g_new0 (TjdTransport, 1);

  self->clock = clock;
  self->entropy = entropy;
  self->deadlines = tjd_deadlines_new ();
  self->call_seconds = CALL_SECONDS;
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    self->sessions[i] = new_session ();
    self->skews[i] = TJD_NO_INT;
  }
  g_mutex_init (&self->mutex);
  return self;
}

static void
free_session (SoupSession *session)
{
  soup_session_abort (session);
  g_object_unref (session);
}

void
tjd_transport_free (TjdTransport *self)
{
  tjd_deadlines_free (self->deadlines);
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    free_session (self->sessions[i]);
    g_free (self->bases[i]);
    g_free (self->nonces[i]);
    for (guint j = 0; j < TJD_N_PARTIES; j++) {
      g_free (self->party_jwts[i][j].jwt);
      g_clear_pointer (&self->party_jwts[i][j].key, tjd_key_unref);
    }
  }
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
tjd_transport_set_base (TjdTransport *self, TjdParty party, const char *url)
{
  tjd_set_string (&self->bases[party], url);
}

const char *
tjd_transport_get_base (TjdTransport *self, TjdParty party)
{
  return self->bases[party];
}

gboolean
tjd_transport_set_ca (TjdTransport *self, TjdParty party, const char *file, GError **error)
{
  g_autoptr (GTlsDatabase) authorities = g_tls_file_database_new (file, error);

  if (authorities == NULL)
    return FALSE;
  soup_session_set_tls_database (self->sessions[party], authorities);
  return TRUE;
}

void
tjd_transport_set_call_seconds (TjdTransport *self, guint seconds)
{
  self->call_seconds = seconds;
}

static char *
address_of (const char *base, const TjdEndpoint *endpoint, const TjdArguments *arguments)
{
  g_autofree char *path = tjd_endpoint_path (endpoint, arguments->parameter);
  g_autofree char *query =
      arguments->query != NULL ? tjd_record_to_form (arguments->query) : g_strdup ("");

  return arguments->page != NULL ? g_strdup (arguments->page)
                                 : g_strconcat (base, path, *query != '\0' ? "?" : "", query, NULL);
}

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b);
}

/* A page's address may have been kept for a while: it goes to this party or nowhere. */
static gboolean
is_at (SoupMessage *message, const char *base)
{
  g_autoptr (GUri) uri = g_uri_parse (base, SOUP_HTTP_URI_FLAGS, NULL);

  return uri != NULL && is_same_origin (uri, soup_message_get_uri (message));
}

static void
set_body (SoupMessage *message, const TjdEndpoint *endpoint, gpointer request)
{
  char *body = endpoint->form ? tjd_record_to_form (request) : tjd_record_to_json (request);
  g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));

  soup_message_set_request_body_from_bytes (
      message, endpoint->form ? "application/x-www-form-urlencoded" : "application/json", bytes);
}

static SoupMessage *
build (TjdTransport *self,
       const TjdEndpoint *endpoint,
       const TjdArguments *arguments,
       GError **error)
{
  const char *base = self->bases[endpoint->party];
  g_autofree char *url = NULL;
  g_autofree char *key = NULL;
  SoupMessage *message;

  if (base == NULL) {
    g_set_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE,
                 "there is no address for the %s", tjd_party_name (endpoint->party));
    return NULL;
  }
  url = address_of (base, endpoint, arguments);
  message = soup_message_new (endpoint->method, url);
  if (message == NULL) {
    g_set_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE, "not an address: %s",
                 base);
    return NULL;
  }
  if (arguments->page != NULL && !is_at (message, base)) {
    g_set_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE,
                 "a page of another origin than %s", base);
    g_object_unref (message);
    return NULL;
  }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (endpoint->keyed) { /* what happens once may go over a connection that is there */
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
    key = g_strdup_printf ("\"%s\"", arguments->idempotency_key);
    soup_message_headers_append (soup_message_get_request_headers (message), "Idempotency-Key",
                                 key);
  }
  if (arguments->request != NULL)
    set_body (message, endpoint, arguments->request);
  return message;
}

static char *
make_party_jwt (TjdTransport *self, const TjdCaller *caller, TjdParty callee, gint64 now)
{
  g_autoptr (TjdPartyClaims) claims = tjd_party_claims_new ();
  g_autofree char *json = NULL;

  claims->iss = g_strdup (tjd_party_name (caller->party));
  claims->aud = g_strdup (tjd_party_name (callee));
  claims->iat = now;
  claims->exp = now + TJD_PARTY_JWT_SECONDS;
  json = tjd_record_to_json (claims);
  return tjd_jws_sign (caller->key, TJD_PARTY_JWT_TYP, FALSE, json);
}

/* The same JWT serves half its life, unless the party signs with another key by then. */
static char *
party_jwt (TjdTransport *self, const TjdCaller *caller, TjdParty callee)
{
  gint64 now = tjd_clock_now (self->clock);
  char *jwt;

  g_mutex_lock (&self->mutex);
  if (self->party_jwts[caller->party][callee].fresh_until <= now ||
      self->party_jwts[caller->party][callee].key != caller->key) {
    g_free (self->party_jwts[caller->party][callee].jwt);
    g_clear_pointer (&self->party_jwts[caller->party][callee].key, tjd_key_unref);
    self->party_jwts[caller->party][callee].jwt = make_party_jwt (self, caller, callee, now);
    self->party_jwts[caller->party][callee].key = tjd_key_ref (caller->key);
    self->party_jwts[caller->party][callee].fresh_until = now + TJD_PARTY_JWT_SECONDS / 2;
  }
  jwt = g_strdup (self->party_jwts[caller->party][callee].jwt);
  g_mutex_unlock (&self->mutex);
  return jwt;
}

static void
prove (TjdTransport *self, const TjdCaller *caller, TjdParty callee, SoupMessage *message)
{
  g_autofree char *url = g_uri_to_string (soup_message_get_uri (message));
  g_autofree char *nonce = NULL;
  g_autofree char *proof = NULL;

  g_mutex_lock (&self->mutex);
  nonce = g_strdup (self->nonces[callee]);
  g_mutex_unlock (&self->mutex);
  proof = tjd_dpop_prove (caller->key, self->clock, self->entropy,
                          soup_message_get_method (message), url, caller->access_token, nonce);
  soup_message_headers_replace (soup_message_get_request_headers (message), "DPoP", proof);
}

static void
sign (TjdTransport *self, const TjdCaller *caller, TjdParty callee, SoupMessage *message)
{
  g_autofree char *authorization = NULL;

  if (caller->is_party) {
    g_autofree char *jwt = party_jwt (self, caller, callee);
    authorization = g_strconcat ("Bearer ", jwt, NULL);
  } else if (caller->access_token != NULL) {
    authorization = g_strconcat ("DPoP ", caller->access_token, NULL);
  }
  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  authorization);
  if (!caller->is_party && caller->key != NULL)
    prove (self, caller, callee, message);
}

/* Whether something was sent is not for the error to say: an unreachable network and an end of TLS
 * are met before and after. */
static TjdTransportError
error_code (gboolean sent, const GError *from)
{
  if (from->domain == TJD_TRANSPORT_ERROR)
    return (TjdTransportError) from->code;
  if (sent)
    return TJD_TRANSPORT_ERROR_NO_REPLY;
  return from->domain == G_TLS_ERROR ? TJD_TRANSPORT_ERROR_UNTRUSTED : TJD_TRANSPORT_ERROR_OFFLINE;
}

/* The one place where foreign errors become ours. */
static void
map_error (
    SoupMessage *message, gboolean sent, GCancellable *cancellable, GError *from, GError **error)
{
  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else
    g_set_error (error, TJD_TRANSPORT_ERROR, error_code (sent, from), "%s %s: %s",
                 soup_message_get_method (message), g_uri_get_path (soup_message_get_uri (message)),
                 from->message);
  g_error_free (from);
}

static GByteArray *
read_body (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, cancellable, error)) > 0) {
    g_byte_array_append (body, buffer, (guint) n);
    if (body->len > MAX_REPLY) {
      g_set_error_literal (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_STRANGE,
                           "a reply too large");
      return NULL;
    }
  }
  return n == 0 ? g_steal_pointer (&body) : NULL;
}

/* libsoup says so when it has a connection and is about to write. */
static void
note_sent (gboolean *sent)
{
  *sent = TRUE;
}

/* RFC 9110 8.6: a 204 has no length. libsoup takes that for a body up to the connection's end, and
 * closes it. */
static void
note_head (SoupMessage *message)
{
  if (soup_message_get_status (message) == SOUP_STATUS_NO_CONTENT)
    soup_message_headers_set_content_length (soup_message_get_response_headers (message), 0);
}

static GByteArray *
send_and_read (TjdTransport *self,
               TjdParty party,
               SoupMessage *message,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (TjdDeadline) deadline =
      tjd_deadline_start (self->deadlines, self->call_seconds, cancellable);
  GCancellable *until = tjd_deadline_get_cancellable (deadline);
  g_autoptr (GError) odd = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GByteArray *body;
  gboolean sent = FALSE;

  g_signal_connect_swapped (message, "starting", G_CALLBACK (note_sent), &sent);
  g_signal_connect (message, "got-headers", G_CALLBACK (note_head), NULL);
  stream = soup_session_send (self->sessions[party], message, until, &odd);
  body = stream != NULL ? read_body (stream, until, &odd) : NULL;
  g_signal_handlers_disconnect_by_data (message, &sent);
  if (body == NULL)
    map_error (message, sent, cancellable, g_steal_pointer (&odd), error);
  return body;
}

static void
keep_nonce (TjdTransport *self, TjdParty party, SoupMessage *message)
{
  const char *nonce =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "DPoP-Nonce");

  if (nonce == NULL)
    return;
  g_mutex_lock (&self->mutex);
  tjd_set_string (&self->nonces[party], nonce);
  g_mutex_unlock (&self->mutex);
}

/* RFC 9110 6.6.1. */
static void
keep_skew (TjdTransport *self, TjdParty party, SoupMessage *message)
{
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  if (date == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->skews[party] = g_date_time_to_unix (date) - tjd_clock_now (self->clock);
  g_mutex_unlock (&self->mutex);
}

gboolean
tjd_transport_get_skew (TjdTransport *self, TjdParty party, gint64 *seconds)
{
  g_mutex_lock (&self->mutex);
  *seconds = self->skews[party];
  g_mutex_unlock (&self->mutex);
  return *seconds != TJD_NO_INT;
}

static gboolean
strange (GError **error, const TjdEndpoint *endpoint, const char *what)
{
  g_set_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_STRANGE, "%s %s: %s",
               endpoint->method, endpoint->path, what);
  return FALSE;
}

static gboolean
read_problem (const TjdEndpoint *endpoint, GByteArray *body, guint status, GError **error)
{
  g_autoptr (TjdProblem) document = tjd_record_from_json (
      tjd_problem_get_type (), (char *) body->data, body->len, TJD_READ_LENIENT, NULL);
  g_autofree char *what = NULL;

  if (document != NULL) {
    if (document->status == TJD_NO_INT) /* RFC 9457 3.1.2: it is advisory */
      document->status = status;
    g_propagate_error (error, tjd_problem_to_error (document));
    return FALSE;
  }
  what = g_strdup_printf ("status %u without a problem document", status);
  return strange (error, endpoint, what);
}

static gboolean
read_reply (const TjdEndpoint *endpoint,
            SoupMessage *message,
            GByteArray *body,
            gpointer *reply,
            GError **error)
{
  guint status = soup_message_get_status (message);
  g_autoptr (GError) odd = NULL;

  if (status < 200 || status > 299)
    return read_problem (endpoint, body, status, error);
  if (endpoint->reply == NULL)
    return TRUE;
  *reply = tjd_record_from_json (endpoint->reply (), (char *) body->data, body->len,
                                 TJD_READ_LENIENT, &odd);
  return *reply != NULL ? TRUE : strange (error, endpoint, odd->message);
}

/* Tokens go where this address leads: nowhere else than to where they went. */
static gboolean
read_next (const TjdEndpoint *endpoint, SoupMessage *message, char **next, GError **error)
{
  const char *header =
      soup_message_headers_get_list (soup_message_get_response_headers (message), "Link");
  g_autofree char *target = header != NULL ? tjd_link_find_next (header) : NULL;
  GUri *from = soup_message_get_uri (message);
  g_autoptr (GUri) to =
      target != NULL ? g_uri_parse_relative (from, target, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (target == NULL)
    return TRUE;
  if (to == NULL || g_uri_get_host (to) == NULL || !is_same_origin (from, to))
    return strange (error, endpoint, "the next page is of another origin");
  *next = g_uri_to_string (to);
  return TRUE;
}

static gboolean
call_once (TjdTransport *self,
           const TjdCaller *caller,
           const TjdEndpoint *endpoint,
           const TjdArguments *arguments,
           gpointer *reply,
           char **next,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (SoupMessage) message = build (self, endpoint, arguments, error);
  g_autoptr (GByteArray) body = NULL;

  if (message == NULL)
    return FALSE;
  sign (self, caller, endpoint->party, message);
  body = send_and_read (self, endpoint->party, message, cancellable, error);
  if (body == NULL)
    return FALSE;
  keep_nonce (self, endpoint->party, message);
  keep_skew (self, endpoint->party, message);
  if (!read_reply (endpoint, message, body, reply, error))
    return FALSE;
  if (next == NULL || read_next (endpoint, message, next, error))
    return TRUE;
  g_clear_object (reply);
  return FALSE;
}

/* Where a connection that was kept turns out to be closed, libsoup sends the same bytes again, and
 * the proof in them may have been seen: what happens once is asked once more with a fresh one. */
static gboolean
wants_another_proof (const TjdEndpoint *endpoint, const GError *error)
{
  return g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_NONCE_NEEDED) ||
         (endpoint->keyed && g_error_matches (error, TJD_PROBLEM, TJD_PROBLEM_PROOF_INVALID));
}

gboolean
tjd_transport_call_page (TjdTransport *self,
                         const TjdCaller *caller,
                         TjdEndpointId id,
                         const TjdArguments *arguments,
                         gpointer *reply,
                         char **next,
                         GCancellable *cancellable,
                         GError **error)
{
  const TjdEndpoint *endpoint = tjd_endpoint (id);
  g_autoptr (GError) first = NULL;

  *reply = NULL;
  if (next != NULL)
    *next = NULL;
  if (call_once (self, caller, endpoint, arguments, reply, next, cancellable, &first))
    return TRUE;
  if (wants_another_proof (endpoint, first))
    return call_once (self, caller, endpoint, arguments, reply, next, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

gboolean
tjd_transport_call (TjdTransport *self,
                    const TjdCaller *caller,
                    TjdEndpointId id,
                    const TjdArguments *arguments,
                    gpointer *reply,
                    GCancellable *cancellable,
                    GError **error)
{
  return tjd_transport_call_page (self, caller, id, arguments, reply, NULL, cancellable, error);
}
