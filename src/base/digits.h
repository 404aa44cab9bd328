/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person typed for a number, as ASCII digits: 0-9, ٠-٩, ۰-۹ and full width are taken,
 * spaces, dashes and directional marks skipped (FACTS, "Digits people type"). NULL if anything else
 * is in it. */
char *tjd_digits_normalise (const char *typed);

/* Exactly n ASCII digits and nothing else. */
gboolean tjd_digits_exactly (const char *text, gsize n);

G_END_DECLS
