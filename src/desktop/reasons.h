/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "permit.h"
#include "words.h"

G_BEGIN_DECLS

/* Why the ministry refuses a renewal, and the remedy: happened and remedy are filled, and nothing
 * was charged. */
TjdWords *tjd_words_for_reason (TjdReason reason);

/* A refusal as an error: its code is a TjdReason. */
#define TJD_REFUSED (tjd_refused_quark ())
GQuark tjd_refused_quark (void);

G_END_DECLS
