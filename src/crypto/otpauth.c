/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "otpauth.h"

#include <gio/gio.h>
#include <string.h>

#include "otp.h"

#define SIGN_IN_HEAD "otpauth://totp/Tajdid:"
#define SIGN_IN_TAIL                                      \
  "&issuer=Tajdid&algorithm=SHA256&digits=" G_STRINGIFY ( \
      TJD_SIGN_IN_DIGITS) "&period=" G_STRINGIFY (TJD_TOTP_PERIOD)
#define SIGNING_HEAD "otpauth://ocra/Tajdid:"
#define SIGNING_TAIL "&issuer=Tajdid&suite=OCRA-1%3AHOTP-SHA256-8%3AQN08-S064"
#define SECRET "?secret="
#define MAX_ID 32

/* The secret and the ID of one line: HEAD id ?secret= base32 TAIL. */
static TjdSecret *
read_line (const char *line, const char *head, const char *tail, char **personal_id)
{
  const char *mark = strstr (line, SECRET);
  gsize length = strlen (line), n_head = strlen (head), n_tail = strlen (tail);
  char *base32;
  TjdSecret *secret;

  if (!g_str_has_prefix (line, head) || !g_str_has_suffix (line, tail) || mark == NULL ||
      mark <= line + n_head || (gsize) (mark - line) > n_head + MAX_ID ||
      mark + strlen (SECRET) >= line + length - n_tail)
    return NULL;
  *personal_id = g_strndup (line + n_head, (gsize) (mark - line) - n_head);
  mark += strlen (SECRET);
  base32 = g_strndup (mark, (gsize) (line + length - n_tail - mark));
  secret = strchr (base32, '&') == NULL ? tjd_secret_new_from_base32 (base32) : NULL;
  tjd_wipe_string (base32);
  return secret;
}

static void
wipe_lines (char **lines)
{
  for (char **line = lines; *line != NULL; line++)
    explicit_bzero (*line, strlen (*line));
  g_strfreev (lines);
}

TjdToken *
tjd_token_parse (const char *text, GError **error)
{
  char **lines = g_strsplit (text, "\n", 4);
  g_autoptr (TjdToken) token = g_new0 (TjdToken, 1);
  g_autofree char *other = NULL;
  guint n = g_strv_length (lines);

  for (guint i = 0; i < n; i++)
    g_strchomp (lines[i]);
  if (n == 2 || (n == 3 && *lines[2] == '\0')) {
    token->sign_in = read_line (lines[0], SIGN_IN_HEAD, SIGN_IN_TAIL, &token->personal_id);
    token->signing = read_line (lines[1], SIGNING_HEAD, SIGNING_TAIL, &other);
  }
  wipe_lines (lines);
  if (token->sign_in != NULL && token->signing != NULL && strcmp (token->personal_id, other) == 0)
    return g_steal_pointer (&token);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "not a token: two otpauth lines, totp and ocra, with our settings");
  return NULL;
}

char *
tjd_token_print (const TjdToken *token)
{
  char *sign_in = tjd_secret_to_base32 (token->sign_in);
  char *signing = tjd_secret_to_base32 (token->signing);
  char *text = g_strdup_printf (
      SIGN_IN_HEAD "%s" SECRET "%s" SIGN_IN_TAIL "\n" SIGNING_HEAD "%s" SECRET "%s%s\n",
      token->personal_id, sign_in, token->personal_id, signing, SIGNING_TAIL);

  tjd_wipe_string (sign_in);
  tjd_wipe_string (signing);
  return text;
}

void
tjd_token_free (TjdToken *token)
{
  g_free (token->personal_id);
  g_clear_pointer (&token->sign_in, tjd_secret_unref);
  g_clear_pointer (&token->signing, tjd_secret_unref);
  g_free (token);
}
