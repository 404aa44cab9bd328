/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-people.h"

#include <json-glib/json-glib.h>

#include "foreign.h"
#include "numerals.h"
#include "plurals.h"

static JsonObject *
load_seed (JsonParser *parser)
{
  g_autoptr (GBytes) seed =
      g_resources_lookup_data (TJD_RESOURCES "seed.json", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  json_parser_load_from_data (parser, g_bytes_get_data (seed, NULL),
                              (gssize) g_bytes_get_size (seed), NULL);
  return json_node_get_object (json_parser_get_root (parser));
}

static char *
name_of (const TjdLocale *locale, JsonObject *object)
{
  return tjd_name_text (locale, json_object_get_string_member (object, "name_en"),
                        json_object_get_string_member (object, "name_ar"));
}

static void
add_item (GMenu *menu, const char *name, const char *what, const char *action, const char *id)
{
  g_autofree char *label = g_strdup_printf ("%s – %s", name, what);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
add_resident (GMenu *menu, const TjdLocale *locale, JsonObject *person, const char *action)
{
  guint n = json_array_get_length (json_object_get_array_member (person, "permits"));
  g_autofree char *name = name_of (locale, person);
  g_autofree char *count = tjd_number_text (locale, n);
  g_autofree char *what = g_strdup_printf (ngettext ("%s permit", "%s permits", n), count);

  if (n > 0)
    add_item (menu, name, what, action, json_object_get_string_member (person, "personal_id"));
}

static JsonObject *
find_person (JsonArray *people, const char *personal_id)
{
  for (guint i = 0; i < json_array_get_length (people); i++) {
    JsonObject *person = json_array_get_object_element (people, i);
    if (g_str_equal (json_object_get_string_member (person, "personal_id"), personal_id))
      return person;
  }
  return NULL;
}

static void
add_officers (GMenu *menu,
              const TjdLocale *locale,
              JsonArray *people,
              JsonObject *company,
              const char *action)
{
  JsonArray *officers = json_object_get_array_member (company, "officers");
  g_autofree char *of = name_of (locale, company);

  for (guint i = 0; i < json_array_get_length (officers); i++) {
    JsonObject *officer = json_array_get_object_element (officers, i);
    const char *id = json_object_get_string_member (officer, "personal_id");
    JsonObject *person = find_person (people, id);
    g_autofree char *name = person != NULL ? name_of (locale, person) : g_strdup (id);
    add_item (menu, name, of, action, id);
  }
}

GMenuModel *
tjd_demo_people_menu (const TjdLocale *locale, const char *action)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *seed = load_seed (parser);
  JsonArray *people = json_object_get_array_member (seed, "people");
  JsonArray *companies = json_object_get_array_member (seed, "companies");
  g_autoptr (GMenu) residents = g_menu_new ();
  g_autoptr (GMenu) officers = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < json_array_get_length (people); i++)
    add_resident (residents, locale, json_array_get_object_element (people, i), action);
  for (guint i = 0; i < json_array_get_length (companies); i++)
    add_officers (officers, locale, people, json_array_get_object_element (companies, i), action);
  g_menu_append_section (menu, _ ("Residents"), G_MENU_MODEL (residents));
  g_menu_append_section (menu, _ ("For companies"), G_MENU_MODEL (officers));
  return G_MENU_MODEL (menu);
}
