/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identifiers.h"

#include <string.h>

#include "day.h"
#include "digits.h"

#define ID_CHARACTERS 20

static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";

static gboolean
is_personal_id (const char *text)
{
  return tjd_digits_exactly (text, 11) && (text[0] == '2' || text[0] == '3');
}

static gboolean
is_establishment_id (const char *text)
{
  return tjd_digits_exactly (text, 8);
}

static gboolean
is_renewer (const char *text)
{
  return is_personal_id (text) || is_establishment_id (text);
}

static gboolean
is_item (const char *text)
{
  g_autofree char *serial = NULL;

  if (strlen (text) != 13 || !g_ascii_isupper (text[0]) || !g_ascii_isupper (text[1]) ||
      strcmp (text + 11, "QA") != 0)
    return FALSE;
  serial = g_strndup (text + 2, 8);
  return tjd_digits_exactly (serial, 8) && text[10] == '0' + tjd_item_check_digit (serial);
}

static gboolean
is_id (const char *text)
{
  return g_ascii_islower (text[0]) && g_ascii_islower (text[1]) && g_ascii_islower (text[2]) &&
         text[3] == '-' && strlen (text + 4) == ID_CHARACTERS &&
         strspn (text + 4, base32) == ID_CHARACTERS;
}

static gboolean
is_date (const char *text)
{
  TjdDay day;
  return tjd_day_parse (text, &day);
}

static gboolean
is_event (const char *text)
{
  gsize length = strlen (text);

  return length >= 1 && length <= 16 &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length;
}

static gboolean
is_code6 (const char *text)
{
  return tjd_digits_exactly (text, 6);
}

static gboolean
is_account (const char *text)
{
  gsize n = strlen (text);
  return n >= 8 && n <= 16 && tjd_digits_exactly (text, n);
}

/* Embeddings, overrides and isolates of the bidirectional algorithm; its plain marks are taken. */
static gboolean
turns_text (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_text (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (turns_text (c) || (g_unichar_iscntrl (c) && c != '\n'))
      return FALSE;
  }
  return TRUE;
}

const TjdFormat tjd_format_personal_id = { "personal-id", is_personal_id };
const TjdFormat tjd_format_establishment_id = { "establishment-id", is_establishment_id };
const TjdFormat tjd_format_renewer = { "renewer", is_renewer };
const TjdFormat tjd_format_item = { "s10-item", is_item };
const TjdFormat tjd_format_id = { "tajdid-id", is_id };
const TjdFormat tjd_format_date = { "date", is_date };
const TjdFormat tjd_format_code6 = { "sign-in-code", is_code6 };
const TjdFormat tjd_format_code8 = { "eight-digits", is_establishment_id };
const TjdFormat tjd_format_event = { "post-event", is_event };
const TjdFormat tjd_format_account = { "account-number", is_account };
const TjdFormat tjd_format_text = { "written-text", is_text };

char *
tjd_id_new (const TjdEntropy *entropy, const char *prefix)
{
  guint8 bytes[ID_CHARACTERS];
  char text[ID_CHARACTERS + 1] = { 0 };

  tjd_entropy_fill (entropy, bytes, sizeof bytes);
  for (guint i = 0; i < ID_CHARACTERS; i++)
    text[i] = base32[bytes[i] & 31];
  return g_strconcat (prefix, "-", text, NULL);
}

/* The digits stand before the letters in ASCII, so that texts are in the order of their numbers. */
#define TIME_CHARACTERS 8
char *
tjd_id_new_timed (const TjdClock *clock, const TjdEntropy *entropy, const char *prefix)
{
  static const char in_order[] = "234567abcdefghijklmnopqrstuvwxyz";
  g_autofree char *id = tjd_id_new (entropy, prefix);
  char *text = strrchr (id, '-') + 1;
  guint64 time = (guint64) tjd_clock_now_us (clock) / 1000;

  for (guint i = TIME_CHARACTERS; i-- > 0; time >>= 5)
    text[i] = in_order[time & 31];
  return g_steal_pointer (&id);
}

int
tjd_item_check_digit (const char *eight_digits)
{
  static const int weights[] = { 8, 6, 4, 2, 3, 5, 9, 7 };
  int sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (eight_digits[i] - '0');
  sum = 11 - sum % 11;
  return sum == 10 ? 0 : sum == 11 ? 5 : sum;
}

char *
tjd_item_new (const char *indicator, guint32 serial)
{
  g_autofree char *digits = g_strdup_printf ("%08u", serial % 100000000);
  return g_strdup_printf ("%s%s%dQA", indicator, digits, tjd_item_check_digit (digits));
}
