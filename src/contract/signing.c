/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signing.h"

#include <string.h>

#include "day.h"
#include "identifiers.h"

#define QAR "QAR "
#define MAX_BYTES 2048
#define MAX_LINES 9
#define MAX_ORDERS 500

/* clang-format off */
G_DEFINE_QUARK (tjd-signing-error-quark, tjd_signing_error)
/* clang-format on */

typedef enum {
  NUMBER,
  PAYEE_EN,
  PAYEE_AR,
  PAYEE_NUMBER,
  AMOUNT,
  ID,
  ORDERS,
  ACCOUNT,
  LAST_DAY,
  VALID_UNTIL,
  N_VALUES,
} Value;

typedef struct {
  const char *name;
  Value value;
} Line;

/* What stands in a text of each kind, line by line. */
static const struct {
  const char *head;
  Line lines[MAX_LINES];
  guint n_lines;
} layouts[] = {
  [TJD_SIGNING_PAYMENT] = { "Tajdid payment request 1",
                            { { "Number", NUMBER },
                              { "Payee", PAYEE_EN },
                              { "Payee in Arabic", PAYEE_AR },
                              { "Payee number", PAYEE_NUMBER },
                              { "Amount", AMOUNT },
                              { "Payment", ID },
                              { "Orders", ORDERS },
                              { "Valid until", VALID_UNTIL } },
                            8 },
  [TJD_SIGNING_STANDING_MANDATE] = { "Tajdid standing mandate 1",
                                     { { "Number", NUMBER },
                                       { "Payee", PAYEE_EN },
                                       { "Payee in Arabic", PAYEE_AR },
                                       { "Payee number", PAYEE_NUMBER },
                                       { "At most each month", AMOUNT },
                                       { "Until", LAST_DAY },
                                       { "Account", ACCOUNT },
                                       { "Mandate", ID },
                                       { "Valid until", VALID_UNTIL } },
                                     9 },
};

static char *
print_value (const TjdSigningRequest *request, Value value)
{
  const char *const texts[N_VALUES] = {
    [NUMBER] = request->number,
    [PAYEE_EN] = request->payee_en,
    [PAYEE_AR] = request->payee_ar,
    [PAYEE_NUMBER] = request->payee_number,
    [ID] = request->id,
    [ACCOUNT] = request->account,
    [LAST_DAY] = request->last_day,
  };
  g_autofree char *amount = NULL;

  if (value == ORDERS)
    return g_strdup_printf ("%" G_GINT64_FORMAT, request->n_orders);
  if (value == VALID_UNTIL)
    return tjd_moment_format (request->valid_until);
  if (value != AMOUNT)
    return g_strdup (texts[value]);
  amount = tjd_money_format (request->amount);
  return g_strconcat (QAR, amount, NULL);
}

char *
tjd_signing_text (const TjdSigningRequest *request)
{
  GString *text = g_string_new (layouts[request->kind].head);

  g_string_append_c (text, '\n');
  for (guint i = 0; i < layouts[request->kind].n_lines; i++) {
    const Line *line = &layouts[request->kind].lines[i];
    g_autofree char *value = print_value (request, line->value);
    g_string_append_printf (text, "%s: %s\n", line->name, value);
  }
  return g_string_free (text, FALSE);
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
  return g_str_has_prefix (text, QAR) && tjd_money_parse (text + strlen (QAR), amount) &&
         *amount > 0;
}

static gboolean
read_text (char **to, const char *value, gboolean fits)
{
  if (fits)
    *to = g_strdup (value);
  return fits;
}

static gboolean
read_value (TjdSigningRequest *request, Value which, const char *value)
{
  switch (which) {
  case NUMBER:
    return read_text (&request->number, value, tjd_format_code8.fits (value));
  case PAYEE_EN:
    return read_text (&request->payee_en, value, is_plain_name (value));
  case PAYEE_AR:
    return read_text (&request->payee_ar, value, is_plain_name (value));
  case PAYEE_NUMBER:
    return read_text (&request->payee_number, value, tjd_format_account.fits (value));
  case AMOUNT:
    return read_amount (value, &request->amount);
  case ID:
    return read_text (&request->id, value, tjd_format_id.fits (value));
  case ORDERS:
    return g_ascii_string_to_signed (value, 10, 1, MAX_ORDERS, &request->n_orders, NULL);
  case ACCOUNT:
    return read_text (&request->account, value, tjd_format_account.fits (value));
  case LAST_DAY:
    return read_text (&request->last_day, value, tjd_format_date.fits (value));
  case VALID_UNTIL:
    return tjd_moment_parse (value, &request->valid_until);
  default:
    g_assert_not_reached ();
  }
}

static TjdSigningRequest *
read_lines (char **lines, TjdSigningKind kind)
{
  g_autoptr (TjdSigningRequest) request = g_new0 (TjdSigningRequest, 1);

  if (g_strv_length (lines) != layouts[kind].n_lines + 2 ||
      strcmp (lines[0], layouts[kind].head) != 0)
    return NULL;
  request->kind = kind;
  for (guint i = 0; i < layouts[kind].n_lines; i++) {
    g_autofree char *value = take_value (lines[i + 1], layouts[kind].lines[i].name);
    if (value == NULL || !read_value (request, layouts[kind].lines[i].value, value))
      return NULL;
  }
  return g_steal_pointer (&request);
}

TjdSigningRequest *
tjd_signing_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (TjdSigningRequest) request = NULL;

  if (length <= MAX_BYTES && g_utf8_validate (text, (gssize) length, NULL)) {
    g_autofree char *copy = g_strndup (text, length);
    g_auto (GStrv) lines = g_strsplit (copy, "\n", MAX_LINES + 3);
    g_autofree char *again = NULL;
    for (guint kind = 0; request == NULL && kind < G_N_ELEMENTS (layouts); kind++)
      request = read_lines (lines, kind);
    again = request != NULL ? tjd_signing_text (request) : NULL;
    if (again != NULL && strlen (again) == length && memcmp (again, text, length) == 0)
      return g_steal_pointer (&request);
  }
  g_set_error (error, TJD_SIGNING_ERROR, TJD_SIGNING_ERROR_FORMAT,
               "not a request as the bank writes it");
  return NULL;
}

void
tjd_signing_request_free (TjdSigningRequest *request)
{
  g_free (request->number);
  g_free (request->payee_en);
  g_free (request->payee_ar);
  g_free (request->payee_number);
  g_free (request->id);
  g_free (request->account);
  g_free (request->last_day);
  g_free (request);
}
