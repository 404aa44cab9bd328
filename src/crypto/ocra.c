/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ocra.h"

#include <string.h>

#include "digits.h"

#define QUESTION_BYTES 128

/* clang-format off */
G_DEFINE_QUARK (tjd-ocra-error-quark, tjd_ocra_error)
/* clang-format on */

static const char *const hash_names[] = { "SHA1", "SHA256", "SHA512", NULL };

static int
find_hash (const char *name)
{
  for (int i = 0; hash_names[i] != NULL; i++)
    if (strcmp (hash_names[i], name) == 0)
      return i;
  return -1;
}

/* So many digits and nothing else, within bounds; 0 if not. */
static guint
parse_number (const char *text, gsize n, guint min, guint max)
{
  guint64 value;

  if (!tjd_digits_exactly (text, n) ||
      !g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    return 0;
  return (guint) value;
}

/* "HOTP-SHA256-8" */
static gboolean
parse_function (const char *text, TjdOcraSuite *suite)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);
  int hash;

  if (g_strv_length (parts) != 3 || strcmp (parts[0], "HOTP") != 0 ||
      (hash = find_hash (parts[1])) < 0)
    return FALSE;
  suite->hash = (TjdHash) hash;
  suite->digits = parse_number (parts[2], strlen (parts[2]), 4, 10);
  return suite->digits != 0;
}

static gboolean
parse_question (const char *text, TjdOcraSuite *suite)
{
  if (text[0] != 'Q' || text[1] == '\0' || strchr ("NAH", text[1]) == NULL)
    return FALSE;
  suite->question = text[1];
  suite->question_length = parse_number (text + 2, 2, 4, 64);
  return suite->question_length != 0;
}

/* "T1M": 1-59 S or M, 0-48 H; RFC 6287 6.3. */
static gboolean
parse_time (const char *text, TjdOcraSuite *suite)
{
  gsize n = strlen (text);
  g_autofree char *number = n > 2 ? g_strndup (text + 1, n - 2) : NULL;
  guint unit, max, value;

  if (number == NULL || strlen (number) > 2)
    return FALSE;
  unit = text[n - 1] == 'S' ? 1 : text[n - 1] == 'M' ? 60 : text[n - 1] == 'H' ? 3600 : 0;
  max = unit == 3600 ? 48 : 59;
  value = parse_number (number, strlen (number), 1, max);
  suite->time_step = value * unit;
  return suite->time_step != 0;
}

static gboolean
parse_pin (const char *text, TjdOcraSuite *suite)
{
  int hash = text[0] == 'P' ? find_hash (text + 1) : -1;

  suite->pin = hash >= 0;
  suite->pin_hash = (TjdHash) MAX (hash, 0);
  return suite->pin;
}

/* "C-QN08-PSHA1-S064-T1M": the question alone must be there, the others in this order. */
static gboolean
parse_data (const char *text, TjdOcraSuite *suite)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);
  char **part = parts;

  if (*part != NULL && strcmp (*part, "C") == 0) {
    suite->counter = TRUE;
    part++;
  }
  if (*part == NULL || !parse_question (*part++, suite))
    return FALSE;
  if (*part != NULL && parse_pin (*part, suite))
    part++;
  if (*part != NULL && **part == 'S') {
    suite->session_length = parse_number (*part + 1, 3, 1, 512);
    if (suite->session_length == 0)
      return FALSE;
    part++;
  }
  if (*part != NULL && **part == 'T' && !parse_time (*part++, suite))
    return FALSE;
  return *part == NULL;
}

gboolean
tjd_ocra_parse_suite (const char *text, TjdOcraSuite *suite, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", -1);

  *suite = (TjdOcraSuite){ 0 };
  if (g_strv_length (parts) == 3 && strcmp (parts[0], "OCRA-1") == 0 &&
      parse_function (parts[1], suite) && parse_data (parts[2], suite))
    return TRUE;
  g_set_error (error, TJD_OCRA_ERROR, TJD_OCRA_ERROR_SUITE, "not an OCRA suite: %s", text);
  return FALSE;
}

