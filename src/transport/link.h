/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The target of rel="next" in a Link header's value (RFC 8288 3), as it stands there; NULL if it
 * has none, or cannot be read. */
char *tjd_link_find_next (const char *header);

G_END_DECLS
