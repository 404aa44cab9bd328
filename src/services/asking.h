/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "endpoint.h"

G_BEGIN_DECLS

/* What is asked of other parties while a person waits holds a thread. So that one that is slow or
 * hangs does not hold them all, only so many may ask it at once: whoever comes then waits for a
 * second at most, and not at all where one of those before has waited for longer. */
typedef struct _TjdAsking TjdAsking;

TjdAsking *tjd_asking_new (void);
void tjd_asking_free (TjdAsking *self);

/* NULL (TJD_PROBLEM_BUSY): it does not answer just now. What is given wants an end. */
gint64 *tjd_asking_begin (TjdAsking *self, TjdParty callee, GError **error);
void tjd_asking_end (TjdAsking *self, TjdParty callee, gint64 *began);

/* What was answered to everybody, until a moment in UTC seconds: NULL if there is nothing, or not
 * any more. (transfer full) */
gpointer tjd_asking_dup_answer (TjdAsking *self, TjdEndpointId endpoint, gint64 now);
void tjd_asking_keep_answer (TjdAsking *self, TjdEndpointId endpoint, gpointer reply, gint64 until);

G_END_DECLS
