/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code-label.h"

#include <string.h>

#include "isolate.h"
#include "language.h"
#include "numerals.h"

static char *
spell (const char *code)
{
  GString *spelled = g_string_new (NULL);

  for (const char *digit = code; *digit != '\0'; digit++)
    g_string_append_printf (spelled, digit == code ? "%c" : " %c", *digit);
  return g_string_free (spelled, FALSE);
}

void
tjd_code_label_set (GtkLabel *label, const char *code)
{
  g_autofree char *digits = NULL, *spelled = NULL, *shown = NULL;
  int half;

  if (code == NULL) {
    gtk_label_set_text (label, "");
    return;
  }
  half = (int) strlen (code) / 2;
  digits = g_strdup_printf (TJD_LRI "%.*s" TJD_NBSP "%s" TJD_PDI, half, code, code + half);
  spelled = spell (code);
  shown = tjd_numerals (tjd_token_locale (), digits);
  gtk_label_set_text (label, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, spelled,
                                  -1);
}

void
tjd_code_copy (GtkWidget *widget, const char *code)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), code);
}
