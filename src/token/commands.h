/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* tajdid-token code, sign, --help: on the terminal, with the token in a file or on standard input.
 * What the program exits with. */
int tjd_token_commands_run (int argc, char **argv);

G_END_DECLS
