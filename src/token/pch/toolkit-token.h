/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Read once for all of the folder: GTK's headers are most of what its files take to compile. */
#include <adwaita.h>
