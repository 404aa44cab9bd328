/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How often somebody does something. */
typedef struct _TjdRate TjdRate;

/* So many times in so many seconds, and burst times at once; times 0: as often as they like. */
TjdRate *tjd_rate_new (gint64 times, gint64 seconds, gint64 burst);
void tjd_rate_free (TjdRate *self);

/* FALSE: it is too often. */
gboolean tjd_rate_take (TjdRate *self, const char *who);

/* What was taken did not happen. */
void tjd_rate_give_back (TjdRate *self, const char *who);

G_END_DECLS
