/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <string.h>

#include "scan.h"

#define DEFAULT_MAX_CHARACTERS 256
#define DEFAULT_MAX_ELEMENTS 500

/* The way from the root to the value being read, a link a level, on the stack: it is only spelled
 * out where something is wrong. */
typedef struct Path {
  const struct Path *parent;
  const char *member; /* or an element: */
  guint index;
} Path;

static gboolean
read_record (gpointer record, JsonObject *object, TjdReadFlags flags, const Path *path, GError **);

static void
append_path (GString *text, const Path *path)
{
  if (path == NULL)
    return;
  append_path (text, path->parent);
  if (path->member == NULL)
    g_string_append_printf (text, "/%u", path->index);
  else
    tjd_pointer_append (text, path->member);
}

static gboolean
fail (GError **error, TjdRecordError code, const Path *path, const char *what)
{
  g_autoptr (GString) pointer = g_string_new ("#");

  append_path (pointer, path);
  tjd_record_set_error (error, code, pointer->str, "%s", what);
  return FALSE;
}

static gboolean
within (GError **error, const TjdField *field, gint64 value, gint64 default_max, const Path *path)
{
  gboolean unset = field->min == 0 && field->max == 0;
  gint64 min = field->min, max = unset ? default_max : field->max;
  g_autofree char *what = NULL;

  if (value >= min && value <= max)
    return TRUE;
  what = g_strdup_printf ("%s %s %" G_GINT64_FORMAT,
                          field->kind == TJD_KIND_INT      ? "must be"
                          : field->kind == TJD_KIND_STRING ? "must have a length of"
                                                           : "must have a count of",
                          value < min ? "at least" : "at most", value < min ? min : max);
  return fail (error, TJD_RECORD_ERROR_RANGE, path, what);
}

static gboolean
is_integer (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
check_string (const TjdField *field, const char *text, const Path *path, GError **error)
{
  g_autofree char *what = NULL;
  TjdField as_string = *field;

  as_string.kind = TJD_KIND_STRING;
  if (field->kind != TJD_KIND_STRING) /* an element: its list's bounds are not its own */
    as_string.min = as_string.max = 0;
  if (!within (error, &as_string, g_utf8_strlen (text, -1), DEFAULT_MAX_CHARACTERS, path))
    return FALSE;
  if (field->format == NULL || field->format->fits (text))
    return TRUE;
  what = g_strdup_printf ("is not a %s", field->format->name);
  return fail (error, TJD_RECORD_ERROR_FORMAT, path, what);
}

static gboolean
read_string (const TjdField *field, JsonNode *node, const Path *path, char **value, GError **error)
{
  if (!is_string (node))
    return fail (error, TJD_RECORD_ERROR_TYPE, path, "must be a string");
  if (!check_string (field, json_node_get_string (node), path, error))
    return FALSE;
  tjd_set_string (value, json_node_get_string (node));
  return TRUE;
}

static gboolean
read_int (const TjdField *field, JsonNode *node, const Path *path, gint64 *value, GError **error)
{
  TjdField as_int = *field;

  as_int.kind = TJD_KIND_INT;
  if (field->kind != TJD_KIND_INT)
    as_int.min = as_int.max = 0;
  if (!is_integer (node))
    return fail (error, TJD_RECORD_ERROR_TYPE, path, "must be an integer");
  *value = json_node_get_int (node);
  return within (error, &as_int, *value, TJD_INT_MAX, path);
}

static gboolean
read_enum (const TjdField *field, JsonNode *node, const Path *path, int *value, GError **error)
{
  if (!is_string (node))
    return fail (error, TJD_RECORD_ERROR_TYPE, path, "must be a string");
  *value = tjd_enum_from_nick (field->of (), json_node_get_string (node));
  if (*value < 0)
    return fail (error, TJD_RECORD_ERROR_RANGE, path, "is not one of the words allowed here");
  return TRUE;
}

static gboolean
read_nested (const TjdField *field,
             JsonNode *node,
             TjdReadFlags flags,
             const Path *path,
             gpointer *value,
             GError **error)
{
  g_autoptr (TjdRecord) record = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, TJD_RECORD_ERROR_TYPE, path, "must be an object");
  record = g_object_new (field->of (), NULL);
  if (!read_record (record, json_node_get_object (node), flags, path, error))
    return FALSE;
  g_clear_object (value);
  *value = g_steal_pointer (&record);
  return TRUE;
}

