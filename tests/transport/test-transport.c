/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "deadline.h"
#include "dpop.h"
#include "link.h"
#include "payment.h"
#include "permit.h"
#include "problem.h"
#include "sign-in.h"
#include "transport.h"

/* A server on a socket of its own, a thread a connection. It keeps what it was sent and answers as
 * the test's script says, bytes as given: also those that no HTTP library would send. */
typedef struct {
  char *line; /* "POST /token HTTP/1.1" */
  GHashTable *headers;
  char *body;
} Request;

typedef struct _Server Server;

/* FALSE closes the connection. n counts requests from 0. */
typedef gboolean (*Script) (Server *server, Request *request, guint n, GOutputStream *out);

struct _Server {
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  GMutex mutex;
  GCond changed;
  GPtrArray *requests;
  GPtrArray *threads;
  Script script;
  gconstpointer data; /* of the script */
  char *base;
};

static void
request_free (Request *request)
{
  g_free (request->line);
  g_hash_table_unref (request->headers);
  g_free (request->body);
  g_free (request);
}

static const char *
header (Request *request, const char *name)
{
  return g_hash_table_lookup (request->headers, name);
}

static Request *
read_request (GDataInputStream *in, GCancellable *stop)
{
  g_autofree char *first = g_data_input_stream_read_line (in, NULL, stop, NULL);
  Request *request;
  char *line;
  gsize length = 0;

  if (first == NULL)
    return NULL;
  request = g_new0 (Request, 1);
  request->line = g_steal_pointer (&first);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while ((line = g_data_input_stream_read_line (in, NULL, stop, NULL)) != NULL && *line != '\0') {
    char *colon = strchr (line, ':');
    g_assert_nonnull (colon);
    g_hash_table_insert (request->headers, g_ascii_strdown (line, colon - line),
                         g_strdup (g_strstrip (colon + 1)));
    g_free (line);
  }
  g_free (line);
  if (header (request, "content-length") != NULL)
    length = strtoul (header (request, "content-length"), NULL, 10);
  request->body = g_malloc0 (length + 1);
  g_input_stream_read_all (G_INPUT_STREAM (in), request->body, length, NULL, stop, NULL);
  return request;
}

typedef struct {
  Server *server;
  GSocketConnection *connection;
} Visit;

static gpointer
serve (gpointer data)
{
  g_autofree Visit *visit = data;
  Server *server = visit->server;
  g_autoptr (GSocketConnection) connection = visit->connection;
  g_autoptr (GDataInputStream) in =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  Request *request;
  guint n;

  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while ((request = read_request (in, server->stop)) != NULL) {
    g_mutex_lock (&server->mutex);
    n = server->requests->len;
    g_ptr_array_add (server->requests, request);
    g_cond_broadcast (&server->changed);
    g_mutex_unlock (&server->mutex);
    if (!server->script (server, request, n, out))
      break;
  }
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

static gpointer
listen_and_serve (gpointer data)
{
  Server *server = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (server->listener, NULL, server->stop, NULL)) !=
         NULL) {
    Visit *visit = g_new0 (Visit, 1);
    *visit = (Visit){ server, connection };
    g_ptr_array_add (server->threads, g_thread_new ("visit", serve, visit));
  }
  return NULL;
}

static Server *
server_new (Script script, gconstpointer data)
{
  Server *server = g_new0 (Server, 1);
  guint16 port;

  server->listener = g_socket_listener_new ();
  port = g_socket_listener_add_any_inet_port (server->listener, NULL, NULL);
  server->base = g_strdup_printf ("http://127.0.0.1:%u", port);
  server->stop = g_cancellable_new ();
  server->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  server->threads = g_ptr_array_new ();
  server->script = script;
  server->data = data;
  g_mutex_init (&server->mutex);
  g_cond_init (&server->changed);
  server->thread = g_thread_new ("server", listen_and_serve, server);
  return server;
}

