/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "qr.h"

#include <string.h>
#include <zint.h>

#define UTF_8 26     /* ECI assignment number (AIM) */
#define QUIET_ZONE 4 /* modules around it (ISO/IEC 18004) */
#define NATURAL_SIZE 220

struct _TjdQr {
  GtkWidget parent;
  char *text;
  guint8 *modules; /* NULL: nothing to show */
  guint side;
};

G_DEFINE_FINAL_TYPE (TjdQr, tjd_qr, GTK_TYPE_WIDGET)

static gboolean
is_black (const struct zint_symbol *symbol, int row, int column)
{
  return (symbol->encoded_data[row][column >> 3] >> (column & 7) & 1) != 0;
}

guint8 *
tjd_qr_encode (const char *text, guint *side)
{
  struct zint_symbol *symbol = ZBarcode_Create ();
  guint8 *modules = NULL;

  symbol->symbology = BARCODE_QRCODE;
  symbol->input_mode = UNICODE_MODE;
  symbol->eci = UTF_8;
  if (ZBarcode_Encode (symbol, (const unsigned char *) text, (int) strlen (text)) < ZINT_ERROR) {
    *side = (guint) symbol->width;
    modules = g_new0 (guint8, *side * *side);
    for (guint row = 0; row < *side; row++)
      for (guint column = 0; column < *side; column++)
        modules[row * *side + column] = is_black (symbol, (int) row, (int) column);
  }
  ZBarcode_Delete (symbol);
  return modules;
}

static void
tjd_qr_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TjdQr *self = TJD_QR (widget);
  int size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  float module = (float) size / (float) (self->side + 2 * QUIET_ZONE);
  float left = (float) (gtk_widget_get_width (widget) - size) / 2;
  const GdkRGBA white = { 1, 1, 1, 1 }, black = { 0, 0, 0, 1 };

  if (self->modules == NULL)
    return;
  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (left, 0, (float) size, (float) size));
  for (guint i = 0; i < self->side * self->side; i++)
    if (self->modules[i])
      gtk_snapshot_append_color (
          snapshot, &black,
          &GRAPHENE_RECT_INIT (left + module * (float) (QUIET_ZONE + i % self->side),
                               module * (float) (QUIET_ZONE + i / self->side), module, module));
}

static void
tjd_qr_measure (GtkWidget *widget,
                GtkOrientation orientation,
                int for_size,
                int *minimum,
                int *natural,
                int *minimum_baseline,
                int *natural_baseline)
{
  *minimum = *natural = NATURAL_SIZE;
}

static void
tjd_qr_finalize (GObject *object)
{
  TjdQr *self = TJD_QR (object);

  g_free (self->text);
  g_free (self->modules);
  G_OBJECT_CLASS (tjd_qr_parent_class)->finalize (object);
}

static void
tjd_qr_class_init (TjdQrClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tjd_qr_finalize;
  widget_class->snapshot = tjd_qr_snapshot;
  widget_class->measure = tjd_qr_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tjd_qr_init (TjdQr *self)
{
}

void
tjd_qr_set_text (TjdQr *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_free (self->modules);
  self->modules = text != NULL ? tjd_qr_encode (text, &self->side) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
