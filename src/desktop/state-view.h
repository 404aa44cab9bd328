/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tasks.h"
#include "words.h"

G_BEGIN_DECLS

/* What stands around the content of every page that fetches something:
 *
 *   waiting   nothing, after 300 ms a spinner, after 5 s a word about it and Cancel; over content
 *             that is there already only a thin bar at the top
 *   content   and above it, where it is not of now, "As of 14:20" with Try Again
 *   empty     what is missing and what to do about it
 *   failed    what happened, money, remedy, Try Again
 *
 * In .ui files its child is the content, and its "tasks" are bound to the page's. Signals:
 * "retry" from Try Again and "cancel" from Cancel. */
#define TJD_TYPE_STATE_VIEW (tjd_state_view_get_type ())
G_DECLARE_FINAL_TYPE (TjdStateView, tjd_state_view, TJD, STATE_VIEW, GtkWidget)

/* Until one of the others is called. */
void tjd_state_view_show_waiting (TjdStateView *self);
void tjd_state_view_show_content (TjdStateView *self);

/* Texts are translated. action_name (with its button's label) may be NULL. */
void tjd_state_view_show_empty (TjdStateView *self,
                                const char *icon_name,
                                const char *title,
                                const char *description,
                                const char *button_label,
                                const char *action_name);
void tjd_state_view_show_failed (TjdStateView *self, const TjdWords *words);

/* Above the content; NULL takes it away. */
void tjd_state_view_set_notice (TjdStateView *self, const char *text);

/* A notice that the content is kept on this computer, and of when (UTC seconds); none where it is
 * not. */
void tjd_state_view_set_kept (TjdStateView *self,
                              const TjdLocale *locale,
                              gboolean is_kept,
                              gint64 as_of);

/* Something was fetched, if only that there is nothing. */
gboolean tjd_state_view_is_filled (TjdStateView *self);

G_END_DECLS
