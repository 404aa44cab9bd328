/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "token.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ocra.h"

#define MAX_BYTES 4096

static int
refuse_errno (GError **error, const char *path)
{
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return -1;
}

/* The file that was checked is the file that is read: both through one descriptor. */
static int
open_private (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  struct stat info;

  if (fd < 0)
    return refuse_errno (error, path);
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_uid == geteuid () &&
      (info.st_mode & 077) == 0)
    return fd;
  close (fd);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               "%s must be a regular file of yours that nobody else can read: chmod 600 %s", path,
               path);
  return -1;
}

static char *
read_all (int fd, const char *path, GError **error)
{
  char *text = g_malloc0 (MAX_BYTES + 1);
  gsize length = 0;
  gssize n;

  while (length < MAX_BYTES && (n = read (fd, text + length, MAX_BYTES - length)) != 0) {
    if (n < 0 && errno != EINTR) {
      refuse_errno (error, path);
      g_clear_pointer (&text, tjd_wipe_string);
      return NULL;
    }
    length += n > 0 ? (gsize) n : 0;
  }
  if (strlen (text) == length && length < MAX_BYTES)
    return text;
  explicit_bzero (text, MAX_BYTES);
  g_free (text);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: too long, or not text", path);
  return NULL;
}

TjdToken *
tjd_token_read (const char *path, GError **error)
{
  int fd = path != NULL ? open_private (path, error) : STDIN_FILENO;
  char *text = fd >= 0 ? read_all (fd, path != NULL ? path : "standard input", error) : NULL;
  TjdToken *token = text != NULL ? tjd_token_parse (text, error) : NULL;

  tjd_wipe_string (text);
  if (path != NULL && fd >= 0)
    close (fd);
  return token;
}

TjdSigningRequest *
tjd_token_read_request (const char *path, char **text, GError **error)
{
  gboolean from_stdin = strcmp (path, "-") == 0;
  int fd = from_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0) {
    refuse_errno (error, path);
    return NULL;
  }
  *text = read_all (fd, path, error);
  if (!from_stdin)
    close (fd);
  return *text != NULL ? tjd_signing_parse (*text, strlen (*text), error) : NULL;
}

char *
tjd_token_sign_in_code (const TjdToken *token, gint64 now)
{
  return tjd_sign_in_code (token->sign_in, now);
}

char *
tjd_token_signing_code (const TjdToken *token, const char *number, const char *text)
{
  return tjd_payment_code (token->signing, number, text, strlen (text));
}
