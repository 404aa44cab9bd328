/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A program of ours: beside this one where it is there, installed or not, else by the path. */
char *tjd_program_find (const char *name);

G_END_DECLS
