/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "endpoint.h"

G_BEGIN_DECLS

/* What is asked of other parties while a person waits holds a thread. So that one that hangs does
 * not hold them all, only so many may ask it at once: whoever comes then waits while it answers
 * others, and is refused once it has been silent for a second. */
typedef struct _TjdAsking TjdAsking;

TjdAsking *tjd_asking_new (void);
void tjd_asking_free (TjdAsking *self);

/* TJD_PROBLEM_BUSY: it does not answer just now. Every TRUE wants an end. */
gboolean tjd_asking_begin (TjdAsking *self, TjdParty callee, GError **error);
void tjd_asking_end (TjdAsking *self, TjdParty callee);

/* What was answered to everybody, until a moment in UTC seconds: NULL if there is nothing, or not
 * any more. (transfer full) */
gpointer tjd_asking_dup_answer (TjdAsking *self, TjdEndpointId endpoint, gint64 now);
void tjd_asking_keep_answer (TjdAsking *self, TjdEndpointId endpoint, gpointer reply, gint64 until);

G_END_DECLS
