/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell.h"

#include <string.h>

#include "embedded.h"
#include "home.h"
#include "language.h"
#include "record.h"

/* What opening brings: plain values, made by a worker. */
typedef struct {
  TjdEmbedded *embedded;
  TjdTransport *transport;
  TjdSession *session;
  TjdJournal *journal;
  char *folder, *account, *sandbox, *portal;
  GError *signed_out; /* why nobody is signed in; NULL: somebody is */
} Place;

typedef struct {
  char *addresses_file, *services_program;
  gboolean resume;
} Request;

struct _TjdShell {
  GObject parent;
  GSettings *settings;
  TjdLocale locale;
  char *addresses_file, *services_program;
  TjdShellState state;
  GError *error;
  Place *place;
  TjdTasks *tasks;
  guint minutes;
};

enum { PROP_STATE = 1, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { LOCALE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdShell, tjd_shell, G_TYPE_OBJECT)
TJD_DEFINE_ENUM (TjdShellState, tjd_shell_state, "opening", "closed", "signed-out", "signed-in")

static void
place_free (Place *self)
{
  g_clear_pointer (&self->session, tjd_session_unref);
  g_clear_pointer (&self->journal, tjd_journal_close);
  g_clear_pointer (&self->transport, tjd_transport_free);
  g_clear_pointer (&self->embedded, tjd_embedded_stop);
  g_free (self->folder);
  g_free (self->account);
  g_free (self->sandbox);
  g_free (self->portal);
  g_clear_error (&self->signed_out);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

static void
request_free (Request *self)
{
  g_free (self->addresses_file);
  g_free (self->services_program);
  g_free (self);
}

/* --- in a thread ----------------------------------------------------------------------------- */

static TjdAddresses *
start_sandbox (Place *place, const char *program, GCancellable *cancellable, GError **error)
{
  place->sandbox = g_build_filename (g_get_user_state_dir (), "tajdid", "sandbox", NULL);
  if (g_mkdir_with_parents (place->sandbox, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", place->sandbox);
    return NULL;
  }
  place->embedded =
      tjd_embedded_start (program, place->sandbox, TJD_EMBEDDED_PACE, cancellable, error);
  return place->embedded != NULL ? tjd_addresses_copy (tjd_embedded_get_addresses (place->embedded))
                                 : NULL;
}

/* Files of the client's, a folder for each portal. */
static gboolean
move_in (Place *place, const TjdAddresses *addresses, GError **error)
{
  g_autofree char *name = tjd_addresses_get_place (addresses);
  g_autofree char *journal = NULL;

  if (place->sandbox != NULL)
    tjd_set_string (&name, "sandbox"); /* whose port is another at each start */
  place->folder = g_build_filename (g_get_user_data_dir (), "tajdid", name, NULL);
  place->portal = g_strdup (addresses->base[TJD_PARTY_PORTAL]);
  place->account = tjd_home_prepare (place->folder, tjd_entropy_system (), error);
  if (place->account == NULL)
    return FALSE;
  journal = g_build_filename (place->folder, "journal.db", NULL);
  place->journal = tjd_journal_open (journal, error);
  return place->journal != NULL;
}

static gpointer
open_place (gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (Place) place = g_new0 (Place, 1);
  g_autoptr (TjdAddresses) addresses =
      request->addresses_file != NULL
          ? tjd_addresses_load (request->addresses_file, error)
          : start_sandbox (place, request->services_program, cancellable, error);

  if (addresses == NULL || !move_in (place, addresses, error))
    return NULL;
  place->transport =
      tjd_addresses_connect (addresses, tjd_clock_system (), tjd_entropy_system (), error);
  if (place->transport == NULL)
    return NULL;
  place->session = tjd_session_new (place->transport, place->account, tjd_clock_system (),
                                    tjd_entropy_system ());
  if (request->resume)
    tjd_session_resume (place->session, cancellable, &place->signed_out);
  return g_steal_pointer (&place);
}

static gpointer
end_session (gpointer data, GCancellable *cancellable, GError **error)
{
  tjd_session_sign_out (data, FALSE, cancellable, error);
  return NULL;
}

static gpointer
end_all_sessions (gpointer data, GCancellable *cancellable, GError **error)
{
  tjd_session_sign_out (data, TRUE, cancellable, error);
  return NULL;
}

static gpointer
refresh_session (gpointer data, GCancellable *cancellable, GError **error)
{
  tjd_session_refresh (data, cancellable, error);
  return NULL;
}

static const TjdWork opening = { "open", open_place, (GDestroyNotify) request_free,
                                 (GDestroyNotify) place_free };
static const TjdWork ending = { "sign out", end_session, (GDestroyNotify) tjd_session_unref, NULL };
static const TjdWork ending_all = { "sign out everywhere", end_all_sessions,
                                    (GDestroyNotify) tjd_session_unref, NULL };
static const TjdWork refreshing = { "refresh session", refresh_session,
                                    (GDestroyNotify) tjd_session_unref, NULL };

/* --- the main thread ------------------------------------------------------------------------- */

static void
set_state (TjdShell *self, TjdShellState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->state = state;
  if (state == TJD_SHELL_SIGNED_IN || state == TJD_SHELL_SIGNED_OUT)
    g_settings_set_boolean (self->settings, "signed-in", state == TJD_SHELL_SIGNED_IN);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* That nobody has signed in yet is no news. */
static gboolean
is_news (const GError *error)
{
  return error != NULL &&
         !g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_NOT_SIGNED_IN);
}

static void
show_opened (gpointer owner, gpointer result, const GError *error)
{
  TjdShell *self = owner;
  Place *brought = result;

  if (brought == NULL) {
    set_state (self, TJD_SHELL_CLOSED, error);
    return;
  }
  self->place = brought;
  set_state (self,
             tjd_session_is_signed_in (self->place->session) ? TJD_SHELL_SIGNED_IN
                                                             : TJD_SHELL_SIGNED_OUT,
             is_news (self->place->signed_out) ? self->place->signed_out : NULL);
}

static void
forget_ended (gpointer owner, gpointer result, const GError *error)
{
}

/* Who asked for it must hear where it was not done. */
static void
note_ended_everywhere (gpointer owner, gpointer result, const GError *error)
{
  TjdShell *self = owner;
  g_autoptr (GError) elsewhere = NULL;

  if (error == NULL || self->state != TJD_SHELL_SIGNED_OUT)
    return;
  if (error->domain == TJD_KEYRING_ERROR)
    elsewhere = g_error_copy (error);
  else
    g_set_error_literal (&elsewhere, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_ELSEWHERE, error->message);
  set_state (self, TJD_SHELL_SIGNED_OUT, elsewhere);
}

static void
note_refreshed (gpointer owner, gpointer result, const GError *error)
{
  if (error != NULL)
    tjd_shell_take_error (owner, error);
}

void
tjd_shell_lock (TjdShell *self)
{
  g_autoptr (GError) ended =
      g_error_new_literal (TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SESSION_ENDED, "idle");

  if (self->state != TJD_SHELL_SIGNED_IN)
    return;
  tjd_tasks_run (self->tasks, &ending, tjd_session_ref (self->place->session), forget_ended);
  set_state (self, TJD_SHELL_SIGNED_OUT, ended);
}

static gboolean
look_each_minute (gpointer data)
{
  TjdShell *self = data;
  gint64 lock_after = (gint64) g_settings_get_uint (self->settings, "lock-after") * 60;

  if (self->state != TJD_SHELL_SIGNED_IN)
    return G_SOURCE_CONTINUE;
  if (tjd_session_is_idle (self->place->session, MIN (lock_after, TJD_IDLE_SECONDS)))
    tjd_shell_lock (self);
  else if (tjd_session_wants_refresh (self->place->session))
    tjd_tasks_run (self->tasks, &refreshing, tjd_session_ref (self->place->session),
                   note_refreshed);
  return G_SOURCE_CONTINUE;
}

static TjdLanguage
read_language (GSettings *settings)
{
  g_autofree char *language = g_settings_get_string (settings, "language");

  if (strcmp (language, "ar") == 0)
    return TJD_LANGUAGE_AR;
  return strcmp (language, "en") == 0 ? TJD_LANGUAGE_EN : tjd_language_of_session ();
}

/* Unless told otherwise, each language with its own digits. */
static TjdDigits
read_digits (GSettings *settings, TjdLanguage language)
{
  g_autofree char *digits = g_settings_get_string (settings, "digits");

  if (strcmp (digits, "western") == 0)
    return TJD_DIGITS_WESTERN;
  return strcmp (digits, "arabic-indic") == 0 || language == TJD_LANGUAGE_AR
             ? TJD_DIGITS_ARABIC_INDIC
             : TJD_DIGITS_WESTERN;
}

static void
read_locale (TjdShell *self)
{
  TjdLanguage language = read_language (self->settings);

  self->locale = (TjdLocale){ language, read_digits (self->settings, language),
                              g_settings_get_boolean (self->settings, "hijri") };
  tjd_language_use (language);
}

static void
change_locale (TjdShell *self)
{
  TjdLocale before = self->locale;

  read_locale (self);
  if (memcmp (&before, &self->locale, sizeof before) != 0)
    g_signal_emit (self, signals[LOCALE_CHANGED], 0);
}

static void
tjd_shell_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_STATE:
    g_value_set_enum (value, (int) TJD_SHELL (object)->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_shell_finalize (GObject *object)
{
  TjdShell *self = TJD_SHELL (object);

  g_clear_handle_id (&self->minutes, g_source_remove);
  g_clear_object (&self->tasks);
  g_clear_pointer (&self->place, place_free);
  g_clear_error (&self->error);
  g_clear_object (&self->settings);
  g_free (self->addresses_file);
  g_free (self->services_program);
  G_OBJECT_CLASS (tjd_shell_parent_class)->finalize (object);
}

static void
tjd_shell_class_init (TjdShellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tjd_shell_get_property;
  object_class->finalize = tjd_shell_finalize;
  props[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, tjd_shell_state_get_type (), TJD_SHELL_OPENING,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[LOCALE_CHANGED] = g_signal_new ("locale-changed", TJD_TYPE_SHELL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tjd_shell_init (TjdShell *self)
{
  self->tasks = tjd_tasks_new (G_OBJECT (self));
  self->minutes = g_timeout_add_seconds (60, look_each_minute, self);
}

TjdShell *
tjd_shell_new (GSettings *settings, const char *addresses_file, const char *services_program)
{
  static const char *const of_reading[] = { "changed::language", "changed::digits",
                                            "changed::hijri" };
  TjdShell *self = g_object_new (TJD_TYPE_SHELL, NULL);

  self->settings = g_object_ref (settings);
  self->addresses_file = g_strdup (addresses_file);
  self->services_program = g_strdup (services_program);
  read_locale (self);
  for (guint i = 0; i < G_N_ELEMENTS (of_reading); i++)
    g_signal_connect_object (settings, of_reading[i], G_CALLBACK (change_locale), self,
                             G_CONNECT_SWAPPED);
  return self;
}

void
tjd_shell_open (TjdShell *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "addresses");
  Request *request = g_new0 (Request, 1);

  if (self->place != NULL || tjd_tasks_is_busy (self->tasks)) {
    request_free (request);
    return;
  }
  request->addresses_file = self->addresses_file != NULL ? g_strdup (self->addresses_file)
                            : *chosen != '\0'            ? g_strdup (chosen)
                                                         : NULL;
  request->services_program = g_strdup (self->services_program);
  request->resume = TRUE;
  set_state (self, TJD_SHELL_OPENING, NULL);
  tjd_tasks_run (self->tasks, &opening, request, show_opened);
}

TjdShellState
tjd_shell_get_state (TjdShell *self)
{
  return self->state;
}

const GError *
tjd_shell_get_error (TjdShell *self)
{
  return self->error;
}

GSettings *
tjd_shell_get_settings (TjdShell *self)
{
  return self->settings;
}

const TjdLocale *
tjd_shell_get_locale (TjdShell *self)
{
  return &self->locale;
}

TjdSession *
tjd_shell_get_session (TjdShell *self)
{
  return self->place != NULL ? self->place->session : NULL;
}

TjdJournal *
tjd_shell_get_journal (TjdShell *self)
{
  return self->place != NULL ? self->place->journal : NULL;
}

const char *
tjd_shell_get_sandbox (TjdShell *self)
{
  return self->place != NULL ? self->place->sandbox : NULL;
}

const char *
tjd_shell_get_folder (TjdShell *self)
{
  return self->place != NULL ? self->place->folder : NULL;
}

const char *
tjd_shell_get_account (TjdShell *self)
{
  return self->place != NULL ? self->place->account : NULL;
}

const char *
tjd_shell_get_portal (TjdShell *self)
{
  return self->place != NULL ? self->place->portal : NULL;
}

void
tjd_shell_note_signed_in (TjdShell *self)
{
  set_state (self, TJD_SHELL_SIGNED_IN, NULL);
}

static void
sign_out (TjdShell *self, const TjdWork *work, TjdWorkDone done)
{
  if (self->state != TJD_SHELL_SIGNED_IN)
    return;
  tjd_tasks_run (self->tasks, work, tjd_session_ref (self->place->session), done);
  set_state (self, TJD_SHELL_SIGNED_OUT, NULL);
}

void
tjd_shell_sign_out (TjdShell *self)
{
  sign_out (self, &ending, forget_ended);
}

void
tjd_shell_sign_out_everywhere (TjdShell *self)
{
  sign_out (self, &ending_all, note_ended_everywhere);
}

gboolean
tjd_shell_take_error (TjdShell *self, const GError *error)
{
  if (self->state != TJD_SHELL_SIGNED_IN ||
      !(g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SESSION_ENDED) ||
        g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_NOT_SIGNED_IN)))
    return FALSE;
  set_state (self, TJD_SHELL_SIGNED_OUT, error);
  return TRUE;
}
