/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-page.h"

#include "compat.h"
#include "numerals.h"
#include "plurals.h"
#include "renewal-model.h"
#include "staff-cell.h"
#include "staff-columns.h"
#include "standing.h"
#include "window.h"
#include "words.h"

#define OLD_SECONDS 60       /* what is older is asked about again when the page is shown */
#define ROOM_FOR_COLUMNS 760 /* application pixels, where the text is not large */

struct _TjdStaffPage {
  TjdPage parent;
  TjdStateView *view;
  GtkSearchEntry *search;
  GtkDropDown *standings, *categories;
  GtkMenuButton *order;
  GtkLabel *count;
  GtkStack *found;
  GtkScrolledWindow *scrolled;
  GtkColumnView *columns;
  GtkActionBar *bar;
  GtkLabel *sum;
  GSimpleActionGroup *actions;
  gboolean is_filling, is_narrow, had_focus;
  guint fitting;
};

TJD_DEFINE_PAGE (TjdStaffPage, tjd_staff_page, TjdStaffModel)

/* --- what is shown of it --------------------------------------------------------------------- */

static void
show_bar (TjdStaffPage *self)
{
  guint n = tjd_staff_model_count_chosen (model_of (self));
  TjdMoney sum = tjd_staff_model_sum_least_fees (model_of (self));
  g_autofree char *text = tjd_chosen_words (locale_of (self), n, sum);

  gtk_label_set_text (self->sum, text);
  gtk_action_bar_set_revealed (self->bar, n > 0);
}

static char *
say_count (TjdStaffPage *self)
{
  TjdStaffModel *model = model_of (self);
  guint n_all = tjd_staff_model_count (model);
  guint n_shown = g_list_model_get_n_items (tjd_staff_model_get_list (model));
  g_autofree char *all = tjd_number_text (locale_of (self), n_all);
  g_autofree char *shown = tjd_number_text (locale_of (self), n_shown);

  if (!tjd_staff_model_is_complete (model))
    /* Translators: while a long list comes in; %s is how many are there by now. */
    return g_strdup_printf (
        ngettext ("Loading: %s permit so far", "Loading: %s permits so far", n_all), all);
  if (n_shown == n_all)
    return g_strdup_printf (ngettext ("%s permit", "%s permits", n_all), all);
  /* Translators: "12 of 40 permits": how many of them are shown; the plural goes by the second. */
  return g_strdup_printf (ngettext ("%s of %s permit", "%s of %s permits", n_all), shown, all);
}

static void
show_found (TjdStaffPage *self)
{
  guint n = g_list_model_get_n_items (tjd_staff_model_get_list (model_of (self)));
  g_autofree char *count = say_count (self);

  gtk_label_set_text (self->count, count);
  gtk_stack_set_visible_child_name (self->found, n > 0 ? "list" : "none");
}

static void
show_notice (TjdStaffPage *self)
{
  TjdStaffModel *model = model_of (self);
  const GError *error = tjd_staff_model_get_error (model);
  g_autoptr (TjdWords) words = NULL;

  if (error != NULL) {
    words = tjd_words_new (locale_of (self), error, TJD_NOT_ABOUT_MONEY);
    tjd_state_view_set_notice (self->view, words->happened);
    return;
  }
  tjd_state_view_set_kept (self->view, locale_of (self), tjd_staff_model_is_kept (model),
                           tjd_staff_model_get_as_of (model));
}

static void
show_nothing_fetched (TjdStaffPage *self)
{
  const GError *error = tjd_staff_model_get_error (model_of (self));
  g_autoptr (TjdWords) words = NULL;

  if (error == NULL) {
    tjd_state_view_show_waiting (self->view);
    return;
  }
  words = tjd_words_new (locale_of (self), error, TJD_NOT_ABOUT_MONEY);
  tjd_state_view_show_failed (self->view, words);
}

