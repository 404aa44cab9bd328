/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell.h"

G_BEGIN_DECLS

/* Tells by notifications what moves, also when no window is open: while an envelope is under way
 * the process stays, and asks now and then; it goes when nothing is under way any more, when the
 * session has ended, or when the person wants no notifications. A notification leads to Follow, by
 * the application's action "follow" with the order's number. */
#define TJD_TYPE_WATCH (tjd_watch_get_type ())
G_DECLARE_FINAL_TYPE (TjdWatch, tjd_watch, TJD, WATCH, GObject)

/* For as long as the application runs; the application is borrowed. */
TjdWatch *tjd_watch_new (GApplication *application, TjdShell *shell);

G_END_DECLS
