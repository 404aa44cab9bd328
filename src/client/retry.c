/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "retry.h"

#define FIRST_MS 300

static gboolean
sleep_for (guint milliseconds, GCancellable *cancellable)
{
  GPollFD until;

  if (cancellable == NULL || !g_cancellable_make_pollfd (cancellable, &until)) {
    g_usleep (milliseconds * G_GUINT64_CONSTANT (1000));
    return TRUE;
  }
  g_poll (&until, 1, (gint) milliseconds);
  g_cancellable_release_fd (cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

TjdAttempts
tjd_retry_begin (const TjdRetry *retry)
{
  return (TjdAttempts){ .retry = retry, .began = g_get_monotonic_time () };
}

gboolean
tjd_retry_again (TjdAttempts *attempts, GCancellable *cancellable)
{
  const TjdRetry *retry = attempts->retry;
  guint whole = FIRST_MS << attempts->attempt;
  guint milliseconds = whole - (guint) tjd_entropy_below (retry->entropy, whole / 2 + 1);

  if (++attempts->attempt >= TJD_RETRY_ATTEMPTS ||
      g_get_monotonic_time () - attempts->began > TJD_RETRY_SECONDS * G_USEC_PER_SEC)
    return FALSE;
  return retry->sleep != NULL ? retry->sleep (retry->data, milliseconds, cancellable)
                              : sleep_for (milliseconds, cancellable);
}
