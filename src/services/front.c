/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "front.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

#include "framing.h"
#include "gate.h"
#include "identifiers.h"
#include "keyed.h"
#include "listener.h"
#include "log.h"
#include "rate.h"
#include "room.h"
#include "tls.h"
#include "watch.h"

#define N_THREADS 16
#define MAX_WAITING 1024
#define HEAD_BYTES (48 * 1024)
#define FORM_BYTES (16 * 1024)
#define BURST_SECONDS 10

struct _TjdFront {
  TjdHost *host;
  TjdLimits limits;
  struct MHD_Daemon *daemon;
  TjdWatch *watch;
  GThreadPool *pool;
  TjdGate *gate;
  TjdRate *rate;
  guint64 next_id; /* of a request, from a random one on; the daemon's alone */
  TjdRoom *room;   /* of bodies that were announced and are not answered yet; the daemon's alone */
  GMutex mutex;
  gboolean open;
  int certificates;    /* how often another one was shown; atomic */
  GHashTable *running; /* "caller path key" of keyed requests under way */
};

typedef struct {
  TjdWatched *watched;
  int certificates; /* when it came */
} Connection;

/* One request on its way through. */
typedef struct {
  TjdFront *front;
  struct MHD_Connection *connection;
  Connection *over;
  char *uri; /* as it came */
  char id[17];
  char address[INET6_ADDRSTRLEN];
  gint64 announced; /* bytes of its body that it may send */
  gint64 began;     /* monotonic */
  gboolean begun;
  const char *method; /* the connection's, good while it lasts */
  GByteArray *body;
  TjdCall call;
  const TjdRoute *route;
  char *key;
  const TjdProblemRow *problem; /* NULL: answered well */
  char *allow; /* the methods that the path has, as far as looked at: "GET, POST" */
  TjdReply reply;
  gboolean ready;
} Request;

static void
connection_changed (void *data,
                    struct MHD_Connection *connection,
                    void **slot,
                    enum MHD_ConnectionNotificationCode what)
{
  TjdFront *front = data;
  Connection *over = *slot;

  if (what != MHD_CONNECTION_NOTIFY_STARTED) {
    tjd_watch_remove (front->watch, over->watched);
    g_free (over);
    return;
  }
  *slot = over = g_new0 (Connection, 1);
  over->certificates = g_atomic_int_get (&front->certificates);
  over->watched = tjd_watch_add (
      front->watch,
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
  tjd_watch_allow (front->watch, over->watched, front->limits.head_seconds);
}

static void
allow (Request *request, gint64 seconds)
{
  tjd_watch_allow (request->front->watch, request->over->watched, seconds);
}

static void
write_address (Request *request)
{
  const struct sockaddr *from =
      MHD_get_connection_info (request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)
          ->client_addr;

  if (from->sa_family == AF_INET) {
    inet_ntop (AF_INET, &((const struct sockaddr_in *) from)->sin_addr, request->address,
               sizeof request->address);
  } else if (from->sa_family == AF_INET6) { /* who has one has the 2^64 of its network */
    struct in6_addr network = ((const struct sockaddr_in6 *) from)->sin6_addr;
    memset (network.s6_addr + 8, 0, 8);
    inet_ntop (AF_INET6, &network, request->address, sizeof request->address);
  }
}

static void *
begin_request (void *data, const char *uri, struct MHD_Connection *connection)
{
  TjdFront *front = data;
  Request *request = g_new0 (Request, 1);

  request->front = front;
  request->connection = connection;
  request->over =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  request->uri = g_strdup (uri);
  request->began = g_get_monotonic_time ();
  request->body = g_byte_array_new ();
  g_snprintf (request->id, sizeof request->id, "%016" G_GINT64_MODIFIER "x", front->next_id++);
  request->call.host = front->host;
  request->call.id = request->id;
  write_address (request);
  request->call.address = request->address;
  return request;
}

static void
end_request (void *data,
             struct MHD_Connection *connection,
             void **slot,
             enum MHD_RequestTerminationCode why)
{
  Request *request = *slot;

