/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

static void
add_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static char *
to_line (TjdParty party, const TjdLogLine *line)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;

  add_text (object, "time", time);
  add_text (object, "party", tjd_party_name (party));
  add_text (object, "event", line->event);
  add_text (object, "request", line->request_id);
  add_text (object, "method", line->method);
  add_text (object, "path", line->path);
  add_text (object, "caller", line->caller);
  add_text (object, "problem", line->problem);
  add_text (object, "detail", line->detail);
  if (line->status != 0)
    json_object_set_int_member (object, "status", line->status);
  if (line->microseconds != 0)
    json_object_set_int_member (object, "us", line->microseconds);
  json_node_set_object (node, object);
  json = json_to_string (node, FALSE);
  return g_strconcat (json, "\n", NULL);
}

void
tjd_log (TjdParty party, const TjdLogLine *line)
{
  g_autofree char *text = to_line (party, line);

  fputs (text, stderr); /* one call, one line: stdio locks the stream */
}
