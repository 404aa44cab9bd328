/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another program's clipboard: "clipboard set" holds what comes on standard input until it is ended
 * and says so with a line; "clipboard get" prints what is there. */
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static void
print_text (GObject *clipboard, GAsyncResult *result, gpointer loop)
{
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  fputs (text != NULL ? text : "", stdout);
  g_main_loop_quit (loop);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  char text[8192];
  GdkClipboard *clipboard;

  gtk_init ();
  clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  if (argc > 1 && strcmp (argv[1], "get") == 0) {
    gdk_clipboard_read_text_async (clipboard, NULL, print_text, loop);
  } else {
    text[fread (text, 1, sizeof text - 1, stdin)] = '\0';
    gdk_clipboard_set_text (clipboard, text);
    puts ("held");
    fflush (stdout);
  }
  g_main_loop_run (loop);
  return 0;
}
