/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-page.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "choices.h"
#include "compat.h"
#include "refusals.h"
#include "renewal-words.h"
#include "review-row.h"
#include "window.h"
#include "words.h"

struct _TjdReviewPage {
  TjdPage parent;
  TjdStateView *view;
  GtkStack *size; /* few or many */
  GtkRevealer *trouble;
  GtkLabel *trouble_title;
  GtkLabel *trouble_text;
  GtkWidget *renewable_group;
  GtkListBox *renewable;
  GtkListView *many;
  AdwBin *few_choices;
  AdwBin *many_choices;
  GtkWidget *choices_group;
  GtkListBox *choices;
  AdwBin *few_refused;
  AdwBin *many_refused;
  GtkWidget *refused_group;
  GtkListBox *refused;
  GtkLabel *fees;
  GtkLabel *post_name;
  GtkLabel *post;
  GtkLabel *total;
  GtkLabel *total_before;
  GtkWidget *bar;
  GtkButton *go;
  GtkButton *cancel;
  gint64 choice_years[8];
};

TJD_DEFINE_PAGE (TjdReviewPage, tjd_review_page, TjdRenewalModel)

static TjdJourneyStep
step_of (TjdReviewPage *self)
{
  return tjd_journey_get_step (tjd_renewal_model_get_journey (model_of (self)));
}

static TjdCharge
charge_of (TjdReviewPage *self)
{
  return tjd_journey_get_charge (tjd_renewal_model_get_journey (model_of (self)));
}

static gboolean
are_many (TjdReviewPage *self)
{
  return tjd_renewal_model_count (model_of (self)) > TJD_RENEWAL_FEW;
}

static void
set_amount (TjdReviewPage *self, GtkLabel *label, TjdMoney amount)
{
  g_autofree char *text = tjd_amount_text (locale_of (self), amount);

  gtk_label_set_text (label, text);
}

/* --- other choices ---------------------------------------------------------------------------- */

static GtkWidget *
new_choice (TjdReviewPage *self, const TjdChoice *choice, TjdMoney most)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, (double) most);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *years = tjd_years_text (locale_of (self), choice->years);
  /* Translators: %s is "2 years". */
  g_autofree char *where =
      choice->is_for_all ? g_strdup (years) : g_strdup_printf (_ ("%s where offered"), years);
  g_autofree char *amount = tjd_amount_text (locale_of (self), choice->total);
  /* Translators: the first %s is "2 years", the second an amount. */
  g_autofree char *name = g_strdup_printf (_ ("All for %s: %s"), where, amount);
  GtkWidget *title = gtk_label_new (where), *figure = gtk_label_new (amount);

  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), (double) choice->total);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_opacity (mark, choice->is_current ? 1 : 0);
  gtk_widget_add_css_class (figure, "numeric");
  gtk_box_append (GTK_BOX (top), title);
  gtk_box_append (GTK_BOX (top), mark);
  gtk_box_append (GTK_BOX (top), figure);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_add_css_class (box, "choice");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  tjd_set_accessible_name (row, name);
  return row;
}

static void
empty (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* With the place that it stands in, which else would leave a gap. */
static void
set_bin_visible (GtkWidget *group, gboolean visible)
{
  gtk_widget_set_visible (gtk_widget_get_parent (group), visible);
}

static void
show_choices (TjdReviewPage *self)
{
  TjdDay today = tjd_day_in_qatar (tjd_clock_now (tjd_clock_system ()));
  g_autoptr (GArray) choices =
      tjd_choices_make (tjd_renewal_model_get_renewable (model_of (self)),
                        tjd_renewal_model_get_tariff (model_of (self)),
                        tjd_renewal_model_get_post_fee (model_of (self)), today);
  TjdMoney most = 1;

  empty (self->choices);
  set_bin_visible (self->choices_group, choices->len > 0);
  for (guint i = 0; i < choices->len; i++)
    most = MAX (most, g_array_index (choices, TjdChoice, i).total);
  for (guint i = 0; i < choices->len && i < G_N_ELEMENTS (self->choice_years); i++) {
    TjdChoice *choice = &g_array_index (choices, TjdChoice, i);
    self->choice_years[i] = choice->years;
    gtk_list_box_append (self->choices, new_choice (self, choice, most));
  }
}

static void
on_choice (TjdReviewPage *self, GtkListBoxRow *row)
{
  tjd_renewal_model_set_all_years (model_of (self),
                                   self->choice_years[gtk_list_box_row_get_index (row)]);
}

/* --- the sum ---------------------------------------------------------------------------------- */

static void
show_sum (TjdReviewPage *self)
{
  TjdRenewalModel *model = model_of (self);
  TjdMoney before = tjd_renewal_model_get_total_before (model);
  guint n = g_list_model_get_n_items (tjd_renewal_model_get_renewable (model));
  g_autofree char *permits = tjd_permits_text (locale_of (self), n);
  /* Translators: %s is "2 permits". */
  g_autofree char *post = g_strdup_printf (_ ("Post for %s"), permits);
  g_autofree char *amount = tjd_amount_text (locale_of (self), before);
  g_autofree char *was = g_strdup_printf (_ ("was %s"), amount);

  set_amount (self, self->fees, tjd_renewal_model_get_fees (model));
  gtk_label_set_text (self->post_name, post);
  set_amount (self, self->post, tjd_renewal_model_get_post_fee (model));
  set_amount (self, self->total, tjd_renewal_model_get_total (model));
  gtk_widget_set_visible (GTK_WIDGET (self->total_before), before != TJD_NO_INT);
  gtk_label_set_text (self->total_before, was);
}

static gboolean
is_placed (TjdReviewPage *self)
{
  switch (step_of (self)) {
  case TJD_JOURNEY_CHOOSING:
  case TJD_JOURNEY_QUOTED:
  case TJD_JOURNEY_ENDED:
    return FALSE;
  default:
    return TRUE;
  }
}

/* One primary action; once there is an order, nothing else can be changed but by cancelling it. */
static void
show_actions (TjdReviewPage *self)
{
  gboolean placed = is_placed (self);
  gboolean can_go =
      placed || (step_of (self) == TJD_JOURNEY_QUOTED &&
                 g_list_model_get_n_items (tjd_renewal_model_get_renewable (model_of (self))) > 0);

  gtk_widget_set_sensitive (GTK_WIDGET (self->go), can_go);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel),
                          placed && charge_of (self) == TJD_CHARGE_NOTHING);
  gtk_widget_set_sensitive (GTK_WIDGET (self->renewable), !placed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->many), !placed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choices), !placed);
}

