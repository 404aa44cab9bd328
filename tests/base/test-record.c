/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "clock.h"
#include "record.h"

/* A record with every kind in every state, and one that is as flat as a form. */

typedef enum { COLOUR_RED, COLOUR_DEEP_GREEN, COLOUR_BLUE } Colour;
GType test_colour_get_type (void);
TJD_DEFINE_ENUM (TestColour, test_colour, "red", "deep-green", "blue")

static gboolean
is_lower (const char *text)
{
  return strspn (text, "abcdefghijklmnopqrstuvwxyz") == strlen (text);
}
static const TjdFormat lower = { "lower-case word", is_lower };

TJD_DECLARE_RECORD (TestLeaf, test_leaf)
struct _TestLeaf {
  TjdRecord parent;
  char *name_ar;
  gint64 count;
};
static const TjdField leaf_fields[] = {
  TJD_STRING (TestLeaf, name_ar, TJD_REQUIRED),
  TJD_INT (TestLeaf, count, TJD_REQUIRED, .min = -5, .max = 5),
};
TJD_DEFINE_RECORD (TestLeaf, test_leaf, leaf_fields)

TJD_DECLARE_RECORD (TestTree, test_tree)
struct _TestTree {
  TjdRecord parent;
  char *word, *note, *pin;
  gint64 number, maybe;
  gboolean flag;
  Colour colour, shade;
  TestLeaf *leaf, *spare;
  GPtrArray *leaves, *words;
  GArray *numbers;
};
static const TjdField tree_fields[] = {
  TJD_STRING (TestTree, word, TJD_REQUIRED, .format = &lower, .min = 2, .max = 8),
  TJD_STRING (TestTree, note, TJD_REQUIRED | TJD_NULLABLE),
  TJD_STRING (TestTree, pin, TJD_SECRET, .max = 4),
  TJD_INT (TestTree, number, TJD_REQUIRED),
  TJD_INT (TestTree, maybe, TJD_NULLABLE, .min = G_MININT64 + 1, .max = G_MAXINT64),
  TJD_BOOL (TestTree, flag, TJD_REQUIRED),
  TJD_ENUM (TestTree, colour, test_colour_get_type, TJD_REQUIRED),
  TJD_ENUM (TestTree, shade, test_colour_get_type, TJD_OPTIONAL),
  TJD_NESTED (TestTree, leaf, test_leaf_get_type, TJD_REQUIRED),
  TJD_NESTED (TestTree, spare, test_leaf_get_type, TJD_REQUIRED | TJD_NULLABLE),
  TJD_LIST (TestTree, leaves, test_leaf_get_type, TJD_REQUIRED, .min = 1, .max = 3),
  TJD_STRINGS (TestTree, words, TJD_OPTIONAL, .format = &lower),
  TJD_INTS (TestTree, numbers, TJD_OPTIONAL, .max = 4),
};
TJD_DEFINE_RECORD (TestTree, test_tree, tree_fields)

TJD_DECLARE_RECORD (TestForm, test_form)
struct _TestForm {
  TjdRecord parent;
  char *text, *other;
  gint64 number;
  gboolean flag;
  Colour colour;
};
static const TjdField form_fields[] = {
  TJD_STRING (TestForm, text, TJD_REQUIRED),
  TJD_STRING (TestForm, other, TJD_OPTIONAL),
  TJD_INT (TestForm, number, TJD_OPTIONAL, .min = -10, .max = G_MAXINT64),
  TJD_BOOL (TestForm, flag, TJD_OPTIONAL),
  TJD_ENUM (TestForm, colour, test_colour_get_type, TJD_OPTIONAL),
};
TJD_DEFINE_RECORD (TestForm, test_form, form_fields)

