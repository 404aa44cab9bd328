/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "offline.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "identifiers.h"
#include "sealed.h"

#define PURPOSE "tajdid offline 1" /* the number goes up where what is inside changes */
#define LABEL "Tajdid"
#define MAX_AHEAD 300 /* seconds: as_of may be a service's word */

/* Only the first three are ever read or written as one: the lists stand behind, a line each, since
 * all of a company's staff is more than one JSON value may hold. */
static const TjdField offline_fields[] = {
  TJD_STRING (TjdOffline, personal_id, TJD_REQUIRED, .format = &tjd_format_personal_id),
  TJD_INT (TjdOffline, as_of, TJD_REQUIRED),
  TJD_NESTED (TjdOffline, account, tjd_account_get_type, TJD_NULLABLE),
  TJD_LIST (TjdOffline, permits, tjd_permit_get_type, TJD_OPTIONAL),
  TJD_LIST (TjdOffline, orders, tjd_order_get_type, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TjdOffline, tjd_offline, offline_fields)

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_CACHE, why);
  return FALSE;
}

/* --- lines ------------------------------------------------------------------------------------ */

static void
print_lines (GString *text, char kind, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++) {
    g_autofree char *json = tjd_record_to_json (records->pdata[i]);
    g_string_append_printf (text, "%c%s\n", kind, json);
  }
}

static GBytes *
print (TjdOffline *offline)
{
  g_autoptr (TjdOffline) head = tjd_offline_new ();
  g_autofree char *json = NULL;
  GString *text = g_string_new (NULL);

  head->personal_id = g_strdup (offline->personal_id);
  head->as_of = offline->as_of;
  g_set_object (&head->account, offline->account);
  json = tjd_record_to_json (head);
  g_string_append_printf (text, "h%s\n", json);
  print_lines (text, 'p', offline->permits);
  print_lines (text, 'o', offline->orders);
  return g_string_free_to_bytes (text);
}

static GType
type_of_line (char kind)
{
  switch (kind) {
  case 'h':
    return tjd_offline_get_type ();
  case 'p':
    return tjd_permit_get_type ();
  case 'o':
    return tjd_order_get_type ();
  default:
    return G_TYPE_INVALID;
  }
}

static gboolean
take_line (TjdOffline **offline, const char *line, gsize length)
{
  char kind = length > 0 ? line[0] : '\0';
  GType type = type_of_line (kind);
  gpointer record = NULL;

  if (type != G_TYPE_INVALID && (kind == 'h') == (*offline == NULL))
    record = tjd_record_from_json (type, line + 1, length - 1, TJD_READ_STRICT, NULL);
  if (record == NULL)
    return FALSE;
  if (kind == 'h')
    *offline = record;
  else
    g_ptr_array_add (kind == 'p' ? (*offline)->permits : (*offline)->orders, record);
  return TRUE;
}

static TjdOffline *
read_lines (GBytes *plain)
{
  gsize length;
  const char *at = g_bytes_get_data (plain, &length);
  const char *end = at + length;
  g_autoptr (TjdOffline) offline = NULL;

  while (at < end) {
    const char *line_end = memchr (at, '\n', (gsize) (end - at));
    if (line_end == NULL || !take_line (&offline, at, (gsize) (line_end - at)))
      return NULL;
    at = line_end + 1;
  }
  return g_steal_pointer (&offline);
}

/* --- the file --------------------------------------------------------------------------------- */

static TjdSecret *
find_or_make_key (const char *account,
                  const TjdEntropy *entropy,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) failed = NULL;
  TjdSecret *key = tjd_keyring_read (TJD_KEYRING_CACHE_KEY, account, cancellable, &failed);
  gsize length = 0;

  if (key != NULL)
    tjd_secret_get (key, &length);
  if (length == TJD_SEALED_KEY_BYTES)
    return key;
  g_clear_pointer (&key, tjd_secret_unref);
  if (failed != NULL && !g_error_matches (failed, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_EMPTY)) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  key = tjd_sealed_new_key (entropy);
  if (!tjd_keyring_store (TJD_KEYRING_CACHE_KEY, account, LABEL, key, cancellable, error))
    g_clear_pointer (&key, tjd_secret_unref);
  return key;
}

