/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code-label.h"

#include <string.h>

#include "compat.h"
#include "isolate.h"
#include "language.h"
#include "numerals.h"
#include "secret.h"

static char *
spell (const char *code)
{
  GString *spelled = g_string_new (NULL);

  for (const char *digit = code; *digit != '\0'; digit++)
    g_string_append_printf (spelled, digit == code ? "%c" : " %c", *digit);
  return g_string_free (spelled, FALSE);
}

/* Arabic-Indic digits take a space between them for one from right to left, and would change places
 * over it: each group stands for itself. */
char *
tjd_code_text (const TjdLocale *locale, const char *code)
{
  int half = (int) strlen (code) / 2;
  char *grouped =
      g_strdup_printf (TJD_LRI TJD_LRI "%.*s" TJD_PDI TJD_NBSP TJD_LRI "%s" TJD_PDI TJD_PDI, half,
                       code, code + half);
  char *text = tjd_numerals (locale, grouped);

  tjd_wipe_string (grouped);
  return text;
}

void
tjd_code_label_set (GtkLabel *label, const char *code)
{
  char *spelled, *shown;

  if (code == NULL) {
    gtk_label_set_text (label, "");
    tjd_set_accessible_name (GTK_WIDGET (label), "");
    return;
  }
  spelled = spell (code);
  shown = tjd_code_text (tjd_language_locale (), code);
  gtk_label_set_text (label, shown);
  tjd_set_accessible_name (GTK_WIDGET (label), spelled);
  tjd_wipe_string (spelled);
  tjd_wipe_string (shown);
}

void
tjd_code_copy (GtkWidget *widget, const char *code)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), code);
}
