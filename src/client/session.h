/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "failure.h"
#include "retry.h"

G_BEGIN_DECLS

/* Who is signed in. Reference counted, used from any thread; what talks to the network or to the
 * keyring is for worker threads.
 *
 * The refresh token and the key that proofs are made with live in the keyring, and in locked memory
 * while we run. A refresh token is stored before it is used: the one before it stays good for this
 * key until then, so that nothing is lost whenever we are killed. The access token is refreshed
 * before it ends, or once when a service does not take it, by one thread however many ask. The key
 * is kept for the next sign-in: the portal counts wrong codes of keys that it knows by themselves,
 * and strangers cannot block somebody out of this computer. Signing out forgets it. */
typedef struct _TjdSession TjdSession;

/* transport must outlive it; account is what tjd_home_prepare gave. */
TjdSession *tjd_session_new (TjdTransport *transport,
                             const char *account,
                             const TjdClock *clock,
                             const TjdEntropy *entropy);
TjdSession *tjd_session_ref (TjdSession *self);
void tjd_session_unref (TjdSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdSession, tjd_session_unref)

/* code is the token's six digits, ASCII. The document of TJD_PROBLEM_CODE_WRONG and
 * TJD_PROBLEM_SIGN_IN_BLOCKED has tries_left and blocked_until. That the keyring does not keep the
 * session is no error: see tjd_session_dup_keyring_error. Signing in again as somebody is allowed
 * at any time. */
gboolean tjd_session_sign_in (TjdSession *self,
                              const char *personal_id,
                              TjdSecret *code,
                              GCancellable *cancellable,
                              GError **error);

/* At the next start. TJD_CLIENT_ERROR_NOT_SIGNED_IN if nothing is kept,
 * TJD_CLIENT_ERROR_SESSION_ENDED if it is over, else why it is not known now: TJD_KEYRING_ERROR,
 * after which it may be tried again; TJD_TRANSPORT_ERROR, after which the session is there and
 * calls try to go on with it. */
gboolean tjd_session_resume (TjdSession *self, GCancellable *cancellable, GError **error);

/* Forgets it here, whatever the service answers; an error says that it lives on there until it has
 * been idle for a quarter of an hour. everywhere ends this person's other sessions as well. */
gboolean tjd_session_sign_out (TjdSession *self,
                               gboolean everywhere,
                               GCancellable *cancellable,
                               GError **error);

/* For who has been idle while something of theirs is followed: calls go on in this process, and the
 * keyring has no token any more, so that nobody gets past a lock by a new start. Lasts until the
 * next sign-in. FALSE with TJD_KEYRING_ERROR where the keyring does not let go of it. */
gboolean tjd_session_lock (TjdSession *self, GCancellable *cancellable, GError **error);

gboolean tjd_session_is_signed_in (TjdSession *self);
char *tjd_session_dup_personal_id (TjdSession *self); /* NULL: nobody */

/* Whether the keyring has it: where not, there is no use in asking it to keep anything else. */
gboolean tjd_session_is_kept (TjdSession *self);

/* Why the session is not kept for the next start (TJD_KEYRING_ERROR); NULL: it is. */
GError *tjd_session_dup_keyring_error (TjdSession *self);

/* FACTS, "Rules that the flow must keep". */
#define TJD_IDLE_SECONDS (15 * 60)
#define TJD_IDLE_PAYING_SECONDS (5 * 60)
void tjd_session_touch (TjdSession *self); /* the person did something */
gboolean tjd_session_is_idle (TjdSession *self, gint64 seconds);

/* The portal counts as use that a token is refreshed. TRUE where the person has done something
 * since that was last so and it is time: a minute's timer then lets a worker call
 * tjd_session_refresh. */
gboolean tjd_session_wants_refresh (TjdSession *self);
gboolean tjd_session_refresh (TjdSession *self, GCancellable *cancellable, GError **error);

/* A call of a person, with all that belongs to it: proof, token, refresh, and retries where the
 * call is repeatable (retry.h). next may be NULL. */
gboolean tjd_session_call (TjdSession *self,
                           TjdEndpointId endpoint,
                           const TjdArguments *arguments,
                           gpointer *reply,
                           char **next,
                           GCancellable *cancellable,
                           GError **error);

/* A detached JWS over the text by the session's key, embedded (TJD_APPROVAL_TYP). */
char *tjd_session_sign (TjdSession *self, const char *text, GError **error);

/* The same, sent once: for what must not be repeated before it is known what became of it. */
gboolean tjd_session_call_once (TjdSession *self,
                                TjdEndpointId endpoint,
                                const TjdArguments *arguments,
                                gpointer *reply,
                                char **next,
                                GCancellable *cancellable,
                                GError **error);

/* Its back-off; to be changed before the first call. */
TjdRetry *tjd_session_get_retry (TjdSession *self);

TjdTransport *tjd_session_get_transport (TjdSession *self);
const TjdClock *tjd_session_get_clock (TjdSession *self);
const TjdEntropy *tjd_session_get_entropy (TjdSession *self);

G_END_DECLS
