/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A QR code of a text, drawn as rectangles at any size: black on white in every theme, for a camera
 * to read. Property "text". */
#define TJD_TYPE_QR (tjd_qr_get_type ())
G_DECLARE_FINAL_TYPE (TjdQr, tjd_qr, TJD, QR, GtkWidget)

void tjd_qr_set_text (TjdQr *self, const char *text);

/* The code's modules, row by row, a byte each (1: black), and how many a side; NULL if the text
 * does not fit. What is drawn, for tests. */
guint8 *tjd_qr_encode (const char *text, guint *side);

G_END_DECLS