/* --- what is to be said ----------------------------------------------------------------------- */

static void
say (TjdReviewPage *self, const char *title, const char *text)
{
  if (title != NULL) {
    gtk_label_set_text (self->trouble_title, title);
    gtk_label_set_text (self->trouble_text, text);
    if (!gtk_revealer_get_reveal_child (self->trouble))
      tjd_announce (GTK_WIDGET (self), title);
  }
  gtk_revealer_set_reveal_child (self->trouble, title != NULL);
}

static void
show_says (TjdReviewPage *self)
{
  TjdCharge charge = charge_of (self);
  const GError *trouble = tjd_renewal_model_get_trouble (model_of (self));
  g_autoptr (TjdWords) words = NULL;
  g_autofree char *text = NULL;

  if (is_placed (self)) {
    say (self, _ ("The Order Is Placed"),
         charge == TJD_CHARGE_NOTHING
             ? _ ("Nothing was charged yet. To change something, cancel the order first.")
             : tjd_charge_words (charge));
    return;
  }
  if (trouble != NULL) {
    words = tjd_words_new (locale_of (self), trouble, TJD_CHARGE_NOTHING);
    text = tjd_words_dup_explanation (words);
    say (self, words->happened, text);
    return;
  }
  switch (tjd_renewal_model_get_says (model_of (self))) {
  case TJD_RENEWAL_SAYS_SAME_FEES:
    say (self, _ ("The Fees Were Asked for Again"),
         _ ("They hold for a limited time, which had run out. Nothing has changed."));
    break;
  case TJD_RENEWAL_SAYS_OTHER_FEES:
    say (self, _ ("The Fees Have Changed"),
         _ ("They hold for a limited time, which had run out, and were asked for again. What has "
            "changed is marked with what it was; look at it before you go on."));
    break;
  default:
    say (self, NULL, NULL);
  }
}

static void
show_state (TjdReviewPage *self)
{
  TjdRenewalModel *model = model_of (self);
  const GError *trouble = tjd_renewal_model_get_trouble (model);
  g_autoptr (TjdWords) words = NULL;

  if (tjd_renewal_model_is_quoted (model)) {
    tjd_state_view_show_content (self->view);
  } else if (trouble != NULL) {
    words = tjd_words_new (locale_of (self), trouble, TJD_CHARGE_NOTHING);
    tjd_state_view_show_failed (self->view, words);
  } else {
    tjd_state_view_show_waiting (self->view);
  }
}

static void
show_refused (TjdReviewPage *self)
{
  guint n = g_list_model_get_n_items (tjd_renewal_model_get_refused (model_of (self)));

  set_bin_visible (self->refused_group, n > 0);
  tjd_refusals_fill (self->refused, locale_of (self), model_of (self));
}

static void
on_changed (TjdReviewPage *self)
{
  TjdRenewalModel *model = model_of (self);
  guint n = g_list_model_get_n_items (tjd_renewal_model_get_renewable (model));

  show_state (self);
  if (!tjd_renewal_model_is_quoted (model))
    return;
  gtk_widget_set_visible (self->renewable_group, n > 0);
  gtk_widget_set_visible (self->bar, n > 0);
  show_choices (self);
  show_refused (self);
  show_sum (self);
  show_actions (self);
  show_says (self);
}

/* --- what the person does --------------------------------------------------------------------- */

static void
on_retry (TjdReviewPage *self)
{
  if (!tjd_renewal_model_retry (model_of (self)))
    tjd_renewal_model_ask_fees (model_of (self));
}

