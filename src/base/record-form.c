/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <string.h>

/* Forms are read by way of JSON nodes, so that bounds, formats and paths are checked in one place.
 */

#define MAX_PAIRS 64

static char *
unescape (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  g_autofree char *plain = g_uri_unescape_string (spaced, NULL);

  if (plain == NULL || !g_utf8_validate (plain, -1, NULL))
    return NULL;
  return g_steal_pointer (&plain);
}

static const TjdField *
find_field (GType type, const char *name)
{
  guint n_fields;
  const TjdField *fields = tjd_record_type_get_fields (type, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i];
  return NULL;
}

/* One spelling a number, as in JSON: no plus, no zeros in front. */
static gboolean
read_number (const char *text, gint64 *number)
{
  const char *digits = text + (*text == '-');

  return g_ascii_isdigit (*digits) && (*digits != '0' || strcmp (text, "0") == 0) &&
         g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, number, NULL);
}

/* The value as the JSON that its field takes; what does not fit stays a string and is refused by
 * the reader with the path to it. */
static JsonNode *
to_node (const TjdField *field, const char *value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  gint64 number;

  if (field != NULL && field->kind == TJD_KIND_INT && read_number (value, &number))
    json_node_set_int (node, number);
  else if (field != NULL && field->kind == TJD_KIND_BOOL &&
           (strcmp (value, "true") == 0 || strcmp (value, "false") == 0))
    json_node_set_boolean (node, strcmp (value, "true") == 0);
  else
    json_node_set_string (node, value);
  return node;
}

static gboolean
add_pair (JsonObject *object, GType type, const char *pair, GError **error)
{
  g_auto (GStrv) halves = g_strsplit (pair, "=", 2);
  g_autofree char *name = unescape (halves[0]);
  g_autofree char *value = halves[1] != NULL ? unescape (halves[1]) : g_strdup ("");

  if (name == NULL || value == NULL) {
    tjd_record_set_error (error, TJD_RECORD_ERROR_SYNTAX, "#", "not a form in UTF-8");
    return FALSE;
  }
  if (json_object_has_member (object, name)) {
    tjd_record_set_error (error, TJD_RECORD_ERROR_SYNTAX, "#", "a name stands twice");
    return FALSE;
  }
  json_object_set_member (object, name, to_node (find_field (type, name), value));
  return TRUE;
}

gpointer
tjd_record_from_form (GType type, const char *form, TjdReadFlags flags, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_auto (GStrv) pairs = g_strsplit (form != NULL ? form : "", "&", MAX_PAIRS + 1);

  if (g_strv_length (pairs) > MAX_PAIRS) {
    tjd_record_set_error (error, TJD_RECORD_ERROR_SYNTAX, "#", "more than %d names", MAX_PAIRS);
    return NULL;
  }
  json_node_take_object (node, json_object_new ());
  for (guint i = 0; pairs[i] != NULL; i++)
    if (*pairs[i] != '\0' && !add_pair (json_node_get_object (node), type, pairs[i], error))
      return NULL;
  return tjd_record_from_node (type, node, flags, error);
}

static char *
field_to_text (gpointer record, const TjdField *field)
{
  switch (field->kind) {
  case TJD_KIND_STRING:
    return g_strdup (tjd_field_at (record, field, char *));
  case TJD_KIND_INT:
    if (tjd_field_at (record, field, gint64) == TJD_NO_INT)
      return NULL;
    return g_strdup_printf ("%" G_GINT64_FORMAT, tjd_field_at (record, field, gint64));
  case TJD_KIND_BOOL:
    return g_strdup (tjd_field_at (record, field, gboolean) ? "true" : "false");
  case TJD_KIND_ENUM:
    return g_strdup (tjd_enum_to_nick (field->of (), tjd_field_at (record, field, int)));
  default:
    g_return_val_if_reached (NULL);
  }
}

char *
tjd_record_to_form (gpointer record)
{
  guint n_fields;
  const TjdField *fields = tjd_record_type_get_fields (G_OBJECT_TYPE (record), &n_fields);
  g_autoptr (GString) form = g_string_new (NULL);

  for (guint i = 0; i < n_fields; i++) {
    g_autofree char *text = field_to_text (record, &fields[i]);
    g_autofree char *escaped = text != NULL ? g_uri_escape_string (text, NULL, FALSE) : NULL;

    if (escaped != NULL)
      g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", fields[i].name, escaped);
  }
  return g_string_free (g_steal_pointer (&form), FALSE);
}
