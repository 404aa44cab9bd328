/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask.h"

#include <string.h>

#include "accounts.h"
#include "page.h"
#include "permit.h"

gboolean
tjd_ask (TjdHost *host,
         TjdEndpointId endpoint,
         const TjdArguments *arguments,
         gpointer *reply,
         char **next,
         GError **error)
{
  TjdCaller caller = { tjd_trust_get_own_key (host->trust), NULL, TRUE, TJD_PARTY_PORTAL };
  g_autoptr (GError) failed = NULL;

  if (tjd_transport_call_page (host->transport, &caller, endpoint, arguments, reply, next, NULL,
                               &failed))
    return TRUE;
  if (g_error_matches (failed, TJD_PROBLEM, TJD_PROBLEM_INVALID))
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    tjd_problem_set (error, TJD_PROBLEM_PARTY_UNREACHABLE, "the %s does not answer now",
                     tjd_party_name (tjd_endpoint (endpoint)->party));
  return FALSE;
}

/* The ministry's next page is the portal's, under the portal's own address. */
static gboolean
pass_on_next (TjdCall *call, const char *next, GError **error)
{
  const char *form = strchr (next, '?');
  g_autoptr (TjdPermitsQuery) query = tjd_record_from_form (
      tjd_permits_query_get_type (), form != NULL ? form + 1 : NULL, TJD_READ_LENIENT, NULL);

  if (query != NULL && query->after != NULL) {
    tjd_page_set_next (call, query->after);
    return TRUE;
  }
  tjd_problem_set (error, TJD_PROBLEM_INTERNAL, "the ministry's next page has no cursor");
  return FALSE;
}

gboolean
tjd_ask_permits (TjdCall *call, gpointer *reply, GError **error)
{
  TjdPermitsQuery *query = call->query;
  g_autofree char *next = NULL;

  if (query->renewer == NULL)
    query->renewer = g_strdup (call->principal.personal_id);
  return tjd_accounts_require_now (call, query->renewer, TJD_ROLE_PREPARER, error) &&
         tjd_ask (call->host, TJD_MINISTRY_PERMITS, &(TjdArguments){ .query = query }, reply, &next,
                  error) &&
         (next == NULL || pass_on_next (call, next, error));
}

gboolean
tjd_ask_tariff (TjdCall *call, gpointer *reply, GError **error)
{
  return tjd_ask (call->host, TJD_MINISTRY_TARIFF, &(TjdArguments){ 0 }, reply, NULL, error);
}
