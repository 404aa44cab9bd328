/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journal.h"
#include "session.h"

G_BEGIN_DECLS

/* At the next start: what became of a journey that was under way when the app ended. */
TJD_DECLARE_RECORD (TjdFinding, tjd_finding)
struct _TjdFinding {
  TjdRecord parent;
  char *journey; /* to be settled in the journal once the person knows */
  TjdCharge charge;
  TjdMoney amount;     /* that is held or was debited; else what it would have cost. Dirhams */
  gint64 at;           /* when it was last gone on with, UTC seconds */
  GPtrArray *orders;   /* of TjdOrder, as they stand now */
  gboolean is_payable; /* nothing was charged, and they may still be paid:
                          tjd_journey_new_from_orders */
};

/* Asks portal and bank by id about every open journey: an array of TjdFinding, oldest first. One
 * about which somebody does not answer, or whose orders are not this person's, is
 * TJD_CHARGE_UNKNOWN and stays in the journal. Where nothing can have been charged and nothing can
 * be gone on with, the journal forgets it and nothing is reported. */
GPtrArray *tjd_resume_find (TjdJournal *journal,
                            TjdSession *session,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
