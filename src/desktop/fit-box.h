/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Children beside each other where all have the width that they would like to have, else below each
 * other: nothing is cut where the window is narrow or the text large. Properties "spacing", in
 * pixels, and "homogeneous": beside each other they are equally wide. */
#define TJD_TYPE_FIT_BOX (tjd_fit_box_get_type ())
G_DECLARE_FINAL_TYPE (TjdFitBox, tjd_fit_box, TJD, FIT_BOX, GtkWidget)

G_END_DECLS