static void
server_free (Server *server)
{
  g_cancellable_cancel (server->stop);
  g_thread_join (server->thread);
  for (guint i = 0; i < server->threads->len; i++)
    g_thread_join (server->threads->pdata[i]);
  g_socket_listener_close (server->listener);
  g_object_unref (server->listener);
  g_object_unref (server->stop);
  g_ptr_array_unref (server->requests);
  g_ptr_array_unref (server->threads);
  g_mutex_clear (&server->mutex);
  g_cond_clear (&server->changed);
  g_free (server->base);
  g_free (server);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

static guint
server_count (Server *server)
{
  guint n;

  g_mutex_lock (&server->mutex);
  n = server->requests->len;
  g_mutex_unlock (&server->mutex);
  return n;
}

static Request *
server_request (Server *server, guint n)
{
  g_assert_cmpuint (server_count (server), >, n);
  return server->requests->pdata[n];
}

static gboolean
say (GOutputStream *out, const char *bytes)
{
  return g_output_stream_write_all (out, bytes, strlen (bytes), NULL, NULL, NULL);
}

static gboolean
answer (GOutputStream *out, const char *status, const char *headers, const char *body)
{
  g_autofree char *text =
      g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s"
                       "\r\n%s",
                       status, strlen (body), headers, body);
  return say (out, text);
}

/* The body that the test hands over, with 200. */
static gboolean
answer_data (Server *server, Request *request, guint n, GOutputStream *out)
{
  return answer (out, "200 OK", "", server->data);
}

/* Bytes as they are, and then the end. */
static gboolean
answer_raw (Server *server, Request *request, guint n, GOutputStream *out)
{
  say (out, server->data);
  return FALSE;
}

/* --- the caller's side --- */

#define NOW G_GINT64_CONSTANT (1795500000)

typedef struct {
  TjdClock *clock;
  TjdEntropy *entropy;
  TjdKey *key;
  TjdTransport *transport;
} Side;

static void
side_init (Side *side, gconstpointer data)
{
  side->clock = tjd_clock_new_fixed (NOW * G_USEC_PER_SEC);
  side->entropy = tjd_entropy_new_seeded (3);
  side->key = tjd_key_new_generated ();
  side->transport = tjd_transport_new (side->clock, side->entropy);
}

static void
side_clear (Side *side, gconstpointer data)
{
  tjd_transport_free (side->transport);
  tjd_key_unref (side->key);
  g_free (side->clock);
  g_free (side->entropy);
}

static void
point_at (Side *side, Server *server)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    tjd_transport_set_base (side->transport, i, server->base);
}

/* GET /healthz as nobody: the plainest call. */
static gboolean
call_health (Side *side, TjdHealth **health, GCancellable *cancellable, GError **error)
{
  gpointer reply = NULL;
  gboolean ok = tjd_transport_call (side->transport, &(TjdCaller){ 0 }, TJD_PORTAL_HEALTH,
                                    &(TjdArguments){ 0 }, &reply, cancellable, error);

  g_assert_cmpint (ok, ==, reply != NULL);
  if (health != NULL)
    *health = reply;
  else
    g_clear_object (&reply);
  return ok;
}

/* POST /payments/{id}/authorise by a person: keyed, with a body and a proof. */
static gboolean
call_authorise (Side *side, GError **error)
{
  g_autoptr (TjdAuthorisation) request = tjd_authorisation_new ();
  TjdCaller person = { .key = side->key, .access_token = "token.of.access" };
  TjdArguments arguments = { "pay-abcdefghijklmnopqrst", NULL, request, "key-1" };
  gpointer reply = NULL;
  gboolean ok;

  request->number = g_strdup ("12345678");
  request->code = g_strdup ("87654321");
  ok = tjd_transport_call (side->transport, &person, TJD_BANK_AUTHORISE, &arguments, &reply, NULL,
                           error);
  g_clear_object (&reply);
  return ok;
}

#define HEALTH "{\"party\":\"portal\",\"version\":\"1\"}"
#define PAYMENT                                                                                  \
  "{\"id\":\"pay-abcdefghijklmnopqrst\",\"state\":\"authorised\",\"amount\":102000,"             \
  "\"currency\":\"QAR\",\"payee_en\":\"Portal\",\"payee_ar\":\"البوابة\","                \
  "\"payee_number\":\"12345678\",\"account\":\"87654321\",\"number\":\"12345678\","              \
  "\"signing_text\":\"t\",\"code_until\":2000000000,\"expires_at\":1795500300,\"tries_left\":5," \
  "\"captured\":0}"

