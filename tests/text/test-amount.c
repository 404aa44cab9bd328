/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "amount.h"

#define FSI "\u2068"
#define PDI "\u2069"

static const TjdLocale english = { TJD_LANGUAGE_EN, TJD_DIGITS_WESTERN, FALSE };
static const TjdLocale english_indic = { TJD_LANGUAGE_EN, TJD_DIGITS_ARABIC_INDIC, FALSE };
static const TjdLocale arabic = { TJD_LANGUAGE_AR, TJD_DIGITS_ARABIC_INDIC, FALSE };
static const TjdLocale arabic_western = { TJD_LANGUAGE_AR, TJD_DIGITS_WESTERN, FALSE };

static const struct {
  const TjdLocale *locale;
  TjdMoney dirhams;
  const char *text;
} rows[] = {
  { &english, 102000, "QAR\u00a01,020.00" },
  { &english, 0, "QAR\u00a00.00" },
  { &english, 5, "QAR\u00a00.05" },
  { &english, 8000000000, "QAR\u00a080,000,000.00" },
  { &english, -20000, "QAR\u00a0-200.00" },
  { &english_indic, 102000, "QAR\u00a0١٬٠٢٠٫٠٠" },
  { &arabic, 102000, "١٬٠٢٠٫٠٠\u00a0ر.ق" },
  { &arabic, 242000, "٢٬٤٢٠٫٠٠\u00a0ر.ق" },
  { &arabic, -20000, "\u061c-٢٠٠٫٠٠\u00a0ر.ق" },
  { &arabic_western, 102000, "1,020.00\u00a0ر.ق" },
  { &arabic_western, -20000, "\u200e-200.00\u00a0ر.ق" },
};

static void
test_vectors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = tjd_amount_text (rows[i].locale, rows[i].dirhams);
    g_autofree char *expected = g_strconcat (FSI, rows[i].text, PDI, NULL);
    g_assert_cmpstr (text, ==, expected);
  }
}

/* No double on the way: the last dirham of the greatest number is right. */
static void
test_exact (void)
{
  g_autofree char *most = tjd_amount_text (&english, G_MAXINT64);
  g_autofree char *least = tjd_amount_text (&english, G_MININT64);

  g_assert_cmpstr (most, ==, FSI "QAR\u00a092,233,720,368,547,758.07" PDI);
  g_assert_cmpstr (least, ==, FSI "QAR\u00a0-92,233,720,368,547,758.08" PDI);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/amount/vectors", test_vectors);
  g_test_add_func ("/amount/exact", test_exact);
  return g_test_run ();
}