static gboolean
read_element (gpointer record,
              const TjdField *field,
              JsonNode *node,
              TjdReadFlags flags,
              const Path *path,
              GError **error)
{
  gint64 number;
  char *text = NULL;
  gpointer nested = NULL;

  switch (field->kind) {
  case TJD_KIND_INTS:
    if (!read_int (field, node, path, &number, error))
      return FALSE;
    g_array_append_val (tjd_field_at (record, field, GArray *), number);
    return TRUE;
  case TJD_KIND_STRINGS:
    if (!read_string (field, node, path, &text, error))
      return FALSE;
    g_ptr_array_add (tjd_field_at (record, field, GPtrArray *), text);
    return TRUE;
  default:
    if (!read_nested (field, node, flags, path, &nested, error))
      return FALSE;
    g_ptr_array_add (tjd_field_at (record, field, GPtrArray *), nested);
    return TRUE;
  }
}

static void
empty_list (gpointer record, const TjdField *field)
{
  if (field->kind == TJD_KIND_INTS)
    g_array_set_size (tjd_field_at (record, field, GArray *), 0);
  else
    g_ptr_array_set_size (tjd_field_at (record, field, GPtrArray *), 0);
}

static gboolean
read_list (gpointer record,
           const TjdField *field,
           JsonNode *node,
           TjdReadFlags flags,
           const Path *path,
           GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, TJD_RECORD_ERROR_TYPE, path, "must be an array");
  array = json_node_get_array (node);
  if (!within (error, field, json_array_get_length (array), DEFAULT_MAX_ELEMENTS, path))
    return FALSE;
  empty_list (record, field);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    Path element = { path, NULL, i };
    if (!read_element (record, field, json_array_get_element (array, i), flags, &element, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_bool (JsonNode *node, const Path *path, gboolean *value, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (error, TJD_RECORD_ERROR_TYPE, path, "must be true or false");
  *value = json_node_get_boolean (node);
  return TRUE;
}

/* The field may hold something already, where a row's column is read. */
static gboolean
read_null (gpointer record, const TjdField *field, const Path *path, GError **error)
{
  if (!(field->flags & TJD_NULLABLE))
    return fail (error, TJD_RECORD_ERROR_TYPE, path, "must not be null");
  if (field->kind == TJD_KIND_STRING)
    tjd_set_string (&tjd_field_at (record, field, char *), NULL);
  else if (field->kind == TJD_KIND_INT)
    tjd_field_at (record, field, gint64) = TJD_NO_INT;
  else if (field->kind == TJD_KIND_ENUM)
    tjd_field_at (record, field, int) = -1;
  else if (field->kind == TJD_KIND_RECORD)
    g_clear_object (&tjd_field_at (record, field, GObject *));
  return TRUE;
}

static gboolean
read_field (gpointer record,
            const TjdField *field,
            JsonNode *node,
            TjdReadFlags flags,
            const Path *path,
            GError **error)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return read_null (record, field, path, error);
  switch (field->kind) {
  case TJD_KIND_STRING:
    return read_string (field, node, path, &tjd_field_at (record, field, char *), error);
  case TJD_KIND_INT:
    return read_int (field, node, path, &tjd_field_at (record, field, gint64), error);
  case TJD_KIND_BOOL:
    return read_bool (node, path, &tjd_field_at (record, field, gboolean), error);
  case TJD_KIND_ENUM:
    return read_enum (field, node, path, &tjd_field_at (record, field, int), error);
  case TJD_KIND_RECORD:
    return read_nested (field, node, flags, path, &tjd_field_at (record, field, gpointer), error);
  case TJD_KIND_RECORDS:
  case TJD_KIND_STRINGS:
  case TJD_KIND_INTS:
    return read_list (record, field, node, flags, path, error);
  }
  g_assert_not_reached ();
}

static gboolean
refuse_unknown (
    JsonObject *object, const TjdField *fields, guint n_fields, const Path *path, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  guint i;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL)) {
    Path member = { path, name, 0 };
    for (i = 0; i < n_fields && strcmp (fields[i].name, name) != 0; i++)
      ;
    if (i == n_fields)
      return fail (error, TJD_RECORD_ERROR_UNKNOWN, &member, "is not a member that is known here");
  }
  return TRUE;
}

static gboolean
read_record (
    gpointer record, JsonObject *object, TjdReadFlags flags, const Path *path, GError **error)
{
  guint n_fields;
  const TjdField *fields = tjd_record_type_get_fields (G_OBJECT_TYPE (record), &n_fields);

  for (guint i = 0; i < n_fields; i++) {
    Path member = { path, fields[i].name, 0 };
    JsonNode *node = json_object_get_member (object, fields[i].name);

    if (node == NULL && (fields[i].flags & TJD_REQUIRED))
      return fail (error, TJD_RECORD_ERROR_MISSING, &member, "is missing");
    if (node != NULL && !read_field (record, &fields[i], node, flags, &member, error))
      return FALSE;
  }
  return (flags & TJD_READ_LENIENT) || refuse_unknown (object, fields, n_fields, path, error);
}

