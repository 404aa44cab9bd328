/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask.h"
#include "consignment.h"
#include "orders.h"

/* Where an order's passports are, for everybody who may see the order: a company's officers follow
 * what the post knows by the company alone. */

typedef struct {
  TjdCall *call;
  char *consignment;
} Following;

static gboolean
find_consignment (TjdTxn *txn, gpointer data, GError **error)
{
  Following *following = data;
  g_autoptr (TjdOrderRow) row = tjd_orders_get_own (txn, following->call, TJD_ROLE_PREPARER, error);

  if (row == NULL)
    return FALSE;
  following->consignment = g_strdup (row->consignment);
  if (following->consignment == NULL)
    tjd_problem_set (error, TJD_PROBLEM_ORDER_STATE, "nothing has been given to the post yet");
  return following->consignment != NULL;
}

static gboolean
ask_post (TjdCall *call, TjdEndpointId endpoint, gpointer *reply, GError **error)
{
  Following following = { call, NULL };
  g_autofree char *consignment = NULL;

  if (!tjd_db_read (call->host->db, find_consignment, &following, error))
    return FALSE;
  consignment = following.consignment;
  return tjd_ask (call->host, endpoint, &(TjdArguments){ .parameter = consignment }, reply, NULL,
                  error);
}

gboolean
tjd_following_read_consignment (TjdCall *call, gpointer *reply, GError **error)
{
  return ask_post (call, TJD_POST_CONSIGNMENT, reply, error);
}

gboolean
tjd_following_read_label (TjdCall *call, gpointer *reply, GError **error)
{
  return ask_post (call, TJD_POST_LABEL, reply, error);
}
