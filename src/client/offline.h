/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "failure.h"
#include "order.h"
#include "permit.h"
#include "session.h"

G_BEGIN_DECLS

/* What is kept for reading offline: one person's account, permits and past renewals, in one file
 * sealed with a key that the keyring has. A file that does not open is thrown away, never trusted.
 */
TJD_DECLARE_RECORD (TjdOffline, tjd_offline)
struct _TjdOffline {
  TjdRecord parent;
  char *personal_id; /* whose it is */
  gint64 as_of;      /* UTC seconds */
  TjdAccount *account;
  GPtrArray *permits; /* of TjdPermit; more than 500 of them are no matter here */
  GPtrArray *orders;  /* of TjdOrder */
};

#define TJD_OFFLINE_FILE "offline"               /* its name in the folder of tjd_home_prepare */
#define TJD_OFFLINE_ORDERS_FILE "offline-orders" /* the orders have one of their own there */
#define TJD_OFFLINE_STAFF_FILE "offline-%s"      /* and an establishment's staff, by its ID */
#define TJD_OFFLINE_SECONDS (30 * 24 * 60 * 60)  /* what is older is not shown */
#define TJD_OFFLINE_MAX_BYTES (64 * 1024 * 1024)

/* Replaces what is there, atomically, 0600. account is what tjd_home_prepare gave; the key is made
 * where the keyring has none. TJD_KEYRING_ERROR, G_FILE_ERROR; nothing is written unsealed. */
gboolean tjd_offline_save (TjdOffline *offline,
                           const char *path,
                           const char *account,
                           const TjdEntropy *entropy,
                           GCancellable *cancellable,
                           GError **error);

/* TJD_CLIENT_ERROR_CACHE where there is nothing, it does not open, is older than
 * TJD_OFFLINE_SECONDS or from the future; the file is gone then. TJD_KEYRING_ERROR leaves it. */
TjdOffline *tjd_offline_load (const char *path,
                              const char *account,
                              const TjdClock *clock,
                              GCancellable *cancellable,
                              GError **error);

/* What there is of who is signed in; NULL: nothing of theirs, for whatever reason. */
TjdOffline *tjd_offline_load_own (TjdSession *session,
                                  const char *path,
                                  const char *account,
                                  GCancellable *cancellable);

/* Whether a folder has such a file, of whatever. */
gboolean tjd_offline_is_kept (const char *folder);

/* All of them in a folder, and their key. */
gboolean tjd_offline_forget (const char *folder,
                             const char *account,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
