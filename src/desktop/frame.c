/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "level.h"
#include "state-view.h"
#include "words.h"

struct _TjdFrame {
  AdwBin parent;
  TjdShell *shell;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  TjdStateView *opening;
  AdwBin *sign_in;
  AdwLeaflet *levels;
  GPtrArray *over; /* the levels over the places, borrowed */
  GtkRevealer *notice_revealer;
  GtkLabel *notice;
  AdwViewStack *places;
  AdwBin *bins[TJD_N_PAGES];
};

enum { PLACE_CHANGED, WENT_BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TjdFrame, tjd_frame, ADW_TYPE_BIN)

/* A page that was left goes once the movement is over, however it was left: by the button, by a
 * swipe, by Alt+Left. */
static void
drop_what_was_left (TjdFrame *self)
{
  GtkWidget *shown = adw_leaflet_get_visible_child (self->levels);

  if (adw_leaflet_get_child_transition_running (self->levels))
    return;
  while (self->over->len > 0 && self->over->pdata[self->over->len - 1] != shown) {
    adw_leaflet_remove (self->levels, self->over->pdata[self->over->len - 1]);
    g_ptr_array_set_size (self->over, (int) self->over->len - 1);
    g_signal_emit (self, signals[WENT_BACK], 0);
  }
}

static void
allow_one (GtkWidget *parent, GtkWidget *in_sight)
{
  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_can_focus (child, child == in_sight);
}

/* Only what is in sight has the keyboard: a page below another, or of another place, must not take
 * it when its rows arrive. */
static void
confine_focus (TjdFrame *self)
{
  GtkWidget *in_sight = gtk_stack_get_visible_child (self->stack);

  gtk_widget_set_can_focus (GTK_WIDGET (self->levels), in_sight == GTK_WIDGET (self->levels));
  allow_one (GTK_WIDGET (self->levels), adw_leaflet_get_visible_child (self->levels));
  for (guint id = 0; id < TJD_N_PAGES; id++)
    if (self->bins[id] != NULL)
      gtk_widget_set_can_focus (GTK_WIDGET (self->bins[id]), id == tjd_frame_get_place (self));
}

static void
on_place_changed (TjdFrame *self)
{
  confine_focus (self);
  g_signal_emit (self, signals[PLACE_CHANGED], 0);
}

static void
on_retry (TjdFrame *self)
{
  tjd_shell_open (self->shell);
}

static void
tjd_frame_dispose (GObject *object)
{
  TjdFrame *self = TJD_FRAME (object);

  g_clear_object (&self->shell);
  G_OBJECT_CLASS (tjd_frame_parent_class)->dispose (object);
}

static void
tjd_frame_finalize (GObject *object)
{
  g_ptr_array_unref (TJD_FRAME (object)->over);
  G_OBJECT_CLASS (tjd_frame_parent_class)->finalize (object);
}

