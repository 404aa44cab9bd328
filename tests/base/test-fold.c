/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"

static void
test_fold (void)
{
  static const struct {
    const char *text;
    const char *folded;
  } rows[] = {
    { "", "" },
    { "Sara LINDQVIST", "sara lindqvist" },
    { "  José\u00a0 Muñoz\t", "jose munoz" },
    { "Straße", "strasse" },
    { "ＯＭＡＲ", "omar" },
    { "أحمد", "احمد" },
    { "إيمان", "ايمان" },
    { "آمنة", "امنة" },
    { "مُحَمَّد", "محمد" },
    { "محـــمد", "محمد" },
    { "\u200f\u2067سارة\u2069", "سارة" },
    { "٢٧٦ ۲۷۶ 276 ２７６", "276 276 276 276" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *folded = tjd_fold (rows[i].text);
    g_autofree char *again = tjd_fold (folded);
    g_assert_cmpstr (folded, ==, rows[i].folded);
    g_assert_cmpstr (again, ==, folded);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/table", test_fold);
  return g_test_run ();
}
