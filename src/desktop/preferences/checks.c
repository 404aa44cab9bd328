/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checks.h"

#include <adwaita.h>

#include <string.h>

#include "calls.h"
#include "numerals.h"
#include "plurals.h"
#include "words.h"

#define CLOCK_OFF_SECONDS 30

static const char *const party_titles[] = {
  [TJD_PARTY_PORTAL] = N_ ("Portal"),
  [TJD_PARTY_MINISTRY] = N_ ("Ministry"),
  [TJD_PARTY_BANK] = N_ ("Bank"),
  [TJD_PARTY_POST] = N_ ("Post"),
};
G_STATIC_ASSERT (G_N_ELEMENTS (party_titles) == TJD_N_PARTIES);

static const char *
base_of (TjdSession *session, TjdParty party)
{
  return tjd_transport_get_base (tjd_session_get_transport (session), party);
}

static void
look_at_service (TjdFindings *self, TjdSession *session, TjdParty party, GCancellable *cancellable)
{
  g_autoptr (TjdHealth) health = NULL;

  self->is_known[party] = base_of (session, party) != NULL;
  if (self->is_known[party])
    health = tjd_call_health (session, party, cancellable, &self->services[party]);
}

static gboolean
is_local_address (const char *base)
{
  g_autoptr (GUri) uri = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && (g_str_has_prefix (host, "127.") || strcmp (host, "localhost") == 0 ||
                          strcmp (host, "::1") == 0);
}

TjdFindings *
tjd_findings_new (TjdSession *session, const GError *opening, GCancellable *cancellable)
{
  TjdFindings *self = g_new0 (TjdFindings, 1);
  g_auto (GStrv) kept = NULL;

  self->has_network = g_network_monitor_get_network_available (g_network_monitor_get_default ());
  self->opening = opening != NULL ? g_error_copy (opening) : NULL;
  kept = tjd_keyring_list (TJD_KEYRING_SESSION_KEY, cancellable, &self->keyring);
  if (session == NULL)
    return self;
  self->is_local = is_local_address (base_of (session, TJD_PARTY_PORTAL));
  self->is_secure = g_str_has_prefix (base_of (session, TJD_PARTY_PORTAL), "https:");
  for (guint party = 0; party < TJD_N_PARTIES; party++)
    look_at_service (self, session, (TjdParty) party, cancellable);
  self->has_skew = tjd_call_get_skew (session, TJD_PARTY_PORTAL, &self->skew);
  return self;
}

void
tjd_findings_free (TjdFindings *self)
{
  g_clear_error (&self->opening);
  g_clear_error (&self->keyring);
  for (guint party = 0; party < TJD_N_PARTIES; party++)
    g_clear_error (&self->services[party]);
  g_free (self);
}

static void
verdict_free (TjdVerdict *verdict)
{
  g_free (verdict->title);
  g_free (verdict->sentence);
  g_free (verdict);
}

static TjdVerdict *
add (GPtrArray *verdicts, const char *title, gboolean is_well, char *sentence)
{
  TjdVerdict *verdict = g_new0 (TjdVerdict, 1);

  verdict->title = g_strdup (title);
  verdict->is_well = is_well;
  verdict->sentence = sentence;
  g_ptr_array_add (verdicts, verdict);
  return verdict;
}

static char *
words_of (const TjdLocale *locale, const GError *error)
{
  g_autoptr (TjdWords) words = tjd_words_new (locale, error, TJD_NOT_ABOUT_MONEY);

  return tjd_words_dup_text (words);
}

static void
judge_clock (const TjdFindings *self, const TjdLocale *locale, GPtrArray *verdicts)
{
  gint64 seconds = ABS (self->skew);
  g_autofree char *number = tjd_number_text (locale, seconds);

  if (!self->has_skew)
    add (verdicts, _ ("Clock"), FALSE,
         g_strdup (_ ("Could not be compared, because the portal did not answer.")));
  else if (seconds <= CLOCK_OFF_SECONDS)
    add (verdicts, _ ("Clock"), TRUE, g_strdup (_ ("Agrees with the portal’s.")));
  else
    add (verdicts, _ ("Clock"), FALSE,
         g_strdup_printf (
             ngettext ("Differs from the portal’s by %s second. Set the date and time in "
                       "the computer’s settings.",
                       "Differs from the portal’s by %s seconds. Set the date and time "
                       "in the computer’s settings.",
                       (gulong) seconds),
             number));
}

