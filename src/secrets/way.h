/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsecret/secret.h>

#include "secret.h"
#include "wait.h"

G_BEGIN_DECLS

/* The two ways libsecret leads to a keyring. Outside a sandbox the Secret Service is spoken to
 * itself: only its items can say that they are locked. In a sandbox there is libsecret's own file,
 * sealed with a key of the portal's; it knows neither collections nor locks, and only the simple
 * functions reach it. Errors are libsecret's own and TjdKeyringError; keyring.c maps the former. */
typedef struct {
  TjdSecret *(*read) (GHashTable *attributes, TjdWait *, GCancellable *, GError **);
  gboolean (*store) (GHashTable *attributes,
                     const char *label,
                     SecretValue *value,
                     TjdWait *,
                     GCancellable *,
                     GError **);
  gboolean (*forget) (GHashTable *attributes, TjdWait *, GCancellable *, GError **);
  char **(*list) (GHashTable *attributes, TjdWait *, GCancellable *, GError **);
} TjdKeyringWay;

extern const TjdKeyringWay tjd_keyring_service;
extern const TjdKeyringWay tjd_keyring_simple;

#define TJD_KEYRING_ITEM "tajdid-item"
#define TJD_KEYRING_ACCOUNT "tajdid-account"
extern const SecretSchema tjd_keyring_schema;

/* Copies out of libsecret's memory, which is wiped with its last reference. */
TjdSecret *tjd_keyring_secret_of (SecretValue *value);

/* The accounts of a list of SecretRetrievable, sorted, each once. */
char **tjd_keyring_accounts_of (GList *found);

G_END_DECLS
