/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "secret.h"

G_BEGIN_DECLS

/* The door to the person's keyring (Secret Service, by libsecret). What Tajdid keeps there is found
 * by what it is and by an account, an opaque name that says nothing about the person: attributes
 * are not secret. Calls are synchronous, for any thread but the one that draws; they wait for the
 * person where the keyring asks them to unlock it, and end by their deadline: ten seconds for the
 * keyring, two minutes for the person. */

typedef enum {
  TJD_KEYRING_REFRESH_TOKEN,
  TJD_KEYRING_SESSION_KEY, /* the DPoP key, a JWK */
  TJD_KEYRING_CACHE_KEY,   /* that seals what is kept for reading offline */
  TJD_KEYRING_TOKEN,       /* a software token's two otpauth lines */
} TjdKeyringItem;

/* Besides success ("stored") there are five answers, each with a text of its own at the desktop,
 * and a failure that is none of them. A call that its cancellable ends says G_IO_ERROR_CANCELLED.
 */
typedef enum {
  TJD_KEYRING_ERROR_EMPTY,      /* open, and there is no such item */
  TJD_KEYRING_ERROR_LOCKED,     /* and could not be unlocked in time */
  TJD_KEYRING_ERROR_DISMISSED,  /* the person closed the question */
  TJD_KEYRING_ERROR_NO_SERVICE, /* nobody offers a keyring on the bus */
  TJD_KEYRING_ERROR_NO_BUS,     /* no session bus at all */
  TJD_KEYRING_ERROR_FAILED,     /* anything else; the message is for developers */
} TjdKeyringError;
#define TJD_KEYRING_ERROR (tjd_keyring_error_quark ())
GQuark tjd_keyring_error_quark (void);

/* The secret; NULL on error. */
TjdSecret *tjd_keyring_read (TjdKeyringItem item,
                             const char *account,
                             GCancellable *cancellable,
                             GError **error);

/* Replaces what is there. label is what a keyring program shows a person for it. */
gboolean tjd_keyring_store (TjdKeyringItem item,
                            const char *account,
                            const char *label,
                            TjdSecret *secret,
                            GCancellable *cancellable,
                            GError **error);

/* That there is nothing to forget is no error. */
gboolean tjd_keyring_forget (TjdKeyringItem item,
                             const char *account,
                             GCancellable *cancellable,
                             GError **error);

/* The accounts that have such an item, sorted; NULL-terminated, empty if none. */
char **tjd_keyring_list (TjdKeyringItem item, GCancellable *cancellable, GError **error);

/* How long the keyring's own program, and the person it asks, are waited for: what tests shorten.
 */
void tjd_keyring_set_patience (guint service_ms, guint person_ms);

G_END_DECLS
