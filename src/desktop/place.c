/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"

#include "home.h"
#include "offline.h"

void
tjd_place_free (TjdPlace *self)
{
  g_clear_pointer (&self->session, tjd_session_unref);
  g_clear_pointer (&self->journal, tjd_journal_close);
  g_clear_pointer (&self->transport, tjd_transport_free);
  g_clear_pointer (&self->embedded, tjd_embedded_stop);
  g_free (self->folder);
  g_free (self->account);
  g_free (self->sandbox);
  g_free (self->portal);
  g_clear_error (&self->signed_out);
  g_free (self);
}

static void
request_free (TjdPlaceRequest *self)
{
  g_free (self->addresses_file);
  g_free (self->services_program);
  g_free (self);
}

static void
leave_free (TjdLeave *self)
{
  tjd_session_unref (self->session);
  g_free (self->folder);
  g_free (self->account);
  g_free (self);
}

static TjdAddresses *
start_sandbox (TjdPlace *place, const char *program, GCancellable *cancellable, GError **error)
{
  place->sandbox = g_build_filename (g_get_user_state_dir (), "tajdid", "sandbox", NULL);
  if (g_mkdir_with_parents (place->sandbox, 0700) != 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", place->sandbox);
    return NULL;
  }
  place->embedded =
      tjd_embedded_start (program, place->sandbox, TJD_EMBEDDED_PACE, cancellable, error);
  return place->embedded != NULL ? tjd_addresses_copy (tjd_embedded_get_addresses (place->embedded))
                                 : NULL;
}

/* Files of the client's, a folder for each portal. */
static gboolean
move_in (TjdPlace *place, const TjdAddresses *addresses, GError **error)
{
  g_autofree char *name = tjd_addresses_get_place (addresses);
  g_autofree char *journal = NULL;

  if (place->sandbox != NULL)
    tjd_set_string (&name, "sandbox"); /* whose port is another at each start */
  place->folder = g_build_filename (g_get_user_data_dir (), "tajdid", name, NULL);
  place->portal = g_strdup (addresses->base[TJD_PARTY_PORTAL]);
  place->account = tjd_home_prepare (place->folder, tjd_entropy_system (), error);
  if (place->account == NULL)
    return FALSE;
  journal = g_build_filename (place->folder, "journal.db", NULL);
  place->journal = tjd_journal_open (journal, error);
  return place->journal != NULL;
}

static gpointer
open_place (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdPlaceRequest *request = data;
  g_autoptr (TjdPlace) place = g_new0 (TjdPlace, 1);
  g_autoptr (TjdAddresses) addresses =
      request->addresses_file != NULL
          ? tjd_addresses_load (request->addresses_file, error)
          : start_sandbox (place, request->services_program, cancellable, error);

  if (addresses == NULL || !move_in (place, addresses, error))
    return NULL;
  place->transport =
      tjd_addresses_connect (addresses, tjd_clock_system (), tjd_entropy_system (), error);
  if (place->transport == NULL)
    return NULL;
  place->session = tjd_session_new (place->transport, place->account, tjd_clock_system (),
                                    tjd_entropy_system ());
  tjd_session_resume (place->session, cancellable, &place->signed_out);
  return g_steal_pointer (&place);
}

/* Whoever was only idle finds again what they could read without a connection. */
static gpointer
end_session (gpointer data, GCancellable *cancellable, GError **error)
{
  tjd_session_sign_out (data, FALSE, cancellable, error);
  return NULL;
}

static gpointer
sign_out (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdLeave *leave = data;

  tjd_session_sign_out (leave->session, leave->everywhere, cancellable, error);
  tjd_offline_forget (leave->folder, leave->account, cancellable, *error == NULL ? error : NULL);
  return NULL;
}

/* Where the keyring does not let go of it, it ends. */
static gpointer
lock_session (gpointer data, GCancellable *cancellable, GError **error)
{
  if (!tjd_session_lock (data, cancellable, NULL))
    tjd_session_sign_out (data, FALSE, cancellable, error);
  return NULL;
}

static gpointer
refresh_session (gpointer data, GCancellable *cancellable, GError **error)
{
  tjd_session_refresh (data, cancellable, error);
  return NULL;
}

const TjdWork tjd_opening = { "open", open_place, (GDestroyNotify) request_free,
                              (GDestroyNotify) tjd_place_free };
const TjdWork tjd_ending = { "end session", end_session, (GDestroyNotify) tjd_session_unref, NULL };
const TjdWork tjd_locking = { "lock", lock_session, (GDestroyNotify) tjd_session_unref, NULL };
const TjdWork tjd_signing_out = { "sign out", sign_out, (GDestroyNotify) leave_free, NULL };
const TjdWork tjd_refreshing = { "refresh session", refresh_session,
                                 (GDestroyNotify) tjd_session_unref, NULL };