#define FULL                                                                                   \
  "{\"word\":\"oak\",\"note\":\"n\",\"pin\":\"1234\",\"number\":7,\"maybe\":-9,\"flag\":true," \
  "\"colour\":\"deep-green\",\"shade\":\"blue\",\"leaf\":{\"name_ar\":\"و\",\"count\":-5},"   \
  "\"spare\":{\"name_ar\":\"\",\"count\":5},\"leaves\":[{\"name_ar\":\"a\",\"count\":1},"      \
  "{\"name_ar\":\"b\",\"count\":2}],\"words\":[\"ab\",\"\"],\"numbers\":[0,3]}"
#define BARE                                                                              \
  "{\"word\":\"oak\",\"note\":null,\"number\":0,\"flag\":false,\"colour\":\"red\","       \
  "\"leaf\":{\"name_ar\":\"\",\"count\":0},\"spare\":null,\"leaves\":[{\"name_ar\":\"\"," \
  "\"count\":0}],\"words\":[],\"numbers\":[]}"

static TestTree *
read_tree (const char *json)
{
  g_autoptr (GError) error = NULL;
  TestTree *tree =
      tjd_record_from_json (test_tree_get_type (), json, strlen (json), TJD_READ_STRICT, &error);

  g_assert_no_error (error);
  return tree;
}

static void
test_full (void)
{
  g_autoptr (TestTree) tree = read_tree (FULL);
  g_autofree char *json = tjd_record_to_json (tree);

  g_assert_cmpstr (tree->word, ==, "oak");
  g_assert_cmpstr (tree->pin, ==, "1234");
  g_assert_cmpint (tree->number, ==, 7);
  g_assert_cmpint (tree->maybe, ==, -9);
  g_assert_true (tree->flag);
  g_assert_cmpint (tree->colour, ==, COLOUR_DEEP_GREEN);
  g_assert_cmpint (tree->shade, ==, COLOUR_BLUE);
  g_assert_cmpstr (tree->leaf->name_ar, ==, "و");
  g_assert_cmpint (tree->spare->count, ==, 5);
  g_assert_cmpuint (tree->leaves->len, ==, 2);
  g_assert_cmpint (((TestLeaf *) tree->leaves->pdata[1])->count, ==, 2);
  g_assert_cmpstr (tree->words->pdata[0], ==, "ab");
  g_assert_cmpint (g_array_index (tree->numbers, gint64, 1), ==, 3);
  g_assert_cmpstr (json, ==, FULL);
}

static void
test_bare (void)
{
  g_autoptr (TestTree) tree = read_tree (BARE);
  g_autofree char *json = tjd_record_to_json (tree);

  g_assert_null (tree->note);
  g_assert_null (tree->pin);
  g_assert_cmpint (tree->maybe, ==, TJD_NO_INT);
  g_assert_cmpint ((int) tree->shade, ==, -1);
  g_assert_null (tree->spare);
  g_assert_cmpuint (tree->words->len, ==, 0);
  g_assert_cmpuint (tree->numbers->len, ==, 0);
  g_assert_cmpstr (json, ==, BARE);
}

