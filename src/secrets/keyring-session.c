/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-session.h"

#include "keyring.h"

#define CALL_MS 5000

struct _TjdKeyringSession {
  SecretService parent;
  TjdWait *wait; /* (unowned) outlives it: both belong to one call */
};

G_DEFINE_FINAL_TYPE (TjdKeyringSession, tjd_keyring_session, SECRET_TYPE_SERVICE)

/* A question under way. */
typedef struct {
  GDBusProxy *prompt;
  const GVariantType *return_type; /* libsecret's, static */
  gulong on_signal, on_cancelled;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->prompt);
  g_free (question);
}

/* By whichever comes first: the answer, that it could not be asked, the end of our patience. The
 * task, which its own question has kept alive, is handed to who ends it; NULL if it has ended. */
static GTask *
end_question (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  if (question->on_signal == 0)
    return NULL;
  g_clear_signal_handler (&question->on_signal, question->prompt);
  g_signal_handler_disconnect (g_task_get_cancellable (task), question->on_cancelled);
  return task;
}

/* A dismissed question is an error to libsecret: it would read an answer there that is none. */
static void
hear_signal (GDBusProxy *prompt, char *sender, char *signal, GVariant *parameters, GTask *task)
{
  Question *question = g_task_get_task_data (task);
  g_autoptr (GTask) ended = NULL;
  g_autoptr (GVariant) result = NULL;
  gboolean dismissed;

  if (g_strcmp0 (signal, "Completed") != 0 ||
      !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bv)")))
    return;
  ended = end_question (task);
  if (ended == NULL)
    return;
  g_variant_get (parameters, "(bv)", &dismissed, &result);
  if (dismissed)
    g_task_return_new_error (ended, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_DISMISSED, "dismissed");
  else if (!g_variant_is_of_type (result, question->return_type))
    g_task_return_new_error (ended, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not what was asked for");
  else
    g_task_return_pointer (ended, g_steal_pointer (&result), (GDestroyNotify) g_variant_unref);
}

/* The question stays open at the keyring, and answering it late still unlocks: taking it back
 * (Dismiss) brings gnome-keyring 42 down, for every program of the person's. */
static gboolean
give_up (gpointer data)
{
  g_autoptr (GTask) ended = end_question (data);

  if (ended != NULL)
    g_task_return_new_error (ended, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no answer");
  return G_SOURCE_REMOVE;
}

/* Comes in the thread that cancels; the question belongs to the one that asked. */
static void
hear_cancelled (GCancellable *cancellable, GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, give_up, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
hear_asked (GObject *prompt, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data, ended = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (prompt), result, &error);

  if (reply == NULL)
    ended = end_question (task);
  if (ended != NULL)
    g_task_return_error (ended, g_steal_pointer (&error));
}

/* cancellable is that of the call (wait.h), which always has one. */
static void
ask (SecretService *service,
     SecretPrompt *prompt,
     const GVariantType *return_type,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  TjdKeyringSession *self = TJD_KEYRING_SESSION (service);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->prompt = g_object_ref (G_DBUS_PROXY (prompt));
  question->return_type = return_type;
  g_task_set_task_data (task, question, question_free);
  g_task_set_check_cancellable (task, FALSE);
  tjd_wait_for_person (self->wait);
  question->on_signal =
      g_signal_connect_object (prompt, "g-signal", G_CALLBACK (hear_signal), task, 0);
  question->on_cancelled =
      g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (hear_cancelled), task, 0);
  if (g_cancellable_is_cancelled (cancellable))
    hear_cancelled (cancellable, task);
  g_dbus_proxy_call (question->prompt, "Prompt", g_variant_new ("(s)", ""),
                     G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS, NULL, hear_asked,
                     g_object_ref (task));
}

static GVariant *
ask_finish (SecretService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A session of the keyring's lives as long as we stay on the bus, unless it is closed. */
static void
tjd_keyring_session_dispose (GObject *object)
{
  const char *path = secret_service_get_session_dbus_path (SECRET_SERVICE (object));
  GDBusProxy *proxy = G_DBUS_PROXY (object);

  if (path != NULL)
    g_dbus_connection_call (g_dbus_proxy_get_connection (proxy), g_dbus_proxy_get_name (proxy),
                            path, "org.freedesktop.Secret.Session", "Close", NULL, NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS, NULL, NULL, NULL);
  G_OBJECT_CLASS (tjd_keyring_session_parent_class)->dispose (object);
}

static void
tjd_keyring_session_class_init (TjdKeyringSessionClass *class)
{
  SecretServiceClass *service_class = SECRET_SERVICE_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tjd_keyring_session_dispose;
  service_class->prompt_async = ask;
  service_class->prompt_finish = ask_finish;
}

static void
tjd_keyring_session_init (TjdKeyringSession *self)
{
}

TjdKeyringSession *
tjd_keyring_session_open (TjdWait *wait, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, &cause);
  SecretService *service = NULL;

  if (bus != NULL)
    service = secret_service_open_sync (TJD_TYPE_KEYRING_SESSION, NULL, SECRET_SERVICE_OPEN_SESSION,
                                        cancellable, error);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error_literal (error, TJD_KEYRING_ERROR, TJD_KEYRING_ERROR_NO_BUS, cause->message);
  if (service == NULL)
    return NULL;
  TJD_KEYRING_SESSION (service)->wait = wait;
  return TJD_KEYRING_SESSION (service);
}
