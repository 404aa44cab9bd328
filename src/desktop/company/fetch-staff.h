/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell.h"
#include "staff-row.h"

G_BEGIN_DECLS

/* The work behind a company's permits: they come some thousand at a time, so that they can be
 * looked at before all are there. */

/* Data of all of them. */
typedef struct {
  TjdSession *session;
  char *file;           /* that they are kept in, sealed; of this company alone */
  char *account;        /* of the keyring */
  char *renewer;        /* the establishment */
  char *next;           /* where the batch before ended; NULL: from the beginning */
  gint64 changed_since; /* TJD_NO_INT: all */
  TjdTariff *tariff;    /* NULL: it is fetched */
  GPtrArray *rows;      /* to keep: of TjdStaffRow; NULL */
  gint64 as_of;         /* of what is kept, UTC seconds */
} TjdStaffRequest;
TjdStaffRequest *tjd_staff_request_new (TjdShell *shell, const char *renewer);

typedef struct {
  GPtrArray *rows;   /* of TjdStaffRow, by expiry and number */
  TjdTariff *tariff; /* NULL: not known */
  char *next;        /* NULL: these are the last */
  gint64 as_of;      /* of the first of them, UTC seconds */
  gboolean is_kept;  /* from this computer, because the service could not be reached */
} TjdFetchedStaff;
void tjd_fetched_staff_free (TjdFetchedStaff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdFetchedStaff, tjd_fetched_staff_free)

/* A batch; where the service cannot be reached for the first of all, what was kept. */
extern const TjdWork tjd_fetch_staff;

/* Keeps rows for reading offline. That they cannot be kept is no error; there is no result. */
extern const TjdWork tjd_keep_staff;

/* For whom the person may act: a TjdAccount, from this computer where the service is not reached.
 * Its data is a request with renewer NULL. */
extern const TjdWork tjd_fetch_account;

G_END_DECLS
