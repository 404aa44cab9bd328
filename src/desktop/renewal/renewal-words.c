/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "renewal-words.h"

#include "date.h"
#include "day.h"
#include "foreign.h"
#include "numerals.h"
#include "plurals.h"

#define NOTE_CHARACTERS 300

static const char *const lines[] = {
  [TJD_LINE_FEE] = N_ ("Fee"),
  [TJD_LINE_DISCOUNT] = N_ ("Discount for three years"),
  [TJD_LINE_FINE] = N_ ("Fine for late renewal"),
  [TJD_LINE_FINE_REDUCTION] = N_ ("Reduction of the fine"),
  [TJD_LINE_LOST_CARD] = N_ ("Lost card"),
};

static const char *const steps[] = {
  [TJD_JOURNEY_CONFIRMED] = N_ ("Placing the order…"),
  [TJD_JOURNEY_ORDERED] = N_ ("Approving the order…"),
  [TJD_JOURNEY_APPROVED] = N_ ("Making the bill…"),
  [TJD_JOURNEY_BILLED] = N_ ("Asking the bank for a signing request…"),
  [TJD_JOURNEY_AUTHORISING] = N_ ("The bank is checking the code…"),
  [TJD_JOURNEY_IN_DOUBT] = N_ ("The bank did not answer."),
  [TJD_JOURNEY_CANCELLING] = N_ ("Cancelling the order…"),
  [TJD_JOURNEY_ENDED] = NULL,
};

static const char *const asked[][2] = {
  /* Translators: %s is a date. */
  [TJD_REVIEW_OPEN] = { N_ ("Review asked for on %s; the ministry’s staff have not decided yet."),
                        N_ ("Reduction asked for on %s; the ministry’s staff have not decided "
                            "yet.") },
  [TJD_REVIEW_GRANTED] = { N_ ("Review of %s: granted. Refresh the fees."),
                           N_ ("Reduction of %s: granted.") },
  [TJD_REVIEW_REFUSED] = { N_ ("Review of %s: refused."), N_ ("Reduction of %s: refused.") },
};

char *
tjd_years_text (const TjdLocale *locale, gint64 years)
{
  g_autofree char *number = tjd_number_text (locale, years);

  return g_strdup_printf (ngettext ("%s year", "%s years", (gulong) years), number);
}

char *
tjd_permits_text (const TjdLocale *locale, guint permits)
{
  g_autofree char *number = tjd_number_text (locale, permits);

  return g_strdup_printf (ngettext ("%s permit", "%s permits", permits), number);
}

const char *
tjd_line_words (TjdLineKind kind)
{
  return _ (lines[kind]);
}

const char *
tjd_step_words (TjdJourneyStep step)
{
  return steps[step] != NULL ? _ (steps[step]) : NULL;
}

char *
tjd_asked_text (const TjdLocale *locale, TjdReview *review)
{
  g_autofree char *day =
      tjd_date_text (locale, tjd_day_in_qatar (review->asked_at), TJD_DATE_SHORT);
  g_autofree char *note = NULL, *text = NULL;
  const char *said = locale->language == TJD_LANGUAGE_AR && review->note_ar != NULL
                         ? review->note_ar
                         : review->note_en;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (_ (asked[review->state][review->kind]), day);
#pragma GCC diagnostic pop
  if (said == NULL)
    return g_steal_pointer (&text);
  note = tjd_foreign (said, NOTE_CHARACTERS);
  return g_strconcat (text, " ", note, NULL);
}
