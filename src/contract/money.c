/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "money.h"

#include <string.h>

char *
tjd_money_format (TjdMoney dirhams)
{
  guint64 absolute = dirhams < 0 ? -(guint64) dirhams : (guint64) dirhams;
  g_autofree char *riyals = g_strdup_printf ("%" G_GUINT64_FORMAT, absolute / TJD_RIYAL);
  GString *text = g_string_new (dirhams < 0 ? "-" : NULL);

  for (gsize i = 0, n = strlen (riyals); i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0)
      g_string_append_c (text, ',');
    g_string_append_c (text, riyals[i]);
  }
  g_string_append_printf (text, ".%02u", (guint) (absolute % TJD_RIYAL));
  return g_string_free (text, FALSE);
}

gboolean
tjd_money_parse (const char *text, TjdMoney *dirhams)
{
  g_auto (GStrv) groups = g_strsplit (text, ",", -1);
  g_autofree char *plain = g_strjoinv (NULL, groups);
  g_autofree char *again = NULL;
  char *point = strchr (plain, '.');
  gint64 value;

  if (point == NULL || strlen (point) != 3)
    return FALSE;
  memmove (point, point + 1, 3);
  if (!g_ascii_string_to_signed (plain, 10, -TJD_MONEY_MAX, TJD_MONEY_MAX, &value, NULL))
    return FALSE;
  again = tjd_money_format (value);
  if (groups[1] == NULL) { /* without commas: compare what is left of the other spelling */
    g_auto (GStrv) ours = g_strsplit (again, ",", -1);
    g_free (again);
    again = g_strjoinv (NULL, ours);
  }
  if (strcmp (again, text) != 0)
    return FALSE;
  *dirhams = value;
  return TRUE;
}