static void
expect_health_error (Side *side, Script script, gconstpointer data, GQuark domain, int code)
{
  g_autoptr (Server) server = server_new (script, data);
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  g_assert_false (call_health (side, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, domain, code);
  g_assert_cmpuint (server_count (server), >, 0);
}
#define expect_strange(side, script, data) \
  expect_health_error (side, script, data, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_STRANGE)

/* --- records out and in --- */

static void
test_json (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_data, PAYMENT);
  g_autoptr (TjdAuthorisation) received = NULL;
  g_autoptr (TjdDpopClaims) claims = NULL;
  g_autofree char *url =
      g_strconcat (server->base, "/payments/pay-abcdefghijklmnopqrst/authorise", NULL);
  g_autofree char *jkt = NULL;
  g_autoptr (GError) error = NULL;
  Request *request;

  point_at (side, server);
  call_authorise (side, &error);
  g_assert_no_error (error);
  request = server_request (server, 0);
  g_assert_cmpstr (request->line, ==, "POST /payments/pay-abcdefghijklmnopqrst/authorise HTTP/1.1");
  g_assert_cmpstr (header (request, "content-type"), ==, "application/json");
  g_assert_cmpstr (header (request, "idempotency-key"), ==, "\"key-1\"");
  g_assert_cmpstr (header (request, "authorization"), ==, "DPoP token.of.access");
  g_assert_null (header (request, "accept-encoding"));
  received = tjd_record_from_json (tjd_authorisation_get_type (), request->body,
                                   strlen (request->body), TJD_READ_STRICT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (received->code, ==, "87654321");
  claims = tjd_dpop_verify (header (request, "dpop"), "POST", url, "token.of.access", NOW, 0, &jkt,
                            &error);
  g_assert_no_error (error);
  g_assert_null (claims->nonce);
  g_assert_cmpstr (jkt, ==, tjd_key_get_thumbprint (side->key));
}

/* A form out, by a client that has no token yet; what others may add to the reply is passed over.
 */
static void
test_form (Side *side, gconstpointer data)
{
  g_autoptr (Server) server =
      server_new (answer_data, "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"expires_in\":300,"
                               "\"refresh_token\":\"r\",\"scope\":\"renew pay\",\"more\":[{}]}");
  g_autoptr (TjdTokenRequest) request = tjd_token_request_new ();
  g_autoptr (TjdTokenRequest) received = NULL;
  TjdCaller client = { .key = side->key };
  TjdArguments arguments = { .request = request };
  gpointer reply = NULL;
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  request->grant_type = g_strdup ("refresh_token");
  request->client_id = g_strdup (TJD_CLIENT_ID);
  request->refresh_token = g_strdup ("a+b=&%/ ت");
  tjd_transport_call (side->transport, &client, TJD_PORTAL_TOKEN, &arguments, &reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((TjdTokenReply *) reply)->expires_in, ==, 300);
  g_assert_cmpstr (((TjdTokenReply *) reply)->scope, ==, "renew pay");
  g_object_unref (reply);
  g_assert_cmpstr (header (server_request (server, 0), "content-type"), ==,
                   "application/x-www-form-urlencoded");
  g_assert_null (header (server_request (server, 0), "authorization"));
  g_assert_nonnull (header (server_request (server, 0), "dpop"));
  received = tjd_record_from_form (tjd_token_request_get_type (), server_request (server, 0)->body,
                                   TJD_READ_STRICT, &error);
  g_assert_no_error (error);
  g_assert_true (tjd_record_equal (request, received));
}

static void
test_no_content (Side *side, gconstpointer data)
{
  g_autoptr (Server) server =
      server_new (answer_raw, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  g_autoptr (TjdRevocation) request = tjd_revocation_new ();
  TjdArguments arguments = { .request = request };
  gpointer reply = GINT_TO_POINTER (1);
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  request->token = g_strdup ("r");
  request->client_id = g_strdup (TJD_CLIENT_ID);
  tjd_transport_call (side->transport, &(TjdCaller){ .key = side->key }, TJD_PORTAL_REVOKE,
                      &arguments, &reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (reply);
}

static gboolean
call_permits (Side *side, const char *renewer, gpointer *reply, GError **error)
{
  g_autoptr (TjdPermitsQuery) query = tjd_permits_query_new ();
  TjdCaller portal = { .key = side->key, .is_party = TRUE, .party = TJD_PARTY_PORTAL };
  TjdArguments arguments = { .query = query };

  query->renewer = g_strdup (renewer);
  return tjd_transport_call (side->transport, &portal, TJD_MINISTRY_PERMITS, &arguments, reply,
                             NULL, error);
}

static void
check_party_jwt (Side *side, Request *request, gint64 issued)
{
  const char *authorization = header (request, "authorization");
  g_autofree char *payload = NULL;
  g_autoptr (TjdPartyClaims) claims = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (authorization, "Bearer "));
  g_assert_null (header (request, "dpop"));
  payload = tjd_jws_verify (authorization + 7, TJD_PARTY_JWT_TYP, side->key, &error);
  g_assert_no_error (error);
  claims = tjd_record_from_json (tjd_party_claims_get_type (), payload, strlen (payload),
                                 TJD_READ_STRICT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (claims->iss, ==, "portal");
  g_assert_cmpstr (claims->aud, ==, "ministry");
  g_assert_cmpint (claims->iat, ==, issued);
  g_assert_cmpint (claims->exp, ==, issued + TJD_PARTY_JWT_SECONDS);
}

/* One JWT serves half its life, and none is sent that is about to end. */
/* Twice over one connection. */
static gboolean
answer_no_content (Server *server, Request *request, guint n, GOutputStream *out)
{
  return say (out, "HTTP/1.1 204 No Content\r\n\r\n");
}

static void
test_no_content_keeps_connection (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_no_content, NULL);
  TjdCaller person = { .key = side->key, .access_token = "token.of.access" };

  point_at (side, server);
  for (guint i = 0; i < 2; i++) {
    TjdArguments arguments = { "mdt-abcdefghijklmnopqrst", .idempotency_key = "key-1" };
    gpointer reply = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_true (tjd_transport_call (side->transport, &person, TJD_PORTAL_REVOKE_MANDATE,
                                       &arguments, &reply, NULL, &error));
    g_assert_no_error (error);
  }
  g_assert_cmpuint (server_count (server), ==, 2);
  g_assert_cmpuint (server->threads->len, ==, 1);
}

static void
test_party_jwt (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_data, "{\"permits\":[],\"as_of\":0}");
  static const gint64 moments[] = { 0, 59, 60, 119, 120 };
  static const gint64 issued[] = { 0, 0, 60, 60, 120 };

  point_at (side, server);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++) {
    gpointer reply = NULL;
    tjd_clock_set_fixed (side->clock, (NOW + moments[i]) * G_USEC_PER_SEC);
    g_assert_true (call_permits (side, "01005700", &reply, NULL));
    g_object_unref (reply);
    g_assert_cmpstr (server_request (server, i)->line, ==,
                     "GET /permits?renewer=01005700 HTTP/1.1");
    check_party_jwt (side, server_request (server, i), NOW + issued[i]);
  }
}