/* BARE with one piece changed, and what is wrong with it then. */
static void
test_errors (void)
{
  static const struct {
    const char *from, *to;
    TjdRecordError code;
    const char *pointer;
  } rows[] = {
    { "\"number\":0", "\"number\":01", TJD_RECORD_ERROR_SYNTAX, "#/number" },
    { "\"number\":0", "\"number\":0,\"x y\":1", TJD_RECORD_ERROR_UNKNOWN, "#/x%20y" },
    { "\"count\":0},", "\"count\":0,\"a/b~\":1},", TJD_RECORD_ERROR_UNKNOWN, "#/leaf/a~1b~0" },
    { "\"number\":0,", "", TJD_RECORD_ERROR_MISSING, "#/number" },
    { "\"note\":null,", "", TJD_RECORD_ERROR_MISSING, "#/note" },
    { "\"count\":0}]", "\"count\":0},{\"count\":0}]", TJD_RECORD_ERROR_MISSING,
      "#/leaves/1/name_ar" },
    { "\"number\":0", "\"number\":null", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "\"number\":0", "\"number\":\"0\"", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "\"number\":0", "\"number\":0.0", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "\"number\":0", "\"number\":1e2", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "\"number\":0", "\"number\":true", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "\"number\":0", "\"number\":{}", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "\"flag\":false", "\"flag\":0", TJD_RECORD_ERROR_TYPE, "#/flag" },
    { "\"flag\":false", "\"flag\":\"false\"", TJD_RECORD_ERROR_TYPE, "#/flag" },
    { "\"flag\":false", "\"flag\":null", TJD_RECORD_ERROR_TYPE, "#/flag" },
    { "\"oak\"", "7", TJD_RECORD_ERROR_TYPE, "#/word" },
    { "\"red\"", "0", TJD_RECORD_ERROR_TYPE, "#/colour" },
    { "\"red\"", "null", TJD_RECORD_ERROR_TYPE, "#/colour" },
    { "\"spare\":null", "\"spare\":[]", TJD_RECORD_ERROR_TYPE, "#/spare" },
    { "\"words\":[]", "\"words\":{}", TJD_RECORD_ERROR_TYPE, "#/words" },
    { "\"words\":[]", "\"words\":null", TJD_RECORD_ERROR_TYPE, "#/words" },
    { "\"words\":[]", "\"words\":[\"a\",1]", TJD_RECORD_ERROR_TYPE, "#/words/1" },
    { "\"words\":[]", "\"words\":[null]", TJD_RECORD_ERROR_TYPE, "#/words/0" },
    { "\"numbers\":[]", "\"numbers\":[1.5]", TJD_RECORD_ERROR_TYPE, "#/numbers/0" },
    { "[{\"name_ar\":\"\",\"count\":0}]", "[1]", TJD_RECORD_ERROR_TYPE, "#/leaves/0" },
    { "\"number\":0", "\"number\":-1", TJD_RECORD_ERROR_RANGE, "#/number" },
    { "\"number\":0", "\"number\":9007199254740992", TJD_RECORD_ERROR_RANGE, "#/number" },
    { "\"number\":0", "\"number\":0,\"maybe\":-9223372036854775808", TJD_RECORD_ERROR_RANGE,
      "#/maybe" },
    { "\"count\":0},", "\"count\":6},", TJD_RECORD_ERROR_RANGE, "#/leaf/count" },
    { "\"count\":0}]", "\"count\":-6}]", TJD_RECORD_ERROR_RANGE, "#/leaves/0/count" },
    { "\"red\"", "\"Red\"", TJD_RECORD_ERROR_RANGE, "#/colour" },
    { "\"red\"", "\"\"", TJD_RECORD_ERROR_RANGE, "#/colour" },
    { "\"oak\"", "\"o\"", TJD_RECORD_ERROR_RANGE, "#/word" },
    { "\"oak\"", "\"oakoakoak\"", TJD_RECORD_ERROR_RANGE, "#/word" },
    { "[{\"name_ar\":\"\",\"count\":0}]", "[]", TJD_RECORD_ERROR_RANGE, "#/leaves" },
    { "\"numbers\":[]", "\"numbers\":[1,2,3,4,5]", TJD_RECORD_ERROR_RANGE, "#/numbers" },
    { "\"numbers\":[]", "\"numbers\":[1,-2]", TJD_RECORD_ERROR_RANGE, "#/numbers/1" },
    { "\"oak\"", "\"Oak\"", TJD_RECORD_ERROR_FORMAT, "#/word" },
    { "\"words\":[]", "\"words\":[\"a\",\"B\"]", TJD_RECORD_ERROR_FORMAT, "#/words/1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *at = strstr (BARE, rows[i].from);
    g_autofree char *json = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_nonnull (at);
    json = g_strdup_printf ("%.*s%s%s", (int) (at - BARE), BARE, rows[i].to,
                            at + strlen (rows[i].from));
    g_test_message ("%s", json);
    g_assert_null (
        tjd_record_from_json (test_tree_get_type (), json, strlen (json), TJD_READ_STRICT, &error));
    g_assert_error (error, TJD_RECORD_ERROR, (int) rows[i].code);
    g_assert_cmpstr (tjd_record_error_get_pointer (error), ==, rows[i].pointer);
    g_assert_true (g_str_has_prefix (error->message, rows[i].pointer));
  }
}

static void
test_roots (void)
{
  static const char *const roots[] = { "[]", "null", "1", "\"a\"" };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (tjd_record_from_json (test_tree_get_type (), roots[i], strlen (roots[i]),
                                         TJD_READ_LENIENT, &error));
    g_assert_error (error, TJD_RECORD_ERROR, TJD_RECORD_ERROR_TYPE);
    g_assert_cmpstr (tjd_record_error_get_pointer (error), ==, "#");
  }
  g_assert_null (tjd_record_from_json (test_tree_get_type (), NULL, 0, TJD_READ_STRICT, NULL));
}

