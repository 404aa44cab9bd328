/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask.h"

#include <string.h>

#include "accounts.h"
#include "base64url.h"
#include "day.h"
#include "page.h"
#include "permit.h"
#include "review.h"

#define KEPT_SECONDS 5

/* Whether it is about what the person asks, rather than between the parties. */
static gboolean
is_the_persons (const GError *failed)
{
  static const TjdProblemCode codes[] = {
    TJD_PROBLEM_INVALID,    TJD_PROBLEM_NOT_FOUND,         TJD_PROBLEM_KEY_REUSED,
    TJD_PROBLEM_KEY_IN_USE, TJD_PROBLEM_NOTHING_TO_DECIDE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (failed, TJD_PROBLEM, (int) codes[i]))
      return TRUE;
  return FALSE;
}

gboolean
tjd_ask (TjdHost *host,
         TjdEndpointId endpoint,
         const TjdArguments *arguments,
         gpointer *reply,
         char **next,
         GError **error)
{
  TjdCaller caller = { tjd_trust_get_own_key (host->trust), NULL, TRUE, TJD_PARTY_PORTAL };
  TjdParty callee = tjd_endpoint (endpoint)->party;
  g_autoptr (GError) failed = NULL;
  gint64 *began;
  gboolean ok;

  began = tjd_asking_begin (host->asking, callee, error);
  if (began == NULL)
    return FALSE;
  ok = tjd_transport_call_page (host->transport, &caller, endpoint, arguments, reply, next, NULL,
                                &failed);
  tjd_asking_end (host->asking, callee, began);
  if (ok)
    return TRUE;
  if (is_the_persons (failed))
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    tjd_problem_set (error, TJD_PROBLEM_PARTY_UNREACHABLE, "the %s does not answer now",
                     tjd_party_name (callee));
  return FALSE;
}

gboolean
tjd_ask_kept (TjdHost *host, TjdEndpointId endpoint, gpointer *reply, GError **error)
{
  gint64 now = tjd_clock_now (host->clock);
  gint64 midnight = tjd_day_begins_at (tjd_day_in_qatar (now) + 1);

  *reply = tjd_asking_dup_answer (host->asking, endpoint, now);
  if (*reply != NULL)
    return TRUE;
  if (!tjd_ask (host, endpoint, &(TjdArguments){ 0 }, reply, NULL, error))
    return FALSE;
  tjd_asking_keep_answer (host->asking, endpoint, *reply, MIN (now + KEPT_SECONDS, midnight));
  return TRUE;
}

/* The ministry's next page is the portal's, under the portal's own address. */
static gboolean
pass_on_next (TjdCall *call, TjdEndpointId endpoint, const char *next, GError **error)
{
  g_autofree char *after = tjd_page_dup_after (endpoint, next, error);

  if (after != NULL)
    tjd_page_set_next (call, after);
  return after != NULL;
}

/* One of the ministry's lists, by the person's own query: whose it is stands in renewer, the caller
 * where nothing does. */
static gboolean
ask_list (TjdCall *call, TjdEndpointId endpoint, char **renewer, gpointer *reply, GError **error)
{
  g_autofree char *next = NULL;

  if (*renewer == NULL)
    *renewer = g_strdup (call->principal.personal_id);
  return tjd_accounts_require_now (call, *renewer, TJD_ROLE_PREPARER, error) &&
         tjd_ask (call->host, endpoint, &(TjdArguments){ .query = call->query }, reply, &next,
                  error) &&
         (next == NULL || pass_on_next (call, endpoint, next, error));
}

gboolean
tjd_ask_permits (TjdCall *call, gpointer *reply, GError **error)
{
  TjdPermitsQuery *query = call->query;
  return ask_list (call, TJD_MINISTRY_PERMITS, &query->renewer, reply, error);
}

gboolean
tjd_ask_requests (TjdCall *call, gpointer *reply, GError **error)
{
  TjdReviewsQuery *query = call->query;
  return ask_list (call, TJD_MINISTRY_REVIEWS, &query->renewer, reply, error);
}

/* The ministry has the effect, and keeps the reply: under a key that is this person's alone. */
static gboolean
file_review (TjdCall *call, TjdEndpointId endpoint, gpointer *reply, GError **error)
{
  TjdReviewRequest *asked = call->request;
  const char *caller = call->principal.personal_id;
  g_autoptr (TjdReviewFiling) filing = tjd_review_filing_new ();
  g_autofree char *name = g_strjoin (" ", caller, call->key, NULL);
  g_autofree char *key = tjd_sha256_base64url (name, strlen (name));

  filing->renewer = g_strdup (asked->renewer != NULL ? asked->renewer : caller);
  filing->asked_by = g_strdup (caller);
  filing->personal_id = g_strdup (asked->personal_id);
  filing->reason = g_strdup (asked->reason);
  return tjd_accounts_require_now (call, filing->renewer, TJD_ROLE_PREPARER, error) &&
         tjd_ask (call->host, endpoint,
                  &(TjdArguments){ .request = filing, .idempotency_key = key }, reply, NULL, error);
}

gboolean
tjd_ask_review (TjdCall *call, gpointer *reply, GError **error)
{
  return file_review (call, TJD_MINISTRY_ASK_REVIEW, reply, error);
}

gboolean
tjd_ask_reduction (TjdCall *call, gpointer *reply, GError **error)
{
  return file_review (call, TJD_MINISTRY_ASK_REDUCTION, reply, error);
}

gboolean
tjd_ask_tariff (TjdCall *call, gpointer *reply, GError **error)
{
  return tjd_ask_kept (call->host, TJD_MINISTRY_TARIFF, reply, error);
}