static void
judge_network (const TjdFindings *self, GPtrArray *verdicts)
{
  if (self->is_local)
    add (verdicts, _ ("Network"), TRUE,
         g_strdup (_ ("Not needed: the services run on this computer.")));
  else if (self->has_network)
    add (verdicts, _ ("Network"), TRUE, g_strdup (_ ("This computer is connected.")));
  else
    add (verdicts, _ ("Network"), FALSE,
         g_strdup (_ ("This computer is not connected. Connect it, then check again.")));
}

static void
judge_address (const TjdFindings *self, const TjdLocale *locale, GPtrArray *verdicts)
{
  gboolean is_well = self->opening == NULL && self->is_known[TJD_PARTY_PORTAL];
  TjdVerdict *verdict =
      add (verdicts, _ ("Address"), is_well,
           is_well                 ? g_strdup (_ ("The address of the service can be used."))
           : self->opening != NULL ? words_of (locale, self->opening)
                                   : g_strdup (_ ("The services are still being opened.")));

  if (!is_well) {
    verdict->button = _ ("_Preferences");
    verdict->action = "app.preferences";
  }
}

static void
judge_certificate (const TjdFindings *self, const TjdLocale *locale, GPtrArray *verdicts)
{
  for (guint party = 0; party < TJD_N_PARTIES; party++)
    if (g_error_matches (self->services[party], TJD_TRANSPORT_ERROR,
                         TJD_TRANSPORT_ERROR_UNTRUSTED)) {
      add (verdicts, _ ("Certificate"), FALSE, words_of (locale, self->services[party]));
      return;
    }
  add (verdicts, _ ("Certificate"), TRUE,
       g_strdup (self->is_secure ? _ ("The service has shown who it is.")
                                 : _ ("Not needed: nothing leaves this computer.")));
}

static void
judge_keyring (const TjdFindings *self, const TjdLocale *locale, GPtrArray *verdicts)
{
  add (verdicts, _ ("Keyring"), self->keyring == NULL,
       self->keyring == NULL ? g_strdup (_ ("Open. It can keep your session."))
                             : words_of (locale, self->keyring));
}

static void
judge_services (const TjdFindings *self, const TjdLocale *locale, GPtrArray *verdicts)
{
  for (guint party = 0; party < TJD_N_PARTIES; party++)
    if (self->is_known[party])
      add (verdicts, _ (party_titles[party]), self->services[party] == NULL,
           self->services[party] == NULL ? g_strdup (_ ("Answers."))
                                         : words_of (locale, self->services[party]));
}

GPtrArray *
tjd_findings_judge (const TjdFindings *self, const TjdLocale *locale)
{
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) verdict_free);

  judge_clock (self, locale, verdicts);
  judge_network (self, verdicts);
  judge_address (self, locale, verdicts);
  judge_certificate (self, locale, verdicts);
  judge_keyring (self, locale, verdicts);
  judge_services (self, locale, verdicts);
  return verdicts;
}

char *
tjd_verdicts_report (GPtrArray *verdicts)
{
  GString *report = g_string_new (NULL);

  g_string_append_printf (report, "Tajdid %s, GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u\n",
                          TJD_VERSION, gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (), glib_major_version,
                          glib_minor_version, glib_micro_version);
  for (guint i = 0; i < verdicts->len; i++) {
    TjdVerdict *verdict = verdicts->pdata[i];
    g_string_append_printf (report, "%s %s: %s\n", verdict->is_well ? "✓" : "✗", verdict->title,
                            verdict->sentence);
  }
  return g_string_free (report, FALSE);
}
