/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TJD_APPLICATION_ID "app.tajdid.Tajdid"

/* One process a session: a second start raises the window of the first. */
#define TJD_TYPE_APPLICATION (tjd_application_get_type ())
G_DECLARE_FINAL_TYPE (TjdApplication, tjd_application, TJD, APPLICATION, AdwApplication)

TjdApplication *tjd_application_new (void);

G_END_DECLS
