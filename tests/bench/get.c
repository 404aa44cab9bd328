/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <gio/gio.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* get PORT: GET /healthz there against a bare libmicrohttpd with the same threads (one that reads,
 * a pool of sixteen that answers), in turns on kept connections. Prints how many times as many a
 * second the one there answers. */

#define N_THREADS 16
#define N_CLIENTS 16
#define ROUNDS 5
#define SECONDS 1

static const char request[] = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
static GThreadPool *pool;

static void
work (gpointer data, gpointer unused)
{
  MHD_resume_connection (data);
}

static enum MHD_Result
answer (void *data,
        struct MHD_Connection *connection,
        const char *url,
        const char *method,
        const char *version,
        const char *body,
        size_t *size,
        void **slot)
{
  static const char text[] = "{\"party\":\"portal\",\"version\":\"0.1.0\"}";
  struct MHD_Response *response;
  enum MHD_Result result;

  if (*slot == NULL) {
    *slot = connection;
    return MHD_YES;
  }
  if (*slot == connection) {
    *slot = pool;
    MHD_suspend_connection (connection);
    g_thread_pool_push (pool, connection, NULL);
    return MHD_YES;
  }
  response = MHD_create_response_from_buffer (strlen (text), (void *) text, MHD_RESPMEM_PERSISTENT);
  result = MHD_queue_response (connection, MHD_HTTP_OK, response);
  MHD_destroy_response (response);
  return result;
}

typedef struct {
  guint16 port;
  gint64 until; /* monotonic */
  guint n;
} Client;

static int
connect_to (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static gpointer
ask (gpointer data)
{
  Client *client = data;
  int fd = connect_to (client->port);
  char buffer[4096];

  while (g_get_monotonic_time () < client->until) {
    gssize got;
    g_assert_cmpint (write (fd, request, strlen (request)), ==, strlen (request));
    got = read (fd, buffer, sizeof buffer - 1); /* both answer in one piece */
    g_assert_cmpint (got, >, 0);
    buffer[got] = '\0';
    g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200") && g_str_has_suffix (buffer, "}"));
    client->n++;
  }
  close (fd);
  return NULL;
}

static guint
count (guint16 port)
{
  Client clients[N_CLIENTS];
  GThread *threads[N_CLIENTS];
  guint n = 0;

  for (guint i = 0; i < N_CLIENTS; i++) {
    clients[i] = (Client){ port, g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC, 0 };
    threads[i] = g_thread_new ("client", ask, &clients[i]);
  }
  for (guint i = 0; i < N_CLIENTS; i++) {
    g_thread_join (threads[i]);
    n += clients[i].n;
  }
  return n;
}

int
main (int argc, char **argv)
{
  guint64 port;
  guint there = 0, bare = 0;
  struct MHD_Daemon *daemon;
  guint16 own;

  g_assert_true (argc == 2 && g_ascii_string_to_unsigned (argv[1], 10, 1, 65535, &port, NULL));
  pool = g_thread_pool_new (work, NULL, N_THREADS, TRUE, NULL);
  daemon = MHD_start_daemon (MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
                             NULL, answer, NULL, MHD_OPTION_END);
  own = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
  for (guint i = 0; i < ROUNDS; i++) {
    there += count ((guint16) port);
    bare += count (own);
  }
  printf ("%.3f\n", (double) there / bare);
  g_thread_pool_free (pool, FALSE, TRUE);
  MHD_stop_daemon (daemon);
  return 0;
}
