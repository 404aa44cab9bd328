/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-model.h"

#include "calls.h"

struct _TjdOrderModel {
  TjdModel parent;
  char *id;
  TjdOrder *order;
  TjdConsignment *consignment;
  TjdReceipt *receipt;
  gint64 as_of;
  gboolean is_kept, may_sign;
  char *cancel_key;
};

G_DEFINE_FINAL_TYPE (TjdOrderModel, tjd_order_model, TJD_TYPE_MODEL)

void
tjd_fetched_order_free (TjdFetchedOrder *self)
{
  g_clear_object (&self->order);
  g_clear_object (&self->consignment);
  g_clear_object (&self->receipt);
  g_free (self);
}

static void
tjd_order_model_finalize (GObject *object)
{
  TjdOrderModel *self = TJD_ORDER_MODEL (object);

  g_clear_object (&self->order);
  g_clear_object (&self->consignment);
  g_clear_object (&self->receipt);
  g_free (self->id);
  g_free (self->cancel_key);
  G_OBJECT_CLASS (tjd_order_model_parent_class)->finalize (object);
}

static void
tjd_order_model_class_init (TjdOrderModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_order_model_finalize;
}

static void
tjd_order_model_init (TjdOrderModel *self)
{
}

TjdOrderModel *
tjd_order_model_new (TjdShell *shell, const char *order_id)
{
  TjdOrderModel *self = g_object_new (TJD_TYPE_ORDER_MODEL, "shell", shell, NULL);

  self->id = g_strdup (order_id);
  return self;
}

/* TRUE where it is otherwise; what is not there any more stays as it was. */
static gboolean
replace (gpointer place, gpointer record)
{
  GObject **at = place;

  if (record == NULL || (*at != NULL && tjd_record_equal (*at, record)))
    return FALSE;
  g_set_object (at, G_OBJECT (record));
  return TRUE;
}

gboolean
tjd_order_model_note (TjdOrderModel *self, TjdOrder *order)
{
  return replace (&self->order, order);
}

gboolean
tjd_order_model_take (TjdOrderModel *self, TjdFetchedOrder *fetched)
{
  g_autoptr (TjdFetchedOrder) taken = fetched;
  gboolean changed = FALSE;

  self->is_kept = taken->is_kept;
  if (taken->is_kept && self->as_of > 0)
    return FALSE;
  self->as_of = taken->as_of;
  changed |= self->may_sign != taken->may_sign;
  self->may_sign = taken->may_sign;
  changed |= replace (&self->order, taken->order);
  changed |= replace (&self->consignment, taken->consignment);
  changed |= replace (&self->receipt, taken->receipt);
  return changed;
}

const char *
tjd_order_model_get_id (TjdOrderModel *self)
{
  return self->id;
}

TjdOrder *
tjd_order_model_get_order (TjdOrderModel *self)
{
  return self->order;
}

TjdConsignment *
tjd_order_model_get_consignment (TjdOrderModel *self)
{
  return self->consignment;
}

TjdReceipt *
tjd_order_model_get_receipt (TjdOrderModel *self)
{
  return self->receipt;
}

gint64
tjd_order_model_get_as_of (TjdOrderModel *self)
{
  return self->as_of;
}

gboolean
tjd_order_model_is_kept (TjdOrderModel *self)
{
  return self->is_kept;
}

gboolean
tjd_order_model_may_sign (TjdOrderModel *self)
{
  return self->may_sign;
}

const char *
tjd_order_model_get_cancel_key (TjdOrderModel *self)
{
  if (self->cancel_key == NULL)
    self->cancel_key =
        tjd_call_new_key (tjd_shell_get_session (tjd_model_get_shell (TJD_MODEL (self))));
  return self->cancel_key;
}