static void
show_state (TjdStaffPage *self)
{
  TjdStaffModel *model = model_of (self);

  if (!tjd_staff_model_is_fetched (model)) {
    show_nothing_fetched (self);
    return;
  }
  if (tjd_staff_model_is_complete (model) && tjd_staff_model_count (model) == 0) {
    tjd_state_view_show_empty (self->view, "tajdid-permits-symbolic", _ ("No Permits"),
                               _ ("The ministry’s register has no permits that this company may "
                                  "renew."),
                               NULL, NULL);
    return;
  }
  show_notice (self);
  show_found (self);
  tjd_state_view_show_content (self->view);
}

static void
show_arranged (TjdStaffPage *self)
{
  gboolean is_first = !self->had_focus;

  if (!tjd_staff_model_is_fetched (model_of (self)))
    return;
  show_found (self);
  self->had_focus = TRUE;
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self->columns));
}

/* --- looking through it ---------------------------------------------------------------------- */

static void
set_action_state (TjdStaffPage *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
arrange (TjdStaffPage *self, const TjdArrangement *how)
{
  set_action_state (
      self, "column",
      g_variant_new_string (tjd_enum_to_nick (tjd_staff_column_get_type (), (int) how->column)));
  set_action_state (self, "descending", g_variant_new_boolean (how->descending));
  tjd_staff_model_arrange (model_of (self), how);
}

static void
on_headers_asked (TjdStaffPage *self)
{
  TjdArrangement how = *tjd_staff_model_get_arrangement (model_of (self));

  if (!self->is_filling &&
      tjd_staff_columns_get_order (self->columns, &how.column, &how.descending))
    arrange (self, &how);
}

static void
on_column_asked (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TjdStaffPage *self = data;
  int column =
      tjd_enum_from_nick (tjd_staff_column_get_type (), g_variant_get_string (parameter, NULL));

  if (column >= 0)
    tjd_staff_columns_set_order (self->columns, (TjdStaffColumn) column,
                                 tjd_staff_model_get_arrangement (model_of (self))->descending);
}

static void
on_direction_asked (GSimpleAction *action, GVariant *state, gpointer data)
{
  TjdStaffPage *self = data;

  tjd_staff_columns_set_order (self->columns,
                               tjd_staff_model_get_arrangement (model_of (self))->column,
                               g_variant_get_boolean (state));
}

static const GActionEntry sort_actions[] = {
  { "column", on_column_asked, "s", "'expiry'", NULL, { 0 } },
  { "descending", NULL, NULL, "false", on_direction_asked, { 0 } },
};

/* The first choice of each stands for any. */
static void
on_narrowed (TjdStaffPage *self)
{
  TjdArrangement how = *tjd_staff_model_get_arrangement (model_of (self));

  if (self->is_filling)
    return;
  how.standing = (int) gtk_drop_down_get_selected (self->standings) - 1;
  how.category = (int) gtk_drop_down_get_selected (self->categories) - 1;
  arrange (self, &how);
}

static void
on_search_changed (TjdStaffPage *self)
{
  tjd_staff_model_set_search (model_of (self), gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search (TjdPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (TJD_STAFF_PAGE (page)->search));
}

static void
fill_choices (TjdStaffPage *self)
{
  g_autoptr (GtkStringList) standings = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) categories = gtk_string_list_new (NULL);
  const TjdArrangement *how = tjd_staff_model_get_arrangement (model_of (self));

  gtk_string_list_append (standings, _ ("All states"));
  for (int i = TJD_STANDING_VALID; i <= TJD_STANDING_CANCELLED; i++)
    gtk_string_list_append (standings, tjd_standing_state_words ((TjdStanding) i));
  gtk_string_list_append (categories, _ ("All kinds"));
  for (int i = TJD_CATEGORY_WORK; i <= TJD_CATEGORY_PERMANENT; i++)
    gtk_string_list_append (categories, tjd_category_words ((TjdCategory) i));
  gtk_drop_down_set_model (self->standings, G_LIST_MODEL (standings));
  gtk_drop_down_set_model (self->categories, G_LIST_MODEL (categories));
  gtk_drop_down_set_selected (self->standings, (guint) (how->standing + 1));
  gtk_drop_down_set_selected (self->categories, (guint) (how->category + 1));
}

static void
fill_order_menu (TjdStaffPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) by = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();

  for (guint i = 0; i < TJD_N_STAFF_COLUMNS; i++) {
    g_autofree char *action = g_strdup_printf (
        "sort.column::%s", tjd_enum_to_nick (tjd_staff_column_get_type (), (int) i));
    g_menu_append (by, tjd_staff_column_title ((TjdStaffColumn) i), action);
  }
  g_menu_append (direction, _ ("The other way round"), "sort.descending");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (direction));
  gtk_menu_button_set_menu_model (self->order, G_MENU_MODEL (menu));
}

