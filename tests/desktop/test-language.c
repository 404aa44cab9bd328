/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language.h"
#include "plurals.h"

#include <gtk/gtk.h>

/* To and fro, as often as somebody likes: texts and direction follow, in a process whose system has
 * no Arabic locale. */
static void
test_switching (void)
{
  for (guint i = 0; i < 3; i++) {
    tjd_language_use (TJD_LANGUAGE_AR);
    g_assert_cmpstr (_ ("Permits"), ==, "الإقامات");
    g_assert_cmpstr (ngettext ("%s permit", "%s permits", 2), ==, "إقامتان");
    g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
    tjd_language_use (TJD_LANGUAGE_EN);
    g_assert_cmpstr (_ ("Permits"), ==, "Permits");
    g_assert_cmpstr (ngettext ("%s permit", "%s permits", 2), ==, "%s permits");
    g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_LTR);
  }
}

static void
start_as (const char *variable, const char *value, TjdLanguage expected)
{
  g_test_message ("%s=%s", variable, value);
  g_unsetenv ("LC_ALL");
  g_unsetenv ("LANG");
  g_unsetenv ("LANGUAGE");
  g_setenv (variable, value, TRUE);
  tjd_language_start ();
  g_assert_cmpint (tjd_language_of_session (), ==, expected);
}

static void
test_session (void)
{
  start_as ("LANG", "ar_QA.UTF-8", TJD_LANGUAGE_AR);
  start_as ("LANG", "en_GB.UTF-8", TJD_LANGUAGE_EN);
  start_as ("LC_ALL", "C", TJD_LANGUAGE_EN);
  start_as ("LC_ALL", "ar", TJD_LANGUAGE_AR);
  start_as ("LANG", "de_DE.UTF-8", TJD_LANGUAGE_EN);
  test_switching ();
}

int
main (int argc, char **argv)
{
  tjd_language_start ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/switching", test_switching);
  g_test_add_func ("/language/session", test_session);
  return g_test_run ();
}
