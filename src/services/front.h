/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"
#include "settings.h"

G_BEGIN_DECLS

/* The HTTP side of a party: one daemon whose epoll thread reads and frames, while a connection is
 * suspended a thread of a bounded pool runs its handler. Once for all endpoints it refuses
 * ambiguous framing, caps sizes and times, routes, admits, reads records, runs, writes records or
 * problem documents, and logs. */

/* Listens on address ("127.0.0.1:0" takes a free port); NULL with G_IO_ERROR. Requests are answered
 * once tjd_front_open was called. With TLS it shows what tjd_tls_show gave it. */
TjdFront *tjd_front_new (
    TjdHost *host, const char *address, gboolean with_tls, const TjdLimits *limits, GError **error);
guint16 tjd_front_get_port (TjdFront *front);
void tjd_front_open (TjdFront *front);

/* Whoever came under the former one is answered, and then comes anew. */
void tjd_front_show_another_certificate (TjdFront *front);

/* Answers what was begun, then closes. */
void tjd_front_free (TjdFront *front);

G_END_DECLS
