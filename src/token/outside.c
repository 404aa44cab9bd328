/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outside.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES 4096 /* of a request or a token's lines */

typedef struct {
  GtkWidget *window;
  TjdOutsideTake take;
} Taker;

static Taker *
taker_new (GtkWidget *window, TjdOutsideTake take)
{
  Taker *self = g_new (Taker, 1);

  *self = (Taker){ g_object_ref (window), take };
  return self;
}

static void
taker_free (Taker *self)
{
  g_object_unref (self->window);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taker, taker_free)

static gboolean
is_text (const char *text, gsize length)
{
  return length > 0 && length <= MAX_BYTES && memchr (text, '\0', length) == NULL &&
         g_utf8_validate (text, (gssize) length, NULL);
}

/* Takes text. */
static void
hand_over (const Taker *taker, char *text, gsize length)
{
  gboolean fits = text != NULL && is_text (text, length);

  taker->take (taker->window, fits ? text : NULL, fits ? length : 0);
  if (text != NULL)
    explicit_bzero (text, length);
  g_free (text);
}

static void
on_clipboard_read (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taker) taker = data;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  hand_over (taker, text, text != NULL ? strlen (text) : 0);
}

static void
read_file (const Taker *taker, GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char *text = g_malloc0 (MAX_BYTES + 2); /* one more than allowed tells that it is too long */
  gsize length = 0;

  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_BYTES + 1, &length, NULL, NULL);
  hand_over (taker, text, length);
}

/* The dialog goes with its answer, and with it the taker. */
static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer taker)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    read_file (taker, file);
  g_object_unref (dialog);
}

static void
free_taker (gpointer taker, GClosure *closure)
{
  taker_free (taker);
}

void
tjd_outside_paste (GtkWidget *window, GCancellable *cancellable, TjdOutsideTake take)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), cancellable, on_clipboard_read,
                                 taker_new (window, take));
}

void
tjd_outside_open (GtkWidget *window, TjdOutsideTake take)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Open a Request or a Token"), GTK_WINDOW (window),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_file_chosen), taker_new (window, take),
                         free_taker, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
