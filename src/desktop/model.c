/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model.h"

typedef struct {
  TjdShell *shell;
} TjdModelPrivate;

enum { PROP_SHELL = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_TYPE_WITH_PRIVATE (TjdModel, tjd_model, G_TYPE_OBJECT)

static TjdModelPrivate *
private_of (TjdModel *self)
{
  return tjd_model_get_instance_private (self);
}

static void
tjd_model_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SHELL:
    private_of (TJD_MODEL (object))->shell = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_model_finalize (GObject *object)
{
  g_clear_object (&private_of (TJD_MODEL (object))->shell);
  G_OBJECT_CLASS (tjd_model_parent_class)->finalize (object);
}

static void
tjd_model_class_init (TjdModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = tjd_model_set_property;
  object_class->finalize = tjd_model_finalize;
  props[PROP_SHELL] =
      g_param_spec_object ("shell", NULL, NULL, TJD_TYPE_SHELL,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tjd_model_init (TjdModel *self)
{
}

TjdShell *
tjd_model_get_shell (TjdModel *self)
{
  return private_of (self)->shell;
}
