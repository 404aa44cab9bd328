/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shell.h"

G_BEGIN_DECLS

/* What is in the preferences window; made anew when the language changes in it. */
#define TJD_TYPE_PREFERENCES_PAGE (tjd_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (
    TjdPreferencesPage, tjd_preferences_page, TJD, PREFERENCES_PAGE, AdwPreferencesPage)

TjdPreferencesPage *tjd_preferences_page_new (TjdShell *shell);

G_END_DECLS
