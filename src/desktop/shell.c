/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shell.h"

#include <string.h>

#include "language.h"
#include "place.h"
#include "record.h"

struct _TjdShell {
  GObject parent;
  GSettings *settings;
  TjdLocale locale;
  char *addresses_file, *services_program;
  TjdShellState state;
  GError *error;
  char *person;
  char *renewer;
  gboolean is_followed;
  TjdPlace *place;
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
note_person (TjdShell *self)
{
  g_autofree char *before = g_steal_pointer (&self->person);

  if (self->state == TJD_SHELL_SIGNED_IN)
    self->person = tjd_session_dup_personal_id (self->place->session);
  else if (self->state != TJD_SHELL_SIGNED_OUT || self->error != NULL)
    self->person = g_steal_pointer (&before);
  if (before != NULL && g_strcmp0 (self->person, before) != 0)
    g_clear_pointer (&self->renewer, g_free);
}

static void
set_state (TjdShell *self, TjdShellState state, const GError *error)
{
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->state = state;
  note_person (self);
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
  TjdPlace *brought = result;

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
  if (error->domain == TJD_KEYRING_ERROR || error->domain == G_FILE_ERROR)
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
  int code = self->is_followed ? TJD_CLIENT_ERROR_LOCKED : TJD_CLIENT_ERROR_SESSION_ENDED;
  g_autoptr (GError) idle = g_error_new_literal (TJD_CLIENT_ERROR, code, "idle");

  if (self->state != TJD_SHELL_SIGNED_IN)
    return;
  tjd_tasks_run (self->tasks, self->is_followed ? &tjd_locking : &tjd_ending,
                 tjd_session_ref (self->place->session), forget_ended);
  set_state (self, TJD_SHELL_SIGNED_OUT, idle);
}

gboolean
tjd_shell_is_locked (TjdShell *self)
{
  return self->state == TJD_SHELL_SIGNED_OUT &&
         g_error_matches (self->error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_LOCKED);
}

void
tjd_shell_set_followed (TjdShell *self, gboolean is_followed)
{
  self->is_followed = is_followed;
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
    tjd_tasks_run (self->tasks, &tjd_refreshing, tjd_session_ref (self->place->session),
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
  g_clear_pointer (&self->place, tjd_place_free);
  g_clear_error (&self->error);
  g_free (self->person);
  g_free (self->renewer);
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
  TjdPlaceRequest *request;

  if (self->place != NULL || tjd_tasks_is_busy (self->tasks))
    return;
  request = g_new0 (TjdPlaceRequest, 1);
  request->addresses_file = self->addresses_file != NULL ? g_strdup (self->addresses_file)
                            : *chosen != '\0'            ? g_strdup (chosen)
                                                         : NULL;
  request->services_program = g_strdup (self->services_program);
  set_state (self, TJD_SHELL_OPENING, NULL);
  tjd_tasks_run (self->tasks, &tjd_opening, request, show_opened);
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
tjd_shell_get_person (TjdShell *self)
{
  return self->person;
}

const char *
tjd_shell_get_renewer (TjdShell *self)
{
  return self->renewer;
}

void
tjd_shell_set_renewer (TjdShell *self, const char *renewer)
{
  tjd_set_string (&self->renewer, renewer);
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
leave (TjdShell *self, gboolean everywhere, TjdWorkDone done)
{
  TjdLeave *wanted;

  if (self->state != TJD_SHELL_SIGNED_IN)
    return;
  wanted = g_new (TjdLeave, 1);
  *wanted = (TjdLeave){ tjd_session_ref (self->place->session), everywhere,
                        g_strdup (self->place->folder), g_strdup (self->place->account) };
  tjd_tasks_run (self->tasks, &tjd_signing_out, wanted, done);
  set_state (self, TJD_SHELL_SIGNED_OUT, NULL);
}

void
tjd_shell_sign_out (TjdShell *self)
{
  leave (self, FALSE, forget_ended);
}

void
tjd_shell_sign_out_everywhere (TjdShell *self)
{
  leave (self, TRUE, note_ended_everywhere);
}

gboolean
tjd_shell_take_error (TjdShell *self, const GError *error)
{
  if ((self->state != TJD_SHELL_SIGNED_IN && !tjd_shell_is_locked (self)) ||
      !(g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SESSION_ENDED) ||
        g_error_matches (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_NOT_SIGNED_IN)))
    return FALSE;
  set_state (self, TJD_SHELL_SIGNED_OUT, error);
  return TRUE;
}
