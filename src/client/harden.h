/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* First in main, before anything else runs: TLS 1.2 and 1.3 alone; nothing of the environment that
 * writes TLS keys to a file, loads other TLS modules or turns the checking of certificates off; no
 * core dump. */
void tjd_client_harden_environment (void);

G_END_DECLS
