/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clock.h"

G_BEGIN_DECLS

/* The token's one window. It is always in one of four states: waiting for the keyring, in trouble
 * with it, adding a token, or showing one. What is brought to it (pasted, opened, handed over) is
 * told apart by what it is: lines of otpauth:// are a token, all else should be a request. */
#define TJD_TYPE_TOKEN_WINDOW (tjd_token_window_get_type ())
G_DECLARE_FINAL_TYPE (TjdTokenWindow, tjd_token_window, TJD, TOKEN_WINDOW, AdwApplicationWindow)

TjdTokenWindow *tjd_token_window_new (GtkApplication *application, const TjdClock *clock);

/* The folder of the sandbox's tokens; NULL: none. */
void tjd_token_window_set_sandbox (TjdTokenWindow *self, const char *folder);

/* Whose token is wanted: chosen if it is there, in the sandbox added if not. */
void tjd_token_window_want (TjdTokenWindow *self, const char *personal_id);

/* A request to be shown as soon as there is a token. */
void tjd_token_window_bring (TjdTokenWindow *self, const char *text, gsize length);

/* Shows what was wanted and brought; asks the keyring first where that is not known yet. */
void tjd_token_window_load (TjdTokenWindow *self);

G_END_DECLS
