/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "shell.h"

G_BEGIN_DECLS

/* Why doesn't it work? Clock, network, address, certificate, keyring, each service: a tick or a
 * cross, a sentence, a button where one helps. Copy Report copies the same as text; there is
 * nothing secret in it, and nothing about the person. */
#define TJD_TYPE_DIAGNOSTICS (tjd_diagnostics_get_type ())
G_DECLARE_FINAL_TYPE (TjdDiagnostics, tjd_diagnostics, TJD, DIAGNOSTICS, AdwWindow)

TjdDiagnostics *tjd_diagnostics_new (TjdShell *shell);

G_END_DECLS
