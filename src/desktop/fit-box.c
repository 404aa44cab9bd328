/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit-box.h"

struct _TjdFitBox {
  GtkWidget parent;
  int spacing;
  gboolean is_homogeneous;
};

enum { PROP_SPACING = 1, PROP_HOMOGENEOUS, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TjdFitBox, tjd_fit_box, GTK_TYPE_WIDGET)

static GtkWidget *
next (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
first_of (TjdFitBox *self)
{
  return next (gtk_widget_get_first_child (GTK_WIDGET (self)));
}

static GtkWidget *
after (GtkWidget *child)
{
  return next (gtk_widget_get_next_sibling (child));
}

static int
natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* What they would like to have beside each other, and how many they are and want to grow. */
typedef struct {
  int n, n_growing, widest, width;
} Line;

static Line
measure_line (TjdFitBox *self)
{
  Line line = { 0 };

  for (GtkWidget *child = first_of (self); child != NULL; child = after (child)) {
    int natural = natural_width (child);
    line.n++;
    line.n_growing += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) ? 1 : 0;
    line.widest = MAX (line.widest, natural);
    line.width += natural;
  }
  if (self->is_homogeneous)
    line.width = line.n * line.widest;
  line.width += MAX (line.n - 1, 0) * self->spacing;
  return line;
}

static int
width_in_line (TjdFitBox *self, const Line *line, GtkWidget *child, int width)
{
  if (self->is_homogeneous)
    return (width - (line->n - 1) * self->spacing) / line->n;
  if (line->n_growing > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
    return natural_width (child) + (width - line->width) / line->n_growing;
  return natural_width (child);
}

/* --- layout ---------------------------------------------------------------------------------- */

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (TjdFitBox *self, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = measure_line (self).width;
  for (GtkWidget *child = first_of (self); child != NULL; child = after (child)) {
    int least;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
    *minimum = MAX (*minimum, least);
  }
}

static void
measure_height (TjdFitBox *self, int width, int *minimum, int *natural)
{
  Line line = measure_line (self);
  gboolean fits = width < 0 || width >= line.width;
  int between = fits ? 0 : MAX (line.n - 1, 0) * self->spacing;

  *minimum = *natural = between;
  for (GtkWidget *child = first_of (self); child != NULL; child = after (child)) {
    int for_width = !fits ? width : width < 0 ? -1 : width_in_line (self, &line, child, width);
    int least, wanted;
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, for_width, &least, &wanted, NULL, NULL);
    *minimum = fits ? MAX (*minimum, least) : *minimum + least;
    *natural = fits ? MAX (*natural, wanted) : *natural + wanted;
  }
}

static void
tjd_fit_box_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (TJD_FIT_BOX (widget), minimum, natural);
  else
    measure_height (TJD_FIT_BOX (widget), for_size, minimum, natural);
}

static void
allocate_line (TjdFitBox *self, const Line *line, int width, int height)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = first_of (self); child != NULL; child = after (child)) {
    int own = width_in_line (self, line, child, width);
    GtkAllocation place = { is_mirrored ? width - x - own : x, 0, own, height };
    gtk_widget_size_allocate (child, &place, -1);
    x += own + self->spacing;
  }
}

static void
allocate_below_each_other (TjdFitBox *self, int width)
{
  int y = 0;

  for (GtkWidget *child = first_of (self); child != NULL; child = after (child)) {
    GtkAllocation place = { 0, y, width, 0 };
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &place.height, NULL, NULL);
    gtk_widget_size_allocate (child, &place, -1);
    y += place.height + self->spacing;
  }
}

static void
tjd_fit_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TjdFitBox *self = TJD_FIT_BOX (widget);
  Line line = measure_line (self);

  if (width >= line.width)
    allocate_line (self, &line, width, height);
  else
    allocate_below_each_other (self, width);
}

/* --- as a widget ----------------------------------------------------------------------------- */

static void
tjd_fit_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TjdFitBox *self = TJD_FIT_BOX (object);

  switch (id) {
  case PROP_SPACING:
    g_value_set_int (value, self->spacing);
    break;
  case PROP_HOMOGENEOUS:
    g_value_set_boolean (value, self->is_homogeneous);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tjd_fit_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TjdFitBox *self = TJD_FIT_BOX (object);

  switch (id) {
  case PROP_SPACING:
    self->spacing = g_value_get_int (value);
    break;
  case PROP_HOMOGENEOUS:
    self->is_homogeneous = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tjd_fit_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tjd_fit_box_parent_class)->dispose (object);
}

static void
tjd_fit_box_class_init (TjdFitBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tjd_fit_box_get_property;
  object_class->set_property = tjd_fit_box_set_property;
  object_class->dispose = tjd_fit_box_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = tjd_fit_box_measure;
  widget_class->size_allocate = tjd_fit_box_size_allocate;
  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_HOMOGENEOUS] = g_param_spec_boolean ("homogeneous", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tjd_fit_box_init (TjdFitBox *self)
{
}
