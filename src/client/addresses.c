/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "addresses.h"

#include <string.h>

#include "failure.h"

typedef struct {
  TjdRecord parent;
  char *base[TJD_N_PARTIES];
  char *ca[TJD_N_PARTIES];
} File;

#define PARTY(party, name_)                                                                    \
  { .name = name_,                                                                             \
    .kind = TJD_KIND_STRING,                                                                   \
    .offset = G_STRUCT_OFFSET (File, base[party]),                                             \
    .flags = TJD_OPTIONAL },                                                                   \
  {                                                                                            \
    .name = name_ "_ca", .kind = TJD_KIND_STRING, .offset = G_STRUCT_OFFSET (File, ca[party]), \
    .flags = TJD_OPTIONAL, .max = 4096                                                         \
  }
static const TjdField file_fields[] = {
  PARTY (TJD_PARTY_PORTAL, "portal"),
  PARTY (TJD_PARTY_MINISTRY, "ministry"),
  PARTY (TJD_PARTY_BANK, "bank"),
  PARTY (TJD_PARTY_POST, "post"),
};
TJD_DEFINE_PRIVATE_RECORD (File, file, file_fields)

static gboolean
refuse (GError **error, TjdParty party, const char *why)
{
  g_set_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_ADDRESS, "the %s's address: %s",
               tjd_party_name (party), why);
  return FALSE;
}

static gboolean
is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : strcmp (host, "localhost") == 0;
}

static gboolean
check_base (TjdParty party, const char *base, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (base, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_str_has_suffix (base, "/"))
    return refuse (error, party, "not an address");
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return refuse (error, party, "more than scheme, host, port and path");
  if (strcmp (scheme, "https") != 0 &&
      !(strcmp (scheme, "http") == 0 && is_this_computer (g_uri_get_host (uri))))
    return refuse (error, party, "https alone leads to another computer");
  return TRUE;
}

static gboolean
check (const TjdAddresses *self, GError **error)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    if (self->base[i] != NULL && !check_base (i, self->base[i], error))
      return FALSE;
    if (self->ca[i] != NULL && !g_path_is_absolute (self->ca[i]))
      return refuse (error, i, "its authority's file wants an absolute name");
  }
  if (self->base[TJD_PARTY_PORTAL] == NULL)
    return refuse (error, TJD_PARTY_PORTAL, "it is missing");
  return self->base[TJD_PARTY_BANK] != NULL ? TRUE
                                            : refuse (error, TJD_PARTY_BANK, "it is missing");
}

TjdAddresses *
tjd_addresses_parse (const char *json, GError **error)
{
  g_autoptr (GError) odd = NULL;
  g_autoptr (File) file =
      tjd_record_from_json (file_get_type (), json, strlen (json), TJD_READ_LENIENT, &odd);
  g_autoptr (TjdAddresses) self = g_new0 (TjdAddresses, 1);

  if (file == NULL) {
    g_set_error (error, TJD_CLIENT_ERROR, TJD_CLIENT_ERROR_ADDRESS, "%s", odd->message);
    return NULL;
  }
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    self->base[i] = g_strdup (file->base[i]);
    self->ca[i] = g_strdup (file->ca[i]);
  }
  return check (self, error) ? g_steal_pointer (&self) : NULL;
}

TjdAddresses *
tjd_addresses_load (const char *file, GError **error)
{
  g_autofree char *json = NULL;

  return g_file_get_contents (file, &json, NULL, error) ? tjd_addresses_parse (json, error) : NULL;
}

TjdAddresses *
tjd_addresses_copy (const TjdAddresses *self)
{
  TjdAddresses *copy = g_new0 (TjdAddresses, 1);

  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    copy->base[i] = g_strdup (self->base[i]);
    copy->ca[i] = g_strdup (self->ca[i]);
  }
  return copy;
}

void
tjd_addresses_free (TjdAddresses *self)
{
  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    g_free (self->base[i]);
    g_free (self->ca[i]);
  }
  g_free (self);
}

char *
tjd_addresses_get_place (const TjdAddresses *self)
{
  g_autofree char *place =
      g_ascii_strdown (strstr (self->base[TJD_PARTY_PORTAL], "://") + strlen ("://"), -1);

  return g_strdup (g_strcanon (place, "abcdefghijklmnopqrstuvwxyz0123456789.-", '-'));
}

TjdTransport *
tjd_addresses_connect (const TjdAddresses *self,
                       const TjdClock *clock,
                       const TjdEntropy *entropy,
                       GError **error)
{
  g_autoptr (TjdTransport) transport = tjd_transport_new (clock, entropy);

  for (guint i = 0; i < TJD_N_PARTIES; i++) {
    if (self->base[i] != NULL)
      tjd_transport_set_base (transport, i, self->base[i]);
    if (self->ca[i] != NULL && !tjd_transport_set_ca (transport, i, self->ca[i], error))
      return NULL;
  }
  return g_steal_pointer (&transport);
}
