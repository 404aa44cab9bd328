/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wallet-change.h"

static void
change_free (gpointer data)
{
  TjdWalletChange *change = data;

  g_clear_pointer (&change->keep, tjd_token_free);
  g_free (change->label);
  g_free (change->forget);
  g_free (change);
}

static void
make_change (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const TjdWalletChange *change = data;
  GError *error = NULL;
  GPtrArray *held = NULL;

  if ((change->keep == NULL ||
       tjd_wallet_keep (change->keep, change->label, cancellable, &error)) &&
      (change->forget == NULL || tjd_wallet_forget (change->forget, cancellable, &error)))
    held = tjd_wallet_load (cancellable, &error);
  if (held != NULL)
    g_task_return_pointer (task, held, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
tjd_wallet_change_run (TjdWalletChange *change,
                       GObject *window,
                       GCancellable *cancellable,
                       GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (window, cancellable, done, NULL);

  g_task_set_source_tag (task, tjd_wallet_change_run);
  g_task_set_task_data (task, change, change_free);
  g_task_run_in_thread (task, make_change);
}

GPtrArray *
tjd_wallet_change_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