  if (request == NULL)
    return;
  *slot = NULL;
  allow (request, request->front->limits.head_seconds);
  tjd_room_give_back (request->front->room, request->address, request->announced);
  if (request->body->len > 0)
    explicit_bzero (request->body->data, request->body->len);
  g_byte_array_unref (request->body);
  g_clear_object (&request->call.query);
  g_clear_object (&request->call.request);
  g_clear_error (&request->call.refusal);
  g_free (request->call.principal.personal_id);
  g_free (request->call.principal.jkt);
  g_free (request->call.principal.name);
  g_free (request->call.parameter);
  g_free (request->call.next);
  g_free (request->allow);
  g_free (request->key);
  g_free (request->uri);
  tjd_reply_clear (&request->reply);
  g_free (request);
}

static const char *
header (Request *request, const char *name)
{
  return MHD_lookup_connection_value (request->connection, MHD_HEADER_KIND, name);
}

static void
refuse (Request *request, const GError *problem)
{
  request->problem = tjd_problem_row (problem->code);
  tjd_reply_set_problem (&request->reply, &request->call, problem);
}

/* The parameter between what stands before and behind it in the template; NULL if path is
 * another's. */
static gboolean
match_path (const char *template, const char *path, char **parameter)
{
  const char *open = strchr (template, '{');
  const char *rest = open != NULL ? strchr (open, '}') + 1 : NULL;
  gsize before = open != NULL ? (gsize) (open - template) : 0, length = strlen (path);

  if (open == NULL)
    return strcmp (template, path) == 0;
  if (strncmp (template, path, before) != 0 || length <= before + strlen (rest) ||
      strcmp (path + length - strlen (rest), rest) != 0)
    return FALSE;
  *parameter = g_strndup (path + before, length - before - strlen (rest));
  if (tjd_format_id.fits (*parameter))
    return TRUE;
  g_clear_pointer (parameter, g_free);
  return FALSE;
}

static void
add_method (Request *request, const char *method)
{
  g_autofree char *before = request->allow;

  request->allow = before != NULL ? g_strjoin (", ", before, method, NULL) : g_strdup (method);
}

static gboolean
find_route (Request *request, const char *path, GError **error)
{
  const TjdPartyRow *party = request->front->host->row;

  for (guint i = 0; i < party->n_routes; i++) {
    const TjdEndpoint *endpoint = tjd_endpoint (party->routes[i].endpoint);
    g_autofree char *parameter = NULL;
    if (!match_path (endpoint->path, path, &parameter))
      continue;
    add_method (request, endpoint->method);
    if (strcmp (endpoint->method, request->method) != 0)
      continue;
    request->route = &party->routes[i];
    request->call.endpoint = endpoint;
    request->call.parameter = g_steal_pointer (&parameter);
    return TRUE;
  }
  if (request->allow != NULL)
    tjd_problem_set (error, TJD_PROBLEM_METHOD, "this resource has other methods");
  else
    tjd_problem_set (error, TJD_PROBLEM_NOT_FOUND, "there is no such resource");
  return FALSE;
}

static gboolean
check_media_type (Request *request, GError **error)
{
  const char *want =
      request->call.endpoint->form ? "application/x-www-form-urlencoded" : "application/json";
  const char *type = header (request, "Content-Type");
  g_autofree char *essence = type != NULL ? g_strndup (type, strcspn (type, ";")) : g_strdup ("");

  if (g_ascii_strcasecmp (g_strstrip (essence), want) == 0)
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_MEDIA_TYPE, "this endpoint takes %s", want);
  return FALSE;
}

static gboolean
read_query (Request *request, const char *query, GError **error)
{
  const TjdEndpoint *endpoint = request->call.endpoint;

  if (endpoint->query != NULL) {
    request->call.query = tjd_record_from_form (endpoint->query (), query, TJD_READ_STRICT, error);
    return request->call.query != NULL;
  }
  if (query == NULL)
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_INVALID, "this endpoint takes no query");
  return FALSE;
}

static gboolean
read_body (Request *request, GError **error)
{
  const TjdEndpoint *endpoint = request->call.endpoint;
  const char *bytes = (const char *) request->body->data;
  g_autofree char *form = NULL;

  if (endpoint->request == NULL) {
    if (request->body->len == 0)
      return TRUE;
    tjd_problem_set (error, TJD_PROBLEM_INVALID, "this endpoint takes no body");
    return FALSE;
  }
  if (!check_media_type (request, error))
    return FALSE;
  if (endpoint->form && request->body->len > FORM_BYTES) {
    tjd_problem_set (error, TJD_PROBLEM_TOO_LARGE, "a form has at most %d bytes", FORM_BYTES);
    return FALSE;
  }
  if (endpoint->form) {
    if (bytes != NULL && memchr (bytes, '\0', request->body->len) != NULL) {
      tjd_problem_set (error, TJD_PROBLEM_MALFORMED, "the form has a NUL in it");
      return FALSE;
    }
    form = g_strndup (bytes != NULL ? bytes : "", request->body->len);
    request->call.request =
        tjd_record_from_form (endpoint->request (), form, TJD_READ_LENIENT, error);
    explicit_bzero (form, request->body->len);
  } else {
    request->call.request = tjd_record_from_json (endpoint->request (), bytes != NULL ? bytes : "",
                                                  request->body->len, TJD_READ_STRICT, error);
  }
  return request->call.request != NULL;
}

