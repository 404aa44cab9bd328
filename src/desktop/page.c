/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

#include "compat.h"
#include "fit-box.h"

typedef struct {
  TjdShell *shell;
  GObject *model;
  TjdTasks *tasks;
  TjdStateView *view; /* of the template; NULL: none */
} TjdPagePrivate;

enum { PROP_SHELL = 1, PROP_MODEL, PROP_TASKS, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TjdPage, tjd_page, ADW_TYPE_BIN)

static TjdPagePrivate *
private_of (TjdPage *self)
{
  return tjd_page_get_instance_private (self);
}

static void
tjd_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TjdPagePrivate *priv = private_of (TJD_PAGE (object));

  switch (id) {
  case PROP_SHELL:
    g_value_set_object (value, priv->shell);
    break;
  case PROP_MODEL:
    g_value_set_object (value, priv->model);
    break;
  case PROP_TASKS:
    g_value_set_object (value, priv->tasks);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TjdPagePrivate *priv = private_of (TJD_PAGE (object));

  switch (id) {
  case PROP_SHELL:
    priv->shell = g_value_dup_object (value);
    break;
  case PROP_MODEL:
    priv->model = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (tjd_page_parent_class)->constructed (object);
  tjd_mend_names (GTK_WIDGET (object));
}

static void
tjd_page_dispose (GObject *object)
{
  TjdPagePrivate *priv = private_of (TJD_PAGE (object));

  tjd_tasks_cancel (priv->tasks);
  G_OBJECT_CLASS (tjd_page_parent_class)->dispose (object);
}

static void
tjd_page_finalize (GObject *object)
{
  TjdPagePrivate *priv = private_of (TJD_PAGE (object));

  g_clear_object (&priv->tasks);
  g_clear_object (&priv->model);
  g_clear_object (&priv->shell);
  G_OBJECT_CLASS (tjd_page_parent_class)->finalize (object);
}

static void
tjd_page_class_init (TjdPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  g_type_ensure (TJD_TYPE_STATE_VIEW);
  g_type_ensure (TJD_TYPE_FIT_BOX);
  object_class->get_property = tjd_page_get_property;
  object_class->set_property = tjd_page_set_property;
  object_class->constructed = tjd_page_constructed;
  object_class->dispose = tjd_page_dispose;
  object_class->finalize = tjd_page_finalize;
  props[PROP_SHELL] = g_param_spec_object ("shell", NULL, NULL, TJD_TYPE_SHELL, construct);
  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_OBJECT, construct);
  props[PROP_TASKS] = g_param_spec_object ("tasks", NULL, NULL, TJD_TYPE_TASKS,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tjd_page_init (TjdPage *self)
{
  private_of (self)->tasks = tjd_tasks_new (G_OBJECT (self));
}

TjdShell *
tjd_page_get_shell (TjdPage *self)
{
  return private_of (self)->shell;
}

gpointer
tjd_page_get_model (TjdPage *self)
{
  return private_of (self)->model;
}

const TjdLocale *
tjd_page_get_locale (TjdPage *self)
{
  return tjd_shell_get_locale (private_of (self)->shell);
}

TjdTasks *
tjd_page_get_tasks (TjdPage *self)
{
  return private_of (self)->tasks;
}

gboolean
tjd_page_take_error (TjdPage *self, const GError *error)
{
  TjdStateView *view = private_of (self)->view;
  g_autoptr (TjdWords) words = NULL;

  if (error == NULL || tjd_shell_take_error (tjd_page_get_shell (self), error))
    return FALSE;
  words = tjd_words_new (tjd_page_get_locale (self), error, TJD_NOT_ABOUT_MONEY);
  if (tjd_state_view_is_filled (view))
    tjd_state_view_set_notice (view, words->happened);
  else
    tjd_state_view_show_failed (view, words);
  return TRUE;
}

static void
on_retry (TjdPage *self)
{
  TjdStateView *view = private_of (self)->view;

  if (!tjd_state_view_is_filled (view))
    tjd_state_view_show_waiting (view);
  TJD_PAGE_GET_CLASS (self)->refresh (self);
}

static void
on_cancel (TjdPage *self)
{
  g_autoptr (GError) cancelled =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  tjd_tasks_cancel (private_of (self)->tasks);
  tjd_page_take_error (self, cancelled);
}

void
tjd_page_set_view (TjdPage *self, TjdStateView *view)
{
  private_of (self)->view = view;
  g_object_set (view, "tasks", private_of (self)->tasks, NULL);
  g_signal_connect_object (view, "retry", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "cancel", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
}

void
tjd_page_shown (TjdPage *self)
{
  if (TJD_PAGE_GET_CLASS (self)->shown != NULL)
    TJD_PAGE_GET_CLASS (self)->shown (self);
}