/* Decimal text to hexadecimal, digit by digit: 64 digits do not fit an integer. */
static void
decimal_to_hex (const char *decimal, GString *hex)
{
  guint8 nibbles[64] = { 0 }; /* least significant first */
  guint n = 1;

  for (const char *c = decimal; *c != '\0'; c++) {
    guint carry = (guint) (*c - '0');
    for (guint i = 0; i < n; i++) {
      carry += nibbles[i] * 10u;
      nibbles[i] = carry & 15;
      carry >>= 4;
    }
    if (carry > 0)
      nibbles[n++] = (guint8) carry;
  }
  while (n-- > 0)
    g_string_append_c (hex, "0123456789ABCDEF"[nibbles[n]]);
}

static gboolean
question_fits (const TjdOcraSuite *suite, const char *question)
{
  gsize n = strlen (question);

  if (n == 0 || n > suite->question_length)
    return FALSE;
  for (const char *c = question; *c != '\0'; c++)
    if (suite->question == 'N'   ? !g_ascii_isdigit (*c)
        : suite->question == 'H' ? !g_ascii_isxdigit (*c)
                                 : !g_ascii_isalnum (*c))
      return FALSE;
  return TRUE;
}

/* 128 bytes, zeros behind; half a byte of hexadecimal is filled up with a zero (RFC 6287 5.1). */
static void
append_question (GByteArray *message, const TjdOcraSuite *suite, const char *question)
{
  guint8 bytes[QUESTION_BYTES] = { 0 };
  g_autoptr (GString) hex = g_string_new (NULL);

  if (suite->question == 'A') {
    memcpy (bytes, question, strlen (question));
  } else {
    if (suite->question == 'N')
      decimal_to_hex (question, hex);
    else
      g_string_append (hex, question);
    for (gsize i = 0; i < hex->len; i++)
      bytes[i / 2] |= (guint8) (g_ascii_xdigit_value (hex->str[i]) << (i % 2 == 0 ? 4 : 0));
  }
  g_byte_array_append (message, bytes, sizeof bytes);
}

static void
append_session (GByteArray *message, const TjdOcraSuite *suite, const TjdOcraInput *input)
{
  guint8 zeros[512] = { 0 };

  g_byte_array_append (message, zeros, suite->session_length - (guint) input->n_session);
  if (input->n_session > 0)
    g_byte_array_append (message, input->session, (guint) input->n_session);
}

static gboolean
input_fits (const TjdOcraSuite *suite, const TjdOcraInput *input, GError **error)
{
  if (!question_fits (suite, input->question)) {
    g_set_error (error, TJD_OCRA_ERROR, TJD_OCRA_ERROR_QUESTION, "not a question of the suite");
    return FALSE;
  }
  if (suite->session_length > 0 && input->n_session > suite->session_length) {
    g_set_error (error, TJD_OCRA_ERROR, TJD_OCRA_ERROR_SESSION, "longer than the suite says");
    return FALSE;
  }
  return TRUE;
}

char *
tjd_ocra (const char *text, const TjdSecret *key, const TjdOcraInput *input, GError **error)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  TjdOcraSuite suite;
  guint8 digest[TJD_HASH_MAX_BYTES];
  guint64 big;
  char *code;

  if (!tjd_ocra_parse_suite (text, &suite, error) || !input_fits (&suite, input, error))
    return NULL;
  g_byte_array_append (message, (const guint8 *) text, (guint) strlen (text) + 1);
  if (suite.counter) {
    big = GUINT64_TO_BE (input->counter);
    g_byte_array_append (message, (const guint8 *) &big, sizeof big);
  }
  append_question (message, &suite, input->question);
  if (suite.pin)
    g_byte_array_append (message, input->pin_digest, (guint) tjd_hash_length (suite.pin_hash));
  if (suite.session_length > 0)
    append_session (message, &suite, input);
  if (suite.time_step > 0) {
    big = GUINT64_TO_BE ((guint64) (input->now / suite.time_step));
    g_byte_array_append (message, (const guint8 *) &big, sizeof big);
  }
  tjd_hmac (suite.hash, key, message->data, message->len, digest);
  code = tjd_otp_truncate (suite.hash, digest, suite.digits);
  explicit_bzero (digest, sizeof digest);
  explicit_bzero (message->data, message->len);
  return code;
}

char *
tjd_payment_code (const TjdSecret *key, const char *number, const char *text, gsize length)
{
  guint8 session[64];
  TjdOcraInput input = { .question = number, .session = session, .n_session = sizeof session };

  g_return_val_if_fail (tjd_digits_exactly (number, 8), NULL);
  tjd_hash (TJD_HASH_SHA512, text, length, session);
  return tjd_ocra (TJD_PAYMENT_SUITE, key, &input, NULL);
}
