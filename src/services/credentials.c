/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "credentials.h"

#include <gio/gio.h>

#include "keep.h"

static GPtrArray *
new_keys (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_key_unref);
}

TjdCredentials *
tjd_credentials_new (guint here)
{
  TjdCredentials *self = g_new0 (TjdCredentials, 1);

  self->here = here;
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    self->operators[i] = new_keys ();
  return self;
}

void
tjd_credentials_free (TjdCredentials *self)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    g_clear_pointer (&self->keys[i], g_ptr_array_unref);
    g_ptr_array_unref (self->operators[i]);
    g_clear_pointer (&self->certificates[i], tjd_certificate_free);
  }
  g_free (self);
}

static gboolean
read_key (GPtrArray *keys, const char *path, GError **error)
{
  g_autofree char *json = NULL;
  TjdKey *key;

  if (!g_file_get_contents (path, &json, NULL, error))
    return FALSE;
  key = tjd_key_new_from_jwk (json, error);
  if (key == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  g_ptr_array_add (keys, key);
  return TRUE;
}

static gboolean
read_keys (GPtrArray *keys, char **paths, GError **error)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!read_key (keys, paths[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_other (TjdCredentials *self, TjdParty party, const TjdPartySettings *settings, GError **error)
{
  const char *lacks = settings->base == NULL ? "base" : settings->keys == NULL ? "key" : NULL;

  self->keys[party] = new_keys ();
  if (lacks == NULL)
    return read_keys (self->keys[party], settings->keys, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "the configuration has no %s of the %s, which is not here", lacks,
               tjd_party_name (party));
  return FALSE;
}

static gboolean
read_own (TjdCredentials *self, TjdParty party, const TjdPartySettings *settings, GError **error)
{
  if (!read_keys (self->operators[party], settings->operators, error))
    return FALSE;
  if (settings->certificate == NULL)
    return TRUE;
  self->certificates[party] =
      tjd_certificate_load (settings->certificate, settings->private_key, error);
  return self->certificates[party] != NULL;
}

gboolean
tjd_credentials_read_files (TjdCredentials *self, const TjdSettings *settings, GError **error)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++)
    if (self->here & 1u << i ? !read_own (self, i, &settings->parties[i], error)
                             : !read_other (self, i, &settings->parties[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
keep_operator (TjdCredentials *self, TjdParty party, const char *state_dir, GError **error)
{
  g_autofree char *name = g_strconcat (tjd_party_name (party), "-operator", NULL);
  TjdKey *key = tjd_keep_key (state_dir, name, error);

  if (key != NULL)
    g_ptr_array_add (self->operators[party], key);
  return key != NULL;
}

gboolean
tjd_credentials_read_state (TjdCredentials *self,
                            const char *state_dir,
                            gboolean sandbox,
                            GError **error)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    if (!(self->here & 1u << i))
      continue;
    self->keys[i] = tjd_keep_keys (state_dir, tjd_party_name (i), error);
    if (self->keys[i] == NULL ||
        (sandbox && self->operators[i]->len == 0 && !keep_operator (self, i, state_dir, error)))
      return FALSE;
  }
  return TRUE;
}
