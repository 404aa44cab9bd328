/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs a call that may never come back: libsecret answers a cancelled prompt only once the keyring
 * has confirmed that it is gone. So it runs in a thread of its own, is cancelled when its time is
 * up, and is left behind if even that does not end it; what it holds is freed when it ends. */
typedef struct _TjdWait TjdWait;

/* NULL is a failure, with an error. */
typedef gpointer (*TjdWaitCall) (TjdWait *wait,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);

/* What the call returned, or NULL: its own error; G_IO_ERROR_CANCELLED where the caller's
 * cancellable ended it; G_IO_ERROR_TIMED_OUT, or G_IO_ERROR_BUSY if it was a person that was waited
 * for. */
gpointer tjd_wait_run (TjdWaitCall call,
                       gpointer data,
                       GDestroyNotify free_data,
                       GDestroyNotify free_result,
                       GCancellable *cancellable,
                       GError **error);

/* For the call: from here on it is a person who is waited for. */
void tjd_wait_for_person (TjdWait *self);

void tjd_wait_set_patience (guint service_ms, guint person_ms);

G_END_DECLS
