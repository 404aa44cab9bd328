/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shell.h"

G_BEGIN_DECLS

#define TJD_TYPE_PREFERENCES (tjd_preferences_get_type ())
G_DECLARE_FINAL_TYPE (TjdPreferences, tjd_preferences, TJD, PREFERENCES, AdwPreferencesWindow)

TjdPreferences *tjd_preferences_new (TjdShell *shell);

G_END_DECLS
