/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* Finds out who is calling, and refuses proofs that were seen before. A proof must carry one of
 * this process's two newest nonces and each proof's jti is remembered as long as its nonce lives:
 * a proof made for a process before a restart, or for another process, has no nonce of ours. */
typedef struct _TjdGate TjdGate;

TjdGate *tjd_gate_new (TjdHost *host);
void tjd_gate_free (TjdGate *gate);

/* The nonce that proofs should carry now; it goes with every reply. */
char *tjd_gate_dup_nonce (TjdGate *gate);

/* The headers as they came, NULL where missing. url is the whole address without its query. */
gboolean tjd_gate_admit (TjdGate *gate,
                         const TjdEndpoint *endpoint,
                         const char *url,
                         const char *authorization,
                         const char *proof,
                         TjdPrincipal *principal,
                         GError **error);

G_END_DECLS
