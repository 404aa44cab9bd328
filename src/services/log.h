/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "party.h"

G_BEGIN_DECLS

/* The log: a JSON object a line on standard error, for machines to read. Nothing that is secret or
 * personal goes in: no bodies, no headers, no personal IDs; requests are found again by their id.
 */
typedef struct {
  const char *event; /* "request", "outbox", "store", "start", "stop" */
  const char *request_id;
  const char *method;
  const char *path;    /* the endpoint's template, or of the outbox the row's id */
  const char *caller;  /* its kind */
  const char *problem; /* the type's name */
  const char *detail;  /* for operators; of our own making, not a caller's */
  guint status;
  gint64 microseconds;
} TjdLogLine;

void tjd_log (TjdParty party, const TjdLogLine *line);

G_END_DECLS
