/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* What people ask of other parties by way of the portal. */

/* Asks another party while a person waits. What it finds wrong with the request, or with how things
 * stand, is passed on; any other failure is that it cannot be reached. next as in
 * tjd_transport_call_page, or NULL. */
gboolean tjd_ask (TjdHost *host,
                  TjdEndpointId endpoint,
                  const TjdArguments *arguments,
                  gpointer *reply,
                  char **next,
                  GError **error);

/* The same of what is the same for everybody and changes with the day: an answer serves for a few
 * seconds, and never beyond midnight in Asia/Qatar. (transfer full), to be read alone. */
gboolean tjd_ask_kept (TjdHost *host, TjdEndpointId endpoint, gpointer *reply, GError **error);

/* The endpoints. */
gboolean tjd_ask_tariff (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ask_permits (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ask_review (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ask_reduction (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_ask_requests (TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
