/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

#include <errno.h>
#include <gio/gio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dpop.h"
#include "problem.h"

typedef struct {
  guint status;
  GString *head, *body;
} Answer;

typedef struct {
  int sockets[TJD_N_PARTIES]; /* 0: none */
} Connections;

static char *bases[TJD_N_PARTIES];
static guint16 ports[TJD_N_PARTIES];
static char *nonces[TJD_N_PARTIES];
static GMutex mutex;

static GPrivate connections = G_PRIVATE_INIT (g_free);

void
wire_set_bases (const char *port_file)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  g_assert_true (json_parser_load_from_file (parser, port_file, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    bases[i] = g_strdup (json_object_get_string_member (object, tjd_party_name (i)));
    g_assert_true (g_str_has_prefix (bases[i], "http://127.0.0.1:"));
    ports[i] = (guint16) atoi (strrchr (bases[i], ':') + 1);
  }
}

static int
open_socket (TjdParty party)
{
  struct sockaddr_in to = { .sin_family = AF_INET,
                            .sin_port = htons (ports[party]),
                            .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  if (fd < 0 || connect (fd, (struct sockaddr *) &to, sizeof to) != 0)
    g_error ("%s: %s", bases[party], g_strerror (errno));
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof (int));
  return fd;
}

static char *
find_header (Answer *answer, const char *name)
{
  g_autofree char *start = g_strconcat ("\r\n", name, ": ", NULL);
  char *at = strcasestr (answer->head->str, start);

  return at != NULL ? g_strndup (at + strlen (start), strcspn (at + strlen (start), "\r")) : NULL;
}

static char *
prove (TjdEndpointId id, TjdKey *key, const char *access_token, const char *path)
{
  const TjdEndpoint *endpoint = tjd_endpoint (id);
  g_autofree char *url = g_strconcat (bases[endpoint->party], path, NULL);
  g_autofree char *nonce = NULL;

  g_mutex_lock (&mutex);
  nonce = g_strdup (nonces[endpoint->party]);
  g_mutex_unlock (&mutex);
  return tjd_dpop_prove (key, tjd_clock_system (), tjd_entropy_system (), endpoint->method, url,
                         access_token, nonce);
}

static GString *
compose (TjdEndpointId id,
         TjdKey *key,
         const char *access_token,
         const char *parameter,
         gpointer request,
         const char *idempotency_key)
{
  const TjdEndpoint *endpoint = tjd_endpoint (id);
  g_autofree char *path = tjd_endpoint_path (endpoint, parameter);
  g_autofree char *proof = prove (id, key, access_token, path);
  GString *text = g_string_sized_new (2048);

  g_string_printf (text, "%s %s HTTP/1.1\r\nHost: %s\r\nDPoP: %s\r\n", endpoint->method, path,
                   bases[endpoint->party] + strlen ("http://"), proof);
  if (access_token != NULL)
    g_string_append_printf (text, "Authorization: DPoP %s\r\n", access_token);
  if (endpoint->keyed)
    g_string_append_printf (text, "Idempotency-Key: \"%s\"\r\n", idempotency_key);
  if (request != NULL) {
    g_autofree char *body =
        endpoint->form ? tjd_record_to_form (request) : tjd_record_to_json (request);
    g_string_append_printf (text, "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                            endpoint->form ? "application/x-www-form-urlencoded"
                                           : "application/json",
                            strlen (body), body);
  } else if (strcmp (endpoint->method, "POST") == 0) {
    g_string_append (text, "Content-Length: 0\r\n\r\n");
  } else {
    g_string_append (text, "\r\n");
  }
  return text;
}

static gboolean
send_all (int fd, const char *bytes, gsize length)
{
  while (length > 0) {
    gssize n = send (fd, bytes, length, MSG_NOSIGNAL);
    if (n <= 0)
      return FALSE;
    bytes += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static gboolean
receive (int fd, GString *into)
{
  char buffer[16384];
  gssize n = recv (fd, buffer, sizeof buffer, 0);

  if (n > 0)
    g_string_append_len (into, buffer, n);
  return n > 0;
}

static gboolean
read_answer (int fd, Answer *answer)
{
  g_autofree char *length = NULL;
  const char *end;
  gsize wanted;

  g_string_truncate (answer->head, 0);
  while ((end = strstr (answer->head->str, "\r\n\r\n")) == NULL)
    if (!receive (fd, answer->head))
      return FALSE;
  g_string_assign (answer->body, end + strlen ("\r\n\r\n"));
  g_string_truncate (answer->head, (gsize) (end - answer->head->str) + 2);
  length = find_header (answer, "Content-Length");
  wanted = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  while (answer->body->len < wanted)
    if (!receive (fd, answer->body))
      return FALSE;
  answer->status = (guint) atoi (answer->head->str + strlen ("HTTP/1.1 "));
  return TRUE;
}

static Connections *
own_connections (void)
{
  Connections *own = g_private_get (&connections);

  if (own == NULL) {
    own = g_new0 (Connections, 1);
    g_private_set (&connections, own);
  }
  return own;
}

/* A connection that was kept may have been closed meanwhile: then once more by another. */
static void
exchange (TjdParty party, GString *text, Answer *answer)
{
  int *fd = &own_connections ()->sockets[party];
  g_autofree char *close_it = NULL;

  for (int i = 0; i < 2; i++) {
    gboolean kept = *fd != 0;
    if (!kept)
      *fd = open_socket (party);
    if (send_all (*fd, text->str, text->len) && read_answer (*fd, answer))
      break;
    close (*fd);
    *fd = 0;
    if (!kept || i > 0)
      g_error ("%s: no answer", bases[party]);
  }
  close_it = find_header (answer, "Connection");
  if (g_strcmp0 (close_it, "close") == 0) {
    close (*fd);
    *fd = 0;
  }
}

static void
keep_nonce (TjdParty party, Answer *answer)
{
  g_autofree char *nonce = find_header (answer, "DPoP-Nonce");

  if (nonce == NULL)
    return;
  g_mutex_lock (&mutex);
  g_free (nonces[party]);
  nonces[party] = g_steal_pointer (&nonce);
  g_mutex_unlock (&mutex);
}

gpointer
wire_call (TjdEndpointId id,
           TjdKey *key,
           const char *access_token,
           const char *parameter,
           gpointer request,
           const char *idempotency_key)
{
  const TjdEndpoint *endpoint = tjd_endpoint (id);
  Answer answer = { 0, g_string_new (NULL), g_string_new (NULL) };
  g_autoptr (GError) error = NULL;
  gpointer reply = NULL;

  for (int i = 0; i < 2; i++) {
    GString *text = compose (id, key, access_token, parameter, request, idempotency_key);
    exchange (endpoint->party, text, &answer);
    g_string_free (text, TRUE);
    keep_nonce (endpoint->party, &answer);
    if (strstr (answer.body->str, "nonce-needed") == NULL)
      break;
  }
  if (answer.status < 200 || answer.status > 299)
    g_error ("%s %s: %u %s", endpoint->method, endpoint->path, answer.status, answer.body->str);
  if (endpoint->reply != NULL)
    reply = tjd_record_from_json (endpoint->reply (), answer.body->str, answer.body->len,
                                  TJD_READ_LENIENT, &error);
  if (error != NULL)
    g_error ("%s: %s", endpoint->path, error->message);
  g_string_free (answer.head, TRUE);
  g_string_free (answer.body, TRUE);
  return reply;
}
