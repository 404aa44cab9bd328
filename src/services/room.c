/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

struct _TjdRoom {
  gint64 bytes, bytes_of_address;
  gint64 taken;
  GHashTable *taken_by; /* address → gint64 *, never 0 */
};

TjdRoom *
tjd_room_new (gint64 bytes, gint64 bytes_of_address)
{
  TjdRoom *self = g_new0 (TjdRoom, 1);

  self->bytes = bytes;
  self->bytes_of_address = bytes_of_address;
  self->taken_by = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
tjd_room_free (TjdRoom *self)
{
  g_hash_table_unref (self->taken_by);
  g_free (self);
}

gboolean
tjd_room_take (TjdRoom *self, const char *address, gint64 n_bytes)
{
  gint64 *by = g_hash_table_lookup (self->taken_by, address);
  gint64 own = by != NULL ? *by : 0;

  if (self->taken + n_bytes > self->bytes || own + n_bytes > self->bytes_of_address)
    return FALSE;
  self->taken += n_bytes;
  if (by != NULL) {
    *by += n_bytes;
  } else if (n_bytes > 0) {
    by = g_new (gint64, 1);
    *by = n_bytes;
    g_hash_table_insert (self->taken_by, g_strdup (address), by);
  }
  return TRUE;
}

void
tjd_room_give_back (TjdRoom *self, const char *address, gint64 n_bytes)
{
  gint64 *by = g_hash_table_lookup (self->taken_by, address);

  self->taken -= n_bytes;
  if (by != NULL && (*by -= n_bytes) == 0)
    g_hash_table_remove (self->taken_by, address);
}
