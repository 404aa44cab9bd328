/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <gio/gio.h>
#include <string.h>

#include "listener.h"

/* GKeyFile knows no lines, and takes whatever is misspelt or said twice: so lines are read here. */
typedef struct {
  TjdSettings *settings;
  const char *path;
  char *folder; /* that files are named relative to */
  guint line;
  const char *section; /* NULL before the first */
  gpointer slots;      /* the struct that the section fills */
  GHashTable *said;    /* "section key" */
} Reader;

typedef struct _Setting Setting;
struct _Setting {
  const char *name;
  gsize offset;
  gboolean (*read) (Reader *reader, const Setting *setting, const char *value, GError **error);
  gint64 min, max;
};

static gboolean fail (Reader *reader, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (Reader *reader, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s:%u: %s", reader->path, reader->line,
               what);
  return FALSE;
}

static gpointer
slot (Reader *reader, const Setting *setting)
{
  return (char *) reader->slots + setting->offset;
}

/* Keys and people's tokens are safe over http:// on this machine alone. */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
read_base (Reader *reader, const Setting *setting, const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  char *base;

  if ((strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return fail (reader, error, "%s is an https:// or http:// address and nothing behind it",
                 setting->name);
  if (strcmp (scheme, "http") == 0 && !is_loopback (g_uri_get_host (uri)))
    return fail (reader, error, "%s is https:// wherever it is not this machine", setting->name);
  base = g_strdup (value);
  if (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  *(char **) slot (reader, setting) = base;
  return TRUE;
}

static gboolean
read_address (Reader *reader, const Setting *setting, const char *value, GError **error)
{
  g_autoptr (GSocketAddress) address = tjd_listener_parse (value, NULL);

  if (address == NULL)
    return fail (reader, error, "%s is an IP address and a port: 192.0.2.7:443, [2001:db8::7]:443",
                 setting->name);
  *(char **) slot (reader, setting) = g_strdup (value);
  return TRUE;
}

static gboolean
read_file (Reader *reader, const Setting *setting, const char *value, GError **error)
{
  *(char **) slot (reader, setting) = g_canonicalize_filename (value, reader->folder);
  return TRUE;
}

static gboolean
read_files (Reader *reader, const Setting *setting, const char *value, GError **error)
{
  GStrv files = g_strsplit (value, ";", -1);

  *(GStrv *) slot (reader, setting) = files;
  for (guint i = 0; files[i] != NULL; i++) {
    char *name = g_strstrip (files[i]);
    if (*name == '\0')
      return fail (reader, error, "%s has nothing between two semicolons", setting->name);
    files[i] = g_canonicalize_filename (name, reader->folder);
    g_free (name);
  }
  return TRUE;
}

static gboolean
read_count (Reader *reader, const Setting *setting, const char *value, GError **error)
{
  if (g_ascii_string_to_signed (value, 10, setting->min, setting->max, slot (reader, setting),
                                NULL))
    return TRUE;
  return fail (reader, error, "%s is %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, setting->name,
               setting->min, setting->max);
}

#define PARTY(member) G_STRUCT_OFFSET (TjdPartySettings, member)
static const Setting party_settings[] = {
  { "base", PARTY (base), read_base },
  { "listen", PARTY (listen), read_address },
  { "key", PARTY (keys), read_files },
  { "ca", PARTY (ca), read_file },
  { "certificate", PARTY (certificate), read_file },
  { "private-key", PARTY (private_key), read_file },
  { "operator", PARTY (operators), read_files },
  { NULL },
};

#define LIMIT(member) G_STRUCT_OFFSET (TjdLimits, member)
static const Setting limits_settings[] = {
  { "connections", LIMIT (connections), read_count, 1, 1000000 },
  { "connections-per-address", LIMIT (connections_per_address), read_count, 1, 1000000 },
  { "requests-per-second", LIMIT (requests_per_second), read_count, 0, 1000000 },
  { "wrong-codes-per-minute", LIMIT (wrong_codes), read_count, 0, 1000000 },
  { "wrong-codes-per-minute-and-address", LIMIT (wrong_codes_of_address), read_count, 0, 1000000 },
  { "idle-seconds", LIMIT (idle_seconds), read_count, 1, 3600 },
  { "head-seconds", LIMIT (head_seconds), read_count, 1, 3600 },
  { "body-seconds", LIMIT (body_seconds), read_count, 1, 3600 },
  { "reply-seconds", LIMIT (reply_seconds), read_count, 1, 3600 },
  { "request-bytes", LIMIT (request_bytes), read_count, 1024, 64 * 1024 * 1024 },
  { "body-bytes", LIMIT (body_bytes), read_count, 1024 * 1024, G_MAXINT64 },
  { "body-bytes-per-address", LIMIT (body_bytes_of_address), read_count, 1024 * 1024, G_MAXINT64 },
  { NULL },
};

static const TjdLimits default_limits = {
  .connections = 6000,
  .connections_per_address = 1000,
  .requests_per_second = 50,
  .wrong_codes = 60,
  .wrong_codes_of_address = 10,
  .idle_seconds = 30,
  .head_seconds = 40,
  .body_seconds = 20,
  .reply_seconds = 60,
  .request_bytes = 256 * 1024, /* twice what 500 permits can need */
  .body_bytes = 64 * 1024 * 1024,
  .body_bytes_of_address = 4 * 1024 * 1024,
};

static const Setting *
find_setting (Reader *reader, const char *name)
{
  const Setting *setting =
      strcmp (reader->section, "limits") == 0 ? limits_settings : party_settings;

  while (setting->name != NULL && strcmp (setting->name, name) != 0)
    setting++;
  return setting->name != NULL ? setting : NULL;
}

static gboolean
read_value (Reader *reader, const char *name, const char *value, GError **error)
{
  const Setting *setting = reader->section != NULL ? find_setting (reader, name) : NULL;

  if (reader->section == NULL)
    return fail (reader, error, "%s stands before any [section]", name);
  if (setting == NULL)
    return fail (reader, error, "[%s] knows no %s", reader->section, name);
  if (!g_hash_table_add (reader->said, g_strjoin (" ", reader->section, name, NULL)))
    return fail (reader, error, "[%s] has %s already", reader->section, name);
  if (*value == '\0')
    return fail (reader, error, "%s is empty", name);
  return setting->read (reader, setting, value, error);
}

static gboolean
read_section (Reader *reader, char *line, GError **error)
{
  char *name = line + 1;
  int party;

  if (!g_str_has_suffix (name, "]"))
    return fail (reader, error, "a section is [portal], [ministry], [bank], [post] or [limits]");
  name[strlen (name) - 1] = '\0';
  party = tjd_party_from_name (name);
  if (party < 0 && strcmp (name, "limits") != 0)
    return fail (reader, error, "there is no section [%s]", name);
  reader->section = party >= 0 ? tjd_party_name ((TjdParty) party) : "limits";
  reader->slots = party >= 0 ? (gpointer) &reader->settings->parties[party]
                             : (gpointer) &reader->settings->limits;
  return TRUE;
}

static gboolean
read_line (Reader *reader, char *line, GError **error)
{
  char *equals;

  g_strstrip (line);
  if (*line == '\0' || *line == '#')
    return TRUE;
  if (*line == '[')
    return read_section (reader, line, error);
  equals = strchr (line, '=');
  if (equals == NULL)
    return fail (reader, error, "neither a [section] nor key=value");
  *equals = '\0';
  return read_value (reader, g_strchomp (line), g_strchug (equals + 1), error);
}

static gboolean
read_lines (Reader *reader, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (!g_utf8_validate (text, -1, NULL))
    return fail (reader, error, "not UTF-8");
  for (guint i = 0; lines[i] != NULL; i++) {
    reader->line = i + 1;
    if (!read_line (reader, lines[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_https (const char *base)
{
  return base != NULL && g_ascii_strncasecmp (base, "https:", strlen ("https:")) == 0;
}

/* What no line alone can say. */
static gboolean
check_party (TjdParty party, const TjdPartySettings *settings, GError **error)
{
  const char *what = NULL;

  if ((settings->certificate == NULL) != (settings->private_key == NULL))
    what = "certificate and private-key come together";
  else if (settings->certificate != NULL && settings->base != NULL && !is_https (settings->base))
    what = "with a certificate, base is https://";
  else if (settings->ca != NULL && settings->base != NULL && !is_https (settings->base))
    what = "ca means nothing where base is http://";
  if (what == NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "[%s]: %s", tjd_party_name (party),
               what);
  return FALSE;
}

static gboolean
check (TjdSettings *settings, GError **error)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    if (!check_party (i, &settings->parties[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_settings (TjdSettings *settings, const char *path, GError **error)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *text = NULL;
  Reader reader = { .settings = settings, .path = path, .folder = folder, .said = said };

  return g_file_get_contents (path, &text, NULL, error) && read_lines (&reader, text, error) &&
         check (settings, error);
}

TjdSettings *
tjd_settings_load (const char *path, GError **error)
{
  g_autoptr (TjdSettings) settings = g_new0 (TjdSettings, 1);

  settings->limits = default_limits;
  return path == NULL || read_settings (settings, path, error) ? g_steal_pointer (&settings) : NULL;
}

void
tjd_settings_free (TjdSettings *settings)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    TjdPartySettings *party = &settings->parties[i];
    g_free (party->base);
    g_free (party->listen);
    g_strfreev (party->keys);
    g_free (party->ca);
    g_free (party->certificate);
    g_free (party->private_key);
    g_strfreev (party->operators);
  }
  g_free (settings);
}
