/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digits.h"

#include <string.h>

static gboolean
is_skipped (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_SPACE_SEPARATOR:
  case G_UNICODE_DASH_PUNCTUATION:
    return TRUE;
  default:
    /* the marks, embeddings and isolates of the bidirectional algorithm; tab; minus; BOM */
    return c == '\t' || c == 0x2212 || c == 0x061c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
  }
}

static int
digit_value (gunichar c)
{
  static const gunichar zeros[] = { '0', 0x0660, 0x06f0, 0xff10 };

  for (guint i = 0; i < G_N_ELEMENTS (zeros); i++)
    if (c >= zeros[i] && c <= zeros[i] + 9)
      return (int) (c - zeros[i]);
  return -1;
}

char *
tjd_digits_normalise (const char *typed)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (!g_utf8_validate (typed, -1, NULL))
    return NULL;
  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    int value = digit_value (c);
    if (value >= 0)
      g_string_append_c (digits, (char) ('0' + value));
    else if (!is_skipped (c))
      return NULL;
  }
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

gboolean
tjd_digits_exactly (const char *text, gsize n)
{
  return strlen (text) == n && strspn (text, "0123456789") == n;
}