/* --- what the person does -------------------------------------------------------------------- */

static void
fetch (TjdPage *page)
{
  tjd_staff_model_fetch (model_of (TJD_STAFF_PAGE (page)));
}

static void
on_retry (TjdStaffPage *self)
{
  fetch (TJD_PAGE (self));
}

static void
on_cancel (TjdStaffPage *self)
{
  tjd_staff_model_stop (model_of (self));
}

static void
shown (TjdPage *page)
{
  TjdStaffModel *model = model_of (TJD_STAFF_PAGE (page));
  gint64 age = tjd_clock_now (tjd_clock_system ()) - tjd_staff_model_get_as_of (model);

  if (!tjd_staff_model_is_complete (model) || age > OLD_SECONDS)
    fetch (page);
}

static void
on_activate (TjdStaffPage *self, guint position)
{
  TjdStaffModel *model = model_of (self);
  g_autoptr (TjdPermit) permit = g_list_model_get_item (tjd_staff_model_get_list (model), position);

  if (permit != NULL)
    tjd_staff_model_choose (model, permit->personal_id,
                            !tjd_staff_model_is_chosen (model, permit->personal_id));
}

static void
choose_shown (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_staff_model_choose_shown (model_of (TJD_STAFF_PAGE (widget)));
}

static void
choose_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_staff_model_choose_all (model_of (TJD_STAFF_PAGE (widget)));
}

static void
choose_none (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_staff_model_choose_none (model_of (TJD_STAFF_PAGE (widget)));
}

/* What has been ordered is not chosen any more, and stands otherwise in the register. */
static void
forget_ordered (TjdStaffModel *model)
{
  tjd_staff_model_choose_none (model);
  tjd_staff_model_fetch (model);
}

static void
review (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdStaffPage *self = TJD_STAFF_PAGE (widget);
  TjdStaffModel *model = model_of (self);
  g_autoptr (GPtrArray) chosen = tjd_staff_model_list_chosen (model);
  g_autoptr (TjdRenewalModel) renewal = NULL;

  if (chosen->len == 0)
    return;
  renewal = tjd_renewal_model_new (tjd_page_get_shell (TJD_PAGE (self)),
                                   tjd_staff_model_get_renewer (model),
                                   tjd_staff_model_get_role (model), chosen);
  g_signal_connect_object (renewal, "placed", G_CALLBACK (forget_ordered), model,
                           G_CONNECT_SWAPPED);
  tjd_window_open (tjd_window_of (self), TJD_PAGE_REVIEW, G_OBJECT (renewal));
}

/* --- the type -------------------------------------------------------------------------------- */

/* Not while widths are being found. */
static gboolean
fit (gpointer data)
{
  TjdStaffPage *self = data;

  self->fitting = 0;
  if (self->is_narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self->columns), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->columns), "narrow");
  tjd_staff_columns_set_narrow (self->columns, model_of (self), locale_of (self), self->is_narrow);
  return G_SOURCE_REMOVE;
}

/* How much larger than usual the person's letters are. */
static double
text_scale (TjdStaffPage *self)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / 1024.0 / 96 : 1;
}

