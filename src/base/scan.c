/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan.h"

#include <math.h>
#include <string.h>

#include "record.h"

/* A recursive descent over the bytes that builds nothing but the path and, per object, the set of
 * its keys. Depth is bounded, so the recursion is. */
typedef struct {
  const char *at;
  const char *end;
  guint depth;
  GString *pointer; /* "#/a/0", the path to where at stands */
  GError **error;
} Scan;

static gboolean scan_value (Scan *scan);

static gboolean
fail (Scan *scan, const char *what)
{
  tjd_record_set_error (scan->error, TJD_RECORD_ERROR_SYNTAX, scan->pointer->str, "%s", what);
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end &&
         (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
    scan->at++;
}

static gboolean
accept (Scan *scan, char c)
{
  if (scan->at >= scan->end || *scan->at != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
scan_hex4 (Scan *scan, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, scan->at++) {
    if (scan->at >= scan->end || !g_ascii_isxdigit (*scan->at))
      return fail (scan, "\\u wants four hexadecimal digits");
    *unit = *unit * 16 + g_ascii_xdigit_value (*scan->at);
  }
  return TRUE;
}

/* After "\u". */
static gboolean
scan_unicode_escape (Scan *scan, GString *text)
{
  gunichar unit, low;

  if (!scan_hex4 (scan, &unit))
    return FALSE;
  if (unit == 0)
    return fail (scan, "a string holds NUL");
  if (unit >= 0xd800 && unit <= 0xdbff) {
    if (!accept (scan, '\\') || !accept (scan, 'u') || !scan_hex4 (scan, &low) || low < 0xdc00 ||
        low > 0xdfff)
      return (scan->error != NULL && *scan->error != NULL) ? FALSE
                                                           : fail (scan, "a lone surrogate");
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  } else if (unit >= 0xdc00 && unit <= 0xdfff) {
    return fail (scan, "a lone surrogate");
  }
  if (text != NULL)
    g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan, GString *text)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (accept (scan, 'u'))
    return scan_unicode_escape (scan, text);
  if (scan->at >= scan->end || *scan->at == '\0' || (letter = strchr (letters, *scan->at)) == NULL)
    return fail (scan, "an unknown escape");
  if (text != NULL)
    g_string_append_c (text, meanings[letter - letters]);
  scan->at++;
  return TRUE;
}

/* text, where wanted, takes the unescaped string. */
static gboolean
scan_string (Scan *scan, GString *text)
{
  if (!accept (scan, '"'))
    return fail (scan, "a string was expected");
  while (scan->at < scan->end) {
    guchar c = *scan->at++;
    if (c == '"')
      return TRUE;
    if (c < 0x20)
      return fail (scan, "a control character inside a string");
    if (c == '\\') {
      if (!scan_escape (scan, text))
        return FALSE;
    } else if (text != NULL) {
      g_string_append_c (text, c);
    }
  }
  return fail (scan, "a string does not end");
}

static gsize
scan_digits (Scan *scan)
{
  const char *start = scan->at;
  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at - start;
}

static gboolean
fits_int64 (const char *start, gsize length)
{
  char text[24];

  if (length >= sizeof text)
    return FALSE;
  memcpy (text, start, length);
  text[length] = '\0';
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL);
}

static gboolean
fits_double (const char *start, gsize length)
{
  g_autofree char *text = g_strndup (start, length);

  return isfinite (g_ascii_strtod (text, NULL));
}

static gboolean
scan_number (Scan *scan)
{
  const char *start = scan->at, *digits;
  gboolean integer = TRUE;
  gsize n;

  accept (scan, '-');
  digits = scan->at;
  n = scan_digits (scan);
  if (n == 0 || (n > 1 && *digits == '0'))
    return fail (scan, "not a number");
  if (accept (scan, '.')) {
    integer = FALSE;
    if (scan_digits (scan) == 0)
      return fail (scan, "not a number");
  }
  if (accept (scan, 'e') || accept (scan, 'E')) {
    integer = FALSE;
    if (!accept (scan, '+'))
      accept (scan, '-');
    if (scan_digits (scan) == 0)
      return fail (scan, "not a number");
  }
  if (integer && !fits_int64 (start, scan->at - start))
    return fail (scan, "an integer does not fit into 64 bits");
  if (!integer && !fits_double (start, scan->at - start))
    return fail (scan, "a number does not fit into a double");
  return TRUE;
}

