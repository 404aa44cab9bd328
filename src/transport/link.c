/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link.h"

#include <libsoup/soup.h>
#include <string.h>

static const char *
skip (const char *at, const char *characters)
{
  return at + strspn (at, characters);
}

/* To the comma before the next link, or the end; a comma in quotes is part of a parameter. */
static const char *
end_of_parameters (const char *at)
{
  gboolean quoted = FALSE;

  for (; *at != '\0' && (quoted || *at != ','); at++) {
    if (quoted && *at == '\\' && at[1] != '\0')
      at++;
    else if (*at == '"')
      quoted = !quoted;
  }
  return at;
}

/* rel is a list of relations, with or without quotes. */
static gboolean
is_next (const char *parameters, gsize length)
{
  g_autofree char *text = g_strndup (parameters, length);
  g_autoptr (GHashTable) table = soup_header_parse_semi_param_list (skip (text, "; \t"));
  const char *rel = g_hash_table_lookup (table, "rel");
  g_auto (GStrv) each = rel != NULL ? g_strsplit (rel, " ", -1) : NULL;
  gboolean found = FALSE;

  for (guint i = 0; each != NULL && each[i] != NULL && !found; i++)
    found = g_ascii_strcasecmp (each[i], "next") == 0;
  return found;
}

char *
tjd_link_find_next (const char *header)
{
  const char *at = skip (header, ", \t");

  while (*at == '<') {
    const char *close = strchr (at, '>');
    const char *end = close != NULL ? end_of_parameters (close + 1) : NULL;
    if (end == NULL)
      return NULL;
    if (is_next (close + 1, (gsize) (end - close - 1)))
      return g_strndup (at + 1, (gsize) (close - at - 1));
    at = skip (end, ", \t");
  }
  return NULL;
}
