/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GnuTLS reads GNUTLS_DEBUG_LEVEL as it is loaded, before main, and at 9 writes the keys of every
 * connection to the terminal: from here on it writes nothing. */
void tjd_crypto_be_quiet (void);

G_END_DECLS
