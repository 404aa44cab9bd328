/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log.h"

#include <stdio.h>
#include <time.h>

/* RFC 8259 7 */
static void
append_string (GString *line, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (line, '"');
  for (const char *at = valid; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_c (line, '\\');
    if ((guchar) *at < 0x20)
      g_string_append_printf (line, "\\u%04x", (guint) *at);
    else
      g_string_append_c (line, *at);
  }
  g_string_append_c (line, '"');
}

static void
append_member (GString *line, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (line, ",\"%s\":", name);
  append_string (line, value);
}

static void
append_time (GString *line)
{
  gint64 now = g_get_real_time ();
  time_t seconds = (time_t) (now / G_USEC_PER_SEC);
  char text[sizeof "2026-11-24T05:00:00"];
  struct tm parts;

  gmtime_r (&seconds, &parts);
  strftime (text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  g_string_append_printf (line, "{\"time\":\"%s.%06dZ\"", text, (int) (now % G_USEC_PER_SEC));
}

static GString *
to_line (TjdParty party, const TjdLogLine *line)
{
  GString *text = g_string_sized_new (256);

  append_time (text);
  append_member (text, "party", tjd_party_name (party));
  append_member (text, "event", line->event);
  append_member (text, "request", line->request_id);
  append_member (text, "method", line->method);
  append_member (text, "path", line->path);
  append_member (text, "caller", line->caller);
  append_member (text, "problem", line->problem);
  append_member (text, "detail", line->detail);
  if (line->status != 0)
    g_string_append_printf (text, ",\"status\":%u", line->status);
  if (line->microseconds != 0)
    g_string_append_printf (text, ",\"us\":%" G_GINT64_FORMAT, line->microseconds);
  g_string_append (text, "}\n");
  return text;
}

void
tjd_log (TjdParty party, const TjdLogLine *line)
{
  g_autoptr (GString) text = to_line (party, line);

  fputs (text->str, stderr); /* one call, one line: stdio locks the stream */
}
