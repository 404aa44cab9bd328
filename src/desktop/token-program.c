/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "token-program.h"

#include "program.h"

gboolean
tjd_token_program_open (const char *sandbox,
                        const char *personal_id,
                        const char *request,
                        TjdLanguage language,
                        GError **error)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *program = tjd_program_find ("tajdid-token");
  g_autoptr (GSubprocess) process = NULL;

  g_ptr_array_add (arguments, program);
  if (sandbox != NULL) {
    g_ptr_array_add (arguments, (char *) "--sandbox");
    g_ptr_array_add (arguments, (char *) sandbox);
  }
  if (personal_id != NULL) {
    g_ptr_array_add (arguments, (char *) "--person");
    g_ptr_array_add (arguments, (char *) personal_id);
  }
  if (request != NULL)
    g_ptr_array_add (arguments, (char *) "--request-from-stdin");
  g_ptr_array_add (arguments, (char *) "--language");
  g_ptr_array_add (arguments, (char *) (language == TJD_LANGUAGE_AR ? "ar" : "en"));
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv (
      (const char *const *) arguments->pdata,
      request != NULL ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE, error);
  if (process != NULL && request != NULL)
    g_subprocess_communicate_utf8_async (process, request, NULL, NULL, NULL);
  return process != NULL;
}
