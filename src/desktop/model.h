/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell.h"

G_BEGIN_DECLS

/* What a page shows and must not lose: an object of the main thread, without widgets (page.h). A
 * model of its own derives from this one and adds what it holds. */
#define TJD_TYPE_MODEL (tjd_model_get_type ())
G_DECLARE_DERIVABLE_TYPE (TjdModel, tjd_model, TJD, MODEL, GObject)

struct _TjdModelClass {
  GObjectClass parent_class;
};

/* Construct-only property "shell"; borrowed. */
TjdShell *tjd_model_get_shell (TjdModel *self);

G_END_DECLS
