/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "listener.h"

#include <unistd.h>

#define BACKLOG 512

GSocketAddress *
tjd_listener_parse (const char *address, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (address, 0, error);
  g_autoptr (GInetAddress) host = NULL;

  if (parsed == NULL)
    return NULL;
  host =
      g_inet_address_new_from_string (g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)));
  if (host != NULL)
    return g_inet_socket_address_new (host,
                                      g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "not an address to listen on: %s",
               address);
  return NULL;
}

int
tjd_listener_open (const char *address, GError **error)
{
  g_autoptr (GSocketAddress) parsed = tjd_listener_parse (address, error);
  g_autoptr (GSocket) socket = NULL;

  if (parsed == NULL)
    return -1;
  socket = g_socket_new (g_socket_address_get_family (parsed), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL || !g_socket_bind (socket, parsed, TRUE, error))
    return -1;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_listen (socket, error))
    return -1;
  return dup (g_socket_get_fd (socket)); /* the GSocket closes its own */
}
