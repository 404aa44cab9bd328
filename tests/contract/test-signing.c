/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "signing.h"

#define MOMENT 1795507500 /* 2026-11-24T08:05:00Z */

static const TjdSigningRequest requests[] = {
  { .kind = TJD_SIGNING_PAYMENT,
    .number = (char *) "48151623",
    .payee_en = (char *) "Tajdid collection account",
    .payee_ar = (char *) "حساب تحصيل تجديد",
    .payee_number = (char *) "10002000",
    .amount = 102000,
    .id = (char *) "pay-b2lic7n4grkiyt4fb74t",
    .n_orders = 1,
    .valid_until = MOMENT },
  { .kind = TJD_SIGNING_STANDING_MANDATE,
    .number = (char *) "48151623",
    .payee_en = (char *) "Tajdid collection account",
    .payee_ar = (char *) "حساب تحصيل تجديد",
    .payee_number = (char *) "10002000",
    .amount = 5000000,
    .id = (char *) "smd-b2lic7n4grkiyt4fb74t",
    .account = (char *) "3000100001",
    .last_day = (char *) "2027-11-24",
    .valid_until = MOMENT },
};

static const char *const texts[] = {
  "Tajdid payment request 1\nNumber: 48151623\nPayee: Tajdid collection account\n"
  "Payee in Arabic: حساب تحصيل تجديد\nPayee number: 10002000\nAmount: QAR 1,020.00\n"
  "Payment: pay-b2lic7n4grkiyt4fb74t\nOrders: 1\nValid until: 2026-11-24T08:05:00Z\n",
  "Tajdid standing mandate 1\nNumber: 48151623\nPayee: Tajdid collection account\n"
  "Payee in Arabic: حساب تحصيل تجديد\nPayee number: 10002000\nAt most each month: QAR 50,000.00\n"
  "Until: 2027-11-24\nAccount: 3000100001\nMandate: smd-b2lic7n4grkiyt4fb74t\n"
  "Valid until: 2026-11-24T08:05:00Z\n",
};

static void
test_both_ways (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = tjd_signing_text (&requests[i]);
    g_autoptr (TjdSigningRequest) read = tjd_signing_parse (text, strlen (text), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (text, ==, texts[i]);
    g_assert_cmpint (read->kind, ==, requests[i].kind);
    g_assert_cmpstr (read->number, ==, requests[i].number);
    g_assert_cmpstr (read->id, ==, requests[i].id);
    g_assert_cmpstr (read->account, ==, requests[i].account);
    g_assert_cmpstr (read->last_day, ==, requests[i].last_day);
    g_assert_cmpint (read->amount, ==, requests[i].amount);
    g_assert_cmpint (read->valid_until, ==, MOMENT);
  }
}

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tjd_signing_parse (text, length, &error));
  g_assert_error (error, TJD_SIGNING_ERROR, TJD_SIGNING_ERROR_FORMAT);
}

/* The text of one kind under the other's head is neither. */
static void
test_kinds_apart (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *body = strchr (texts[i], '\n');
    gsize other = strcspn (texts[1 - i], "\n");
    g_autofree char *mixed = g_strdup_printf ("%.*s%s", (int) other, texts[1 - i], body);
    assert_refused (mixed, strlen (mixed));
  }
}

/* Every text that is one byte short, one line short, or has a line twice. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_auto (GStrv) lines = g_strsplit (texts[i], "\n", -1);
    for (gsize length = 0; length < strlen (texts[i]); length++)
      assert_refused (texts[i], length);
    for (guint gone = 0; lines[gone][0] != '\0'; gone++) {
      g_autoptr (GString) shorter = g_string_new (NULL);
      g_autoptr (GString) longer = g_string_new (NULL);
      for (guint line = 0; lines[line][0] != '\0'; line++) {
        if (line != gone)
          g_string_append_printf (shorter, "%s\n", lines[line]);
        g_string_append_printf (longer, "%s\n", lines[line]);
        if (line == gone)
          g_string_append_printf (longer, "%s\n", lines[line]);
      }
      assert_refused (shorter->str, shorter->len);
      assert_refused (longer->str, longer->len);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signing/both-ways", test_both_ways);
  g_test_add_func ("/signing/kinds-apart", test_kinds_apart);
  g_test_add_func ("/signing/cut", test_cut);
  return g_test_run ();
}
