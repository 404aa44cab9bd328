/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "embedded.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "failure.h"

#define START_SECONDS 60
#define STOP_SECONDS 10
#define LOOK_MS 10
#define SAID_BYTES 400 /* of the log's end, in an error */

/* The kernel ends the services when the thread that started them ends: one thread of ours starts
 * them and waits for them. */
struct _TjdEmbedded {
  GThread *thread;
  GSubprocess *process;
  gint has_ended; /* atomic */
  TjdAddresses *addresses;
};

typedef struct {
  TjdEmbedded *self;
  const char *program, *folder, *ports;
  gint64 pace;
  GMutex mutex;
  GCond done;
  gboolean is_done;
  GError *error;
} Start;

static gboolean
fail (GError **error, const char *what, const char *said)
{
  g_set_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_SERVICES, "%s: %s", what, said);
  return FALSE;
}

/* In the child, before it becomes the services: it is not to outlive us, not even where we are
 * killed. */
static void
die_with_parent (gpointer parent)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () != GPOINTER_TO_INT (parent))
    _exit (1);
}

static GSubprocess *
spawn (Start *start, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *log = g_build_filename (start->folder, "services.log", NULL);
  g_autofree char *pace = g_strdup_printf ("%" G_GINT64_FORMAT, start->pace);
  int log_fd = open (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (log_fd >= 0)
    g_subprocess_launcher_take_stderr_fd (launcher, log_fd);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, GINT_TO_POINTER (getpid ()),
                                         NULL);
  return g_subprocess_launcher_spawn (launcher, error, start->program, "--sandbox", "--state-dir",
                                      start->folder, "--port-file", start->ports, "--pace", pace,
                                      NULL);
}

/* start is gone once it has been answered. */
static gpointer
look_after (gpointer data)
{
  Start *start = data;
  TjdEmbedded *self = start->self;

  self->process = spawn (start, &start->error);
  g_mutex_lock (&start->mutex);
  start->is_done = TRUE;
  g_cond_signal (&start->done);
  g_mutex_unlock (&start->mutex);
  if (self->process != NULL)
    g_subprocess_wait (self->process, NULL, NULL);
  g_atomic_int_set (&self->has_ended, TRUE);
  return NULL;
}

static gboolean
run (Start *start, GError **error)
{
  g_mutex_init (&start->mutex);
  g_cond_init (&start->done);
  start->self->thread = g_thread_new ("services", look_after, start);
  g_mutex_lock (&start->mutex);
  while (!start->is_done)
    g_cond_wait (&start->done, &start->mutex);
  g_mutex_unlock (&start->mutex);
  g_mutex_clear (&start->mutex);
  g_cond_clear (&start->done);
  if (start->error == NULL)
    return TRUE;
  fail (error, start->program, start->error->message);
  g_error_free (start->error);
  return FALSE;
}

/* What they said last: why they do not come up. */
static char *
read_last_words (const char *folder)
{
  g_autofree char *log = g_build_filename (folder, "services.log", NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (log, &text, &length, NULL))
    return g_strdup ("no log");
  return g_utf8_make_valid (text + (length > SAID_BYTES ? length - SAID_BYTES : 0), -1);
}

gboolean
tjd_embedded_is_running (TjdEmbedded *self)
{
  return !g_atomic_int_get (&self->has_ended);
}

/* The port file is there, whole, once all four listen. */
static gboolean
wait_for_ports (TjdEmbedded *self,
                const char *folder,
                const char *ports,
                GCancellable *cancellable,
                GError **error)
{
  gint64 deadline = g_get_monotonic_time () + START_SECONDS * G_USEC_PER_SEC;

  while (!g_file_test (ports, G_FILE_TEST_EXISTS)) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (!tjd_embedded_is_running (self) || g_get_monotonic_time () > deadline) {
      g_autofree char *said = read_last_words (folder);
      return fail (error, "they do not come up", said);
    }
    g_usleep (LOOK_MS * 1000);
  }
  self->addresses = tjd_addresses_load (ports, error);
  return self->addresses != NULL;
}

TjdEmbedded *
tjd_embedded_start (const char *program,
                    const char *state_folder,
                    gint64 pace,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *ports = g_build_filename (state_folder, "ports.json", NULL);
  g_autoptr (TjdEmbedded) self = NULL;
  Start start = { .program = program, .folder = state_folder, .ports = ports, .pace = pace };

  if (g_mkdir_with_parents (state_folder, 0700) != 0 ||
      (g_unlink (ports) != 0 && errno != ENOENT)) {
    fail (error, state_folder, g_strerror (errno));
    return NULL;
  }
  start.self = self = g_new0 (TjdEmbedded, 1);
  if (!run (&start, error) || !wait_for_ports (self, state_folder, ports, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

const TjdAddresses *
tjd_embedded_get_addresses (TjdEmbedded *self)
{
  return self->addresses;
}

void
tjd_embedded_stop (TjdEmbedded *self)
{
  gint64 deadline = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;

  if (self->process != NULL) {
    g_subprocess_send_signal (self->process, SIGTERM);
    while (tjd_embedded_is_running (self) && g_get_monotonic_time () < deadline)
      g_usleep (LOOK_MS * 1000);
    g_subprocess_force_exit (self->process);
  }
  g_thread_join (self->thread);
  g_clear_object (&self->process);
  g_clear_pointer (&self->addresses, tjd_addresses_free);
  g_free (self);
}