/* Unknown members are passed over at every level, and only those. */
static void
test_lenient (void)
{
  const char *json = "{\"word\":\"oak\",\"note\":null,\"number\":0,\"flag\":false,\"more\":[{}],"
                     "\"colour\":\"red\",\"leaf\":{\"name_ar\":\"\",\"count\":0,\"more\":1.5},"
                     "\"spare\":null,\"leaves\":[{\"name_ar\":\"\",\"more\":null,\"count\":0}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (TestTree) tree =
      tjd_record_from_json (test_tree_get_type (), json, strlen (json), TJD_READ_LENIENT, &error);
  g_autoptr (TestTree) bare = read_tree (BARE);

  g_assert_no_error (error);
  g_assert_true (tjd_record_equal (tree, bare));
  g_assert_null (
      tjd_record_from_json (test_leaf_get_type (), "{\"more\":1}", 10, TJD_READ_LENIENT, &error));
  g_assert_error (error, TJD_RECORD_ERROR, TJD_RECORD_ERROR_MISSING);
}

/* Bounds count characters, not bytes; the default for a string is 256. */
static void
test_characters (void)
{
  g_autofree char *fits = g_strnfill (256, 'x');
  g_autoptr (GString) arabic = g_string_new (NULL);
  g_autofree char *json = NULL, *longer = NULL;

  for (guint i = 0; i < 256; i++)
    g_string_append (arabic, "ت");
  json = g_strdup_printf ("{\"name_ar\":\"%s\",\"count\":0}", arabic->str);
  g_object_unref (
      tjd_record_from_json (test_leaf_get_type (), json, strlen (json), TJD_READ_STRICT, NULL));
  longer = g_strdup_printf ("{\"name_ar\":\"%sx\",\"count\":0}", fits);
  g_assert_null (
      tjd_record_from_json (test_leaf_get_type (), longer, strlen (longer), TJD_READ_STRICT, NULL));
}

/* The error of an error: copied and freed with its pointer. */
static void
test_error_copy (void)
{
  g_autoptr (GError) error = NULL, copy = NULL;

  tjd_record_set_error (&error, TJD_RECORD_ERROR_RANGE, "#/a/0", "%d is too much", 7);
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_cmpstr (tjd_record_error_get_pointer (copy), ==, "#/a/0");
  g_assert_cmpstr (copy->message, ==, "#/a/0: 7 is too much");
  tjd_record_set_error (NULL, TJD_RECORD_ERROR_RANGE, "#", "nobody asked");
}

/* Every control character that a string may hold, and what is beside the basic plane. */
static void
test_all_characters (void)
{
  g_autoptr (TestLeaf) leaf = test_leaf_new ();

  for (gunichar c = 1; c < 0x11000; c++) {
    char text[8] = { 0 };
    g_autofree char *json = NULL;
    g_autoptr (TestLeaf) again = NULL;
    g_autoptr (GError) error = NULL;

    if (c >= 0xd800 && c <= 0xdfff)
      continue;
    g_unichar_to_utf8 (c, text);
    tjd_set_string (&leaf->name_ar, text);
    json = tjd_record_to_json (leaf);
    again =
        tjd_record_from_json (test_leaf_get_type (), json, strlen (json), TJD_READ_STRICT, &error);
    if (error != NULL)
      g_test_message ("U+%04X", c);
    g_assert_no_error (error);
    g_assert_cmpstr (again->name_ar, ==, text);
  }
}

