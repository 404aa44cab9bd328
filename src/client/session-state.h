/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session.h"
#include "sign-in.h"

G_BEGIN_DECLS

/* What session.c, signing-in.c, tokens.c and asking.c share of a session. */

struct _TjdSession {
  gatomicrefcount references;
  TjdTransport *transport;
  char *account;
  const TjdClock *clock;
  const TjdEntropy *entropy;
  TjdRetry retry;

  GMutex mutex; /* for what follows */
  GCond settled;
  gboolean refreshing; /* one thread does */
  char *personal_id;   /* NULL: nobody is signed in */
  TjdKey *key;         /* NULL before the first sign-in */
  TjdSecret *access_token;
  gint64 access_until;
  guint generation; /* of the access token */
  TjdSecret *refresh_token;
  gboolean is_kept;      /* this refresh token is in the keyring */
  GError *keyring_error; /* why it is not */
  gboolean is_locked;    /* and is not to be: tjd_session_lock */
  gint64 refreshed_at, touched_at;
  gpointer tariff; /* TjdTariff: as it was told last; NULL: not yet */
  gint64 tariff_until;
};

void tjd_session_clear_tokens (TjdSession *self); /* with the mutex held */
TjdKey *tjd_session_dup_key (TjdSession *self);   /* NULL before the first sign-in */
gboolean tjd_session_not_signed_in (GError **error);

/* A proof is refused where the clocks differ too much: then that is what to say. */
void tjd_session_explain (TjdSession *self, TjdParty party, GError **error);

/* A text with its NUL, and a copy for a record that wipes it. */
TjdSecret *tjd_session_secret_of (const char *text);
char *tjd_session_text_of (TjdSecret *secret);

/* POST /token; sent once. */
TjdTokenReply *tjd_session_redeem (TjdSession *self,
                                   TjdKey *key,
                                   TjdTokenRequest *asked,
                                   GCancellable *cancellable,
                                   GError **error);

/* With the mutex held. */
void tjd_session_take (TjdSession *self, TjdTokenReply *tokens);

/* Before it is used, the refresh token must be where the next start finds it. Whatever the keyring
 * answers, the session goes on in memory. */
void tjd_session_keep (TjdSession *self, GCancellable *cancellable);

/* Whether there is an access token, of another generation than stale; with the mutex held. freshen
 * sees to it, and lets the mutex go meanwhile; waiting hears the cancellable. */
#define TJD_SESSION_NO_GENERATION G_MAXUINT
gboolean tjd_session_is_fresh (TjdSession *self, guint stale);
gboolean
tjd_session_freshen (TjdSession *self, guint stale, GCancellable *cancellable, GError **error);

G_END_DECLS
