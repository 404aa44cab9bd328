/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "asked.h"

#include <string.h>

#include "digits.h"
#include "foreign.h"
#include "identifiers.h"
#include "token.h"

#define MAX_NAME 2048 /* more than a whole request may have */

/* A name that is shown otherwise than it is signed (a tower of accents, an invisible character) is
 * not shown at all. */
static gboolean
shows_as_it_is (const char *name)
{
  g_autofree char *shown = tjd_foreign_plain (name, MAX_NAME);

  return strcmp (shown, name) == 0;
}

static TjdAsked *
asked_new (TjdSigningRequest *request, char *text, gboolean by_hand)
{
  TjdAsked *self = g_new0 (TjdAsked, 1);

  self->request = request;
  self->text = text;
  self->by_hand = by_hand;
  return self;
}

TjdAskedFault
tjd_asked_read (const char *text, gsize length, gint64 now, TjdAsked **asked)
{
  g_autoptr (TjdSigningRequest) request = tjd_signing_parse (text, length, NULL);

  if (request == NULL || !shows_as_it_is (request->payee_en) || !shows_as_it_is (request->payee_ar))
    return TJD_ASKED_NO_REQUEST;
  if (request->valid_until <= now)
    return TJD_ASKED_EXPIRED;
  *asked = asked_new (g_steal_pointer (&request), g_strndup (text, length), FALSE);
  return TJD_ASKED_FINE;
}

/* Where the riyals end: after the last point of either script. */
static char *
find_point (const char *typed)
{
  char *western = strrchr (typed, '.');

  return western != NULL ? western : g_strrstr (typed, "٫");
}

static char *
without_groups (const char *typed)
{
  g_auto (GStrv) by_comma = g_strsplit (typed, ",", -1);
  g_autofree char *joined = g_strjoinv (NULL, by_comma);
  g_auto (GStrv) by_arabic = g_strsplit (joined, "٬", -1);

  return g_strjoinv (NULL, by_arabic);
}

static gboolean
read_typed_amount (const char *typed, TjdMoney *amount)
{
  const char *point = find_point (typed);
  g_autofree char *before =
      point != NULL ? g_strndup (typed, (gsize) (point - typed)) : g_strdup (typed);
  g_autofree char *ungrouped = without_groups (before);
  g_autofree char *riyals = tjd_digits_normalise (ungrouped);
  g_autofree char *dirhams =
      point != NULL ? tjd_digits_normalise (g_utf8_next_char (point)) : g_strdup ("00");
  g_autofree char *written = NULL;

  /* Dashes are skipped in numbers that people group by them; here one would be a sign. */
  if (riyals == NULL || dirhams == NULL || strchr (typed, '-') != NULL)
    return FALSE;
  written = g_strconcat (riyals, ".", dirhams, NULL);
  return tjd_money_parse (written, amount) && *amount > 0;
}

TjdAskedFault
tjd_asked_typed (const char *number, const char *amount, const char *payee_number, TjdAsked **asked)
{
  g_autoptr (TjdSigningRequest) request = g_new0 (TjdSigningRequest, 1);
  char *text;

  request->kind = TJD_SIGNING_PAYMENT;
  request->number = tjd_digits_normalise (number);
  if (request->number == NULL || !tjd_format_code8.fits (request->number))
    return TJD_ASKED_NUMBER;
  if (!read_typed_amount (amount, &request->amount))
    return TJD_ASKED_AMOUNT;
  request->payee_number = tjd_digits_normalise (payee_number);
  if (request->payee_number == NULL || !tjd_format_account.fits (request->payee_number))
    return TJD_ASKED_PAYEE_NUMBER;
  text = tjd_signing_text_short (request->number, request->amount, request->payee_number);
  *asked = asked_new (g_steal_pointer (&request), text, TRUE);
  return TJD_ASKED_FINE;
}

gboolean
tjd_asked_has_expired (const TjdAsked *self, gint64 now)
{
  return !self->by_hand && self->request->valid_until <= now;
}

char *
tjd_asked_code (const TjdAsked *self, const TjdToken *token)
{
  return tjd_token_signing_code (token, self->request->number, self->text);
}

void
tjd_asked_free (TjdAsked *self)
{
  tjd_signing_request_free (self->request);
  g_free (self->text);
  g_free (self);
}
