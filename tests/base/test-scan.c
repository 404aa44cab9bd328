/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "clock.h"
#include "record.h"
#include "scan.h"

static gboolean
accepts (const char *text)
{
  return tjd_scan (text, strlen (text), NULL);
}

/* Refused with SYNTAX and the pointer to where it stood. */
static void
expect_refused (const char *bytes, gsize length, const char *pointer)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tjd_scan (bytes, length, &error));
  g_assert_error (error, TJD_RECORD_ERROR, TJD_RECORD_ERROR_SYNTAX);
  if (pointer != NULL)
    g_assert_cmpstr (tjd_record_error_get_pointer (error), ==, pointer);
}

static void
test_accepted (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    "null",
    "true",
    "false",
    "\"\"",
    "0",
    "-0",
    "-1.5e-3",
    "1E+2",
    "0.10",
    "1e308",
    "9223372036854775807",
    "-9223372036854775808",
    " \t\r\n{ \"a\" : [ 1 , 2 ] } \n",
    "[[],{},[{}]]",
    "{\"a\":1,\"A\":2,\"\":3}",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"",
    "\"\\ud83d\\ude00 \xf0\x9f\x98\x80\"",
    "\"\xd8\xaa\xd8\xac\xd8\xaf\xd9\x8a\xd8\xaf\"",
    "{\"a\":{\"a\":1},\"b\":{\"a\":1}}", /* the same key, in two objects */
    "\"\x7f\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("row %u", i);
    tjd_scan (texts[i], strlen (texts[i]), &error);
    g_assert_no_error (error);
  }
}

static void
test_numbers_refused (void)
{
  static const char *const numbers[] = {
    "0100",
    "-0100",
    "00",
    "0x10",
    "1e400",
    "-1e400",
    "18446744073709551617",
    "9223372036854775808",
    "-9223372036854775809",
    "1.",
    ".5",
    "+1",
    "-",
    "--1",
    "1e",
    "1e+",
    "1.e3",
    "NaN",
    "Infinity",
    "-Infinity",
    "1_000",
    "1,000",
    "\xd9\xa1",
    "1 2",
    "1a",
    "0b1",
    "123456789012345678901234567890",
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *nested = g_strdup_printf ("{\"n\":[0,%s]}", numbers[i]);
    g_test_message ("row %u", i);
    expect_refused (numbers[i], strlen (numbers[i]), NULL);
    if (strcmp (numbers[i], "1,000") != 0) /* in a list these are two elements: 1 and 000 */
      expect_refused (nested, strlen (nested), NULL);
  }
  expect_refused ("{\"n\":[0,0x10]}", 14, "#/n");
  expect_refused ("{\"n\":[0,1e400]}", 15, "#/n/1");
}

static void
test_structure_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "{",
    "[",
    "]",
    "}",
    "{]",
    "[}",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{,}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{\"a\" 1}",
    "{\"a\":1 \"b\":2}",
    "\"",
    "\"a",
    "'a'",
    "\"\\\"",
    "\"\\x41\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\",
    "\"\\u",
    "tru",
    "True",
    "nul",
    "nulll",
    "undefined",
    "{}{}",
    "1 2",
    "[] []",
    "null,",
    "{} x",
    "/* c */ {}",
    "{} // c",
    "{/**/}",
    "# c\n{}",
    "\xef\xbb\xbf{}",
    "\v{}",
    "\xc2\xa0{}", /* BOM, vertical tab, no-break space */
    "\"a\nb\"",
    "\"\t\"",
    "\"\x1f\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("row %u", i);
    expect_refused (texts[i], strlen (texts[i]), NULL);
  }
  expect_refused (NULL, 0, "#");
}