/* --- pages --- */

static void
test_link (void)
{
  static const struct {
    const char *header;
    const char *next;
  } rows[] = {
    { "<http://a/b?c=d>; rel=\"next\"", "http://a/b?c=d" },
    { "</b>;rel=next", "/b" },
    { " , <x>; rel=prev , <y>; title=\"a, <b>; rel=next\"; rel=\"last NEXT\"", "y" },
    { "<x>; title=\"a \\\" , \"; rel=\"next\"", "x" },
    { "<a,b;c>; rel=next", "a,b;c" },
    { "<x>; rel=\"prev\"", NULL },
    { "<x>; rel=nextish", NULL },
    { "<x>", NULL },
    { "<x; rel=next", NULL },
    { "x; rel=next", NULL },
    { "", NULL },
    { "<x>; title=\"rel=next", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *next = tjd_link_find_next (rows[i].header);
    g_assert_cmpstr (next, ==, rows[i].next);
  }
}

/* The first page names a next one by the script's data, the second is the last. */
static gboolean
answer_page (Server *server, Request *request, guint n, GOutputStream *out)
{
  g_autofree char *link = g_strdup_printf ("Link: <%s>; rel=\"next\"\r\n", (char *) server->data);
  return answer (out, "200 OK", n == 0 ? link : "", "{\"permits\":[],\"as_of\":0}");
}

static gboolean
call_page (Side *side, const char *page, char **next, GError **error)
{
  TjdCaller portal = { .key = side->key, .is_party = TRUE, .party = TJD_PARTY_PORTAL };
  gpointer reply = NULL;
  gboolean ok =
      tjd_transport_call_page (side->transport, &portal, TJD_MINISTRY_PERMITS,
                               &(TjdArguments){ .page = page }, &reply, next, NULL, error);

  g_assert_cmpint (reply != NULL, ==, ok);
  g_clear_object (&reply);
  return ok;
}

static void
test_pages (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_page, "/permits?after=a%20b&limit=2");
  g_autofree char *first = g_strconcat (server->base, "/permits?limit=2", NULL);
  g_autofree char *next = NULL, *last = NULL;
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  g_assert_true (call_page (side, first, &next, &error));
  g_assert_true (g_str_has_prefix (next, server->base));
  g_assert_true (call_page (side, next, &last, &error));
  g_assert_null (last);
  g_assert_cmpstr (server_request (server, 0)->line, ==, "GET /permits?limit=2 HTTP/1.1");
  g_assert_cmpstr (server_request (server, 1)->line, ==,
                   "GET /permits?after=a%20b&limit=2 HTTP/1.1");
}

