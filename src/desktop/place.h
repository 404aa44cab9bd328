/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "embedded.h"
#include "journal.h"
#include "session.h"
#include "tasks.h"

G_BEGIN_DECLS

/* Where the services are, and who is signed in there: plain values, made by a worker. */
typedef struct {
  TjdEmbedded *embedded; /* NULL: they are not the sandbox's */
  TjdTransport *transport;
  TjdSession *session;
  TjdJournal *journal;
  char *folder, *account, *sandbox, *portal;
  GError *signed_out; /* why nobody is signed in; NULL: somebody is */
} TjdPlace;

void tjd_place_free (TjdPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdPlace, tjd_place_free)

/* As tjd_shell_new has them. */
typedef struct {
  char *addresses_file, *services_program;
} TjdPlaceRequest;

typedef struct {
  TjdSession *session;
  gboolean everywhere;
  char *folder, *account;
} TjdLeave;

extern const TjdWork tjd_opening;     /* of a TjdPlaceRequest: a TjdPlace */
extern const TjdWork tjd_signing_out; /* of a TjdLeave; and all that was kept goes */
extern const TjdWork tjd_ending;      /* of a TjdSession, whose person was idle, as the others */
extern const TjdWork tjd_locking;     /* it goes on in this process alone */
extern const TjdWork tjd_refreshing;

G_END_DECLS