static void
test_bytes_refused (void)
{
  static const struct {
    const char *bytes;
    gsize length;
  } rows[] = {
    { "\"a\0b\"", 5 },             /* NUL inside */
    { "{}\0", 3 },                 /* NUL behind */
    { "\"\\u0000\"", 8 },          /* NUL spelled out */
    { "\"\\ud800\"", 8 },          /* lone high */
    { "\"\\udc00\"", 8 },          /* lone low */
    { "\"\\ud800\\ud800\"", 14 },  /* two high */
    { "\"\\udc00\\ud800\"", 14 },  /* the wrong way round */
    { "\"\\ud800x\"", 9 },         /* high, then a letter */
    { "\"\\ud800\\n\"", 10 },      /* high, then another escape */
    { "\"\xc0\x80\"", 4 },         /* overlong NUL */
    { "\"\xc0\xaf\"", 4 },         /* overlong / */
    { "\"\xe0\x80\xaf\"", 5 },     /* overlong / in three */
    { "\"\xf0\x80\x80\xaf\"", 6 }, /* and in four */
    { "\"\xed\xa0\x80\"", 5 },     /* a surrogate in UTF-8 */
    { "\"\xf4\x90\x80\x80\"", 6 }, /* past U+10FFFF */
    { "\"\x80\"", 3 },             /* a continuation alone */
    { "\"\xe2\x82\"", 4 },         /* cut short */
    { "\"\xff\"", 3 },
    { "\xff\xfe{\0}\0", 6 }, /* UTF-16 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    expect_refused (rows[i].bytes, rows[i].length, NULL);
  }
}

static void
test_duplicates (void)
{
  expect_refused ("{\"a\":1,\"a\":2}", 13, "#/a");
  expect_refused ("{\"a\":1,\"\\u0061\":2}", 18, "#/a");
  expect_refused ("{\"o\":{\"\\/\":1,\"/\":2}}", 20, "#/o/~1");
  expect_refused ("{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}", 28, NULL);
}

static void
test_pointer (void)
{
  expect_refused ("{\"a\":[0,{\"b~/c d\":x}]}", 22, "#/a/1/b~0~1c%20d");
  expect_refused ("{\"a\":{\"b\":1},\"c\":x}", 19, "#/c");
  expect_refused ("[[1],[2],[x]]", 13, "#/2/0");
}

/* A key of a megabyte is named by what holds it: errors end in documents and logs. */
static void
test_long_key (void)
{
  g_autofree char *key = g_strnfill (1000000, 'k');
  g_autofree char *text = g_strdup_printf ("{\"a\":{\"%s\":x}}", key);
  g_autoptr (GError) error = NULL;

  g_assert_false (tjd_scan (text, strlen (text), &error));
  g_assert_cmpstr (tjd_record_error_get_pointer (error), ==, "#/a");
  g_assert_cmpuint (strlen (error->message), <, 200);
}

static char *
nest (guint depth)
{
  g_autofree char *open = g_strnfill (depth, '[');
  g_autofree char *close = g_strnfill (depth, ']');
  return g_strconcat (open, close, NULL);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (TJD_SCAN_MAX_DEPTH);
  g_autofree char *deeper = nest (TJD_SCAN_MAX_DEPTH + 1);
  g_autofree char *abyss = g_strnfill (100000, '[');
  GString *objects = g_string_new (NULL);

  g_assert_cmpuint (TJD_SCAN_MAX_DEPTH, ==, 32);
  g_assert_true (accepts (deepest));
  expect_refused (deeper, strlen (deeper), NULL);
  expect_refused (abyss, strlen (abyss), NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append (objects, "{\"a\":");
  expect_refused (objects->str, objects->len, NULL);
  g_string_free (objects, TRUE);
  g_assert_true (accepts ("[[[[]]],[[[]]],[[[]]]]")); /* levels, not brackets */
}

static void
test_size (void)
{
  gsize n = TJD_SCAN_MAX_BYTES;
  g_autofree char *text = g_strnfill (n + 1, ' ');

  text[0] = '0';
  g_assert_true (tjd_scan (text, n, NULL));
  expect_refused (text, n + 1, "#");
}

/* All of them have one g_str_hash: "Ez" and "FY" do. Unbounded, they would cost a server minutes.
 */
static void
test_colliding_keys (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 1 << 17; i++) {
    g_string_append (text, i > 0 ? ",\"" : "\"");
    for (guint bit = 0; bit < 17; bit++)
      g_string_append (text, i >> bit & 1 ? "Ez" : "FY");
    g_string_append (text, "\":0");
  }
  g_string_append_c (text, '}');
  expect_refused (text->str, text->len, NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

static void
test_members (void)
{
  g_autoptr (GString) text = g_string_new ("{\"0\":0");

  for (guint i = 1; i < TJD_SCAN_MAX_MEMBERS; i++)
    g_string_append_printf (text, ",\"%u\":0", i);
  g_string_append_c (text, '}');
  g_assert_true (tjd_scan (text->str, text->len, NULL));
  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"more\":0}");
  expect_refused (text->str, text->len, "#/more");
}

static const char *const seeds[] = {
  "{\"id\":\"ord-abc\",\"total\":102000,\"paid\":true,\"note\":null,\"items\":[{\"years\":3},{"
  "\"years\":1}]}",
  "[1,-2,3.5,4e10,\"\\u00e9\\ud83d\\ude00\\n\",\"\xd8\xaa\xd8\xac\",[],{},[[[0]]]]",
  "{\"a\":{\"b\":{\"c\":[true,false,null,\"\\\\\\\"\"]}},\"A\":-9223372036854775808,\"z\":0.1e-7}",
  " [ \"x\" , { \"k\" : [ ] , \"\\u006b2\" : \"\" } ] ",
};

static void
mutate (const TjdEntropy *entropy, GString *text)
{
  static const char spice[] = "{}[]:,\"\\0123456789-+.eEuabnrtf \t\n\x80\xc3\xff\x01/*'";
  guint64 at = tjd_entropy_below (entropy, text->len);
  guint8 byte = (guint8) spice[tjd_entropy_below (entropy, sizeof spice - 1)];

  switch (tjd_entropy_below (entropy, 5)) {
  case 0:
    text->str[at] = (char) byte;
    break;
  case 1:
    g_string_insert_c (text, (gssize) at, (char) byte);
    break;
  case 2:
    g_string_erase (text, (gssize) at, 1);
    break;
  case 3:
    text->str[at] ^= (char) (1 << tjd_entropy_below (entropy, 8));
    break;
  default: { /* a piece said twice */
    gsize n = MIN (text->len - at, 1 + tjd_entropy_below (entropy, 12));
    g_autofree char *piece = g_strndup (text->str + at, n);
    g_string_insert_len (text, (gssize) at, piece, (gssize) n);
  }
  }
}

/* One document a line, in base64; an answer for each that Python's json, told to be strict where it
 * can be, does not take. */
static const char *const judge =
    "import sys,json,base64\n"
    "def no(x): raise ValueError(x)\n"
    "def pairs(p):\n"
    "  d=dict(p)\n"
    "  if len(d)!=len(p): raise ValueError('duplicate')\n"
    "  return d\n"
    "n=0\n"
    "for line in sys.stdin:\n"
    "  b=base64.b64decode(line)\n"
    "  n+=1\n"
    "  try: json.loads(b.decode('utf-8'),object_pairs_hook=pairs,parse_constant=no)\n"
    "  except Exception as e: print(b,e)\n"
    "print('judged',n)\n";

/* Nothing crashes, and whatever the scan takes, an independent reader takes too. */
static void
test_mutations (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (2026);
  g_autofree char *python = g_find_program_in_path ("python3");
  g_autoptr (GString) accepted = g_string_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *verdict = NULL, *expected = NULL;
  guint n_accepted = 0;

  for (guint i = 0; i < 60000; i++) {
    g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);
    for (guint64 n = 1 + tjd_entropy_below (entropy, 3); n > 0 && text->len > 0; n--)
      mutate (entropy, text);
    if (tjd_scan (text->str, text->len, NULL)) {
      g_autofree char *line = g_base64_encode ((guchar *) text->str, text->len);
      g_string_append_printf (accepted, "%s\n", line);
      n_accepted++;
    }
  }
  g_test_message ("%u of 60000 accepted", n_accepted);
  g_assert_cmpuint (n_accepted, >, 1000);
  g_assert_cmpuint (n_accepted, <, 59000);
  if (python == NULL) {
    g_test_skip ("there is no python3 to judge");
    return;
  }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, python, "-c", judge, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, accepted->str, NULL, &verdict, NULL, &error);
  g_assert_no_error (error);
  expected = g_strdup_printf ("judged %u\n", n_accepted);
  g_assert_cmpstr (verdict, ==, expected);
}

/* And what the scan takes, json-glib reads without a warning. */
static void
test_mutations_parsed (void)
{
  g_autofree TjdEntropy *entropy = tjd_entropy_new_seeded (7);
  guint n_parsed = 0;

  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);
    g_autoptr (JsonParser) parser = json_parser_new ();
    mutate (entropy, text);
    if (text->len == 0 || !tjd_scan (text->str, text->len, NULL))
      continue;
    g_assert_true (json_parser_load_from_data (parser, text->str, (gssize) text->len, NULL));
    g_assert_nonnull (json_parser_get_root (parser));
    n_parsed++;
  }
  g_assert_cmpuint (n_parsed, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/accepted", test_accepted);
  g_test_add_func ("/scan/numbers-refused", test_numbers_refused);
  g_test_add_func ("/scan/structure-refused", test_structure_refused);
  g_test_add_func ("/scan/bytes-refused", test_bytes_refused);
  g_test_add_func ("/scan/duplicates", test_duplicates);
  g_test_add_func ("/scan/pointer", test_pointer);
  g_test_add_func ("/scan/long-key", test_long_key);
  g_test_add_func ("/scan/depth", test_depth);
  g_test_add_func ("/scan/size", test_size);
  g_test_add_func ("/scan/members", test_members);
  g_test_add_func ("/scan/colliding-keys", test_colliding_keys);
  g_test_add_func ("/scan/mutations", test_mutations);
  g_test_add_func ("/scan/mutations-parsed", test_mutations_parsed);
  return g_test_run ();
}