/* Tokens are not carried elsewhere, whoever says so. */
static void
test_pages_elsewhere (Side *side, gconstpointer data)
{
  static const char *const targets[] = { "http://127.0.0.2/permits", "//127.0.0.1:1/permits",
                                         "https://127.0.0.1/permits", "file:///etc/passwd" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (Server) server = server_new (answer_page, targets[i]);
    g_autofree char *page = g_strconcat (server->base, "/permits", NULL);
    g_autofree char *beyond = g_strconcat (server->base, "0/permits", NULL);
    g_autofree char *next = NULL;
    g_autoptr (GError) error = NULL, refused = NULL;
    point_at (side, server);
    g_assert_false (call_page (side, page, &next, &error));
    g_assert_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_STRANGE);
    g_assert_null (next);
    g_assert_false (call_page (side, beyond, &next, &refused));
    g_assert_error (refused, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE);
  }
}

/* --- refusals --- */

static gboolean
answer_expired (Server *server, Request *request, guint n, GOutputStream *out)
{
  return answer (out, "409 Conflict", "",
                 "{\"type\":\"urn:tajdid:problem:quotation-expired\",\"title\":\"T\","
                 "\"status\":409,\"detail\":\"D\",\"tries_left\":3,\"more\":{},"
                 "\"errors\":[{\"pointer\":\"#/a\",\"detail\":\"d\",\"more\":1}]}");
}

static void
test_problem (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_expired, NULL);
  g_autoptr (GError) error = NULL;
  TjdProblem *document;

  point_at (side, server);
  g_assert_false (call_authorise (side, &error));
  g_assert_error (error, TJD_PROBLEM, TJD_PROBLEM_QUOTATION_EXPIRED);
  document = tjd_problem_get_document (error);
  g_assert_cmpint (document->status, ==, 409);
  g_assert_cmpint (document->tries_left, ==, 3);
  g_assert_cmpstr (((TjdFault *) document->errors->pdata[0])->pointer, ==, "#/a");
  g_assert_cmpuint (server_count (server), ==, 1);
}

static gboolean
answer_blank (Server *server, Request *request, guint n, GOutputStream *out)
{
  return answer (out, server->data, "", "{\"type\":\"about:blank\"}");
}

/* A problem without a status of its own has that of its reply. */
static void
test_problem_without_status (Side *side, gconstpointer data)
{
  expect_health_error (side, answer_blank, "502 Bad Gateway", TJD_PROBLEM, TJD_PROBLEM_INTERNAL);
  expect_health_error (side, answer_blank, "400 Bad Request", TJD_PROBLEM, TJD_PROBLEM_INVALID);
}

#define NONCE_NEEDED "{\"type\":\"urn:tajdid:problem:nonce-needed\",\"status\":401}"

static TjdDpopClaims *
read_proof (Server *server, Request *request)
{
  g_autofree char *url =
      g_strconcat (server->base, "/payments/pay-abcdefghijklmnopqrst/authorise", NULL);
  g_autofree char *jkt = NULL;

  return tjd_dpop_verify (header (request, "dpop"), "POST", url, "token.of.access", NOW, 0, &jkt,
                          NULL);
}

/* Takes proofs with nonce "n1" alone; with data, none at all. */
static gboolean
answer_nonce (Server *server, Request *request, guint n, GOutputStream *out)
{
  g_autoptr (TjdDpopClaims) claims = read_proof (server, request);

  if (server->data == NULL && claims != NULL && g_strcmp0 (claims->nonce, "n1") == 0)
    return answer (out, "200 OK", "", PAYMENT);
  return answer (out, "401 Unauthorized", "DPoP-Nonce: n1\r\n", NONCE_NEEDED);
}