static void
on_stop (TjdReviewPage *self)
{
  tjd_renewal_model_stop_asking (model_of (self));
}

static void
refresh (TjdPage *page)
{
  tjd_renewal_model_ask_fees (tjd_page_get_model (page));
}

static void
on_go (TjdReviewPage *self)
{
  if (is_placed (self) || tjd_renewal_model_confirm (model_of (self)))
    tjd_window_open (tjd_window_of (self), TJD_PAGE_PAY, G_OBJECT (model_of (self)));
}

static void
cancel (TjdReviewPage *self)
{
  if (tjd_renewal_model_cancel (model_of (self)))
    say (self, NULL, NULL);
}

static void
on_cancel (TjdReviewPage *self)
{
  tjd_ask (GTK_WIDGET (self), _ ("Cancel the Order?"),
           _ ("Nothing was charged. The permits can be ordered again."), _ ("Cancel _Order"), TRUE,
           G_CALLBACK (cancel), G_OBJECT (self));
}

/* From typing to paying by Enter alone. */
static void
shown (TjdPage *page)
{
  TjdReviewPage *self = TJD_REVIEW_PAGE (page);

  on_changed (self);
  if (gtk_widget_is_sensitive (GTK_WIDGET (self->go)))
    gtk_widget_grab_focus (GTK_WIDGET (self->go));
}

static void
focus_when_there (TjdReviewPage *self)
{
  GtkWindow *window = GTK_WINDOW (tjd_window_of (self));

  if (window != NULL && gtk_window_get_focus (window) == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->go));
}

/* --- rows ------------------------------------------------------------------------------------- */

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  TjdReviewPage *self = data;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *content = tjd_review_row_new (model_of (self), locale_of (self), FALSE);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), content);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  tjd_review_row_set_item (TJD_REVIEW_ROW (content), item, row);
  return row;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, TjdReviewPage *self)
{
  gtk_list_item_set_child (item, tjd_review_row_new (model_of (self), locale_of (self), TRUE));
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, TjdReviewPage *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  tjd_review_row_set_item (TJD_REVIEW_ROW (row), gtk_list_item_get_item (item),
                           gtk_widget_get_parent (row));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, TjdReviewPage *self)
{
  tjd_review_row_set_item (TJD_REVIEW_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
fill_lists (TjdReviewPage *self)
{
  GListModel *renewable = tjd_renewal_model_get_renewable (model_of (self));
  g_autoptr (GtkSelectionModel) rows = NULL;

  gtk_stack_set_visible_child_name (self->size, are_many (self) ? "many" : "few");
  if (!are_many (self)) {
    adw_bin_set_child (self->few_choices, self->choices_group);
    adw_bin_set_child (self->few_refused, self->refused_group);
    gtk_list_box_bind_model (self->renewable, renewable, make_row, self, NULL);
    return;
  }
  adw_bin_set_child (self->many_choices, self->choices_group);
  adw_bin_set_child (self->many_refused, self->refused_group);
  rows = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (renewable)));
  gtk_list_view_set_model (self->many, rows);
}

static void
tjd_review_page_constructed (GObject *object)
{
  TjdReviewPage *self = TJD_REVIEW_PAGE (object);

  G_OBJECT_CLASS (tjd_review_page_parent_class)->constructed (object);
  g_object_set (self->view, "tasks", tjd_renewal_model_get_tasks (model_of (self)), NULL);
  fill_lists (self);
  g_signal_connect_object (model_of (self), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model_of (self), "changed", G_CALLBACK (focus_when_there), self,
                           G_CONNECT_SWAPPED);
  on_changed (self);
}

static void
tjd_review_page_finalize (GObject *object)
{
  TjdReviewPage *self = TJD_REVIEW_PAGE (object);

  g_clear_object (&self->choices_group);
  g_clear_object (&self->refused_group);
  G_OBJECT_CLASS (tjd_review_page_parent_class)->finalize (object);
}

static void
tjd_review_page_class_init (TjdReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_review_page_constructed;
  G_OBJECT_CLASS (klass)->finalize = tjd_review_page_finalize;
  page_class->shown = shown;
  page_class->refresh = refresh;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "renewal/review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, view);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, size);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, trouble_text);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, renewable_group);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, renewable);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, many);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, few_choices);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, many_choices);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, few_refused);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, many_refused);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, fees);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, post_name);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, post);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, total);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, total_before);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, bar);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, go);
  gtk_widget_class_bind_template_child (widget_class, TjdReviewPage, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static GtkWidget *
new_group (const char *title, const char *description, GtkListBox **list)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *rows = gtk_list_box_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (rows, "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows);
  tjd_set_accessible_name (rows, title);
  *list = GTK_LIST_BOX (rows);
  return g_object_ref_sink (group);
}

static void
tjd_review_page_init (TjdReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choices_group = new_group (_ ("Other Choices"), NULL, &self->choices);
  self->refused_group =
      new_group (_ ("Cannot Be Renewed Now"), _ ("They are not in the total."), &self->refused);
  g_signal_connect_swapped (self->choices, "row-activated", G_CALLBACK (on_choice), self);
}
