/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "asking.h"

#include "problem.h"

#define MAX_AT_ONCE 7 /* of the front's threads; the others go on */
#define PATIENCE_US G_USEC_PER_SEC

typedef struct {
  GQueue began; /* of gint64 *, monotonic: those under way, the oldest first */
  GCond ended;
} Line;

typedef struct {
  gpointer reply;
  gint64 until; /* UTC seconds */
} Kept;

struct _TjdAsking {
  GMutex mutex;
  Kept kept[TJD_N_ENDPOINTS];
  Line lines[TJD_N_PARTIES];
};

TjdAsking *
tjd_asking_new (void)
{
  TjdAsking *asking = g_new0 (TjdAsking, 1);

  g_mutex_init (&asking->mutex);
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    g_cond_init (&asking->lines[i].ended);
  return asking;
}

void
tjd_asking_free (TjdAsking *asking)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    g_cond_clear (&asking->lines[i].ended);
  for (guint i = 0; i < TJD_N_ENDPOINTS; i++)
    g_clear_object (&asking->kept[i].reply);
  g_mutex_clear (&asking->mutex);
  g_free (asking);
}

/* Called with the mutex held. Nobody waits for one that keeps somebody else waiting for longer. */
static gboolean
wait_for_room (TjdAsking *asking, Line *line)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  while (g_queue_get_length (&line->began) >= MAX_AT_ONCE) {
    gint64 oldest = *(gint64 *) g_queue_peek_head (&line->began);
    until = MIN (until, oldest + PATIENCE_US);
    if (g_get_monotonic_time () >= until)
      return FALSE;
    g_cond_wait_until (&line->ended, &asking->mutex, until);
  }
  return TRUE;
}

gint64 *
tjd_asking_begin (TjdAsking *asking, TjdParty callee, GError **error)
{
  Line *line = &asking->lines[callee];
  gint64 *began = NULL;

  g_mutex_lock (&asking->mutex);
  if (wait_for_room (asking, line)) {
    began = g_new (gint64, 1);
    *began = g_get_monotonic_time ();
    g_queue_push_tail (&line->began, began);
  }
  g_mutex_unlock (&asking->mutex);
  if (began == NULL)
    tjd_problem_set (error, TJD_PROBLEM_BUSY, "the %s is slow to answer", tjd_party_name (callee));
  return began;
}

void
tjd_asking_end (TjdAsking *asking, TjdParty callee, gint64 *began)
{
  Line *line = &asking->lines[callee];

  g_mutex_lock (&asking->mutex);
  g_queue_remove (&line->began, began);
  g_cond_signal (&line->ended);
  g_mutex_unlock (&asking->mutex);
  g_free (began);
}

gpointer
tjd_asking_dup_answer (TjdAsking *asking, TjdEndpointId endpoint, gint64 now)
{
  Kept *kept = &asking->kept[endpoint];
  gpointer reply = NULL;

  g_mutex_lock (&asking->mutex);
  if (kept->reply != NULL && now < kept->until)
    reply = g_object_ref (kept->reply);
  g_mutex_unlock (&asking->mutex);
  return reply;
}

void
tjd_asking_keep_answer (TjdAsking *asking, TjdEndpointId endpoint, gpointer reply, gint64 until)
{
  g_mutex_lock (&asking->mutex);
  g_set_object (&asking->kept[endpoint].reply, reply);
  asking->kept[endpoint].until = until;
  g_mutex_unlock (&asking->mutex);
}
