/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

static const char *const codes[] = { [TJD_LANGUAGE_EN] = "en", [TJD_LANGUAGE_AR] = "ar" };
static TjdLocale locale;

static gboolean
take_code (const char *name)
{
  for (guint i = 0; name != NULL && i < TJD_N_LANGUAGES; i++)
    if (g_str_has_prefix (name, codes[i])) {
      locale.language = (TjdLanguage) i;
      return TRUE;
    }
  return FALSE;
}

static const char *
find_option (int argc, char **argv)
{
  static const char name[] = "--language";

  for (int i = 1; i < argc; i++) {
    if (g_str_has_prefix (argv[i], "--language="))
      return argv[i] + sizeof name;
    if (strcmp (argv[i], name) == 0 && i + 1 < argc)
      return argv[i + 1];
  }
  return NULL;
}

static void
take_session (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    if (take_code (names[i]))
      return;
}

static gboolean
is_plain_c (int category)
{
  const char *name = setlocale (category, NULL);

  return name == NULL || strcmp (name, "C") == 0 || strcmp (name, "POSIX") == 0;
}

void
tjd_token_language_start (int argc, char **argv)
{
  const char *folder = g_getenv ("TAJDID_LOCALE_DIR");

  if (!take_code (find_option (argc, argv)))
    take_session ();
  if (locale.language == TJD_LANGUAGE_AR)
    locale.digits = TJD_DIGITS_ARABIC_INDIC;
  /* In the plain C locale, where a session's own is not there either, LANGUAGE is not heard. */
  if (setlocale (LC_ALL, "") == NULL || is_plain_c (LC_MESSAGES) || is_plain_c (LC_CTYPE))
    setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", codes[locale.language], TRUE); /* no thread runs yet */
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : TJD_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

const TjdLocale *
tjd_token_locale (void)
{
  return &locale;
}
