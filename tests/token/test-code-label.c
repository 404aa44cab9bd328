/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code-label.h"

#include <pango/pangocairo.h>
#include <string.h>

static int
x_of (PangoLayout *layout, const char *text, const char *digit)
{
  PangoRectangle at;

  pango_layout_index_to_pos (layout, (int) (strstr (text, digit) - text), &at);
  return MIN (at.x, at.x + at.width);
}

/* In the order in which it is typed, in either script and among text of either direction. */
static void
test_order (void)
{
  static const char *const digits[][6] = {
    [TJD_DIGITS_WESTERN] = { "1", "2", "3", "4", "5", "6" },
    [TJD_DIGITS_ARABIC_INDIC] = { "١", "٢", "٣", "٤", "٥", "٦" },
  };

  for (guint script = 0; script < G_N_ELEMENTS (digits); script++)
    for (int direction = PANGO_DIRECTION_LTR; direction <= PANGO_DIRECTION_RTL; direction++) {
      TjdLocale locale = { TJD_LANGUAGE_AR, (TjdDigits) script, FALSE };
      g_autofree char *text = tjd_code_text (&locale, "123456");
      PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
      g_autoptr (PangoLayout) layout = pango_layout_new (context);
      pango_context_set_base_dir (context, (PangoDirection) direction);
      g_object_unref (context); /* the layout has it */
      pango_layout_set_text (layout, text, -1);
      for (guint i = 1; i < 6; i++)
        g_assert_cmpint (x_of (layout, text, digits[script][i - 1]), <,
                         x_of (layout, text, digits[script][i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/code-label/order", test_order);
  return g_test_run ();
}
