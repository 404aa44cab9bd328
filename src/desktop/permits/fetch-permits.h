/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "permits-model.h"
#include "tasks.h"

G_BEGIN_DECLS

/* The work behind the permits page. Results are TjdFetchedPermits, and a TjdPermit. */

/* Fetches them and keeps them sealed for reading offline; where the service cannot be reached, what
 * was kept. data is a TjdFetchRequest. */
typedef struct {
  TjdSession *session;
  char *file; /* that they are kept in */
  char *account;
} TjdFetchRequest;
TjdFetchRequest *tjd_fetch_request_new (TjdShell *shell);
extern const TjdWork tjd_fetch_permits;

/* Whose number it is, by asking the ministry what its renewal would cost: a mistyped number shows
 * by its name. data is a TjdFindRequest. */
typedef struct {
  TjdSession *session;
  char *personal_id;
} TjdFindRequest;
TjdFindRequest *tjd_find_request_new (TjdShell *shell, const char *personal_id);
extern const TjdWork tjd_find_permit;

G_END_DECLS
