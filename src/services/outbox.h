/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "endpoint.h"
#include "problem.h"
#include "store.h"

G_BEGIN_DECLS

typedef struct _TjdHost TjdHost;
typedef struct _TjdOutbox TjdOutbox;

/* What must happen at another party is a row committed with the state it belongs to, and carried
 * by a worker until the other has answered. Its id, derived from subject and step, is also the
 * Idempotency-Key, and its request is frozen with it: a repeat is harmless. */
typedef struct {
  const char *name; /* "execute" */
  TjdEndpointId endpoint;
  /* The problems that are the other's no, for good. Whatever else comes, be it from something that
   * stands in the other's place, is no answer: the row is asked again for ever. */
  guint64 final;
  /* In the transaction that also closes the row. reply is the endpoint's record, or NULL. */
  gboolean (*done) (
      TjdTxn *txn, TjdHost *host, const char *subject, gpointer reply, GError **error);
  /* The same of a list's page; next is the cursor of the page behind it, NULL if there is none. */
  gboolean (*page) (TjdTxn *txn,
                    TjdHost *host,
                    const char *subject,
                    gpointer reply,
                    const char *next,
                    GError **error);
  /* It was one of the final ones. Without this the row is parked for an operator to see. */
  gboolean (*refused) (
      TjdTxn *txn, TjdHost *host, const char *subject, const GError *why, GError **error);
} TjdStep;

#define TJD_FINAL(code) (G_GUINT64_CONSTANT (1) << TJD_PROBLEM_##code)
G_STATIC_ASSERT (TJD_N_PROBLEMS <= 64);

/* The tables that the front and the outbox keep in every party's database: its first migration. */
#define TJD_HOST_MIGRATION                                                           \
  "CREATE TABLE replies ("                                                           \
  "  caller TEXT NOT NULL, endpoint TEXT NOT NULL, key TEXT NOT NULL,"               \
  "  request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT,"                     \
  "  at INTEGER NOT NULL, PRIMARY KEY (caller, endpoint, key)) STRICT;"              \
  "CREATE TABLE outbox ("                                                            \
  "  id TEXT PRIMARY KEY, step TEXT NOT NULL, subject TEXT NOT NULL,"                \
  "  parameter TEXT, request TEXT, tries INTEGER NOT NULL,"                          \
  "  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused', 'parked'))," \
  "  due_at INTEGER NOT NULL) STRICT;"                                               \
  "CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';"              \
  "CREATE TABLE seeded (day TEXT PRIMARY KEY) STRICT"

/* Puts a row: suffix tells apart what is sent more than once for a subject (a station), else NULL.
 * parameter is the endpoint's; request is its request or its query, or NULL. A row that is there
 * already stays. */
gboolean tjd_outbox_put (TjdTxn *txn,
                         TjdHost *host,
                         const char *step,
                         const char *subject,
                         const char *suffix,
                         const char *parameter,
                         gpointer request,
                         GError **error);

/* The host's outbox carries rows, and calls the party's tick, until stopped. */
void tjd_outbox_start (TjdHost *host);

/* Nothing more is sent; what is under way is cut off, stays in its row, and is asked again. */
void tjd_outbox_stop (TjdOutbox *self);
void tjd_outbox_free (TjdOutbox *self);

/* Rows that were parked wait again: whatever was in their way is mended. */
gboolean tjd_outbox_retry_parked (TjdHost *host, GError **error);

G_END_DECLS
