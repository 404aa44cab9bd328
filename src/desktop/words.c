/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <gio/gio.h>

#include "date.h"
#include "numerals.h"
#include "plurals.h"
#include "words-table.h"

static const TjdWordsRow anything = { N_ ("Something went wrong in Tajdid."),
                                      N_ ("Try again. If it happens again, send the report from "
                                          "Diagnostics.") };

static const TjdWordsRow cancelled = { N_ ("This was cancelled."), N_ ("Try again.") };

static const TjdWordsRow file = {
  N_ ("A file on this computer could not be read or written."),
  N_ ("Check that the disk is not full and that your home folder is "
      "yours to write, then try again.")
};

/* The wrong code that was one too many is told as what it has led to. */
static const TjdWordsRow *
find_problem_row (const GError *error)
{
  TjdProblem *problem = tjd_problem_get_document (error);
  gboolean is_last =
      problem != NULL && (problem->tries_left == 0 || problem->blocked_until != TJD_NO_INT);

  if (is_last && error->code == TJD_PROBLEM_CODE_WRONG)
    return tjd_words_of_problem (TJD_PROBLEM_SIGN_IN_BLOCKED);
  if (is_last && error->code == TJD_PROBLEM_SIGNING_CODE_WRONG)
    return tjd_words_of_problem (TJD_PROBLEM_PAYMENT_BLOCKED);
  return tjd_words_of_problem (error->code);
}

static const TjdWordsRow *
find_row (const GError *error)
{
  if (error->domain == TJD_PROBLEM)
    return find_problem_row (error);
  if (error->domain == TJD_TRANSPORT_ERROR)
    return tjd_words_of_transport (error->code);
  if (error->domain == TJD_CLIENT_ERROR)
    return tjd_words_of_client (error->code);
  if (error->domain == TJD_KEYRING_ERROR)
    return tjd_words_of_keyring (error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return &cancelled;
  return error->domain == G_FILE_ERROR || error->domain == G_IO_ERROR ? &file : NULL;
}

/* What the problem's document adds in figures: how many tries are left, until when it is blocked.
 */
static void
add_figures (GString *text, const TjdLocale *locale, const GError *error)
{
  TjdProblem *problem = error->domain == TJD_PROBLEM ? tjd_problem_get_document (error) : NULL;

  if (problem != NULL && problem->blocked_until != TJD_NO_INT) {
    g_autofree char *until = tjd_moment_text (locale, problem->blocked_until);
    /* Translators: %s is a date and time: "5 Dec 2026, 14:20". */
    g_string_append_printf (text, _ ("You can try again from %s."), until);
    g_string_append_c (text, ' ');
  } else if (problem != NULL && problem->tries_left > 0) {
    g_autofree char *left = tjd_number_text (locale, problem->tries_left);
    gulong n = (gulong) CLAMP (problem->tries_left, 0, 1000);
    g_string_append_printf (text, ngettext ("%s try is left.", "%s tries are left.", n), left);
    g_string_append_c (text, ' ');
  }
}

const char *
tjd_charge_words (TjdCharge charge)
{
  switch (charge) {
  case TJD_CHARGE_NOTHING:
    return _ ("Nothing was charged.");
  case TJD_CHARGE_HELD:
    return _ ("The amount is held in the account; only what is renewed will be debited.");
  case TJD_CHARGE_PAID:
    return _ ("The amount was debited.");
  case TJD_CHARGE_UNKNOWN:
  default:
    return _ (
        "We don’t know yet whether the bank took the payment. You will not be charged twice.");
  }
}

TjdWords *
tjd_words_new (const TjdLocale *locale, const GError *error, int charge)
{
  TjdWords *self = g_new0 (TjdWords, 1);
  const TjdWordsRow *row = find_row (error);
  GString *remedy = g_string_new (NULL);

  if (row == NULL)
    row = &anything;
  self->happened = g_strdup (_ (row->happened));
  if (charge != TJD_NOT_ABOUT_MONEY)
    self->money = g_strdup (tjd_charge_words ((TjdCharge) charge));
  add_figures (remedy, locale, error);
  g_string_append (remedy, _ (row->remedy));
  self->remedy = g_string_free (remedy, FALSE);
  return self;
}

void
tjd_words_free (TjdWords *self)
{
  g_free (self->happened);
  g_free (self->money);
  g_free (self->remedy);
  g_free (self);
}

char *
tjd_words_dup_explanation (const TjdWords *self)
{
  return self->money != NULL ? g_strconcat (self->money, " ", self->remedy, NULL)
                             : g_strdup (self->remedy);
}

char *
tjd_words_dup_text (const TjdWords *self)
{
  g_autofree char *explanation = tjd_words_dup_explanation (self);

  return g_strconcat (self->happened, " ", explanation, NULL);
}

gboolean
tjd_words_are_own (const GError *error)
{
  return find_row (error) != NULL;
}
