/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host.h"

G_BEGIN_DECLS

/* Lists come in pages, in the order of a key of two columns. The cursor that a next page is asked
 * by holds the key of the last row before it, so that pages neither shift nor repeat a row while
 * others come and go; to its readers it is opaque. */
typedef struct {
  char *first, *second; /* "" at the start */
} TjdCursor;

/* after is the query's member, NULL at the start; TJD_PROBLEM_INVALID if it is no cursor. */
gboolean tjd_cursor_read (TjdCursor *cursor, const char *after, GError **error);
void tjd_cursor_clear (TjdCursor *cursor);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TjdCursor, tjd_cursor_clear)
char *tjd_cursor_print (const char *first, const char *second);

/* The cursor in another party's address of its next page; NULL (TJD_PROBLEM_INTERNAL) if it has
 * none. */
char *tjd_page_dup_after (TjdEndpointId endpoint, const char *next, GError **error);

/* There is a page behind this one: the call's own address with its query's member "after" set. */
void tjd_page_set_next (TjdCall *call, const char *after);

G_END_DECLS
