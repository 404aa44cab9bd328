/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"

#define TATWEEL 0x0640

static gboolean
is_dropped (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_NON_SPACING_MARK:
  case G_UNICODE_ENCLOSING_MARK:
  case G_UNICODE_FORMAT:
  case G_UNICODE_CONTROL:
    return TRUE;
  default:
    return c == TATWEEL;
  }
}

static void
add (GString *folded, gunichar c)
{
  if (g_unichar_isspace (c)) {
    if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
      g_string_append_c (folded, ' ');
  } else if (g_unichar_isdigit (c)) {
    g_string_append_c (folded, (char) ('0' + g_unichar_digit_value (c)));
  } else if (!is_dropped (c)) {
    g_string_append_unichar (folded, c);
  }
}

char *
tjd_fold (const char *text)
{
  g_autofree char *caseless = g_utf8_casefold (text, -1);
  g_autofree char *apart = g_utf8_normalize (caseless, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *p = apart; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    add (folded, g_utf8_get_char (p));
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (g_steal_pointer (&folded), FALSE);
}
