/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language.h"

#include <gtk/gtk.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* glibc's count of changes, which makes gettext look again (gettext manual, "Being a gettext
 * grok"). */
extern int _nl_msg_cat_cntr;

static const char *const codes[] = { [TJD_LANGUAGE_EN] = "en", [TJD_LANGUAGE_AR] = "ar" };

/* The variable lies in a buffer of ours that never moves: setenv would pull the environment from
 * under threads that read it. */
static char variable[] = "LANGUAGE=en";
static TjdLanguage of_session;

static TjdLanguage in_use;

static const TjdLocale own_locales[] = {
  [TJD_LANGUAGE_EN] = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE },
  [TJD_LANGUAGE_AR] = { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, FALSE },
};

static TjdLanguage
read_session (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    for (guint language = 0; language < TJD_N_LANGUAGES; language++)
      if (g_str_has_prefix (names[i], codes[language]))
        return (TjdLanguage) language;
  return TJD_LANGUAGE_EN;
}

static gboolean
is_plain_c (const char *locale)
{
  return locale == NULL || strcmp (locale, "C") == 0 || strcmp (locale, "POSIX") == 0;
}

static void
set_code (TjdLanguage language)
{
  memcpy (variable + strlen ("LANGUAGE="), codes[language], 2);
  _nl_msg_cat_cntr++;
}

void
tjd_language_start (void)
{
  const char *folder = g_getenv ("TAJDID_LOCALE_DIR");

  of_session = read_session ();
  gtk_disable_setlocale ();
  /* In the plain C locale, where a session's own is not there either, LANGUAGE is not heard. */
  if (setlocale (LC_ALL, "") == NULL || is_plain_c (setlocale (LC_MESSAGES, NULL)) ||
      is_plain_c (setlocale (LC_CTYPE, NULL)))
    setlocale (LC_ALL, "C.UTF-8");
  in_use = of_session;
  set_code (of_session);
  putenv (variable);
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : TJD_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

TjdLanguage
tjd_language_of_session (void)
{
  return of_session;
}

void
tjd_language_use (TjdLanguage language)
{
  in_use = language;
  set_code (language);
  gtk_widget_set_default_direction (language == TJD_LANGUAGE_AR ? GTK_TEXT_DIR_RTL
                                                                : GTK_TEXT_DIR_LTR);
}

const TjdLocale *
tjd_language_locale (void)
{
  return &own_locales[in_use];
}

const char *
tjd_language_text (TjdLanguage language, const char *msgid)
{
  const char *text;

  set_code (language);
  text = g_dgettext (GETTEXT_PACKAGE, msgid);
  set_code (in_use);
  return text;
}
