/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "permits-model.h"

G_BEGIN_DECLS

/* Asks for a personal ID and adds the permit with that number to the model. A number has no check
 * digit: the holder's name is shown before anything is done with it. */
GtkWindow *tjd_add_permit_new (TjdShell *shell, TjdPermitsModel *model);

G_END_DECLS
