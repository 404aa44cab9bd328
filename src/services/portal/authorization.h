/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* Signing in with personal ID and token code (draft-ietf-oauth-first-party-apps-04), and the tokens
 * that follow from it. Codes, tokens and auth_sessions are kept as SHA-256 alone. */

#define TJD_AUTHORIZATION_MIGRATION                                                                \
  "CREATE TABLE people (personal_id TEXT PRIMARY KEY, secret TEXT NOT NULL) STRICT;"               \
  "CREATE TABLE attempts ("                                                                        \
  "  personal_id TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_step INTEGER NOT NULL) STRICT;" \
  "CREATE TABLE auth_sessions ("                                                                   \
  "  hash TEXT PRIMARY KEY, personal_id TEXT NOT NULL, jkt TEXT NOT NULL,"                         \
  "  code_challenge TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;"                           \
  "CREATE INDEX auth_sessions_end ON auth_sessions (expires_at);"                                  \
  "CREATE TABLE sessions ("                                                                        \
  "  id TEXT PRIMARY KEY, personal_id TEXT NOT NULL, jkt TEXT NOT NULL,"                           \
  "  code_hash TEXT NOT NULL UNIQUE, code_challenge TEXT NOT NULL, code_until INTEGER NOT NULL,"   \
  "  refresh_hash TEXT, next_hash TEXT, started_at INTEGER NOT NULL, used_at INTEGER NOT NULL,"    \
  "  ended INTEGER NOT NULL) STRICT;"

/* Who was blocked before blocks ended by themselves stays blocked. */
#define TJD_AUTHORIZATION_BLOCKS_MIGRATION                                               \
  "ALTER TABLE attempts ADD COLUMN blocked_until INTEGER NOT NULL DEFAULT 0;"            \
  "ALTER TABLE attempts ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;"               \
  "UPDATE attempts SET failures = 25, blocked_until = 253402300799 WHERE failures >= 5;" \
  "CREATE INDEX attempts_touched ON attempts (touched_at);"                              \
  "CREATE TABLE known_keys ("                                                            \
  "  personal_id TEXT NOT NULL, jkt TEXT NOT NULL, failures INTEGER NOT NULL,"           \
  "  blocked_until INTEGER NOT NULL, touched_at INTEGER NOT NULL,"                       \
  "  PRIMARY KEY (personal_id, jkt)) STRICT;"                                            \
  "CREATE INDEX known_keys_touched ON known_keys (touched_at)"

TJD_DECLARE_RECORD (TjdSessionRow, tjd_session_row)
struct _TjdSessionRow {
  TjdRecord parent;
  char *id, *personal_id, *jkt;
  char *code_hash, *code_challenge;
  gint64 code_until;
  char *refresh_hash; /* the refresh token that the client has used last, or its first */
  char *next_hash;    /* the one that it was given for it; until that is used both are good */
  gint64 started_at, used_at;
  gboolean ended;
};

/* A secret to hand out, and how it is kept. */
char *tjd_authorization_draw (TjdHost *host);
char *tjd_authorization_hash (const char *secret);

/* The endpoints. */
gboolean tjd_authorization_challenge (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_authorization_token (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_authorization_revoke (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_authorization_unblock (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_authorization_sign_out (TjdCall *call, gpointer *reply, GError **error);
gboolean tjd_authorization_keys (TjdCall *call, gpointer *reply, GError **error);

gboolean tjd_authorization_seed (TjdTxn *txn, TjdSeed *seed, GError **error);

/* Forgets what has expired. */
gboolean tjd_authorization_sweep (TjdTxn *txn, gint64 now, GError **error);

G_END_DECLS
