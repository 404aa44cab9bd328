/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

#include <string.h>

#include "base64url.h"

#define SEPARATOR "\n"

char *
tjd_cursor_print (const char *first, const char *second)
{
  g_autofree char *key = g_strconcat (first, SEPARATOR, second, NULL);
  return tjd_base64url_encode (key, strlen (key));
}

gboolean
tjd_cursor_read (TjdCursor *cursor, const char *after, GError **error)
{
  gsize length = 0;
  g_autofree guint8 *bytes = after != NULL ? tjd_base64url_decode (after, -1, &length) : NULL;
  g_autofree char *key = bytes != NULL ? g_strndup ((const char *) bytes, length) : NULL;
  g_auto (GStrv) halves = key != NULL ? g_strsplit (key, SEPARATOR, -1) : NULL;

  if (after != NULL &&
      (halves == NULL || g_strv_length (halves) != 2 || !g_utf8_validate (key, -1, NULL))) {
    tjd_problem_set_at (error, TJD_PROBLEM_INVALID, "#/after", "not a cursor of ours");
    return FALSE;
  }
  cursor->first = g_strdup (after != NULL ? halves[0] : "");
  cursor->second = g_strdup (after != NULL ? halves[1] : "");
  return TRUE;
}

void
tjd_cursor_clear (TjdCursor *cursor)
{
  g_free (cursor->first);
  g_free (cursor->second);
}

char *
tjd_page_dup_after (TjdEndpointId endpoint, const char *next, GError **error)
{
  const char *form = strchr (next, '?');
  g_autoptr (TjdRecord) query = tjd_record_from_form (
      tjd_endpoint (endpoint)->query (), form != NULL ? form + 1 : NULL, TJD_READ_LENIENT, NULL);
  char *after = NULL;

  if (query != NULL)
    g_object_get (query, "after", &after, NULL);
  if (after == NULL)
    tjd_problem_set (error, TJD_PROBLEM_INTERNAL, "the next page has no cursor");
  return after;
}

void
tjd_page_set_next (TjdCall *call, const char *after)
{
  g_autoptr (TjdRecord) query = tjd_record_copy (call->query);
  g_autofree char *path = tjd_endpoint_path (call->endpoint, call->parameter);
  g_autofree char *form = NULL;

  g_object_set (query, "after", after, NULL);
  form = tjd_record_to_form (query);
  g_free (call->next);
  call->next = g_strconcat (call->host->base, path, "?", form, NULL);
}
