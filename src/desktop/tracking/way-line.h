/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "reading.h"
#include "way.h"

G_BEGIN_DECLS

/* The five stops as one line, from the reading direction's start to its end: a list for who listens
 * to it. Each is an icon, a word and a colour. */
#define TJD_TYPE_WAY_LINE (tjd_way_line_get_type ())
G_DECLARE_FINAL_TYPE (TjdWayLine, tjd_way_line, TJD, WAY_LINE, GtkWidget)

void tjd_way_line_show (TjdWayLine *self, const TjdLocale *locale, const TjdWay *way);

G_END_DECLS