gpointer
tjd_record_from_node (GType type, JsonNode *node, TjdReadFlags flags, GError **error)
{
  g_autoptr (TjdRecord) record = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    fail (error, TJD_RECORD_ERROR_TYPE, NULL, "must be an object");
    return NULL;
  }
  record = g_object_new (type, NULL);
  if (!read_record (record, json_node_get_object (node), flags, NULL, error))
    return NULL;
  return g_steal_pointer (&record);
}

static JsonNode *
parse (const char *bytes, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) odd = NULL;

  if (!tjd_scan (bytes, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, bytes, (gssize) length, &odd)) {
    fail (error, TJD_RECORD_ERROR_SYNTAX, NULL, odd->message);
    return NULL;
  }
  return json_parser_steal_root (parser);
}

gpointer
tjd_record_from_json (
    GType type, const char *bytes, gsize length, TjdReadFlags flags, GError **error)
{
  g_autoptr (JsonNode) root = parse (bytes, length, error);

  return root != NULL ? tjd_record_from_node (type, root, flags, error) : NULL;
}

static JsonNode *
write_list (gpointer record, const TjdField *field)
{
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;

  if (field->kind == TJD_KIND_INTS) {
    GArray *list = tjd_field_at (record, field, GArray *);
    for (guint i = 0; i < list->len; i++)
      json_array_add_int_element (array, g_array_index (list, gint64, i));
  } else {
    GPtrArray *list = tjd_field_at (record, field, GPtrArray *);
    for (guint i = 0; i < list->len; i++) {
      if (field->kind == TJD_KIND_STRINGS)
        json_array_add_string_element (array, list->pdata[i]);
      else
        json_array_add_element (array, tjd_record_to_node (list->pdata[i]));
    }
  }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, g_steal_pointer (&array));
  return node;
}

/* NULL where the field is null. */
static JsonNode *
write_field (gpointer record, const TjdField *field)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  gboolean null = FALSE;

  switch (field->kind) {
  case TJD_KIND_STRING:
    null = tjd_field_at (record, field, char *) == NULL;
    if (!null)
      json_node_set_string (node, tjd_field_at (record, field, char *));
    break;
  case TJD_KIND_INT:
    null = tjd_field_at (record, field, gint64) == TJD_NO_INT;
    json_node_set_int (node, tjd_field_at (record, field, gint64));
    break;
  case TJD_KIND_BOOL:
    json_node_set_boolean (node, tjd_field_at (record, field, gboolean));
    break;
  case TJD_KIND_ENUM:
    null = tjd_field_at (record, field, int) < 0;
    json_node_set_string (node, tjd_enum_to_nick (field->of (), tjd_field_at (record, field, int)));
    break;
  case TJD_KIND_RECORD:
    g_clear_pointer (&node, json_node_unref);
    if (tjd_field_at (record, field, gpointer) != NULL)
      node = tjd_record_to_node (tjd_field_at (record, field, gpointer));
    break;
  case TJD_KIND_RECORDS:
  case TJD_KIND_STRINGS:
  case TJD_KIND_INTS:
    json_node_unref (node);
    node = write_list (record, field);
    break;
  }
  if (null)
    g_clear_pointer (&node, json_node_unref);
  return node;
}

JsonNode *
tjd_record_to_node (gpointer record)
{
  guint n_fields;
  const TjdField *fields = tjd_record_type_get_fields (G_OBJECT_TYPE (record), &n_fields);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < n_fields; i++) {
    JsonNode *value = write_field (record, &fields[i]);
    if (value != NULL)
      json_object_set_member (object, fields[i].name, value);
    else if (fields[i].flags & TJD_REQUIRED)
      json_object_set_null_member (object, fields[i].name);
  }
  json_node_take_object (node, object);
  return node;
}

/* json-glib escapes the control characters but for the last, U+001F, which RFC 8259 7 wants escaped
 * like the others. */
static char *
print (JsonNode *node)
{
  g_autofree char *json = json_to_string (node, FALSE);
  GString *text;

  if (strchr (json, 0x1f) == NULL)
    return g_steal_pointer (&json);
  text = g_string_new (json);
  g_string_replace (text, "\x1f", "\\u001f", 0);
  return g_string_free (text, FALSE);
}

char *
tjd_record_to_json (gpointer record)
{
  g_autoptr (JsonNode) node = tjd_record_to_node (record);
  return print (node);
}

char *
tjd_field_to_json (gpointer record, const TjdField *field)
{
  g_autoptr (JsonNode) node = write_field (record, field);
  return node != NULL ? print (node) : NULL;
}

gboolean
tjd_field_from_json (gpointer record, const TjdField *field, const char *json, GError **error)
{
  g_autoptr (JsonNode) node = parse (json, strlen (json), error);
  Path member = { NULL, field->name, 0 };

  return node != NULL && read_field (record, field, node, TJD_READ_STRICT, &member, error);
}
