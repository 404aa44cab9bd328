/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "foreign.h"

#include <string.h>
#include <unicode/uchar.h>

#include "isolate.h"

#define ELLIPSIS "\342\200\246"
#define MAX_MARKS 4
#define MAX_BYTES_EACH 32 /* what is worth looking at for each character shown */

typedef enum { KEEP, SPACE, DROP } Fate;

static gboolean
is_mark (gunichar c)
{
  return g_unichar_ismark (c);
}

/* Joiners are part of how names are written in several scripts. */
static gboolean
is_joiner (gunichar c)
{
  return c == 0x200c || c == 0x200d;
}

static Fate
fate_of (gunichar c)
{
  if (c == '\n' || c == '\t' || c == '\r' || g_unichar_isspace (c))
    return SPACE;
  if (u_hasBinaryProperty ((UChar32) c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
    return is_joiner (c) ? KEEP : DROP;
  switch (g_unichar_type (c)) {
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
    return SPACE;
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_UNASSIGNED:
    return DROP;
  default:
    return KEEP;
  }
}

/* A mark belongs to the character before it and does not count by itself. */
static char *
clean (const char *text, guint max_characters)
{
  GString *kept = g_string_new (NULL);
  guint n = 0, n_marks = 0;
  gboolean space = FALSE;
  gsize last = 0; /* where the last whole character begins */

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    Fate fate = fate_of (c);
    gboolean joins = (is_mark (c) || is_joiner (c)) && n > 0;
    if (fate == SPACE)
      space = n > 0;
    if (fate != KEEP || (joins && ++n_marks > MAX_MARKS) || (is_joiner (c) && n == 0))
      continue;
    if (!joins && n + (space ? 1 : 0) >= max_characters) {
      g_string_truncate (kept, n == max_characters ? last : kept->len);
      return g_string_free (g_string_append (kept, ELLIPSIS), FALSE);
    }
    if (!joins) {
      if (space)
        g_string_append_c (kept, ' ');
      n += space ? 2 : 1;
      n_marks = 0;
      space = FALSE;
      last = kept->len;
    }
    g_string_append_unichar (kept, c);
  }
  return g_string_free (kept, FALSE);
}

char *
tjd_foreign_plain (const char *text, guint max_characters)
{
  gsize length = text != NULL ? strnlen (text, (gsize) max_characters * MAX_BYTES_EACH) : 0;
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", (gssize) length);

  return clean (valid, max_characters);
}

char *
tjd_foreign (const char *text, guint max_characters)
{
  g_autofree char *plain = tjd_foreign_plain (text, max_characters);

  return *plain != '\0' ? g_strconcat (TJD_FSI, plain, TJD_PDI, NULL) : g_steal_pointer (&plain);
}

static const char *
choose_name (const TjdLocale *locale, const char *name_en, const char *name_ar)
{
  const char *own = locale->language == TJD_LANGUAGE_AR ? name_ar : name_en;
  const char *other = locale->language == TJD_LANGUAGE_AR ? name_en : name_ar;

  return own != NULL && *own != '\0' ? own : other;
}

char *
tjd_name_text (const TjdLocale *locale, const char *name_en, const char *name_ar)
{
  return tjd_foreign (choose_name (locale, name_en, name_ar), TJD_NAME_CHARACTERS);
}

static gboolean
letters_join (gunichar c)
{
  return u_getIntPropertyValue ((UChar32) c, UCHAR_JOINING_TYPE) != U_JT_NON_JOINING;
}

char *
tjd_initials (const TjdLocale *locale, const char *name_en, const char *name_ar)
{
  g_autofree char *plain =
      tjd_foreign_plain (choose_name (locale, name_en, name_ar), TJD_NAME_CHARACTERS);
  const char *space = strrchr (plain, ' ');
  gunichar first = g_utf8_get_char (plain);
  gunichar last = space != NULL ? g_utf8_get_char (space + 1) : 0;
  GString *initials = g_string_new (NULL);

  if (!g_unichar_isalpha (first))
    return g_string_free (initials, FALSE);
  g_string_append_unichar (initials, g_unichar_toupper (first));
  if (g_unichar_isalpha (last) && !letters_join (first) && !letters_join (last)) {
    g_string_append_c (initials, ' ');
    g_string_append_unichar (initials, g_unichar_toupper (last));
  }
  return g_string_free (initials, FALSE);
}
