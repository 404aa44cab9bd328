/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How often somebody asks: so many a second, and ten seconds' worth at once. */
typedef struct _TjdRate TjdRate;

/* per_second 0: as often as they like. */
TjdRate *tjd_rate_new (gint64 per_second);
void tjd_rate_free (TjdRate *self);

/* TJD_PROBLEM_TOO_MANY_REQUESTS. now: monotonic, in microseconds. */
gboolean tjd_rate_take (TjdRate *self, const char *who, gint64 now, GError **error);

G_END_DECLS
