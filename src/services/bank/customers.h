/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* Fills an empty bank with the sandbox's people and companies, their accounts and who signs. */
gboolean tjd_customers_seed (TjdTxn *txn, TjdHost *host, TjdSeed *seed, GError **error);

G_END_DECLS
