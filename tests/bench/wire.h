/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint.h"
#include "jws.h"

G_BEGIN_DECLS

/* The load's own HTTP client: what is measured are the services, and they share two cores with
 * whoever asks them. It speaks to 127.0.0.1 alone, keeps a connection for each thread and party,
 * and ends the program at whatever is not of the contract. */

/* The parties' addresses from the port file. */
void wire_set_bases (const char *port_file);

/* The endpoint's reply, NULL where it has none. access_token may be NULL. (transfer full) */
gpointer wire_call (TjdEndpointId endpoint,
                    TjdKey *key,
                    const char *access_token,
                    const char *parameter,
                    gpointer request,
                    const char *idempotency_key);

G_END_DECLS
