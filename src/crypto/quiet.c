/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quiet.h"

#include <gnutls/gnutls.h>

void
tjd_crypto_be_quiet (void)
{
  gnutls_global_set_log_level (0);
}