static void
tjd_frame_class_init (TjdFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tjd_frame_dispose;
  object_class->finalize = tjd_frame_finalize;
  signals[PLACE_CHANGED] = g_signal_new ("place-changed", TJD_TYPE_FRAME, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WENT_BACK] = g_signal_new ("went-back", TJD_TYPE_FRAME, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
  g_type_ensure (TJD_TYPE_STATE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "frame.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, toasts);
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, stack);
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, opening);
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, sign_in);
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, levels);
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, notice_revealer);
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, notice);
  gtk_widget_class_bind_template_child (widget_class, TjdFrame, places);
  gtk_widget_class_bind_template_callback (widget_class, drop_what_was_left);
  gtk_widget_class_bind_template_callback (widget_class, confine_focus);
  gtk_widget_class_bind_template_callback (widget_class, on_place_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
add_place (TjdFrame *self, TjdPageId id)
{
  const TjdPageRow *row = tjd_page_row (id);

  self->bins[id] = ADW_BIN (adw_bin_new ());
  adw_view_stack_page_set_icon_name (adw_view_stack_add_titled (self->places,
                                                                GTK_WIDGET (self->bins[id]),
                                                                row->name, _ (row->title)),
                                     row->icon);
}

static void
tjd_frame_init (TjdFrame *self)
{
  self->over = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_handlers_block_matched (self->places, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  for (guint id = 0; id < TJD_N_PAGES; id++)
    if (tjd_page_row ((TjdPageId) id)->icon != NULL)
      add_place (self, (TjdPageId) id);
  g_signal_handlers_unblock_matched (self->places, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  confine_focus (self);
}

TjdFrame *
tjd_frame_new (TjdShell *shell)
{
  TjdFrame *self = g_object_new (TJD_TYPE_FRAME, NULL);

  self->shell = g_object_ref (shell);
  return self;
}

void
tjd_frame_show_opening (TjdFrame *self)
{
  tjd_state_view_show_waiting (self->opening);
  gtk_stack_set_visible_child_name (self->stack, "opening");
}

void
tjd_frame_show_closed (TjdFrame *self, const GError *error)
{
  g_autoptr (TjdWords) words =
      tjd_words_new (tjd_shell_get_locale (self->shell), error, TJD_NOT_ABOUT_MONEY);

  tjd_state_view_show_failed (self->opening, words);
  gtk_stack_set_visible_child_name (self->stack, "opening");
}

gboolean
tjd_frame_has_sign_in (TjdFrame *self)
{
  return adw_bin_get_child (self->sign_in) != NULL;
}

void
tjd_frame_fill_sign_in (TjdFrame *self, TjdPage *page)
{
  adw_bin_set_child (self->sign_in, GTK_WIDGET (page));
}

void
tjd_frame_show_sign_in (TjdFrame *self)
{
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
}

void
tjd_frame_show_pages (TjdFrame *self)
{
  gtk_widget_set_can_focus (GTK_WIDGET (self->levels), TRUE); /* where it was is gone back to */
  gtk_stack_set_visible_child_name (self->stack, "levels");
  adw_bin_set_child (self->sign_in, NULL);
}

gboolean
tjd_frame_has_place (TjdFrame *self, TjdPageId id)
{
  return adw_bin_get_child (self->bins[id]) != NULL;
}

void
tjd_frame_fill_place (TjdFrame *self, TjdPageId id, TjdPage *page)
{
  adw_bin_set_child (self->bins[id], GTK_WIDGET (page));
}

void
tjd_frame_show_place (TjdFrame *self, TjdPageId id)
{
  adw_view_stack_set_visible_child_name (self->places, tjd_page_row (id)->name);
}

TjdPageId
tjd_frame_get_place (TjdFrame *self)
{
  GtkWidget *shown = adw_view_stack_get_visible_child (self->places);

  for (guint id = 0; id < TJD_N_PAGES; id++)
    if (self->bins[id] != NULL && GTK_WIDGET (self->bins[id]) == shown)
      return (TjdPageId) id;
  return TJD_PAGE_PERMITS;
}

void
tjd_frame_push (TjdFrame *self, TjdPageId id, TjdPage *page)
{
  GtkWidget *level = tjd_level_new (_ (tjd_page_row (id)->title), GTK_WIDGET (page));

  g_ptr_array_add (self->over, level);
  adw_leaflet_append (self->levels, level);
  adw_leaflet_set_visible_child (self->levels, level);
}

void
tjd_frame_pop (TjdFrame *self)
{
  GtkWidget *below = adw_leaflet_get_adjacent_child (self->levels, ADW_NAVIGATION_DIRECTION_BACK);

  gtk_widget_set_can_focus (below, TRUE); /* where it was is gone back to */
  adw_leaflet_navigate (self->levels, ADW_NAVIGATION_DIRECTION_BACK);
  drop_what_was_left (self);
}

TjdPage *
tjd_frame_get_page (TjdFrame *self)
{
  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->sign_in))
    return TJD_PAGE (adw_bin_get_child (self->sign_in));
  if (gtk_stack_get_visible_child (self->stack) != GTK_WIDGET (self->levels))
    return NULL;
  if (self->over->len > 0)
    return TJD_PAGE (tjd_level_get_child (self->over->pdata[self->over->len - 1]));
  return TJD_PAGE (adw_bin_get_child (self->bins[tjd_frame_get_place (self)]));
}

void
tjd_frame_set_notice (TjdFrame *self, const char *text)
{
  if (text != NULL && g_strcmp0 (gtk_label_get_text (self->notice), text) != 0) {
    gtk_label_set_text (self->notice, text);
    tjd_announce (GTK_WIDGET (self), text);
  }
  gtk_revealer_set_reveal_child (self->notice_revealer, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_revealer), text != NULL);
}

void
tjd_frame_add_toast (TjdFrame *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}