static gboolean
check_rate (Request *request, GError **error)
{
  const TjdPrincipal *principal = &request->call.principal;

  if (principal->kind != TJD_PRINCIPAL_PERSON ||
      tjd_rate_take (request->front->rate, principal->personal_id))
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_TOO_MANY_REQUESTS, "at most %" G_GINT64_FORMAT " a second",
                   request->front->limits.requests_per_second);
  return FALSE;
}

/* Everything before the handler: FALSE with an error of any domain. */
static gboolean
prepare (Request *request, GError **error)
{
  TjdHost *host = request->front->host;
  g_auto (GStrv) halves = g_strsplit (request->uri, "?", 2);
  g_autofree char *url = g_strconcat (host->base, halves[0], NULL);

  if (!find_route (request, halves[0], error) ||
      !tjd_gate_admit (request->front->gate, request->call.endpoint, url,
                       header (request, "Authorization"), header (request, "DPoP"),
                       &request->call.principal, error) ||
      !check_rate (request, error) || !read_query (request, halves[1], error))
    return FALSE;
  if (request->call.endpoint->keyed) {
    request->key = tjd_keyed_read_key (header (request, "Idempotency-Key"), error);
    if (request->key == NULL)
      return FALSE;
    request->call.key = request->key;
  }
  return read_body (request, error);
}

static char *
start_running (Request *request, GError **error)
{
  TjdFront *front = request->front;
  g_autofree char *caller = tjd_principal_name (&request->call.principal);
  g_autofree char *name = g_strjoin (" ", caller, request->uri, request->key, NULL);
  gboolean added;

  g_mutex_lock (&front->mutex);
  added = g_hash_table_add (front->running, g_strdup (name));
  g_mutex_unlock (&front->mutex);
  if (added)
    return g_steal_pointer (&name);
  tjd_problem_set (error, TJD_PROBLEM_KEY_IN_USE, "ask again in a moment");
  return NULL;
}

static gboolean
run_keyed (Request *request, GError **error)
{
  TjdFront *front = request->front;
  g_autofree char *running = start_running (request, error);
  gboolean ok;

  if (running == NULL)
    return FALSE;
  ok = tjd_keyed_run (&request->call, request->route->keyed, request->key, &request->reply, error);
  g_mutex_lock (&front->mutex);
  g_hash_table_remove (front->running, running);
  g_mutex_unlock (&front->mutex);
  return ok;
}

typedef struct {
  Request *request;
  gpointer *reply;
} Reading;

static gboolean
run_read (TjdTxn *txn, gpointer data, GError **error)
{
  Reading *reading = data;
  Request *request = reading->request;

  return request->route->read (txn, &request->call, reading->reply, error);
}

static gboolean
run (Request *request, GError **error)
{
  g_autoptr (TjdRecord) record = NULL;
  Reading reading = { request, (gpointer *) &record };

  if (request->route->keyed != NULL)
    return run_keyed (request, error);
  if (request->route->read != NULL
          ? !tjd_db_read (request->front->host->db, run_read, &reading, error)
          : !request->route->plain (&request->call, reading.reply, error))
    return FALSE;
  tjd_reply_set_record (&request->reply, record);
  return TRUE;
}

static const char *
kind_of (const TjdPrincipal *principal)
{
  static const char *const kinds[] = { "anyone", "client", "person", "party", "operator" };
  return kinds[principal->kind];
}

static void
log_request (Request *request)
{
  const TjdEndpoint *endpoint = request->call.endpoint;

  tjd_log (request->front->host->row->party,
           &(TjdLogLine){ .event = "request",
                          .request_id = request->id,
                          .method = endpoint != NULL ? endpoint->method : NULL,
                          .path = endpoint != NULL ? endpoint->path : NULL,
                          .caller = kind_of (&request->call.principal),
                          .problem = request->problem != NULL ? request->problem->name : NULL,
                          .status = request->reply.status,
                          .microseconds = g_get_monotonic_time () - request->began });
}

