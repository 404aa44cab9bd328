/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "addresses.h"

G_BEGIN_DECLS

/* The four services of the sandbox, as a process of ours that ends with us. Its log is
 * services.log in the state folder; the invented people's tokens are in its folder "tokens". */
typedef struct _TjdEmbedded TjdEmbedded;

#define TJD_EMBEDDED_PACE 7200 /* two hours of courier and printer in a second */

/* Waits until they listen, at most a minute. TJD_CLIENT_ERROR_SERVICES with what they said
 * last. What an earlier process left in the folder is gone on with. */
TjdEmbedded *tjd_embedded_start (const char *program,
                                 const char *state_folder,
                                 gint64 pace,
                                 GCancellable *cancellable,
                                 GError **error);
const TjdAddresses *tjd_embedded_get_addresses (TjdEmbedded *self);
gboolean tjd_embedded_is_running (TjdEmbedded *self);
void tjd_embedded_stop (TjdEmbedded *self); /* waits for its end, and frees */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdEmbedded, tjd_embedded_stop)

G_END_DECLS
