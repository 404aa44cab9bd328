/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "journal.h"
#include "reading.h"
#include "session.h"
#include "tasks.h"

G_BEGIN_DECLS

/* What every page stands in: the settings, how the person reads, the services and who is signed in.
 * An object of the main thread.
 *
 *   opening → signed-out ⇄ signed-in
 *      ↓ ↑
 *    closed   the services cannot be had: tjd_shell_get_error says why, tjd_shell_open tries again
 *
 * A session that ends leads to signed-out with an error (session ended); whoever shows pages keeps
 * them below the sign-in, and goes on with them where the same person comes back. */
typedef enum {
  TJD_SHELL_OPENING,
  TJD_SHELL_CLOSED,
  TJD_SHELL_SIGNED_OUT,
  TJD_SHELL_SIGNED_IN,
} TjdShellState;
GType tjd_shell_state_get_type (void);

#define TJD_TYPE_SHELL (tjd_shell_get_type ())
G_DECLARE_FINAL_TYPE (TjdShell, tjd_shell, TJD, SHELL, GObject)

/* Where the services are found; both may be NULL. addresses_file: as TjdAddresses has it; without
 * it what the settings name, and without that the sandbox, whose program is services_program. */
TjdShell *
tjd_shell_new (GSettings *settings, const char *addresses_file, const char *services_program);

/* Starts or finds the services and takes up the session that is kept. */
void tjd_shell_open (TjdShell *self);

/* Property "state", notified. */
TjdShellState tjd_shell_get_state (TjdShell *self);
const GError *tjd_shell_get_error (TjdShell *self); /* why closed or signed out; NULL */

GSettings *tjd_shell_get_settings (TjdShell *self);

/* Signal "locale-changed": texts are to be made anew. */
const TjdLocale *tjd_shell_get_locale (TjdShell *self);

/* NULL while opening or closed; threads take references of the session. */
TjdSession *tjd_shell_get_session (TjdShell *self);
TjdJournal *tjd_shell_get_journal (TjdShell *self);

/* Where the sandbox keeps its things, tokens among them; NULL: these are real services. */
const char *tjd_shell_get_sandbox (TjdShell *self);

/* Where the client keeps its files for these services: the sealed cache. And under which name the
 * keyring has what belongs to them. */
const char *tjd_shell_get_folder (TjdShell *self);
const char *tjd_shell_get_account (TjdShell *self);

/* Who was signed in last; NULL after they have signed out. */
const char *tjd_shell_get_person (TjdShell *self);

/* The company whose permits they look at; NULL: their own. */
const char *tjd_shell_get_renewer (TjdShell *self);
void tjd_shell_set_renewer (TjdShell *self, const char *renewer);

/* "https://portal.example", for showing. NULL as above. */
const char *tjd_shell_get_portal (TjdShell *self);

void tjd_shell_note_signed_in (TjdShell *self); /* after tjd_session_sign_in */
void tjd_shell_sign_out (TjdShell *self);

/* The person's other sessions as well; signed-out with an error where that is not certain. */
void tjd_shell_sign_out_everywhere (TjdShell *self);

/* For somebody who has been idle: signed-out, and what they were at is kept for them. Their session
 * ends, unless something is followed: then it goes on for that alone until the portal ends it. */
void tjd_shell_lock (TjdShell *self);
gboolean tjd_shell_is_locked (TjdShell *self); /* and the session goes on */
void tjd_shell_set_followed (TjdShell *self, gboolean is_followed);

/* Every page hands its errors through here: TRUE where the error is that the session has ended, for
 * which the shell then asks to sign in again, and the page shows nothing of its own. */
gboolean tjd_shell_take_error (TjdShell *self, const GError *error);

G_END_DECLS