static void
log_failure (Request *request, const GError *failed)
{
  if (failed->domain != TJD_PROBLEM && failed->domain != TJD_RECORD_ERROR)
    tjd_log (
        request->front->host->row->party,
        &(TjdLogLine){ .event = "failure", .request_id = request->id, .detail = failed->message });
}

/* In a thread of the pool. */
static void
work (gpointer data, gpointer pool)
{
  Request *request = data;
  g_autoptr (GError) problem = NULL;
  GError *failed = NULL;

  if (!prepare (request, &failed) || !run (request, &failed)) {
    if (failed == NULL) /* a fault of ours; nobody else's requests end with it */
      tjd_problem_set (&failed, TJD_PROBLEM_INTERNAL, "the handler did not say why");
    log_failure (request, failed);
    tjd_problem_map (failed, &problem);
    refuse (request, problem);
  }
  log_request (request);
  request->ready = TRUE;
  MHD_resume_connection (request->connection);
}

/* RFC 9110 11.6.1, RFC 9449 9. */
static void
add_challenge (Request *request, struct MHD_Response *response)
{
  const TjdEndpoint *endpoint = request->call.endpoint;
  gboolean is_dpop = endpoint->callers & (TJD_CALLER_PERSON | TJD_CALLER_CLIENT);
  g_autoptr (GString) challenge = g_string_new (is_dpop ? "DPoP algs=\"ES256\"" : "Bearer");

  if (request->problem->oauth != NULL)
    g_string_append_printf (challenge, "%s error=\"%s\"", is_dpop ? "," : "",
                            request->problem->oauth);
  MHD_add_response_header (response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, challenge->str);
}

/* RFC 8288. */
static void
add_link (Request *request, struct MHD_Response *response)
{
  g_autofree char *link = NULL;

  if (request->call.next == NULL || request->problem != NULL)
    return;
  link = g_strdup_printf ("<%s>; rel=\"next\"", request->call.next);
  MHD_add_response_header (response, "Link", link);
}

static enum MHD_Result
send_reply (Request *request, gboolean close_connection)
{
  TjdReply *reply = &request->reply;
  g_autofree char *nonce = tjd_gate_dup_nonce (request->front->gate);
  struct MHD_Response *response = MHD_create_response_from_buffer (
      reply->body != NULL ? strlen (reply->body) : 0,
      reply->body != NULL ? reply->body : (char *) "", MHD_RESPMEM_MUST_COPY);
  enum MHD_Result result;

  allow (request, request->front->limits.reply_seconds);
  if (reply->body != NULL)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE,
                             reply->status < 300 ? "application/json" : "application/problem+json");
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
  MHD_add_response_header (response, "DPoP-Nonce", nonce);
  if (reply->status == 401 && request->problem != NULL) /* a stored one is never of this kind */
    add_challenge (request, response);
  add_link (request, response);
  if (reply->status == 405)
    MHD_add_response_header (response, MHD_HTTP_HEADER_ALLOW, request->allow);
  if (reply->status == 503 || reply->status == 429)
    MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, "1");
  if (close_connection ||
      request->over->certificates != g_atomic_int_get (&request->front->certificates))
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  result = MHD_queue_response (request->connection, reply->status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
refuse_now (Request *request, GError *problem)
{
  refuse (request, problem);
  g_error_free (problem);
  log_request (request);
  return send_reply (request, TRUE);
}

/* The head is there. */
static enum MHD_Result
begin (Request *request, const char *version)
{
  GError *problem = NULL;
  const char *length;
  gint64 announced;

  request->begun = TRUE;
  allow (request, request->front->limits.body_seconds);
  if (!tjd_framing_check (request->connection, request->method, request->uri, version,
                          request->front->limits.request_bytes, &problem))
    return refuse_now (request, problem);
  length = header (request, "Content-Length");
  announced = length != NULL ? g_ascii_strtoll (length, NULL, 10) : 0;
  if (tjd_room_take (request->front->room, request->address, announced)) {
    request->announced = announced;
    return MHD_YES;
  }
  tjd_problem_set (&problem, TJD_PROBLEM_BUSY, "there is no room for this body now");
  return refuse_now (request, problem);
}

static enum MHD_Result
take_body (Request *request, const char *bytes, size_t *n_bytes)
{
  if (request->body->len + *n_bytes > (gsize) request->announced)
    return MHD_NO;
  g_byte_array_append (request->body, (const guint8 *) bytes, (guint) *n_bytes);
  *n_bytes = 0;
  return MHD_YES;
}

static gboolean
hand_to_pool (Request *request)
{
  TjdFront *front = request->front;
  gboolean take;

  g_mutex_lock (&front->mutex);
  take = front->open && g_thread_pool_unprocessed (front->pool) < MAX_WAITING;
  if (take) {
    allow (request, 0);
    MHD_suspend_connection (request->connection);
    g_thread_pool_push (front->pool, request, NULL);
  }
  g_mutex_unlock (&front->mutex);
  return take;
}

static enum MHD_Result
refuse_busy (Request *request)
{
  GError *problem = NULL;

  tjd_problem_set (&problem, TJD_PROBLEM_BUSY, "try again in a moment");
  return refuse_now (request, problem);
}

static enum MHD_Result
answer (void *data,
        struct MHD_Connection *connection,
        const char *url,
        const char *method,
        const char *version,
        const char *bytes,
        size_t *n_bytes,
        void **slot)
{
  Request *request = *slot;

  request->method = method;
  if (!request->begun)
    return begin (request, version);
  if (request->ready)
    return send_reply (request, FALSE);
  if (*n_bytes > 0)
    return take_body (request, bytes, n_bytes);
  return hand_to_pool (request) ? MHD_YES : refuse_busy (request);
}

static struct MHD_Daemon *
start_daemon (TjdFront *front, int fd, gboolean with_tls)
{
  struct MHD_OptionItem for_tls[] = {
    { MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *) tjd_tls_get_callback (front->host->row->party) },
    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) TJD_TLS_PRIORITY },
    { MHD_OPTION_END, 0, NULL },
  };
  struct MHD_OptionItem *end = &for_tls[G_N_ELEMENTS (for_tls) - 1];

  return MHD_start_daemon (
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (with_tls ? MHD_USE_TLS : 0), 0,
      NULL, NULL, answer, front, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK,
      begin_request, front, MHD_OPTION_NOTIFY_COMPLETED, end_request, front,
      MHD_OPTION_NOTIFY_CONNECTION, connection_changed, front, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned) front->limits.connections,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned) front->limits.connections_per_address,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned) front->limits.idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) HEAD_BYTES, MHD_OPTION_ARRAY,
      with_tls ? for_tls : end, MHD_OPTION_END);
}

