/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Cancels a synchronous call when its time as a whole is up: libsoup's own timeout is per I/O
 * operation, and a server that sends a byte a second never meets it. One thread for all. */
typedef struct _TjdDeadlines TjdDeadlines;
typedef struct _TjdDeadline TjdDeadline;

TjdDeadlines *tjd_deadlines_new (void);
void tjd_deadlines_free (TjdDeadlines *self);

/* Its cancellable follows the parent (may be NULL) and the clock. */
TjdDeadline *tjd_deadline_start (TjdDeadlines *self, guint seconds, GCancellable *parent);
GCancellable *tjd_deadline_get_cancellable (TjdDeadline *deadline);
void tjd_deadline_stop (TjdDeadline *deadline); /* frees it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdDeadline, tjd_deadline_stop)

G_END_DECLS
