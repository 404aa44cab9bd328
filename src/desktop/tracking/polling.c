/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "polling.h"

static guint
grow (const TjdPolling *self, TjdAsked asked)
{
  guint64 grown = asked == TJD_ASKED_FAILED ? (guint64) self->current_ms * 2
                                            : (guint64) self->current_ms * 3 / 2;

  if (asked == TJD_ASKED_MOVED || self->current_ms == 0)
    return self->soon_ms;
  return (guint) MIN (grown, self->longest_ms);
}

guint
tjd_polling_next (TjdPolling *self, TjdAsked asked, const TjdEntropy *entropy)
{
  guint fifth;

  self->current_ms = grow (self, asked);
  fifth = self->current_ms / 5;
  return self->current_ms - fifth + (guint) tjd_entropy_below (entropy, 2 * (guint64) fifth + 1);
}
