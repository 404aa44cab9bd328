/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digits.h"

static void
test_taken (void)
{
  static const char *const rows[][2] = {
    { "27612405934", "27612405934" },
    { "٢٧٦١٢٤٠٥٩٣٤", "27612405934" },
    { "۰۱۲۳۴۵۶۷۸۹", "0123456789" },
    { "٠١٢٣٤٥٦٧٨٩", "0123456789" },
    { "０１２３４５６７８９", "0123456789" },
    { "2٧۶１", "2761" }, /* people mix */
    { "276 124-05934", "27612405934" },
    { "276–124—059−34", "27612405934" }, /* en, em, minus */
    { "\xc2\xa0"
      "12\xe2\x80\xaf"
      "34\t5",
      "12345" }, /* no-break spaces, tab */
    { "\xe2\x80\x8f"
      "12\xe2\x80\x8e"
      "34\xd8\x9c",
      "1234" }, /* RLM, LRM, ALM */
    { "\xe2\x81\xa6"
      "12\xe2\x81\xa9",
      "12" }, /* LRI … PDI */
    { "\xe2\x80\xaa"
      "12\xe2\x80\xac",
      "12" }, /* LRE … PDF */
    { "\xef\xbb\xbf"
      "12\xe2\x80\x8b",
      "12" },         /* BOM, zero width space */
    { "007", "007" }, /* zeros in front stay */
    { "", "" },
    { " - ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *digits = tjd_digits_normalise (rows[i][0]);
    g_test_message ("row %u", i);
    g_assert_cmpstr (digits, ==, rows[i][1]);
  }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "2761240593a", "O1", "l1", "٢ب", "1.5",  "1,000", "1/2", "+1",    "1e3",  "½",
    "²",           "①",  "१२", "𝟏𝟐", "1\n2", "Ⅻ",     "一",  "1\xc3", "\xff", "1\xed\xa0\x80",
    "2.84E+10",    "#1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("row %u", i);
    g_assert_null (tjd_digits_normalise (texts[i]));
  }
}

static void
test_exactly (void)
{
  g_assert_true (tjd_digits_exactly ("01005700", 8));
  g_assert_true (tjd_digits_exactly ("", 0));
  g_assert_false (tjd_digits_exactly ("0100570", 8));
  g_assert_false (tjd_digits_exactly ("010057000", 8));
  g_assert_false (tjd_digits_exactly ("0100570 ", 8));
  g_assert_false (tjd_digits_exactly ("-1005700", 8));
  g_assert_false (tjd_digits_exactly ("٠١٠٠", 8)); /* eight bytes, but not ASCII */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digits/taken", test_taken);
  g_test_add_func ("/digits/refused", test_refused);
  g_test_add_func ("/digits/exactly", test_exactly);
  return g_test_run ();
}
