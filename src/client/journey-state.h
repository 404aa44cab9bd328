/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey.h"

G_BEGIN_DECLS

/* What journey.c and collected.c share of a journey. */

struct _TjdJourney {
  GObject parent;
  const TjdClock *clock;
  const TjdEntropy *entropy;
  char *renewer; /* NULL: the person's own */
  TjdRole role;

  TjdEntry *entry; /* its step is ours */
  GPtrArray *wishes, *quotations, *orders;
  GPtrArray *seen;       /* of TjdOrderStatement, one an order */
  char *payment_request; /* NULL before it is billed */
  TjdPayment *payment;
  TjdSecret *code; /* until it is known what became of it */

  gboolean busy;     /* a job is out */
  gboolean stopped;  /* after a failure, until the person does something */
  gboolean approves; /* the signatory has said so */
  GError *error;
  TjdRemedy remedy;
};

/* The quotations that can be ordered by: not those in which everything is refused. (transfer full)
 */
GPtrArray *tjd_journey_list_usable (TjdJourney *self);
TjdMoney tjd_journey_sum_of_quotations (TjdJourney *self); /* dirhams, of these */

G_END_DECLS
