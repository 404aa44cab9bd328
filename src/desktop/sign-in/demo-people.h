/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "reading.h"

G_BEGIN_DECLS

/* The sandbox's invented people, from the same seed as its services have: a menu whose items call
 * action with the personal ID. */
GMenuModel *tjd_demo_people_menu (const TjdLocale *locale, const char *action);

G_END_DECLS
