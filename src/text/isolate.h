/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps a run of text from turning its neighbours around, and them from turning it (UAX #9).
 */
#define TJD_FSI "\342\201\250" /* U+2068: in the direction of its first strong character */
#define TJD_LRI "\342\201\246" /* U+2066: left to right */
#define TJD_PDI "\342\201\251" /* U+2069: the end of either */
#define TJD_NBSP "\302\240"    /* U+00A0 */

/* An en dash, where there is nothing to show. */
#define TJD_NOTHING "\342\200\223"

G_END_DECLS
