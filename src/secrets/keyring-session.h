/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#define SECRET_API_SUBJECT_TO_CHANGE /* a session's path, to close it by */
#define SECRET_WITH_UNSTABLE
#include <libsecret/secret.h>

#include "wait.h"

G_BEGIN_DECLS

/* A session with the Secret Service, of its own for each call: libsecret's shared one outlives a
 * keyring that is started anew, and is then refused for good.
 *
 * It asks the person itself. libsecret 0.20 never comes back from a question that is cancelled
 * (g_task_return_error without an error), and whoever asks must know that it is a person who is
 * waited for. */
#define TJD_TYPE_KEYRING_SESSION (tjd_keyring_session_get_type ())
G_DECLARE_FINAL_TYPE (TjdKeyringSession, tjd_keyring_session, TJD, KEYRING_SESSION, SecretService)

/* Closed by its last reference. */
TjdKeyringSession *
tjd_keyring_session_open (TjdWait *wait, GCancellable *cancellable, GError **error);

G_END_DECLS