static char *
random_text (const TjdEntropy *entropy, guint64 max)
{
  GString *text = g_string_new (NULL);

  for (guint64 n = tjd_entropy_below (entropy, max + 1); n > 0; n--) {
    gunichar c;
    do
      c = (gunichar) (1 + tjd_entropy_below (entropy,
                                             tjd_entropy_below (entropy, 2) ? 0x7f : 0x10ffff));
    while (!g_unichar_validate (c));
    g_string_append_unichar (text, c);
  }
  return g_string_free (text, FALSE);
}

static char *
random_word (const TjdEntropy *entropy)
{
  char *word = g_strnfill (2 + tjd_entropy_below (entropy, 7), 'a');

  for (char *c = word; *c != '\0'; c++)
    *c = (char) ('a' + tjd_entropy_below (entropy, 26));
  return word;
}

static TestLeaf *
random_leaf (const TjdEntropy *entropy)
{
  TestLeaf *leaf = test_leaf_new ();

  leaf->name_ar = random_text (entropy, 30);
  leaf->count = (gint64) tjd_entropy_below (entropy, 11) - 5;
  return leaf;
}

static TestTree *
random_tree (const TjdEntropy *entropy)
{
  TestTree *tree = test_tree_new ();
#define CHANCE tjd_entropy_below (entropy, 2)

  tree->word = random_word (entropy);
  tree->note = CHANCE ? random_text (entropy, 100) : NULL;
  tree->pin = CHANCE ? random_text (entropy, 4) : NULL;
  tree->number = (gint64) tjd_entropy_below (entropy, TJD_INT_MAX + 1);
  if (CHANCE)
    tjd_entropy_fill (entropy, (guint8 *) &tree->maybe, sizeof tree->maybe);
  tree->flag = (gboolean) CHANCE;
  tree->colour = (Colour) tjd_entropy_below (entropy, 3);
  tree->shade = (Colour) ((int) tjd_entropy_below (entropy, 4) - 1);
  tree->leaf = random_leaf (entropy);
  tree->spare = CHANCE ? random_leaf (entropy) : NULL;
  for (guint64 n = 1 + tjd_entropy_below (entropy, 3); n > 0; n--)
    g_ptr_array_add (tree->leaves, random_leaf (entropy));
  for (guint64 n = tjd_entropy_below (entropy, 6); n > 0; n--)
    g_ptr_array_add (tree->words, random_word (entropy));
  for (guint64 n = tjd_entropy_below (entropy, 5); n > 0; n--) {
    gint64 number = (gint64) tjd_entropy_below (entropy, 1000);
    g_array_append_val (tree->numbers, number);
  }
  return tree;
}

static void
assert_same_fields (TestTree *a, TestTree *b)
{
  g_assert_cmpstr (a->word, ==, b->word);
  g_assert_cmpstr (a->note, ==, b->note);
  g_assert_cmpstr (a->pin, ==, b->pin);
  g_assert_cmpint (a->number, ==, b->number);
  g_assert_cmpint (a->maybe, ==, b->maybe);
  g_assert_cmpint (a->flag, ==, b->flag);
  g_assert_cmpint (a->colour, ==, b->colour);
  g_assert_cmpint ((int) a->shade, ==, (int) b->shade);
  g_assert_cmpstr (a->leaf->name_ar, ==, b->leaf->name_ar);
  g_assert_cmpint (a->spare == NULL, ==, b->spare == NULL);
  g_assert_cmpuint (a->leaves->len, ==, b->leaves->len);
  for (guint i = 0; i < a->leaves->len; i++)
    g_assert_cmpint (((TestLeaf *) a->leaves->pdata[i])->count, ==,
                     ((TestLeaf *) b->leaves->pdata[i])->count);
  g_assert_cmpuint (a->words->len, ==, b->words->len);
  for (guint i = 0; i < a->words->len; i++)
    g_assert_cmpstr (a->words->pdata[i], ==, b->words->pdata[i]);
  g_assert_cmpmem (a->numbers->data, a->numbers->len * 8, b->numbers->data, b->numbers->len * 8);
}