static void
test_nonce (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_nonce, NULL);
  g_autoptr (TjdDpopClaims) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  call_authorise (side, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (server_count (server), ==, 2);
  first = read_proof (server, server_request (server, 0));
  second = read_proof (server, server_request (server, 1));
  g_assert_null (first->nonce);
  g_assert_cmpstr (first->jti, !=, second->jti);
  g_assert_cmpstr (header (server_request (server, 1), "idempotency-key"), ==, "\"key-1\"");
  g_assert_cmpstr (server_request (server, 0)->body, ==, server_request (server, 1)->body);
  call_authorise (side, &error); /* by now it is known */
  g_assert_no_error (error);
  g_assert_cmpuint (server_count (server), ==, 3);
}

static void
test_nonce_once (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_nonce, "never");
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  g_assert_false (call_authorise (side, &error));
  g_assert_error (error, TJD_PROBLEM, TJD_PROBLEM_NONCE_NEEDED);
  g_assert_cmpuint (server_count (server), ==, 2);
}

static gboolean
answer_redirect (Server *server, Request *request, guint n, GOutputStream *out)
{
  g_autofree char *location =
      g_strdup_printf ("Location: %s/elsewhere\r\n", ((const Server *) server->data)->base);
  return answer (out, n % 2 == 0 ? "302 Found" : "307 Temporary Redirect", location, "{}");
}

/* Else the token would travel along. */
static void
test_redirect (Side *side, gconstpointer data)
{
  g_autoptr (Server) target = server_new (answer_data, PAYMENT);
  g_autoptr (Server) server = server_new (answer_redirect, target);

  point_at (side, server);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (call_authorise (side, &error));
    g_assert_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_STRANGE);
  }
  g_assert_cmpuint (server_count (server), ==, 2);
  g_assert_cmpuint (server_count (target), ==, 0);
}

/* --- answers that are none --- */

