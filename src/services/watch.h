/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Cuts connections that are past their time. libmicrohttpd's own timeout starts anew with every
 * byte, so whoever drips would stay for ever. */
typedef struct _TjdWatch TjdWatch;
typedef struct _TjdWatched TjdWatched; /* a connection */

TjdWatch *tjd_watch_new (void);
void tjd_watch_free (TjdWatch *watch); /* when nothing is watched any more */

TjdWatched *tjd_watch_add (TjdWatch *watch, int fd);
void tjd_watch_remove (TjdWatch *watch, TjdWatched *watched); /* before the fd is closed */

/* From now; 0: it may take its time. */
void tjd_watch_allow (TjdWatch *watch, TjdWatched *watched, gint64 seconds);

G_END_DECLS
