/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signing.h"

#include <string.h>

#include "day.h"
#include "identifiers.h"

#define HEAD "Tajdid payment request 1"
#define MAX_BYTES 2048
#define MAX_ORDERS 500

/* clang-format off */
G_DEFINE_QUARK (tjd-signing-error-quark, tjd_signing_error)
/* clang-format on */

static const char *const names[] = { "Number", "Payee",   "Payee in Arabic", "Payee number",
                                     "Amount", "Payment", "Orders",          "Valid until" };

enum { NUMBER, PAYEE_EN, PAYEE_AR, PAYEE_NUMBER, AMOUNT, PAYMENT, ORDERS, VALID_UNTIL, N_LINES };
G_STATIC_ASSERT (G_N_ELEMENTS (names) == N_LINES);

char *
tjd_signing_text (const TjdSigningRequest *request)
{
  g_autofree char *amount = tjd_money_format (request->amount);
  g_autofree char *until = tjd_moment_format (request->valid_until);

  return g_strdup_printf (
      HEAD "\nNumber: %s\nPayee: %s\nPayee in Arabic: %s\nPayee number: %s\n"
           "Amount: QAR %s\nPayment: %s\nOrders: %" G_GINT64_FORMAT "\nValid until: %s\n",
      request->number, request->payee_en, request->payee_ar, request->payee_number, amount,
      request->payment, request->n_orders, until);
}

char *
tjd_signing_text_short (const char *number, TjdMoney amount, const char *payee_number)
{
  g_autofree char *grouped = tjd_money_format (amount);
  g_auto (GStrv) groups = g_strsplit (grouped, ",", -1);
  g_autofree char *plain = g_strjoinv (NULL, groups);

  return g_strdup_printf ("%s\n%s\n%s\n", number, plain, payee_number);
}

/* A name that looks the same to everyone: no controls, no marks that turn or hide text. */
static gboolean
is_plain_name (const char *name)
{
  if (*name == '\0')
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at)) {
    GUnicodeType type = g_unichar_type (g_utf8_get_char (at));
    if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
        type == G_UNICODE_PARAGRAPH_SEPARATOR || type == G_UNICODE_UNASSIGNED ||
        type == G_UNICODE_PRIVATE_USE)
      return FALSE;
  }
  return TRUE;
}

static char *
take_value (const char *line, const char *name)
{
  gsize length = strlen (name);

  if (strncmp (line, name, length) != 0 || strncmp (line + length, ": ", 2) != 0)
    return NULL;
  return g_strdup (line + length + 2);
}

static gboolean
read_amount (const char *text, TjdMoney *amount)
{
  return g_str_has_prefix (text, "QAR ") && tjd_money_parse (text + strlen ("QAR "), amount) &&
         *amount > 0;
}

static TjdSigningRequest *
read_values (char **values)
{
  g_autoptr (TjdSigningRequest) request = g_new0 (TjdSigningRequest, 1);

  if (!tjd_format_code8.fits (values[NUMBER]) || !is_plain_name (values[PAYEE_EN]) ||
      !is_plain_name (values[PAYEE_AR]) || !tjd_format_account.fits (values[PAYEE_NUMBER]) ||
      !read_amount (values[AMOUNT], &request->amount) || !tjd_format_id.fits (values[PAYMENT]) ||
      !g_ascii_string_to_signed (values[ORDERS], 10, 1, MAX_ORDERS, &request->n_orders, NULL) ||
      !tjd_moment_parse (values[VALID_UNTIL], &request->valid_until))
    return NULL;
  request->number = g_strdup (values[NUMBER]);
  request->payee_en = g_strdup (values[PAYEE_EN]);
  request->payee_ar = g_strdup (values[PAYEE_AR]);
  request->payee_number = g_strdup (values[PAYEE_NUMBER]);
  request->payment = g_strdup (values[PAYMENT]);
  return g_steal_pointer (&request);
}

static TjdSigningRequest *
read_lines (char **lines)
{
  g_auto (GStrv) values = g_new0 (char *, N_LINES + 1);

  if (g_strv_length (lines) != N_LINES + 2 || strcmp (lines[0], HEAD) != 0)
    return NULL;
  for (guint i = 0; i < N_LINES; i++) {
    values[i] = take_value (lines[i + 1], names[i]);
    if (values[i] == NULL)
      return NULL;
  }
  return read_values (values);
}

TjdSigningRequest *
tjd_signing_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (TjdSigningRequest) request = NULL;

  if (length <= MAX_BYTES && g_utf8_validate (text, (gssize) length, NULL)) {
    g_autofree char *copy = g_strndup (text, length);
    g_auto (GStrv) lines = g_strsplit (copy, "\n", N_LINES + 3);
    g_autofree char *again = NULL;
    request = read_lines (lines);
    again = request != NULL ? tjd_signing_text (request) : NULL;
    if (again != NULL && strlen (again) == length && memcmp (again, text, length) == 0)
      return g_steal_pointer (&request);
  }
  g_set_error (error, TJD_SIGNING_ERROR, TJD_SIGNING_ERROR_FORMAT,
               "not a payment request as the bank writes it");
  return NULL;
}

void
tjd_signing_request_free (TjdSigningRequest *request)
{
  g_free (request->number);
  g_free (request->payee_en);
  g_free (request->payee_ar);
  g_free (request->payee_number);
  g_free (request->payment);
  g_free (request);
}