static void
test_strange (Side *side, gconstpointer data)
{
  static const char *const bodies[] = {
    "<html>",
    "",
    "null",
    "[]",
    "{}",
    "{\"party\":1,\"version\":\"1\"}",
    "{\"party\":\"portal\",\"party\":\"bank\",\"version\":\"1\"}",
    HEALTH HEALTH,
    HEALTH " x",
    "{\"party\":\"portal\",\"version\":\"\xff\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    expect_strange (side, answer_data, bodies[i]);
  expect_strange (side, answer_raw, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  expect_strange (side, answer_raw,
                  "HTTP/1.1 500 Oh\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>");
  expect_strange (side, answer_raw, "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
}

static gboolean
answer_gzip (Server *server, Request *request, guint n, GOutputStream *out)
{
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  guint8 packed[256];
  gsize n_read, n_packed;
  g_autofree char *head = NULL;

  g_assert_cmpint (g_converter_convert (gzip, HEALTH, strlen (HEALTH), packed, sizeof packed,
                                        G_CONVERTER_INPUT_AT_END, &n_read, &n_packed, NULL),
                   ==, G_CONVERTER_FINISHED);
  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                          "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                          n_packed);
  return say (out, head) && g_output_stream_write_all (out, packed, n_packed, NULL, NULL, NULL);
}

/* Bombs inflate; we take nothing packed. */
static void
test_gzip (Side *side, gconstpointer data)
{
  expect_strange (side, answer_gzip, NULL);
}

static gboolean
answer_endless (Server *server, Request *request, guint n, GOutputStream *out)
{
  g_autofree char *spaces = g_strnfill (65536, ' ');

  say (out, server->data);
  while (!g_cancellable_is_cancelled (server->stop) && say (out, spaces))
    ;
  return FALSE;
}

/* Whether it says how long it will be or not; and we do not wait for the rest. */
static void
test_too_large (Side *side, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  expect_strange (side, answer_endless, "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n");
  expect_strange (side, answer_endless, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

/* --- time, and what breaks --- */

/* A byte every 50 ms, for ever: libsoup's own timeout never meets it. */
static gboolean
answer_drip (Server *server, Request *request, guint n, GOutputStream *out)
{
  say (out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
  while (!g_cancellable_is_cancelled (server->stop) && say (out, " "))
    g_usleep (50000);
  return FALSE;
}

/* Takes the request and says nothing until the server stops. */
static gboolean
answer_never (Server *server, Request *request, guint n, GOutputStream *out)
{
  while (!g_cancellable_is_cancelled (server->stop))
    g_usleep (20000);
  return FALSE;
}

static void
test_deadline (Side *side, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  tjd_transport_set_call_seconds (side->transport, 1);
  expect_health_error (side, answer_drip, NULL, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_NO_REPLY);
  expect_health_error (side, answer_never, NULL, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_NO_REPLY);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 6 * G_USEC_PER_SEC);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (Side *side, gconstpointer data)
{
  static const Script scripts[] = { answer_drip, answer_never };

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_autoptr (Server) server = server_new (scripts[i], NULL);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();
    GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
    point_at (side, server);
    g_assert_false (call_health (side, NULL, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
    g_thread_join (thread);
  }
}

static void
test_cancelled_before (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_data, HEALTH);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  g_cancellable_cancel (cancellable);
  g_assert_false (call_health (side, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (server_count (server), ==, 0);
  g_assert_true (call_health (side, NULL, NULL, NULL)); /* and the next is as ever */
}

static void
test_offline (Side *side, gconstpointer data)
{
  g_autofree char *base = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (call_health (side, NULL, NULL, &error)); /* no address at all */
  g_assert_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE);
  g_clear_error (&error);
  {
    g_autoptr (Server) server = server_new (answer_data, HEALTH);
    base = g_strdup (server->base);
  }
  tjd_transport_set_base (side->transport, TJD_PARTY_PORTAL, base); /* nobody is there any more */
  g_assert_false (call_health (side, NULL, NULL, &error));
  g_assert_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE);
}

/* Speaks no TLS: the handshake fails, and nothing was asked. */
static gboolean
answer_nothing (Server *server, Request *request, guint n, GOutputStream *out)
{
  return FALSE;
}

static void
test_no_tls (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_nothing, NULL);
  g_autofree char *https = g_strconcat ("https", server->base + 4, NULL);
  g_autoptr (GError) error = NULL;

  tjd_transport_set_call_seconds (side->transport, 1);
  tjd_transport_set_base (side->transport, TJD_PARTY_PORTAL, https);
  g_assert_false (call_health (side, NULL, NULL, &error));
  g_assert_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_OFFLINE);
}

/* Sent once, whatever becomes of it: whether it took effect is not ours to guess. */
static void
test_closed (Side *side, gconstpointer data)
{
  static const char *const cut[] = {
    "",
    "HTTP/1.1 200",
    "HTTP/1.1 200 OK\r\nContent-Type: appl",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{\"id\":",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cut); i++) {
    g_autoptr (Server) server = server_new (answer_raw, cut[i]);
    g_autoptr (GError) error = NULL;
    point_at (side, server);
    g_test_message ("row %u", i);
    g_assert_false (call_authorise (side, &error));
    g_assert_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_NO_REPLY);
    g_assert_cmpuint (server_count (server), ==, 1);
  }
}

/* A reply that is cut between two chunks has ended as far as libsoup is concerned: it is no JSON.
 */
static void
test_closed_between_chunks (Side *side, gconstpointer data)
{
  expect_strange (side, answer_raw,
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"party\"\r\n");
}

static gboolean
answer_once (Server *server, Request *request, guint n, GOutputStream *out)
{
  return n == 0 && answer (out, "200 OK", "", PAYMENT);
}

/* Also on a connection that served before, where libsoup sends other methods again. */
static void
test_closed_again (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_once, NULL);
  g_autoptr (GError) error = NULL;

  point_at (side, server);
  call_authorise (side, &error);
  g_assert_no_error (error);
  g_assert_false (call_authorise (side, &error));
  g_assert_error (error, TJD_TRANSPORT_ERROR, TJD_TRANSPORT_ERROR_NO_REPLY);
  g_assert_cmpuint (server_count (server), ==, 2);
}

/* --- many at once --- */

#define THREADS 16
#define CALLS 50

/* One permit, whose renewer is the one who was asked for. */
static gboolean
answer_renewer (Server *server, Request *request, guint n, GOutputStream *out)
{
  g_autofree char *renewer = g_strndup (strchr (request->line, '=') + 1, 8);
  g_autofree char *body = g_strdup_printf (
      "{\"permits\":[{\"personal_id\":\"27612405934\",\"name_en\":\"a\",\"name_ar\":\"a\","
      "\"category\":\"work\",\"renewer\":\"%s\",\"expires_on\":\"2026-11-24\",\"years\":[1],"
      "\"standing\":\"due\",\"fine\":0}],\"as_of\":0}",
      renewer);
  return answer (out, "200 OK", "", body);
}

typedef struct {
  Side *side;
  guint number;
} Caller;

static gpointer
call_many (gpointer data)
{
  Caller *caller = data;

  for (guint i = 0; i < CALLS; i++) {
    g_autofree char *renewer = g_strdup_printf ("%08u", caller->number * CALLS + i);
    g_autoptr (GError) error = NULL;
    gpointer reply = NULL;
    call_permits (caller->side, renewer, &reply, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (((TjdPermit *) ((TjdPermits *) reply)->permits->pdata[0])->renewer, ==,
                     renewer);
    g_object_unref (reply);
  }
  return NULL;
}

static void
test_threads (Side *side, gconstpointer data)
{
  g_autoptr (Server) server = server_new (answer_renewer, NULL);
  Caller callers[THREADS];
  GThread *threads[THREADS];

  point_at (side, server);
  for (guint i = 0; i < THREADS; i++) {
    callers[i] = (Caller){ side, i };
    threads[i] = g_thread_new ("caller", call_many, &callers[i]);
  }
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (server_count (server), ==, THREADS * CALLS);
}

/* --- deadlines by themselves --- */

static void
test_deadlines (void)
{
  TjdDeadlines *deadlines = tjd_deadlines_new ();
  g_autoptr (GCancellable) parent = g_cancellable_new ();
  TjdDeadline *led = tjd_deadline_start (deadlines, 100, parent);
  TjdDeadline *timed, *late;
  gint64 start = g_get_monotonic_time ();

  g_usleep (50000); /* by now it sleeps until the far one */
  timed = tjd_deadline_start (deadlines, 1, NULL);

  g_assert_false (g_cancellable_is_cancelled (tjd_deadline_get_cancellable (led)));
  g_cancellable_cancel (parent);
  g_assert_true (g_cancellable_is_cancelled (tjd_deadline_get_cancellable (led)));
  late = tjd_deadline_start (deadlines, 100, parent); /* cancelled before it began */
  g_assert_true (g_cancellable_is_cancelled (tjd_deadline_get_cancellable (late)));
  while (!g_cancellable_is_cancelled (tjd_deadline_get_cancellable (timed))) {
    g_usleep (10000);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  }
  g_assert_cmpint (g_get_monotonic_time () - start, >, G_USEC_PER_SEC / 2);
  tjd_deadline_stop (timed);
  tjd_deadline_stop (led);
  tjd_deadline_stop (late);
  tjd_deadlines_free (deadlines);
}

#define add(name, func) g_test_add (name, Side, NULL, side_init, func, side_clear)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/transport/records/json", test_json);
  add ("/transport/records/form", test_form);
  add ("/transport/records/no-content", test_no_content);
  add ("/transport/records/no-content/connection", test_no_content_keeps_connection);
  add ("/transport/records/party-jwt", test_party_jwt);
  g_test_add_func ("/transport/pages/link", test_link);
  add ("/transport/pages/followed", test_pages);
  add ("/transport/pages/elsewhere", test_pages_elsewhere);
  add ("/transport/refusals/problem", test_problem);
  add ("/transport/refusals/problem-without-status", test_problem_without_status);
  add ("/transport/refusals/nonce", test_nonce);
  add ("/transport/refusals/nonce-once", test_nonce_once);
  add ("/transport/refusals/redirect", test_redirect);
  add ("/transport/strange/bodies", test_strange);
  add ("/transport/strange/gzip", test_gzip);
  add ("/transport/strange/too-large", test_too_large);
  add ("/transport/breaks/deadline", test_deadline);
  add ("/transport/breaks/cancel", test_cancel);
  add ("/transport/breaks/cancelled-before", test_cancelled_before);
  add ("/transport/breaks/offline", test_offline);
  add ("/transport/breaks/no-tls", test_no_tls);
  add ("/transport/breaks/closed", test_closed);
  add ("/transport/breaks/closed-between-chunks", test_closed_between_chunks);
  add ("/transport/breaks/closed-again", test_closed_again);
  add ("/transport/threads", test_threads);
  g_test_add_func ("/deadlines", test_deadlines);
  return g_test_run ();
}
