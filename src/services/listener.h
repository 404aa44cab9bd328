/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "127.0.0.1:8443", "[::1]:8443"; NULL with G_IO_ERROR. Port 0, or none, takes a free one. */
GSocketAddress *tjd_listener_parse (const char *address, GError **error);

/* A listening socket there: a file descriptor that is the caller's, or -1 with G_IO_ERROR. */
int tjd_listener_open (const char *address, GError **error);

G_END_DECLS
