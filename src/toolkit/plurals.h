/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n-lib.h>

/* gi18n-lib.h has no plurals. By the domain's name: GLib looks once whether the process's own
 * domain (textdomain) has translations and else translates nothing for good, also after the
 * language has changed; so there is none. */
#undef ngettext
#define ngettext(one, many, n) g_dngettext (GETTEXT_PACKAGE, one, many, n)
