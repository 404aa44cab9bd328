/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-line.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "date.h"
#include "post-words.h"

#define LINE_HEIGHT 3
#define LINE_GAP 4 /* between a stop and the line */

typedef struct {
  GtkWidget *box, *icon, *name, *state;
  const char *css_class;
} Stop;

struct _TjdWayLine {
  GtkWidget parent;
  Stop stops[TJD_N_STOPS];
  int current;
};

static const struct {
  const char *icon_name, *css_class;
} looks[] = {
  [TJD_STOP_AHEAD] = { NULL, "ahead" },
  [TJD_STOP_UNDER_WAY] = { "media-playback-start-symbolic", "under-way" },
  [TJD_STOP_DONE] = { "object-select-symbolic", "done" },
  [TJD_STOP_UNREPORTED] = { "dialog-question-symbolic", "unreported" },
  [TJD_STOP_TROUBLED] = { "dialog-warning-symbolic", "troubled" },
};

G_DEFINE_FINAL_TYPE (TjdWayLine, tjd_way_line, GTK_TYPE_WIDGET)

static gboolean
is_mirrored (TjdWayLine *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

/* Between two stops: solid as far as the envelope has come, pale beyond. */
static void
draw_piece (TjdWayLine *self, GtkSnapshot *snapshot, guint i)
{
  Stop *first = &self->stops[is_mirrored (self) ? i + 1 : i];
  Stop *second = &self->stops[is_mirrored (self) ? i : i + 1];
  graphene_rect_t from, to, line;
  GdkRGBA colour;

  if (!gtk_widget_compute_bounds (first->icon, GTK_WIDGET (self), &from) ||
      !gtk_widget_compute_bounds (second->icon, GTK_WIDGET (self), &to))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  if ((int) i < self->current)
    gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                    "accent_color", &colour);
  else
    colour.alpha *= 0.2F;
  graphene_rect_init (&line, from.origin.x + from.size.width + LINE_GAP,
                      from.origin.y + from.size.height / 2 - LINE_HEIGHT / 2.0F,
                      to.origin.x - from.origin.x - from.size.width - 2 * LINE_GAP, LINE_HEIGHT);
  gtk_snapshot_append_color (snapshot, &colour, &line);
}

static void
tjd_way_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TjdWayLine *self = TJD_WAY_LINE (widget);

  for (guint i = 0; i + 1 < TJD_N_STOPS; i++)
    draw_piece (self, snapshot, i);
  GTK_WIDGET_CLASS (tjd_way_line_parent_class)->snapshot (widget, snapshot);
}

static void
tjd_way_line_dispose (GObject *object)
{
  TjdWayLine *self = TJD_WAY_LINE (object);

  for (guint i = 0; i < TJD_N_STOPS; i++)
    g_clear_pointer (&self->stops[i].box, gtk_widget_unparent);
  G_OBJECT_CLASS (tjd_way_line_parent_class)->dispose (object);
}

static void
tjd_way_line_class_init (TjdWayLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tjd_way_line_dispose;
  widget_class->snapshot = tjd_way_line_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_css_name (widget_class, "way");
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
make_stop (TjdWayLine *self, Stop *stop)
{
  stop->box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  stop->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "halign", GTK_ALIGN_CENTER, NULL);
  stop->name = make_label ("caption-heading");
  stop->state = make_label ("dim-label");
  gtk_widget_add_css_class (stop->icon, "stop");
  gtk_box_append (GTK_BOX (stop->box), stop->icon);
  gtk_box_append (GTK_BOX (stop->box), stop->name);
  gtk_box_append (GTK_BOX (stop->box), stop->state);
  gtk_widget_set_parent (stop->box, GTK_WIDGET (self));
}

static void
tjd_way_line_init (TjdWayLine *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_homogeneous (layout, TRUE);
  for (guint i = 0; i < TJD_N_STOPS; i++)
    make_stop (self, &self->stops[i]);
  tjd_set_accessible_name (GTK_WIDGET (self), _ ("The way of the envelope"));
}

static void
show_stop (Stop *stop, const TjdLocale *locale, TjdStopId id, const TjdStop *of)
{
  const char *name = tjd_stop_words (id), *state = tjd_stop_state_words (of->state);
  g_autofree char *moment = of->at != TJD_NO_INT ? tjd_moment_text (locale, of->at) : NULL;
  g_autofree char *time = of->at != TJD_NO_INT ? tjd_time_text (locale, of->at) : NULL;
  g_autofree char *all = g_strjoin (", ", name, state, moment, NULL);

  tjd_swap_css_class (stop->icon, stop->css_class, looks[of->state].css_class);
  stop->css_class = looks[of->state].css_class;
  gtk_image_set_from_icon_name (GTK_IMAGE (stop->icon), looks[of->state].icon_name);
  gtk_label_set_text (GTK_LABEL (stop->name), name);
  gtk_label_set_text (GTK_LABEL (stop->state), of->state == TJD_STOP_DONE ? time : state);
  tjd_set_accessible_name (stop->box, all);
}

void
tjd_way_line_show (TjdWayLine *self, const TjdLocale *locale, const TjdWay *way)
{
  self->current = tjd_way_current (way);
  for (guint i = 0; i < TJD_N_STOPS; i++)
    show_stop (&self->stops[i], locale, (TjdStopId) i, &way->stops[i]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