static void
test_random (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (1000);

  for (guint i = 0; i < 1000; i++) {
    g_autoptr (TestTree) tree = random_tree (entropy);
    g_autofree char *json = tjd_record_to_json (tree);
    g_autoptr (TestTree) again = read_tree (json);
    g_autoptr (TestTree) copy = tjd_record_copy (tree);
    g_autofree char *json_again = tjd_record_to_json (again);

    g_assert_cmpstr (json, ==, json_again);
    assert_same_fields (tree, again);
    assert_same_fields (tree, copy);
    g_assert_true (tjd_record_equal (tree, again));
    g_assert_true (tjd_record_equal (tree, copy));
  }
}

/* A copy shares nothing, and each field by itself makes two records differ. */
static void
test_copy_differs (void)
{
  g_autoptr (TestTree) tree = read_tree (FULL);
  gint64 more = 4;

  for (guint i = 0; i < G_N_ELEMENTS (tree_fields); i++) {
    g_autoptr (TestTree) copy = tjd_record_copy (tree);
    switch (tree_fields[i].kind) {
    case TJD_KIND_STRING:
      tjd_field_at (copy, &tree_fields[i], char *)[0] ^= 1;
      break;
    case TJD_KIND_INT:
      tjd_field_at (copy, &tree_fields[i], gint64)++;
      break;
    case TJD_KIND_BOOL:
    case TJD_KIND_ENUM:
      tjd_field_at (copy, &tree_fields[i], int) = 0;
      break;
    case TJD_KIND_RECORD:
      tjd_field_at (copy, &tree_fields[i], TestLeaf *)->count = 0;
      break;
    case TJD_KIND_RECORDS:
    case TJD_KIND_STRINGS:
      g_ptr_array_set_size (tjd_field_at (copy, &tree_fields[i], GPtrArray *), 1);
      break;
    case TJD_KIND_INTS:
      g_array_append_val (tjd_field_at (copy, &tree_fields[i], GArray *), more);
      break;
    }
    g_test_message ("%s", tree_fields[i].name);
    g_assert_false (tjd_record_equal (tree, copy));
  }
  {
    g_autofree char *json = tjd_record_to_json (tree);
    g_assert_cmpstr (json, ==, FULL); /* none of it reached the first */
  }
}

static void
test_equal_types (void)
{
  g_autoptr (TestLeaf) leaf = test_leaf_new ();
  g_autoptr (TestForm) form = test_form_new ();

  g_assert_false (tjd_record_equal (leaf, form));
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer count)
{
  (*(guint *) count)++;
}

static guint
notifies (gpointer object, const char *name, const GValue *value)
{
  guint count = 0;
  g_autofree char *signal = g_strconcat ("notify::", name, NULL);
  gulong handler = g_signal_connect (object, signal, G_CALLBACK (count_notify), &count);

  g_object_set_property (object, name, value);
  g_signal_handler_disconnect (object, handler);
  return count;
}

/* Each property: set to what it is, told nobody; set to another's value, told once, and read back.
 */
static void
test_properties (void)
{
  g_autoptr (TestTree) to = read_tree (BARE);
  g_autoptr (TestTree) from = read_tree (FULL);

  for (guint i = 0; i < G_N_ELEMENTS (tree_fields); i++) {
    g_auto (GValue) own = G_VALUE_INIT, others = G_VALUE_INIT;
    const char *name = tree_fields[i].name;
    GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (to), name);

    g_test_message ("%s", name);
    g_assert_nonnull (pspec);
    g_value_init (&own, pspec->value_type);
    g_value_init (&others, pspec->value_type);
    g_object_get_property (G_OBJECT (to), name, &own);
    g_assert_cmpuint (notifies (to, name, &own), ==, 0);
    if (strcmp (name, "word") == 0)
      continue; /* alike in both */
    g_object_get_property (G_OBJECT (from), name, &others);
    g_assert_cmpuint (notifies (to, name, &others), ==, 1);
    g_assert_cmpuint (notifies (to, name, &others), ==, 0);
  }
  g_assert_true (tjd_record_equal (to, from));
}

