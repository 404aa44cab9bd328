/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "asking.h"

#include "problem.h"

#define MAX_AT_ONCE 12 /* of the front's threads; the others go on */
#define SILENCE_US G_USEC_PER_SEC

typedef struct {
  guint n_under_way;
  gint64 heard_at; /* monotonic: when one ended, or the first began */
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

/* Called with the mutex held. */
static gboolean
wait_for_room (TjdAsking *asking, Line *line)
{
  while (line->n_under_way >= MAX_AT_ONCE) {
    gint64 until = line->heard_at + SILENCE_US;
    if (g_get_monotonic_time () >= until)
      return FALSE;
    g_cond_wait_until (&line->ended, &asking->mutex, until);
  }
  return TRUE;
}

gboolean
tjd_asking_begin (TjdAsking *asking, TjdParty callee, GError **error)
{
  Line *line = &asking->lines[callee];
  gboolean room;

  g_mutex_lock (&asking->mutex);
  room = wait_for_room (asking, line);
  if (room && line->n_under_way++ == 0)
    line->heard_at = g_get_monotonic_time ();
  g_mutex_unlock (&asking->mutex);
  if (!room)
    tjd_problem_set (error, TJD_PROBLEM_BUSY, "the %s is slow to answer", tjd_party_name (callee));
  return room;
}

void
tjd_asking_end (TjdAsking *asking, TjdParty callee)
{
  Line *line = &asking->lines[callee];

  g_mutex_lock (&asking->mutex);
  line->n_under_way--;
  line->heard_at = g_get_monotonic_time ();
  g_cond_signal (&line->ended);
  g_mutex_unlock (&asking->mutex);
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
