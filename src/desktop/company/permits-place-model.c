/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permits-place-model.h"

struct _TjdPermitsPlaceModel {
  TjdModel parent;
  TjdAccount *account;
  TjdMandate *mandate;
  TjdPermitsModel *own;
  GHashTable *staff; /* "01012841 1", number and role → TjdStaffModel */
  gboolean has_chosen, has_stopped_waiting;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdPermitsPlaceModel, tjd_permits_place_model, TJD_TYPE_MODEL)

static GSettings *
settings_of (TjdPermitsPlaceModel *self)
{
  return tjd_shell_get_settings (tjd_model_get_shell (TJD_MODEL (self)));
}

static void
set_mandate (TjdPermitsPlaceModel *self, TjdMandate *mandate)
{
  g_set_object (&self->mandate, mandate);
  tjd_shell_set_renewer (tjd_model_get_shell (TJD_MODEL (self)),
                         mandate != NULL ? mandate->renewer : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Who has more than one role for it acts in the one that may do more. */
static TjdMandate *
find_mandate (TjdPermitsPlaceModel *self, const char *renewer)
{
  TjdMandate *found = NULL;

  for (guint i = 0; i < self->account->mandates->len; i++) {
    TjdMandate *mandate = self->account->mandates->pdata[i];
    if (g_strcmp0 (mandate->renewer, renewer) == 0 &&
        (found == NULL || mandate->role > found->role))
      found = mandate;
  }
  return found;
}

/* Who has no permits of their own and acts for one company looks at that one's. */
static void
choose_the_only_one (TjdPermitsPlaceModel *self)
{
  GListModel *own = tjd_permits_model_get_list (self->own);

  if (self->account == NULL || self->has_chosen || self->mandate != NULL ||
      self->account->mandates->len != 1 || !tjd_permits_model_is_fetched (self->own) ||
      g_list_model_get_n_items (own) > 0)
    return;
  set_mandate (self, self->account->mandates->pdata[0]);
}

static void
tjd_permits_place_model_constructed (GObject *object)
{
  TjdPermitsPlaceModel *self = TJD_PERMITS_PLACE_MODEL (object);

  G_OBJECT_CLASS (tjd_permits_place_model_parent_class)->constructed (object);
  self->own =
      g_object_new (TJD_TYPE_PERMITS_MODEL, "shell", tjd_model_get_shell (TJD_MODEL (self)), NULL);
  g_signal_connect_object (self->own, "chosen-changed", G_CALLBACK (choose_the_only_one), self,
                           G_CONNECT_SWAPPED);
}

static void
tjd_permits_place_model_finalize (GObject *object)
{
  TjdPermitsPlaceModel *self = TJD_PERMITS_PLACE_MODEL (object);

  g_clear_object (&self->account);
  g_clear_object (&self->mandate);
  g_clear_object (&self->own);
  g_hash_table_unref (self->staff);
  G_OBJECT_CLASS (tjd_permits_place_model_parent_class)->finalize (object);
}

static void
tjd_permits_place_model_class_init (TjdPermitsPlaceModelClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = tjd_permits_place_model_constructed;
  G_OBJECT_CLASS (klass)->finalize = tjd_permits_place_model_finalize;
  signals[CHANGED] = g_signal_new ("changed", TJD_TYPE_PERMITS_PLACE_MODEL, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tjd_permits_place_model_init (TjdPermitsPlaceModel *self)
{
  self->staff = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

TjdAccount *
tjd_permits_place_model_get_account (TjdPermitsPlaceModel *self)
{
  return self->account;
}

void
tjd_permits_place_model_take_account (TjdPermitsPlaceModel *self, TjdAccount *account)
{
  g_autofree char *before = g_settings_get_string (settings_of (self), "renewer");
  const char *renewer = self->mandate != NULL ? self->mandate->renewer : NULL;

  g_set_object (&self->account, account);
  self->has_stopped_waiting = TRUE;
  if (renewer == NULL && !self->has_chosen)
    renewer = before;
  set_mandate (self, find_mandate (self, renewer));
  choose_the_only_one (self);
}

gboolean
tjd_permits_place_model_is_waiting (TjdPermitsPlaceModel *self)
{
  g_autofree char *before = g_settings_get_string (settings_of (self), "renewer");

  return *before != '\0' && self->account == NULL && !self->has_stopped_waiting;
}

void
tjd_permits_place_model_stop_waiting (TjdPermitsPlaceModel *self)
{
  self->has_stopped_waiting = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

TjdMandate *
tjd_permits_place_model_get_mandate (TjdPermitsPlaceModel *self)
{
  return self->mandate;
}

void
tjd_permits_place_model_choose (TjdPermitsPlaceModel *self, TjdMandate *mandate)
{
  self->has_chosen = TRUE;
  g_settings_set_string (settings_of (self), "renewer", mandate != NULL ? mandate->renewer : "");
  if (mandate != self->mandate)
    set_mandate (self, mandate);
}

TjdPermitsModel *
tjd_permits_place_model_get_own (TjdPermitsPlaceModel *self)
{
  return self->own;
}

TjdStaffModel *
tjd_permits_place_model_get_staff (TjdPermitsPlaceModel *self)
{
  TjdMandate *mandate = self->mandate;
  g_autofree char *key = g_strdup_printf ("%s %d", mandate->renewer, (int) mandate->role);
  TjdStaffModel *staff = g_hash_table_lookup (self->staff, key);

  if (staff == NULL) {
    staff = tjd_staff_model_new (tjd_model_get_shell (TJD_MODEL (self)), mandate->renewer,
                                 mandate->role);
    g_hash_table_insert (self->staff, g_steal_pointer (&key), staff);
  }
  return staff;
}
