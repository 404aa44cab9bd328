/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "quote.h"

/* FACTS, "post": n cards cost 20·n up to 4, else 100·⌈n/10⌉ riyals. */
static TjdPostTariff *
post_tariff (void)
{
  const char *json = "{\"valid_from\":\"2026-01-01\",\"bands\":["
                     "{\"up_to\":4,\"per\":1,\"amount\":2000},"
                     "{\"up_to\":null,\"per\":10,\"amount\":10000}]}";
  g_autoptr (GError) error = NULL;
  TjdPostTariff *tariff = tjd_record_from_json (tjd_post_tariff_get_type (), json, strlen (json),
                                                TJD_READ_STRICT, &error);

  g_assert_no_error (error);
  return tariff;
}

static void
test_post_fee (void)
{
  static const gint64 rows[][2] = {
    { 0, 0 },    { 1, 20 },   { 2, 40 },   { 3, 60 },   { 4, 80 },     { 5, 100 },    { 9, 100 },
    { 10, 100 }, { 11, 200 }, { 20, 200 }, { 21, 300 }, { 499, 5000 }, { 500, 5000 },
  };
  g_autoptr (TjdPostTariff) tariff = post_tariff ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (tjd_post_tariff_fee (tariff, rows[i][0]), ==, rows[i][1] * TJD_RIYAL);
  for (gint64 n = 1; n <= 500; n++)
    g_assert_cmpint (tjd_post_tariff_fee (tariff, n), ==,
                     (n <= 4 ? 20 * n : 100 * (n / 10 + (n % 10 != 0))) * TJD_RIYAL);
}

static void
test_quotation_bounds (void)
{
  static const struct {
    const char *json;
    const char *pointer; /* NULL: taken */
  } rows[] = {
    { "{\"permits\":[{\"personal_id\":\"27612405934\",\"years\":1}]}", NULL },
    { "{\"permits\":[]}", "#/permits" },
    { "{\"permits\":[{\"personal_id\":\"27612405934\",\"years\":0}]}", "#/permits/0/years" },
    { "{\"permits\":[{\"personal_id\":\"27612405934\",\"years\":11}]}", "#/permits/0/years" },
    { "{\"permits\":[{\"personal_id\":\"2761240593\",\"years\":1}]}", "#/permits/0/personal_id" },
    { "{\"permits\":[{\"personal_id\":\"27612405934\",\"years\":1,\"total\":0}]}",
      "#/permits/0/total" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TjdQuotationRequest) request =
        tjd_record_from_json (tjd_quotation_request_get_type (), rows[i].json,
                              strlen (rows[i].json), TJD_READ_STRICT, &error);
    if (rows[i].pointer == NULL)
      g_assert_no_error (error);
    else
      g_assert_cmpstr (tjd_record_error_get_pointer (error), ==, rows[i].pointer);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quote/post-fee", test_post_fee);
  g_test_add_func ("/quote/quotation-bounds", test_quotation_bounds);
  return g_test_run ();
}