gboolean
tjd_offline_save (TjdOffline *offline,
                  const char *path,
                  const char *account,
                  const TjdEntropy *entropy,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (TjdSecret) key = find_or_make_key (account, entropy, cancellable, error);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) sealed = NULL;
  gsize length;

  if (key == NULL)
    return FALSE;
  plain = print (offline);
  if (g_bytes_get_size (plain) > TJD_OFFLINE_MAX_BYTES)
    return refuse (error, "more than is kept");
  sealed = tjd_sealed_make (key, entropy, PURPOSE, plain);
  return g_file_set_contents_full (
      path, g_bytes_get_data (sealed, &length), (gssize) g_bytes_get_size (sealed),
      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static GBytes *
read_sealed (const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  GStatBuf about;

  if (g_lstat (path, &about) != 0 || !S_ISREG (about.st_mode) ||
      about.st_size > TJD_OFFLINE_MAX_BYTES + 64) {
    refuse (error, "nothing is kept");
    return NULL;
  }
  file = g_mapped_file_new (path, FALSE, NULL);
  if (file != NULL)
    return g_mapped_file_get_bytes (file);
  refuse (error, "what is kept cannot be read");
  return NULL;
}

static TjdOffline *
open_sealed (GBytes *sealed, TjdSecret *key, const TjdClock *clock, GError **error)
{
  gint64 now = tjd_clock_now (clock);
  g_autoptr (GBytes) plain = tjd_sealed_open (key, PURPOSE, sealed);
  g_autoptr (TjdOffline) offline = plain != NULL ? read_lines (plain) : NULL;

  if (offline == NULL)
    refuse (error, "what is kept was not sealed by us");
  else if (offline->as_of > now + MAX_AHEAD || offline->as_of < now - TJD_OFFLINE_SECONDS)
    refuse (error, "what is kept is too old, or from the future");
  else
    return g_steal_pointer (&offline);
  return NULL;
}

TjdOffline *
tjd_offline_load (const char *path,
                  const char *account,
                  const TjdClock *clock,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GBytes) sealed = read_sealed (path, error);
  g_autoptr (GError) failed = NULL;
  g_autoptr (TjdSecret) key = NULL;
  TjdOffline *offline;

  if (sealed == NULL)
    return NULL;
  key = tjd_keyring_read (TJD_KEYRING_CACHE_KEY, account, cancellable, &failed);
  if (key == NULL && !g_error_matches (failed, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_EMPTY)) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return NULL;
  }
  if (key == NULL)
    refuse (error, "the key of what is kept is gone");
  offline = key != NULL ? open_sealed (sealed, key, clock, error) : NULL;
  if (offline == NULL)
    g_unlink (path);
  return offline;
}

TjdOffline *
tjd_offline_load_own (TjdSession *session,
                      const char *path,
                      const char *account,
                      GCancellable *cancellable)
{
  g_autoptr (TjdOffline) offline =
      tjd_offline_load (path, account, tjd_session_get_clock (session), cancellable, NULL);
  g_autofree char *personal_id = tjd_session_dup_personal_id (session);

  return offline != NULL && g_strcmp0 (offline->personal_id, personal_id) == 0
             ? g_steal_pointer (&offline)
             : NULL;
}

static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_equal (name, TJD_OFFLINE_FILE) || g_str_has_prefix (name, TJD_OFFLINE_FILE "-"))
      g_ptr_array_add (files, g_build_filename (folder, name, NULL));
  return files;
}

static gboolean
remove_file (const char *path, GError **error)
{
  int saved;

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  saved = errno;
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s: %s", path,
               g_strerror (saved));
  return FALSE;
}

gboolean
tjd_offline_is_kept (const char *folder)
{
  g_autoptr (GPtrArray) files = list_files (folder);

  return files->len > 0;
}

gboolean
tjd_offline_forget (const char *folder,
                    const char *account,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) files = list_files (folder);

  for (guint i = 0; i < files->len; i++)
    if (!remove_file (files->pdata[i], error))
      return FALSE;
  return tjd_keyring_forget (TJD_KEYRING_CACHE_KEY, account, cancellable, error);
}
