/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <microhttpd.h>

G_BEGIN_DECLS

/* Two programs that read one byte stream as different requests are how requests get smuggled. So a
 * request must have the one plain spelling: "Name: value" lines that end in CRLF, unfolded; Host,
 * Content-Length and our own headers at most once; a length rather than a transfer coding. uri is
 * the request's target as it came, max_bytes how long its body may be. */
gboolean tjd_framing_check (struct MHD_Connection *connection,
                            const char *method,
                            const char *uri,
                            const char *version,
                            gint64 max_bytes,
                            GError **error);

G_END_DECLS
