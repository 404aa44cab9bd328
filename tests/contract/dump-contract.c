/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "consignment.h"
#include "endpoint.h"
#include "order.h"
#include "payment.h"
#include "problem.h"
#include "sign-in.h"

/* The contract's tables as JSON, for test-api.py to hold the documents in data/api against:
 *
 *   dump-contract          endpoints, records and problems on standard output
 *   dump-contract read     reads lines "Type<TAB>JSON" and says "ok" or the fault for each
 */

static void
add_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonArray *
nicks_of (GType type)
{
  JsonArray *nicks = json_array_new ();

  for (int i = 0; tjd_enum_to_nick (type, i) != NULL; i++)
    json_array_add_string_element (nicks, tjd_enum_to_nick (type, i));
  return nicks;
}

static void
set_bounds (JsonObject *object, const TjdField *field)
{
  static const gint64 usual[] = {
    [TJD_KIND_STRING] = 256,  [TJD_KIND_INT] = TJD_INT_MAX, [TJD_KIND_RECORDS] = 500,
    [TJD_KIND_STRINGS] = 500, [TJD_KIND_INTS] = 500,
  };
  gboolean given = field->min != 0 || field->max != 0;

  if (field->kind == TJD_KIND_BOOL || field->kind == TJD_KIND_ENUM ||
      field->kind == TJD_KIND_RECORD ||
      (field->kind == TJD_KIND_STRING && field->format != NULL && !given))
    return;
  json_object_set_int_member (object, "min", given ? field->min : 0);
  json_object_set_int_member (object, "max", given ? field->max : usual[field->kind]);
}

static void dump_type (JsonObject *records, GType type);

static JsonObject *
dump_field (JsonObject *records, const TjdField *field)
{
  static const char *const kinds[] = { "string", "int",     "bool",    "enum",
                                       "record", "records", "strings", "ints" };
  JsonObject *object = json_object_new ();

  add_string (object, "kind", kinds[field->kind]);
  json_object_set_boolean_member (object, "required", (field->flags & TJD_REQUIRED) != 0);
  json_object_set_boolean_member (object, "nullable", (field->flags & TJD_NULLABLE) != 0);
  add_string (object, "format", field->format != NULL ? field->format->name : NULL);
  if (field->kind == TJD_KIND_ENUM)
    json_object_set_array_member (object, "enum", nicks_of (field->of ()));
  if (field->kind == TJD_KIND_RECORD || field->kind == TJD_KIND_RECORDS) {
    add_string (object, "of", g_type_name (field->of ()) + strlen ("Tjd"));
    dump_type (records, field->of ());
  }
  set_bounds (object, field);
  return object;
}

static void
dump_type (JsonObject *records, GType type)
{
  const char *name = g_type_name (type) + strlen ("Tjd");
  JsonObject *object;
  const TjdField *fields;
  guint n_fields;

  if (json_object_has_member (records, name))
    return;
  object = json_object_new ();
  json_object_set_object_member (records, name, object);
  fields = tjd_record_type_get_fields (type, &n_fields);
  for (guint i = 0; i < n_fields; i++)
    json_object_set_object_member (object, fields[i].name, dump_field (records, &fields[i]));
}

static void
add_type (JsonObject *records, JsonObject *object, const char *name, GType (*type) (void))
{
  if (type == NULL)
    return;
  dump_type (records, type ());
  add_string (object, name, g_type_name (type ()) + strlen ("Tjd"));
}

static JsonArray *
callers_of (const TjdEndpoint *endpoint)
{
  JsonArray *callers = json_array_new ();

  if (endpoint->callers & TJD_CALLER_ANYONE)
    json_array_add_string_element (callers, "anyone");
  if (endpoint->callers & TJD_CALLER_CLIENT)
    json_array_add_string_element (callers, "client");
  if (endpoint->callers & TJD_CALLER_PERSON)
    json_array_add_string_element (callers, "person");
  if (endpoint->callers & TJD_CALLER_OPERATOR)
    json_array_add_string_element (callers, "operator");
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    if (endpoint->callers & (guint) TJD_CALLER (i))
      json_array_add_string_element (callers, tjd_party_name (i));
  return callers;
}

static JsonObject *
dump_endpoint (JsonObject *records, const TjdEndpoint *endpoint)
{
  JsonObject *object = json_object_new ();

  add_string (object, "party", tjd_party_name (endpoint->party));
  add_string (object, "method", endpoint->method);
  add_string (object, "path", endpoint->path);
  json_object_set_array_member (object, "callers", callers_of (endpoint));
  add_string (object, "scope", endpoint->scope);
  json_object_set_boolean_member (object, "keyed", endpoint->keyed);
  json_object_set_boolean_member (object, "form", endpoint->form);
  add_type (records, object, "query", endpoint->query);
  add_type (records, object, "request", endpoint->request);
  add_type (records, object, "reply", endpoint->reply);
  return object;
}

static JsonObject *
dump_problem (TjdProblemCode code)
{
  const TjdProblemRow *row = tjd_problem_row (code);
  JsonObject *object = json_object_new ();

  add_string (object, "name", row->name);
  json_object_set_int_member (object, "status", row->status);
  add_string (object, "title", row->title);
  add_string (object, "error", row->oauth);
  return object;
}

static void
dump (void)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonObject *all = json_object_new (), *records = json_object_new ();
  JsonArray *endpoints = json_array_new (), *problems = json_array_new ();

  dump_type (records, tjd_problem_get_type ());
  dump_type (records, tjd_payment_request_get_type ());
  for (guint i = 0; i < TJD_N_ENDPOINTS; i++)
    json_array_add_object_element (endpoints, dump_endpoint (records, tjd_endpoint (i)));
  for (guint i = 0; i < TJD_N_PROBLEMS; i++)
    json_array_add_object_element (problems, dump_problem (i));
  json_object_set_array_member (all, "endpoints", endpoints);
  json_object_set_object_member (all, "records", records);
  json_object_set_array_member (all, "problems", problems);
  json_node_take_object (node, all);
  text = json_to_string (node, TRUE);
  puts (text);
}

static void
read_line (char *line)
{
  char *tab = strchr (line, '\t');
  g_autofree char *name = g_strdup_printf ("Tjd%.*s", tab != NULL ? (int) (tab - line) : 0, line);
  GType type = g_type_from_name (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdRecord) record = NULL;

  if (tab == NULL || type == 0) {
    printf ("there is no record %s\n", name);
    return;
  }
  record = tjd_record_from_json (type, tab + 1, strlen (tab + 1), TJD_READ_STRICT, &error);
  puts (record != NULL ? "ok" : error->message);
}

int
main (int argc, char **argv)
{
  g_autofree char *line = NULL;
  size_t size = 0;
  ssize_t length;
  g_autoptr (JsonObject) types = json_object_new ();

  if (argc == 1) {
    dump ();
    return 0;
  }
  for (guint i = 0; i < TJD_N_ENDPOINTS; i++) /* registers the types by their names */
    json_object_unref (dump_endpoint (types, tjd_endpoint (i)));
  dump_type (types, tjd_problem_get_type ());
  dump_type (types, tjd_payment_request_get_type ());
  while ((length = getline (&line, &size, stdin)) > 0) {
    line[strcspn (line, "\n")] = '\0';
    read_line (line);
  }
  return 0;
}