static void
on_width_changed (TjdStaffPage *self)
{
  double width =
      gtk_adjustment_get_page_size (gtk_scrolled_window_get_hadjustment (self->scrolled));
  gboolean is_narrow = width > 0 && width < ROOM_FOR_COLUMNS * text_scale (self);

  if (is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  if (self->fitting == 0)
    self->fitting = g_idle_add (fit, self);
}

static void
fill (TjdStaffPage *self)
{
  TjdStaffModel *model = model_of (self);
  TjdArrangement how = *tjd_staff_model_get_arrangement (model);
  g_autoptr (GtkSelectionModel) items =
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (tjd_staff_model_get_list (model))));

  self->is_filling = TRUE;
  fill_choices (self);
  fill_order_menu (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), tjd_staff_model_get_search (model));
  tjd_staff_columns_fill (self->columns, model, locale_of (self));
  tjd_staff_columns_set_order (self->columns, how.column, how.descending);
  gtk_column_view_set_model (self->columns, items);
  self->is_filling = FALSE;
  how.language = locale_of (self)->language;
  arrange (self, &how);
}

/* Header and list take the keyboard for the column view, and have no names of their own. */
static void
name_parts (TjdStaffPage *self)
{
  for (GtkWidget *part = gtk_widget_get_first_child (GTK_WIDGET (self->columns)); part != NULL;
       part = gtk_widget_get_next_sibling (part))
    tjd_set_accessible_name (part, _ ("Permits of the company"));
}

static void
tjd_staff_page_constructed (GObject *object)
{
  TjdStaffPage *self = TJD_STAFF_PAGE (object);
  TjdStaffModel *model = model_of (self);

  G_OBJECT_CLASS (tjd_staff_page_parent_class)->constructed (object);
  g_object_set (self->view, "tasks", tjd_staff_model_get_tasks (model), NULL);
  fill (self);
  name_parts (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->columns), "changed",
                           G_CALLBACK (on_headers_asked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "arranged", G_CALLBACK (show_arranged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "chosen-changed", G_CALLBACK (show_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scrolled),
                           "notify::page-size", G_CALLBACK (on_width_changed), self,
                           G_CONNECT_SWAPPED);
  show_bar (self);
  show_state (self);
}

static void
tjd_staff_page_dispose (GObject *object)
{
  TjdStaffPage *self = TJD_STAFF_PAGE (object);

  g_clear_handle_id (&self->fitting, g_source_remove);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (tjd_staff_page_parent_class)->dispose (object);
}

static void
tjd_staff_page_class_init (TjdStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_staff_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = tjd_staff_page_dispose;
  page_class->shown = shown;
  page_class->refresh = fetch;
  page_class->search = search;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "company/staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, view);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, search);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, standings);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, categories);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, order);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, count);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, found);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, columns);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, bar);
  gtk_widget_class_bind_template_child (widget_class, TjdStaffPage, sum);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_narrowed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_install_action (widget_class, "staff.choose-shown", NULL, choose_shown);
  gtk_widget_class_install_action (widget_class, "staff.choose-all", NULL, choose_all);
  gtk_widget_class_install_action (widget_class, "staff.choose-none", NULL, choose_none);
  gtk_widget_class_install_action (widget_class, "staff.review", NULL, review);
}

static void
add_shortcut (GtkEventController *shortcuts, const char *trigger, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_named_action_new (action)));
}

/* Before GTK's own, which select nothing here. */
static void
add_shortcuts (GtkWidget *columns)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  add_shortcut (shortcuts, "<Control>a", "staff.choose-shown");
  add_shortcut (shortcuts, "<Control><Shift>a", "staff.choose-none");
  gtk_widget_add_controller (columns, shortcuts);
}

static void
tjd_staff_page_init (TjdStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), sort_actions,
                                   G_N_ELEMENTS (sort_actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sort", G_ACTION_GROUP (self->actions));
  add_shortcuts (GTK_WIDGET (self->columns));
}
