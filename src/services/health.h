/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* GET /healthz of every party: it listens, and its database answers. */
gboolean tjd_health_read (TjdCall *call, gpointer *reply, GError **error);

G_END_DECLS
