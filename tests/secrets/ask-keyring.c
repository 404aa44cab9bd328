/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Says what the keyring answers, a line a line: "store ITEM ACCOUNT HEX", "read ITEM ACCOUNT",
 * "forget ITEM ACCOUNT", "list ITEM", and "patience SERVICE-MS PERSON-MS", "cancel MS" for the next
 * one. Driven by test-keyring.py, which brings keyrings up and down around it. */
#include <stdio.h>
#include <string.h>

#include "keyring.h"

static const char *const names[] = { "empty",      "locked", "dismissed",
                                     "no-service", "no-bus", "failed" };

static void
print_answer (const char *answer, const GError *error)
{
  if (error == NULL)
    printf ("%s\n", answer);
  else if (error->domain == TJD_KEYRING_ERROR)
    printf ("%s # %s\n", names[error->code], error->message);
  else
    printf ("%s # %s\n",
            g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : "foreign",
            error->message);
  fflush (stdout);
}

static char *
to_hex (TjdSecret *secret)
{
  GString *hex = g_string_new ("=");
  gsize length;
  const guint8 *bytes = tjd_secret_get (secret, &length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

static TjdSecret *
from_hex (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (; g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]); hex += 2) {
    guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
    g_byte_array_append (bytes, &byte, 1);
  }
  return tjd_secret_new (bytes->data, bytes->len);
}

static void
ask (char **words, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdSecret) secret = NULL;
  g_autofree char *answer = NULL;
  TjdKeyringItem item = (TjdKeyringItem) atoi (words[1]);

  if (strcmp (words[0], "read") == 0) {
    secret = tjd_keyring_read (item, words[2], cancellable, &error);
    answer = secret != NULL ? to_hex (secret) : NULL;
  } else if (strcmp (words[0], "store") == 0) {
    secret = from_hex (words[3]);
    if (tjd_keyring_store (item, words[2], "Tajdid test", secret, cancellable, &error))
      answer = g_strdup ("stored");
  } else if (strcmp (words[0], "forget") == 0) {
    if (tjd_keyring_forget (item, words[2], cancellable, &error))
      answer = g_strdup ("forgotten");
  } else {
    g_auto (GStrv) accounts = tjd_keyring_list (item, cancellable, &error);
    g_autofree char *joined = accounts != NULL ? g_strjoinv (",", accounts) : NULL;
    answer = joined != NULL ? g_strconcat ("[", joined, "]", NULL) : NULL;
  }
  g_assert_true ((answer != NULL) == (error == NULL));
  print_answer (answer, error);
}

static gpointer
cancel_later (gpointer data)
{
  GCancellable *cancellable = data;

  g_usleep (200 * 1000);
  g_cancellable_cancel (cancellable);
  g_object_unref (cancellable);
  return NULL;
}

int
main (void)
{
  char line[8192];

  while (fgets (line, sizeof line, stdin) != NULL) {
    g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 4);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    if (strcmp (words[0], "patience") == 0) {
      tjd_keyring_set_patience ((guint) atoi (words[1]), (guint) atoi (words[2]));
      continue;
    }
    if (strcmp (words[0], "cancelled") == 0) { /* the rest of the line, cancelled while it waits */
      g_auto (GStrv) rest = g_strsplit (line + strlen ("cancelled "), " ", 4);
      g_thread_unref (g_thread_new ("cancel", cancel_later, g_object_ref (cancellable)));
      ask (rest, cancellable);
      continue;
    }
    ask (words, cancellable);
  }
  return 0;
}
