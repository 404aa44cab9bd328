/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "failure.h"
#include "reading.h"
#include "session.h"

G_BEGIN_DECLS

/* What was found out, by a worker: plain values. */
typedef struct {
  gboolean has_network;
  gboolean is_local; /* the services are on this computer */
  gboolean is_secure;
  GError *opening;                  /* why there is no session to ask by */
  gboolean is_known[TJD_N_PARTIES]; /* the client has an address for it */
  GError *services[TJD_N_PARTIES];
  gboolean has_skew;
  gint64 skew; /* seconds the portal is ahead of us */
  GError *keyring;
} TjdFindings;

/* session may be NULL. Takes a few seconds at most. */
TjdFindings *
tjd_findings_new (TjdSession *session, const GError *opening, GCancellable *cancellable);
void tjd_findings_free (TjdFindings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdFindings, tjd_findings_free)

/* What it means, for people: translated, plain text. */
typedef struct {
  char *title;
  char *sentence;
  gboolean is_well;
  const char *button; /* NULL: none helps */
  const char *action;
} TjdVerdict;

/* An array of TjdVerdict, in the order in which one would look. */
GPtrArray *tjd_findings_judge (const TjdFindings *self, const TjdLocale *locale);

/* The same as text to send to somebody. */
char *tjd_verdicts_report (GPtrArray *verdicts);

G_END_DECLS
