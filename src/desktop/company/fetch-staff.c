/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch-staff.h"

#include "calls.h"
#include "offline.h"

#define BATCH_PAGES 4 /* of a later batch; the first is one page, to be there at once */

static void
staff_request_free (TjdStaffRequest *self)
{
  tjd_session_unref (self->session);
  g_clear_object (&self->tariff);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->file);
  g_free (self->account);
  g_free (self->renewer);
  g_free (self->next);
  g_free (self);
}

static TjdOffline *
load_kept (TjdStaffRequest *request, GCancellable *cancellable)
{
  return tjd_offline_load_own (request->session, request->file, request->account, cancellable);
}

static TjdFetchedStaff *
fetched_new (TjdTariff *tariff)
{
  TjdFetchedStaff *self = g_new0 (TjdFetchedStaff, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_staff_row_unref);
  self->tariff = tariff != NULL ? g_object_ref (tariff) : NULL;
  return self;
}

static void
add_rows (TjdFetchedStaff *fetched, GPtrArray *permits)
{
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (tjd_clock_system ()));

  for (guint i = 0; i < permits->len; i++)
    g_ptr_array_add (fetched->rows,
                     tjd_staff_row_new (g_object_ref (permits->pdata[i]), fetched->tariff, today));
}

static TjdFetchedStaff *
read_kept (TjdStaffRequest *request, GCancellable *cancellable)
{
  g_autoptr (TjdOffline) kept = load_kept (request, cancellable);
  TjdFetchedStaff *fetched;

  if (kept == NULL)
    return NULL;
  fetched = fetched_new (request->tariff);
  add_rows (fetched, kept->permits);
  fetched->as_of = kept->as_of;
  fetched->is_kept = TRUE;
  return fetched;
}

static TjdPermits *
call_first (TjdStaffRequest *request, char **next, GCancellable *cancellable, GError **error)
{
  g_autoptr (TjdPermitsQuery) query = tjd_permits_query_new ();

  if (request->next != NULL)
    return tjd_call_more_permits (request->session, request->next, next, cancellable, error);
  query->renewer = g_strdup (request->renewer);
  query->changed_since = request->changed_since;
  return tjd_call_permits (request->session, query, next, cancellable, error);
}

/* What has come stays, also where the batch breaks off: it is gone on with from there. */
static void
fetch_rest (TjdStaffRequest *request, TjdFetchedStaff *fetched, GCancellable *cancellable)
{
  for (guint page = 1; page < BATCH_PAGES && fetched->next != NULL; page++) {
    g_autofree char *next = NULL;
    g_autoptr (TjdPermits) more =
        tjd_call_more_permits (request->session, fetched->next, &next, cancellable, NULL);
    if (more == NULL)
      return;
    add_rows (fetched, more->permits);
    g_free (fetched->next);
    fetched->next = g_steal_pointer (&next);
  }
}

static gpointer
fetch_staff (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdStaffRequest *request = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (TjdTariff) tariff = request->tariff != NULL
                                     ? g_object_ref (request->tariff)
                                     : tjd_call_tariff (request->session, cancellable, NULL);
  g_autofree char *next = NULL;
  g_autoptr (TjdPermits) first = call_first (request, &next, cancellable, &failure);
  gboolean is_all = request->next == NULL && request->changed_since == TJD_NO_INT;
  TjdFetchedStaff *fetched = first == NULL && is_all && tjd_failure_is_offline (failure)
                                 ? read_kept (request, cancellable)
                                 : NULL;

  if (first == NULL) {
    if (fetched == NULL)
      g_propagate_error (error, g_steal_pointer (&failure));
    return fetched;
  }
  fetched = fetched_new (tariff);
  fetched->as_of = first->as_of;
  fetched->next = g_steal_pointer (&next);
  add_rows (fetched, first->permits);
  if (request->next != NULL)
    fetch_rest (request, fetched, cancellable);
  return fetched;
}

static gpointer
keep_staff (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdStaffRequest *request = data;
  g_autoptr (TjdOffline) kept = tjd_offline_new ();

  kept->personal_id = tjd_session_dup_personal_id (request->session);
  kept->as_of = request->as_of;
  for (guint i = 0; i < request->rows->len; i++)
    g_ptr_array_add (kept->permits,
                     g_object_ref (((TjdStaffRow *) request->rows->pdata[i])->permit));
  if (tjd_session_is_kept (request->session))
    tjd_offline_save (kept, request->file, request->account, tjd_entropy_system (), cancellable,
                      NULL);
  return NULL;
}

static gpointer
fetch_account (gpointer data, GCancellable *cancellable, GError **error)
{
  TjdStaffRequest *request = data;
  g_autoptr (GError) failure = NULL;
  TjdAccount *account = tjd_call_account (request->session, cancellable, &failure);
  g_autoptr (TjdOffline) kept =
      account == NULL && tjd_failure_is_offline (failure) ? load_kept (request, cancellable) : NULL;

  if (kept != NULL && kept->account != NULL)
    return g_object_ref (kept->account);
  if (account == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return account;
}

const TjdWork tjd_fetch_staff = { "fetch staff", fetch_staff, (GDestroyNotify) staff_request_free,
                                  (GDestroyNotify) tjd_fetched_staff_free };
const TjdWork tjd_keep_staff = { "keep staff", keep_staff, (GDestroyNotify) staff_request_free,
                                 NULL };
const TjdWork tjd_fetch_account = { "fetch account", fetch_account,
                                    (GDestroyNotify) staff_request_free, g_object_unref };

void
tjd_fetched_staff_free (TjdFetchedStaff *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->tariff);
  g_free (self->next);
  g_free (self);
}

TjdStaffRequest *
tjd_staff_request_new (TjdShell *shell, const char *renewer)
{
  TjdStaffRequest *self = g_new0 (TjdStaffRequest, 1);
  g_autofree char *name = renewer != NULL ? g_strdup_printf (TJD_OFFLINE_STAFF_FILE, renewer)
                                          : g_strdup (TJD_OFFLINE_FILE);

  self->session = tjd_session_ref (tjd_shell_get_session (shell));
  self->file = g_build_filename (tjd_shell_get_folder (shell), name, NULL);
  self->account = g_strdup (tjd_shell_get_account (shell));
  self->renewer = g_strdup (renewer);
  self->changed_since = TJD_NO_INT;
  return self;
}