TjdFront *
tjd_front_new (
    TjdHost *host, const char *address, gboolean with_tls, const TjdLimits *limits, GError **error)
{
  int fd = tjd_listener_open (address, error);
  TjdFront *front;

  if (fd < 0)
    return NULL;
  front = g_new0 (TjdFront, 1);
  front->host = host;
  front->limits = *limits;
  front->next_id = tjd_entropy_below (host->entropy, G_MAXUINT64);
  front->gate = tjd_gate_new (host);
  front->rate =
      tjd_rate_new (limits->requests_per_second, 1, BURST_SECONDS * limits->requests_per_second);
  front->room = tjd_room_new (limits->body_bytes, limits->body_bytes_of_address);
  front->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  front->pool = g_thread_pool_new (work, NULL, N_THREADS, TRUE, NULL);
  front->watch = tjd_watch_new ();
  g_mutex_init (&front->mutex);
  front->daemon = start_daemon (front, fd, with_tls);
  if (front->daemon != NULL)
    return front;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the HTTP daemon does not start");
  close (fd);
  tjd_front_free (front);
  return NULL;
}

guint16
tjd_front_get_port (TjdFront *front)
{
  const union MHD_DaemonInfo *info = MHD_get_daemon_info (front->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info != NULL ? info->port : 0;
}

static void
set_open (TjdFront *front, gboolean open)
{
  g_mutex_lock (&front->mutex);
  front->open = open;
  g_mutex_unlock (&front->mutex);
}

void
tjd_front_open (TjdFront *front)
{
  set_open (front, TRUE);
}

void
tjd_front_show_another_certificate (TjdFront *front)
{
  g_atomic_int_inc (&front->certificates);
}

void
tjd_front_free (TjdFront *front)
{
  set_open (front, FALSE);
  g_thread_pool_free (front->pool, FALSE, TRUE); /* whatever was suspended is resumed by then */
  if (front->daemon != NULL)
    MHD_stop_daemon (front->daemon);
  tjd_gate_free (front->gate);
  tjd_room_free (front->room);
  tjd_rate_free (front->rate);
  g_hash_table_unref (front->running);
  tjd_watch_free (front->watch);
  g_mutex_clear (&front->mutex);
  g_free (front);
}
