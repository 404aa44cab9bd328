/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "framing.h"

#include <string.h>

#include "problem.h"

typedef struct {
  gsize bytes;      /* that the header lines take in their plain spelling */
  gboolean odd;     /* a control character, or a name that is not a token */
  GHashTable *once; /* names met of those that may come once */
  const char *twice;
} Survey;

static const char *const single[] = {
  "host", "content-length",  "content-type", "authorization",
  "dpop", "idempotency-key", "connection",   "transfer-encoding",
  NULL
};

/* RFC 9110 5.6.2 */
static gboolean
is_token (const char *name)
{
  const char *at = name;

  while (g_ascii_isalnum (*at) || (*at != '\0' && strchr ("!#$%&'*+-.^_`|~", *at) != NULL))
    at++;
  return at > name && *at == '\0';
}

/* RFC 9110 5.5: no controls but the tab, and no NUL that would hide what follows. */
static gboolean
is_field_value (const char *value, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (g_ascii_iscntrl (value[i]) && value[i] != '\t')
      return FALSE;
  return TRUE;
}

static enum MHD_Result
survey_header (void *data,
               enum MHD_ValueKind kind,
               const char *name,
               size_t name_size,
               const char *value,
               size_t value_size)
{
  Survey *survey = data;
  g_autofree char *lower = g_ascii_strdown (name, -1);

  survey->bytes += name_size + strlen (": ") + value_size + strlen ("\r\n");
  survey->odd |= !is_token (name) || strlen (name) != name_size ||
                 (value != NULL && !is_field_value (value, value_size));
  if (g_strv_contains (single, lower) && !g_hash_table_add (survey->once, g_steal_pointer (&lower)))
    survey->twice = name;
  return MHD_YES;
}

static gboolean
malformed (GError **error, const char *what)
{
  tjd_problem_set (error, TJD_PROBLEM_MALFORMED, "%s", what);
  return FALSE;
}

static gboolean
check_length (struct MHD_Connection *connection, gint64 max_bytes, GError **error)
{
  const char *text =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  guint64 length;

  if (MHD_lookup_connection_value (connection, MHD_HEADER_KIND,
                                   MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL)
    return malformed (error, "transfer codings are not taken: send a Content-Length");
  if (text == NULL)
    return TRUE;
  if (!g_ascii_isdigit (text[0]) ||
      !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &length, NULL))
    return malformed (error, "Content-Length is not a length");
  if (length <= (guint64) max_bytes)
    return TRUE;
  tjd_problem_set (error, TJD_PROBLEM_TOO_LARGE, "a request may have %" G_GINT64_FORMAT " bytes",
                   max_bytes);
  return FALSE;
}

gboolean
tjd_framing_check (struct MHD_Connection *connection,
                   const char *method,
                   const char *uri,
                   const char *version,
                   gint64 max_bytes,
                   GError **error)
{
  g_autoptr (GHashTable) once = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Survey survey = { .once = once };
  const union MHD_ConnectionInfo *size =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

  if (strcmp (version, "HTTP/1.1") != 0 && strcmp (version, "HTTP/1.0") != 0)
    return malformed (error, "HTTP/1.1 is spoken here");
  MHD_get_connection_values_n (connection, MHD_HEADER_KIND, survey_header, &survey);
  survey.bytes += strlen (method) + strlen (uri) + strlen (version) + strlen ("  \r\n\r\n");
  if (survey.twice != NULL)
    return malformed (error, "a header came twice that may come once");
  if (survey.odd)
    return malformed (error,
                      "a header has a control character in it, or a name that is not a token");
  if (size == NULL || size->header_size != survey.bytes)
    return malformed (error, "the head is not spelt plainly: CRLF, no folding, one space");
  if (!g_hash_table_contains (once, "host"))
    return malformed (error, "there is no Host");
  return check_length (connection, max_bytes, error);
}
