/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* What goes back: a status and its JSON, NULL for 204. */
typedef struct {
  guint status;
  char *body;
} TjdReply;

void tjd_reply_clear (TjdReply *reply);
void tjd_reply_set_record (TjdReply *reply, gpointer record); /* NULL: 204 */
void tjd_reply_set_problem (TjdReply *reply, TjdCall *call, const GError *problem);

/* Runs a keyed handler once for this caller, endpoint and key: its effect and its reply are
 * committed together, and a repeat gets the stored reply. Errors are TJD_PROBLEM. */
gboolean tjd_keyed_run (
    TjdCall *call, TjdTxnHandler handler, const char *key, TjdReply *reply, GError **error);

/* The key within its quotes (draft-ietf-httpapi-idempotency-key-header-07, a Structured Fields
 * string of 1 … 64 visible characters); NULL with TJD_PROBLEM. */
char *tjd_keyed_read_key (const char *header, GError **error);

/* One error mapper for what handlers come back with: the store's, the transport's, the records'
 * become problems; a problem stays as it is. Takes from. */
void tjd_problem_map (GError *from, GError **error);

G_END_DECLS
