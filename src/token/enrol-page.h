/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a token is added: by its lines, from a file, or, in the sandbox, an invented person's. It
 * only asks; the window does it (win.paste, win.open, win.enrol-demo, win.back). */
#define TJD_TYPE_ENROL_PAGE (tjd_enrol_page_get_type ())
G_DECLARE_FINAL_TYPE (TjdEnrolPage, tjd_enrol_page, TJD, ENROL_PAGE, AdwBin)

/* folder has a *.token file a person, named by personal ID; NULL: no sandbox. */
void tjd_enrol_page_set_folder (TjdEnrolPage *self, const char *folder);
void tjd_enrol_page_set_can_go_back (TjdEnrolPage *self, gboolean can_go_back);
void tjd_enrol_page_complain (TjdEnrolPage *self, const char *complaint); /* "": nothing is wrong */

G_END_DECLS
