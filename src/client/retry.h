/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"

G_BEGIN_DECLS

/* Back-off before a repeatable call is tried again: 300 ms, 600 ms, 1200 ms, each less up to half
 * of it by chance, so that clients that were cut off together do not come back together. */
typedef struct {
  const TjdEntropy *entropy;
  /* FALSE: cancelled meanwhile. NULL: sleeps. */
  gboolean (*sleep) (gpointer data, guint milliseconds, GCancellable *cancellable);
  gpointer data;
} TjdRetry;

#define TJD_RETRY_ATTEMPTS 4
#define TJD_RETRY_SECONDS 15 /* and none that would start later than that after the first */

/* One call with its repeats. */
typedef struct {
  const TjdRetry *retry;
  guint attempt; /* that has failed last, from 0 */
  gint64 began;  /* monotonic microseconds */
} TjdAttempts;

TjdAttempts tjd_retry_begin (const TjdRetry *retry);

/* After a failure: waits and gives TRUE if there is to be another attempt. */
gboolean tjd_retry_again (TjdAttempts *attempts, GCancellable *cancellable);

G_END_DECLS
