/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ministry/ministry.h"

G_BEGIN_DECLS

/* A ministry without its doors: a database of its own, the sandbox's tariff and people, a clock
 * that stands where it is set. Handlers are called as the front would call them. */
typedef struct {
  char *dir;
  TjdClock *clock;
  TjdHost host;
  TjdSeed *seed;
} Office;

void office_open (Office *office, const char *moment); /* "2026-11-24T08:00:00Z" */
void office_close (Office *office);
void office_set_clock (Office *office, const char *moment);

/* One statement, which must change something. */
void office_exec (Office *office, const char *sql);

/* A permit that RENEWER renews. hindrance: a nick, or NULL. */
#define RENEWER "28581803362"
void office_add_permit (Office *office,
                        const char *personal_id,
                        const char *category,
                        const char *expires_on,
                        const char *hindrance);

/* The handler in a transaction; its reply, NULL on error. call is filled in but for what it asks.
 */
gpointer office_call (
    Office *office, TjdTxnHandler handler, TjdEndpointId endpoint, TjdCall *call, GError **error);

/* What the ministry says to renewing this one permit: one quote or one refusal. */
TjdQuotes *office_quote (Office *office, const char *personal_id, gint64 years, gboolean lost_card);

G_END_DECLS