static gboolean
scan_member (Scan *scan, GHashTable *keys)
{
  g_autoptr (GString) key = g_string_new (NULL);
  gsize parent = scan->pointer->len;

  if (!scan_string (scan, key))
    return FALSE;
  tjd_pointer_append (scan->pointer, key->str);
  if (!g_hash_table_add (keys, g_strdup (key->str)))
    return fail (scan, "a duplicate key");
  if (g_hash_table_size (keys) > TJD_SCAN_MAX_MEMBERS)
    return fail (scan, "too many members");
  skip_space (scan);
  if (!accept (scan, ':'))
    return fail (scan, "a colon was expected");
  if (!scan_value (scan))
    return FALSE;
  g_string_truncate (scan->pointer, parent);
  return TRUE;
}

static gboolean
scan_object (Scan *scan)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  skip_space (scan);
  if (accept (scan, '}'))
    return TRUE;
  do {
    skip_space (scan);
    if (!scan_member (scan, keys))
      return FALSE;
    skip_space (scan);
  } while (accept (scan, ','));
  return accept (scan, '}') ? TRUE : fail (scan, "an object does not end");
}

static gboolean
scan_array (Scan *scan)
{
  gsize parent = scan->pointer->len;

  skip_space (scan);
  if (accept (scan, ']'))
    return TRUE;
  for (guint i = 0;; i++) {
    g_string_append_printf (scan->pointer, "/%u", i);
    if (!scan_value (scan))
      return FALSE;
    g_string_truncate (scan->pointer, parent);
    skip_space (scan);
    if (!accept (scan, ','))
      break;
  }
  return accept (scan, ']') ? TRUE : fail (scan, "an array does not end");
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (scan->end - scan->at) < n || memcmp (scan->at, word, n) != 0)
    return fail (scan, "not a JSON value");
  scan->at += n;
  return TRUE;
}

static gboolean
scan_nested (Scan *scan)
{
  gboolean object = *scan->at++ == '{';
  gboolean ok;

  if (++scan->depth > TJD_SCAN_MAX_DEPTH)
    return fail (scan, "nested too deeply");
  ok = object ? scan_object (scan) : scan_array (scan);
  scan->depth--;
  return ok;
}

static gboolean
scan_value (Scan *scan)
{
  gboolean ok;

  skip_space (scan);
  if (scan->at >= scan->end)
    return fail (scan, "a value is missing");
  switch (*scan->at) {
  case '{':
  case '[':
    ok = scan_nested (scan);
    break;
  case '"':
    ok = scan_string (scan, NULL);
    break;
  case 't':
    ok = scan_word (scan, "true");
    break;
  case 'f':
    ok = scan_word (scan, "false");
    break;
  case 'n':
    ok = scan_word (scan, "null");
    break;
  default:
    ok = scan_number (scan);
  }
  return ok;
}

gboolean
tjd_scan (const char *bytes, gsize length, GError **error)
{
  g_autoptr (GString) pointer = g_string_new ("#");
  g_autoptr (GError) fault = NULL;
  Scan scan = { bytes, bytes + length, 0, pointer, &fault };
  gboolean ok;

  if (length > TJD_SCAN_MAX_BYTES)
    ok = fail (&scan, "too long");
  else if (length > 0 && memchr (bytes, '\0', length) != NULL)
    ok = fail (&scan, "holds NUL");
  else if (!g_utf8_validate_len (bytes, length, NULL))
    ok = fail (&scan, "not UTF-8");
  else
    ok = scan_value (&scan);
  if (ok) {
    skip_space (&scan);
    if (scan.at < scan.end)
      ok = fail (&scan, "something follows the value");
  }
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&fault));
  return ok;
}
