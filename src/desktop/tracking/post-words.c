/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "post-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "foreign.h"
#include "numerals.h"
#include "plurals.h"

#define CODE_CHARACTERS 16

static const char *const stops[] = {
  /* Translators: stops of an envelope, under small icons: keep them short. */
  [TJD_STOP_OUT] = N_ ("Envelope out"), [TJD_STOP_RECEIVED] = N_ ("Received"),
  [TJD_STOP_STAMPED] = N_ ("Stamped"),  [TJD_STOP_CARD_PRINTED] = N_ ("Card printed"),
  [TJD_STOP_BACK] = N_ ("Way back"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (stops) == TJD_N_STOPS);

static const char *const stop_states[] = {
  [TJD_STOP_AHEAD] = N_ ("not yet"),
  [TJD_STOP_UNDER_WAY] = N_ ("under way"),
  [TJD_STOP_DONE] = N_ ("done"),
  /* Translators: of a stop that must have been passed, but that nobody has reported. */
  [TJD_STOP_UNREPORTED] = N_ ("not reported"),
  [TJD_STOP_TROUBLED] = N_ ("delivery failed"),
};

static const char *const stations[] = {
  [TJD_STATION_RECEIVED] = N_ ("The ministry has received the passports"),
  [TJD_STATION_STAMPED] = N_ ("The passports are stamped"),
  [TJD_STATION_CARD_PRINTED] = N_ ("The new cards are printed"),
  [TJD_STATION_HANDED_TO_POST] = N_ ("The ministry has handed the envelope to the post"),
};

static const struct {
  const char *code;
  const char *words[2]; /* by leg */
} scans[] = {
  { TJD_SCAN_POSTED, { N_ ("On its way to the ministry"), N_ ("On its way back to you") } },
  { TJD_SCAN_AT_DELIVERY_OFFICE,
    { N_ ("At the post office near the ministry"), N_ ("At the post office near you") } },
  { TJD_SCAN_FAILED, { N_ ("Delivery to the ministry failed"), N_ ("Delivery to you failed") } },
  { TJD_SCAN_DELIVERED, { N_ ("Delivered to the ministry"), N_ ("Delivered back to you") } },
};

static const char *const reasons[] = {
  [TJD_FAILURE_ADDRESSEE_ABSENT] = N_ ("Nobody was there to take it."),
  [TJD_FAILURE_ADDRESS_INSUFFICIENT] = N_ ("The address was not enough to find the place."),
  [TJD_FAILURE_PREMISES_CLOSED] = N_ ("The place was closed."),
  [TJD_FAILURE_REFUSED] = N_ ("It was refused at the door."),
  [TJD_FAILURE_OTHER] = N_ ("The post gave no closer reason."),
};

static const char *const actions[] = {
  [TJD_FAILURE_WILL_RETRY] = N_ ("The post will try again."),
  [TJD_FAILURE_ADDRESSEE_ADVISED] = N_ ("The post has left word for the addressee."),
  [TJD_FAILURE_HELD_FOR_COLLECTION] = N_ ("The post keeps it for collection."),
  [TJD_FAILURE_RETURNED] = N_ ("The post is sending it back to where it came from."),
};

static const char *const remedies[] = {
  [TJD_FAILURE_WILL_RETRY] = N_ ("See that somebody can take it at the next try."),
  [TJD_FAILURE_ADDRESSEE_ADVISED] = N_ ("Do as the post’s note says."),
  [TJD_FAILURE_HELD_FOR_COLLECTION] =
      N_ ("Collect it at the post office, with your ID and the item number."),
  [TJD_FAILURE_RETURNED] = N_ ("Call the post with the item number to have it sent again."),
};

static const char *
look_up (const char *const *words, gsize n_words, int value)
{
  return value >= 0 && (gsize) value < n_words && words[value] != NULL ? _ (words[value]) : "";
}
#define LOOK_UP(table, value) look_up (table, G_N_ELEMENTS (table), (int) (value))

const char *
tjd_stop_words (TjdStopId stop)
{
  return LOOK_UP (stops, stop);
}

const char *
tjd_stop_state_words (TjdStopState state)
{
  return LOOK_UP (stop_states, state);
}

const char *
tjd_station_words (TjdStationName station)
{
  return LOOK_UP (stations, station);
}

char *
tjd_scan_words (TjdScan *scan)
{
  g_autofree char *code = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (scans); i++)
    if (strcmp (scan->code, scans[i].code) == 0)
      return g_strdup (_ (scans[i].words[scan->leg == TJD_LEG_BACK]));
  code = tjd_foreign (scan->code, CODE_CHARACTERS);
  /* Translators: %s is a code of the post's that Tajdid has no words for. */
  return g_strdup_printf (_ ("The post has noted “%s”"), code);
}

char *
tjd_place_words (const TjdLocale *locale, TjdScan *scan)
{
  return tjd_name_text (locale, scan->place_en, scan->place_ar);
}

const char *
tjd_failure_reason_words (TjdFailureReason reason)
{
  return LOOK_UP (reasons, (int) reason < 0 ? TJD_FAILURE_OTHER : reason);
}

const char *
tjd_failure_action_words (TjdFailureAction action)
{
  return LOOK_UP (actions, action);
}

const char *
tjd_failure_remedy_words (TjdFailureReason reason, TjdFailureAction action)
{
  if (reason == TJD_FAILURE_ADDRESS_INSUFFICIENT)
    return _ ("Call the post with the item number and tell them the full address.");
  return LOOK_UP (remedies, action);
}

char *
tjd_duration_words (const TjdLocale *locale, gint64 seconds)
{
  gint64 hours = seconds / 3600, minutes = seconds / 60 % 60;
  g_autofree char *hours_number = tjd_number_text (locale, hours);
  g_autofree char *minutes_number = tjd_number_text (locale, minutes);
  g_autofree char *hours_words =
      g_strdup_printf (ngettext ("%s hour", "%s hours", (gulong) hours), hours_number);
  g_autofree char *minutes_words =
      g_strdup_printf (ngettext ("%s minute", "%s minutes", (gulong) minutes), minutes_number);

  if (seconds < 60)
    return g_strdup (_ ("less than a minute"));
  if (hours == 0)
    return g_steal_pointer (&minutes_words);
  if (minutes == 0)
    return g_steal_pointer (&hours_words);
  /* Translators: a duration, hours and then minutes: "2 hours 5 minutes". */
  return g_strdup_printf (C_ ("duration", "%s %s"), hours_words, minutes_words);
}

char *
tjd_time_words (const TjdLocale *locale, TjdTime time)
{
  g_autofree char *duration = tjd_duration_words (locale, time.seconds);

  switch (time.state) {
  case TJD_TIME_LEFT:
    /* Translators: %s is a duration: "2 hours 5 minutes". */
    return g_strdup_printf (_ ("%s left of 24 hours"), duration);
  case TJD_TIME_OVERDUE:
    return g_strdup_printf (_ ("Overdue by %s"), duration);
  case TJD_TIME_IN_TIME:
    return g_strdup_printf (_ ("Back within %s"), duration);
  case TJD_TIME_LATE:
    return g_strdup_printf (_ ("Back after %s, later than promised"), duration);
  case TJD_TIME_NOT_STARTED:
  default:
    return g_strdup (_ ("The 24 hours begin when the post takes the envelope"));
  }
}
