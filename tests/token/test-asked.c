/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "asked.h"

#define NOW G_GINT64_CONSTANT (1795550000)
#define UNTIL "2026-11-24T20:00:00Z" /* 1795550400 */
#define REQUEST(payee, amount)                                                       \
  "Tajdid payment request 1\nNumber: 48151623\nPayee: " payee                        \
  "\nPayee in Arabic: حساب تحصيل تجديد\nPayee number: 10002000\nAmount: QAR " amount \
  "\nPayment: pay-aaaaaaaaaaaaaaaaaaaa\nOrders: 1\nValid until: " UNTIL "\n"

static TjdAskedFault
read_at (const char *text, gint64 now)
{
  g_autoptr (TjdAsked) asked = NULL;
  TjdAskedFault fault = tjd_asked_read (text, strlen (text), now, &asked);

  g_assert_true ((asked != NULL) == (fault == TJD_ASKED_FINE));
  if (asked != NULL)
    g_assert_cmpstr (asked->text, ==, text);
  return fault;
}

static void
test_read (void)
{
  const char *good = REQUEST ("Tajdid collection account", "1,020.00");

  g_assert_cmpint (read_at (good, NOW), ==, TJD_ASKED_FINE);
  g_assert_cmpint (read_at (good, NOW + 399), ==, TJD_ASKED_FINE);
  g_assert_cmpint (read_at (good, NOW + 400), ==, TJD_ASKED_EXPIRED);
  g_assert_cmpint (read_at (REQUEST ("Tajdid", "1020.00"), NOW), ==, TJD_ASKED_NO_REQUEST);
  g_assert_cmpint (read_at ("", NOW), ==, TJD_ASKED_NO_REQUEST);
}

/* What would be shown otherwise than it is signed. */
static void
test_names (void)
{
  g_assert_cmpint (read_at (REQUEST ("Zoë & <b>Söhne</b>", "1.00"), NOW), ==, TJD_ASKED_FINE);
  g_assert_cmpint (read_at (REQUEST ("To\u202eward", "1.00"), NOW), ==, TJD_ASKED_NO_REQUEST);
  g_assert_cmpint (
      read_at (REQUEST ("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "1.00"), NOW), ==,
      TJD_ASKED_NO_REQUEST);
  g_assert_cmpint (read_at (REQUEST ("\u3164", "1.00"), NOW), ==, TJD_ASKED_NO_REQUEST);
}

static void
test_typed (void)
{
  static const struct {
    const char *number, *amount, *payee_number;
    TjdAskedFault fault;
    const char *text;
  } cases[] = {
    { "48151623", "1020.00", "10002000", TJD_ASKED_FINE, "48151623\n1020.00\n10002000\n" },
    { "4815 1623", "1,020", "10002000", TJD_ASKED_FINE, "48151623\n1020.00\n10002000\n" },
    { "٤٨١٥١٦٢٣", "١٬٠٢٠٫٥٠", "١٠٠٠٢٠٠٠", TJD_ASKED_FINE, "48151623\n1020.50\n10002000\n" },
    { "4815162", "1", "10002000", TJD_ASKED_NUMBER, NULL },
    { "4815162x", "1", "10002000", TJD_ASKED_NUMBER, NULL },
    { "48151623", "", "10002000", TJD_ASKED_AMOUNT, NULL },
    { "48151623", "0", "10002000", TJD_ASKED_AMOUNT, NULL },
    { "48151623", "-1", "10002000", TJD_ASKED_AMOUNT, NULL },
    { "48151623", "1.5", "10002000", TJD_ASKED_AMOUNT, NULL },
    { "48151623", "1.555", "10002000", TJD_ASKED_AMOUNT, NULL },
    { "48151623", "1.000,00", "10002000", TJD_ASKED_AMOUNT, NULL },
    { "48151623", "1e3", "10002000", TJD_ASKED_AMOUNT, NULL },
    { "48151623", "1.00", "1", TJD_ASKED_PAYEE_NUMBER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TjdAsked) asked = NULL;
    TjdAskedFault fault =
        tjd_asked_typed (cases[i].number, cases[i].amount, cases[i].payee_number, &asked);
    g_test_message ("%s", cases[i].amount);
    g_assert_cmpint (fault, ==, cases[i].fault);
    if (cases[i].text != NULL)
      g_assert_cmpstr (asked->text, ==, cases[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/asked/read", test_read);
  g_test_add_func ("/token/asked/names", test_names);
  g_test_add_func ("/token/asked/typed", test_typed);
  return g_test_run ();
}
