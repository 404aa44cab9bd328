/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

G_BEGIN_DECLS

/* How long to wait before asking again: from soon after something moved, a half longer each time
 * that nothing did, twice as long where asking failed; never longer than the longest; each a fifth
 * more or less, so that many do not ask at once. */
typedef enum { TJD_ASKED_MOVED, TJD_ASKED_SAME, TJD_ASKED_FAILED } TjdAsked;

typedef struct {
  guint soon_ms, longest_ms; /* milliseconds */
  guint current_ms;          /* without the jitter; 0 before the first */
} TjdPolling;

/* Milliseconds. */
guint tjd_polling_next (TjdPolling *self, TjdAsked asked, const TjdEntropy *entropy);

G_END_DECLS
