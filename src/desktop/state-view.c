/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "compat.h"
#include "date.h"
#include "fit-box.h"

struct _TjdStateView {
  GtkWidget parent;
  GtkWidget *box;
  GtkRevealer *notice_revealer;
  GtkLabel *notice;
  GtkProgressBar *bar;
  GtkStack *stack;
  AdwBin *content;
  GtkSpinner *spinner;
  GtkRevealer *slow;
  GtkRevealer *slow_refresh; /* the same over what is shown already */
  AdwStatusPage *empty;
  GtkButton *empty_button;
  AdwStatusPage *failed;
  GtkWidget *child;
  TjdTasks *tasks;
  guint pulse;
};

enum { PROP_CHILD = 1, PROP_TASKS, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { RETRY, CANCEL, N_SIGNALS };
static guint signals[N_SIGNALS];

static void tjd_state_view_buildable_init (GtkBuildableIface *iface);
static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (TjdStateView,
                               tjd_state_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      tjd_state_view_buildable_init))

static void
show (TjdStateView *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
is_waiting (TjdStateView *self)
{
  return strcmp (gtk_stack_get_visible_child_name (self->stack), "waiting") == 0;
}

static gboolean
pulse (gpointer data)
{
  gtk_progress_bar_pulse (TJD_STATE_VIEW (data)->bar);
  return G_SOURCE_CONTINUE;
}

/* The bar keeps its place, so that nothing jumps when it comes and goes. */
static void
set_bar (TjdStateView *self, gboolean is_shown)
{
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), is_shown ? 1 : 0);
  if (is_shown && self->pulse == 0)
    self->pulse = g_timeout_add (100, pulse, self);
  if (!is_shown)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

static void
follow_pace (TjdStateView *self)
{
  TjdPace pace = self->tasks != NULL ? tjd_tasks_get_pace (self->tasks) : TJD_PACE_IDLE;
  gboolean is_long = pace >= TJD_PACE_BUSY;

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_long);
  gtk_spinner_set_spinning (self->spinner, is_long && is_waiting (self));
  gtk_revealer_set_reveal_child (self->slow, pace == TJD_PACE_SLOW);
  gtk_revealer_set_reveal_child (self->slow_refresh, pace == TJD_PACE_SLOW && !is_waiting (self));
  set_bar (self, is_long && !is_waiting (self));
}

static void
on_retry (TjdStateView *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
on_cancel (TjdStateView *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
set_child (TjdStateView *self, GtkWidget *child)
{
  g_set_object (&self->child, child);
  adw_bin_set_child (self->content, child);
}

static void
set_tasks (TjdStateView *self, TjdTasks *tasks)
{
  if (self->tasks != NULL)
    g_signal_handlers_disconnect_by_data (self->tasks, self);
  g_set_object (&self->tasks, tasks);
  if (tasks != NULL)
    g_signal_connect_object (tasks, "notify::pace", G_CALLBACK (follow_pace), self,
                             G_CONNECT_SWAPPED);
  follow_pace (self);
}

static void
tjd_state_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TjdStateView *self = TJD_STATE_VIEW (object);

  switch (id) {
  case PROP_CHILD:
    g_value_set_object (value, self->child);
    break;
  case PROP_TASKS:
    g_value_set_object (value, self->tasks);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_state_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TjdStateView *self = TJD_STATE_VIEW (object);

  switch (id) {
  case PROP_CHILD:
    set_child (self, g_value_get_object (value));
    break;
  case PROP_TASKS:
    set_tasks (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_state_view_dispose (GObject *object)
{
  TjdStateView *self = TJD_STATE_VIEW (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_object (&self->tasks);
  g_clear_object (&self->child);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (tjd_state_view_parent_class)->dispose (object);
}

static void
tjd_state_view_class_init (TjdStateViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tjd_state_view_get_property;
  object_class->set_property = tjd_state_view_set_property;
  object_class->dispose = tjd_state_view_dispose;
  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_TASKS] = g_param_spec_object ("tasks", NULL, NULL, TJD_TYPE_TASKS, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[RETRY] = g_signal_new ("retry", TJD_TYPE_STATE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", TJD_TYPE_STATE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  g_type_ensure (TJD_TYPE_FIT_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "state-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, box);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, notice);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, bar);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, stack);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, content);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, spinner);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, slow);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, slow_refresh);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, empty);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, empty_button);
  gtk_widget_class_bind_template_child (widget_class, TjdStateView, failed);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

/* The template's own children are added first; what comes after is the content. */
static void
tjd_state_view_add_child (GtkBuildable *buildable,
                          GtkBuilder *builder,
                          GObject *child,
                          const char *type)
{
  TjdStateView *self = TJD_STATE_VIEW (buildable);

  if (self->box != NULL && GTK_IS_WIDGET (child))
    set_child (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
tjd_state_view_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = tjd_state_view_add_child;
}

static void
tjd_state_view_init (TjdStateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tjd_mend_names (GTK_WIDGET (self));
}

void
tjd_state_view_show_waiting (TjdStateView *self)
{
  show (self, "waiting");
  follow_pace (self);
}

void
tjd_state_view_show_content (TjdStateView *self)
{
  show (self, "content");
  follow_pace (self);
}

void
tjd_state_view_show_empty (TjdStateView *self,
                           const char *icon_name,
                           const char *title,
                           const char *description,
                           const char *button_label,
                           const char *action_name)
{
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->empty, icon_name);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), action_name != NULL);
  gtk_button_set_label (self->empty_button, button_label != NULL ? button_label : "");
  tjd_mend_names (GTK_WIDGET (self->empty_button));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), action_name);
  show (self, "empty");
  follow_pace (self);
}

void
tjd_state_view_show_failed (TjdStateView *self, const TjdWords *words)
{
  g_autofree char *explanation = tjd_words_dup_explanation (words);
  g_autofree char *markup = g_markup_escape_text (explanation, -1); /* as libadwaita takes it */
  g_autofree char *text = tjd_words_dup_text (words);

  adw_status_page_set_title (self->failed, words->happened);
  adw_status_page_set_description (self->failed, markup);
  show (self, "failed");
  follow_pace (self);
  tjd_announce (GTK_WIDGET (self), text);
}

void
tjd_state_view_set_notice (TjdStateView *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (self->notice, text);
  gtk_revealer_set_reveal_child (self->notice_revealer, text != NULL);
}

void
tjd_state_view_set_kept (TjdStateView *self,
                         const TjdLocale *locale,
                         gboolean is_kept,
                         gint64 as_of)
{
  g_autofree char *time = tjd_moment_text (locale, as_of);
  /* Translators: %s is a date and time. */
  g_autofree char *notice = g_strdup_printf (_ ("No connection. Shown as of %s."), time);

  tjd_state_view_set_notice (self, is_kept ? notice : NULL);
}

gboolean
tjd_state_view_is_filled (TjdStateView *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  return strcmp (shown, "content") == 0 || strcmp (shown, "empty") == 0;
}
