/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "enrol-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "compat.h"
#include "identifiers.h"
#include "language.h"
#include "numerals.h"

#define ENDING ".token"
#define MAX_PEOPLE 200

struct _TjdEnrolPage {
  AdwBin parent;
  GtkWidget *complaint_box;
  GtkLabel *complaint;
  GtkWidget *people_group;
  GtkListBox *people;
  GtkWidget *back;
};

G_DEFINE_FINAL_TYPE (TjdEnrolPage, tjd_enrol_page, ADW_TYPE_BIN)

static void
add_person (TjdEnrolPage *self, const char *personal_id)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *shown = tjd_identifier_text (tjd_language_locale (), personal_id);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.enrol-demo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", personal_id);
  tjd_set_accessible_name (row, shown);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_append (self->people, row);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In order; a file whose name is no personal ID is passed over. */
static GPtrArray *
list_people (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *people = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && people->len < MAX_PEOPLE && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *id = NULL;
    if (!g_str_has_suffix (name, ENDING))
      continue;
    id = g_strndup (name, strlen (name) - strlen (ENDING));
    if (tjd_format_personal_id.fits (id))
      g_ptr_array_add (people, g_steal_pointer (&id));
  }
  g_ptr_array_sort (people, compare_names);
  return people;
}

void
tjd_enrol_page_set_folder (TjdEnrolPage *self, const char *folder)
{
  g_autoptr (GPtrArray) people = folder != NULL ? list_people (folder) : NULL;

  tjd_list_clear (self->people);
  for (guint i = 0; people != NULL && i < people->len; i++)
    add_person (self, people->pdata[i]);
  gtk_widget_set_visible (self->people_group, people != NULL && people->len > 0);
}

void
tjd_enrol_page_set_can_go_back (TjdEnrolPage *self, gboolean can_go_back)
{
  gtk_widget_set_visible (self->back, can_go_back);
}

void
tjd_enrol_page_complain (TjdEnrolPage *self, const char *complaint)
{
  gtk_label_set_text (self->complaint, complaint);
  gtk_widget_set_visible (self->complaint_box, *complaint != '\0');
}

static void
tjd_enrol_page_class_init (TjdEnrolPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "enrol-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdEnrolPage, complaint_box);
  gtk_widget_class_bind_template_child (widget_class, TjdEnrolPage, complaint);
  gtk_widget_class_bind_template_child (widget_class, TjdEnrolPage, people_group);
  gtk_widget_class_bind_template_child (widget_class, TjdEnrolPage, people);
  gtk_widget_class_bind_template_child (widget_class, TjdEnrolPage, back);
}

static void
tjd_enrol_page_init (TjdEnrolPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
