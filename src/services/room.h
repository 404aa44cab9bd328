/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The memory for what requests bring along: so many bytes in all, and a share for each address, so
 * that nobody takes everybody's. For one thread. */
typedef struct _TjdRoom TjdRoom;

TjdRoom *tjd_room_new (gint64 bytes, gint64 bytes_of_address);
void tjd_room_free (TjdRoom *self);

/* FALSE: there is not so much. */
gboolean tjd_room_take (TjdRoom *self, const char *address, gint64 n_bytes);
void tjd_room_give_back (TjdRoom *self, const char *address, gint64 n_bytes);

G_END_DECLS