static void
test_property_names (void)
{
  g_autoptr (TestLeaf) leaf = g_object_new (test_leaf_get_type (), "name-ar", "اسم", NULL);
  g_autofree char *name = NULL;
  guint n;

  g_assert_cmpstr (leaf->name_ar, ==, "اسم");
  g_object_get (leaf, "name-ar", &name, NULL);
  g_assert_cmpstr (name, ==, "اسم");
  g_assert_nonnull (g_object_class_find_property (G_OBJECT_GET_CLASS (leaf), "name-ar"));
  g_assert_true (tjd_record_type_get_fields (test_leaf_get_type (), &n) == leaf_fields);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_form_round_trip (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (5);

  for (guint i = 0; i < 1000; i++) {
    g_autoptr (TestForm) record = test_form_new ();
    g_autoptr (TestForm) again = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *form = NULL;

    record->text = random_text (entropy, 40);
    record->other = CHANCE ? random_text (entropy, 10) : NULL;
    record->number = CHANCE ? (gint64) tjd_entropy_below (entropy, G_MAXINT64) - 10 : TJD_NO_INT;
    record->flag = (gboolean) CHANCE;
    record->colour = (Colour) ((int) tjd_entropy_below (entropy, 4) - 1);
    form = tjd_record_to_form (record);
    g_assert_true (g_str_is_ascii (form));
    again = tjd_record_from_form (test_form_get_type (), form, TJD_READ_STRICT, &error);
    g_assert_no_error (error);
    g_assert_true (tjd_record_equal (record, again));
  }
}

static void
test_form_spellings (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestForm) record = tjd_record_from_form (
      test_form_get_type (),
      "text=a+b%2B%26%3d%D8%AA&&number=-10&flag=true&other=&colour=deep-green", TJD_READ_STRICT,
      &error);
  g_autoptr (TestForm) bare =
      tjd_record_from_form (test_form_get_type (), "text", TJD_READ_STRICT, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (record->text, ==, "a b+&=ت");
  g_assert_cmpstr (record->other, ==, "");
  g_assert_cmpint (record->number, ==, -10);
  g_assert_true (record->flag);
  g_assert_cmpint (record->colour, ==, COLOUR_DEEP_GREEN);
  g_assert_cmpstr (bare->text, ==, "");
}

static void
test_form_errors (void)
{
  static const struct {
    const char *form;
    TjdRecordError code;
    const char *pointer;
  } rows[] = {
    { "text=a&text=b", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=a&t%65xt=b", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=%", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=%4", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=%zz", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=%00", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=%c0%80", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=\xff", TJD_RECORD_ERROR_SYNTAX, "#" },
    { "text=a&more=1", TJD_RECORD_ERROR_UNKNOWN, "#/more" },
    { "=a&text=b", TJD_RECORD_ERROR_UNKNOWN, "#/" },
    { NULL, TJD_RECORD_ERROR_MISSING, "#/text" },
    { "", TJD_RECORD_ERROR_MISSING, "#/text" },
    { "text=a&number=", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "text=a&number=%2B1", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "text=a&number=+1", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "text=a&number=007", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "text=a&number=-0", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "text=a&number=1x", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "text=a&number=99999999999999999999", TJD_RECORD_ERROR_TYPE, "#/number" },
    { "text=a&flag=1", TJD_RECORD_ERROR_TYPE, "#/flag" },
    { "text=a&number=-11", TJD_RECORD_ERROR_RANGE, "#/number" },
    { "text=a&colour=pink", TJD_RECORD_ERROR_RANGE, "#/colour" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("row %u", i);
    g_assert_null (
        tjd_record_from_form (test_form_get_type (), rows[i].form, TJD_READ_STRICT, &error));
    g_assert_error (error, TJD_RECORD_ERROR, (int) rows[i].code);
    g_assert_cmpstr (tjd_record_error_get_pointer (error), ==, rows[i].pointer);
  }
  {
    g_autoptr (TestForm) lenient =
        tjd_record_from_form (test_form_get_type (), "text=a&more=1", TJD_READ_LENIENT, NULL);
    g_assert_cmpstr (lenient->text, ==, "a");
  }
}

/* Each field out of one record and into another, as rows do it. */
static void
test_field_by_field (void)
{
  g_autoptr (TestTree) from = read_tree (FULL);
  g_autoptr (TestTree) to = test_tree_new ();
  g_autoptr (TestTree) bare = read_tree (BARE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tree_fields); i++) {
    g_autofree char *json = tjd_field_to_json (from, &tree_fields[i]);
    tjd_field_from_json (to, &tree_fields[i], json, &error);
    g_assert_no_error (error);
  }
  g_assert_true (tjd_record_equal (from, to));
  g_assert_null (tjd_field_to_json (bare, &tree_fields[1]));
  g_assert_false (tjd_field_from_json (to, &tree_fields[3], "-1", &error));
  g_assert_error (error, TJD_RECORD_ERROR, TJD_RECORD_ERROR_RANGE);
  g_assert_cmpstr (tjd_record_error_get_pointer (error), ==, "#/number");
}

/* null read into a field that holds something leaves it null. */
static void
test_field_null (void)
{
  g_autoptr (TestTree) tree = read_tree (FULL);

  g_assert_true (tjd_field_from_json (tree, &tree_fields[1], "null", NULL)); /* note */
  g_assert_null (tree->note);
  g_assert_true (tjd_field_from_json (tree, &tree_fields[4], "null", NULL)); /* maybe */
  g_assert_cmpint (tree->maybe, ==, TJD_NO_INT);
  g_assert_true (tjd_field_from_json (tree, &tree_fields[9], "null", NULL)); /* spare */
  g_assert_null (tree->spare);
}

static void
test_enums (void)
{
  g_assert_cmpstr (tjd_enum_to_nick (test_colour_get_type (), 1), ==, "deep-green");
  g_assert_null (tjd_enum_to_nick (test_colour_get_type (), 3));
  g_assert_null (tjd_enum_to_nick (test_colour_get_type (), -1));
  g_assert_cmpint (tjd_enum_from_nick (test_colour_get_type (), "blue"), ==, 2);
  g_assert_cmpint (tjd_enum_from_nick (test_colour_get_type (), "BLUE"), ==, -1);
  g_assert_cmpint (tjd_enum_from_nick (test_colour_get_type (), ""), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/full", test_full);
  g_test_add_func ("/record/bare", test_bare);
  g_test_add_func ("/record/errors", test_errors);
  g_test_add_func ("/record/roots", test_roots);
  g_test_add_func ("/record/lenient", test_lenient);
  g_test_add_func ("/record/characters", test_characters);
  g_test_add_func ("/record/error-copy", test_error_copy);
  g_test_add_func ("/record/all-characters", test_all_characters);
  g_test_add_func ("/record/random", test_random);
  g_test_add_func ("/record/copy-differs", test_copy_differs);
  g_test_add_func ("/record/equal-types", test_equal_types);
  g_test_add_func ("/record/properties", test_properties);
  g_test_add_func ("/record/property-names", test_property_names);
  g_test_add_func ("/record/form/round-trip", test_form_round_trip);
  g_test_add_func ("/record/form/spellings", test_form_spellings);
  g_test_add_func ("/record/form/errors", test_form_errors);
  g_test_add_func ("/record/field-by-field", test_field_by_field);
  g_test_add_func ("/record/field-null", test_field_null);
  g_test_add_func ("/record/enums", test_enums);
  return g_test_run ();
}
