/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "refusals.h"

#include <glib/gi18n-lib.h>

#include "ask-staff.h"
#include "compat.h"
#include "date.h"
#include "foreign.h"
#include "numerals.h"
#include "reasons.h"
#include "renewal-words.h"

#define NOTE_CHARACTERS 300
#define NAMES_OF_A_REASON 50 /* more are counted */

char *
tjd_refusal_text (const TjdLocale *locale, TjdRefusal *refusal)
{
  g_autoptr (TjdWords) words = tjd_words_for_reason (refusal->reason);
  g_autofree char *text = tjd_words_dup_text (words);
  const char *said = locale->language == TJD_LANGUAGE_AR ? refusal->note_ar : refusal->note_en;

  if (refusal->possible_from != NULL) {
    g_autofree char *day = tjd_wire_date_text (locale, refusal->possible_from, TJD_DATE_LONG);
    /* Translators: %s is a date. */
    g_autofree char *from = g_strdup_printf (_ ("Possible from %s."), day);
    return g_strconcat (text, " ", from, NULL);
  }
  if (said != NULL) {
    g_autofree char *note = tjd_foreign (said, NOTE_CHARACTERS);
    return g_strconcat (text, " ", note, NULL);
  }
  return g_steal_pointer (&text);
}

static GtkWidget *
new_row (const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = g_markup_escape_text (text, -1); /* as libadwaita takes it */
  g_autofree char *name = g_strjoin (": ", title, text, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  tjd_set_accessible_name (row, name);
  return row;
}

/* --- a permit --------------------------------------------------------------------------------- */

typedef struct {
  TjdRenewalModel *model;
  TjdReviewItem *item;
  TjdLocale locale;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *self = data;

  g_object_unref (self->model);
  g_object_unref (self->item);
  g_free (self);
}

static void
on_ask (GtkWidget *button, Question *question)
{
  tjd_ask_staff_open (button, &question->locale, question->model, question->item,
                      TJD_REVIEW_RENEWAL);
}

static void
add_question (GtkWidget *row, const TjdLocale *locale, TjdRenewalModel *model, TjdReviewItem *item)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Ask for a Review…"));
  Question *question = g_new (Question, 1);

  *question = (Question){ g_object_ref (model), g_object_ref (item), *locale };
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_ask), question, question_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static gboolean
may_ask (TjdReviewItem *item)
{
  TjdReason reason = item->refusal->reason;

  return reason == TJD_REASON_MANUAL_REVIEW
             ? item->asked == NULL || item->asked->kind != TJD_REVIEW_RENEWAL ||
                   item->asked->state == TJD_REVIEW_REFUSED
             : reason == TJD_REASON_REVIEW_REFUSED;
}

static GtkWidget *
new_permit_row (const TjdLocale *locale, TjdRenewalModel *model, TjdReviewItem *item)
{
  g_autofree char *name = tjd_name_text (locale, item->permit->name_en, item->permit->name_ar);
  gboolean is_asked = item->asked != NULL && item->asked->kind == TJD_REVIEW_RENEWAL &&
                      item->refusal->reason == TJD_REASON_MANUAL_REVIEW;
  g_autofree char *why = tjd_refusal_text (locale, item->refusal);
  g_autofree char *asked = is_asked ? tjd_asked_text (locale, item->asked) : NULL;
  GtkWidget *row = new_row (name, asked != NULL ? asked : why);

  if (may_ask (item))
    add_question (row, locale, model, item);
  return row;
}

/* --- a reason --------------------------------------------------------------------------------- */

static GtkWidget *
new_reason_row (const TjdLocale *locale, GPtrArray *items)
{
  TjdReviewItem *first = items->pdata[0];
  g_autoptr (TjdWords) words = tjd_words_for_reason (first->refusal->reason);
  g_autofree char *count = tjd_permits_text (locale, items->len);
  g_autofree char *subtitle = g_strconcat (count, ". ", words->remedy, NULL);
  g_autofree char *markup = g_markup_escape_text (subtitle, -1); /* as libadwaita takes it */
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words->happened);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), markup);
  for (guint i = 0; i < items->len && i < NAMES_OF_A_REASON; i++) {
    TjdReviewItem *item = items->pdata[i];
    g_autofree char *name = tjd_name_text (locale, item->permit->name_en, item->permit->name_ar);
    g_autofree char *id = tjd_identifier_text (locale, item->permit->personal_id);
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_row (name, id));
  }
  if (items->len > NAMES_OF_A_REASON) {
    g_autofree char *more = tjd_permits_text (locale, items->len - NAMES_OF_A_REASON);
    /* Translators: %s is "12 permits". */
    g_autofree char *rest = g_strdup_printf (_ ("and %s more"), more);
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_row (rest, ""));
  }
  return row;
}

static void
fill_by_reason (GtkListBox *list, const TjdLocale *locale, GListModel *refused)
{
  for (int reason = TJD_REASON_NOT_FOUND; reason <= TJD_REASON_REVIEW_REFUSED; reason++) {
    g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
    for (guint i = 0; i < g_list_model_get_n_items (refused); i++) {
      g_autoptr (TjdReviewItem) item = g_list_model_get_item (refused, i);
      if ((int) item->refusal->reason == reason)
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
    if (items->len > 0)
      gtk_list_box_append (list, new_reason_row (locale, items));
  }
}

void
tjd_refusals_fill (GtkListBox *list, const TjdLocale *locale, TjdRenewalModel *model)
{
  GListModel *refused = tjd_renewal_model_get_refused (model);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  if (tjd_renewal_model_count (model) > TJD_RENEWAL_FEW) {
    fill_by_reason (list, locale, refused);
    return;
  }
  for (guint i = 0; i < g_list_model_get_n_items (refused); i++) {
    g_autoptr (TjdReviewItem) item = g_list_model_get_item (refused, i);
    gtk_list_box_append (list, new_permit_row (locale, model, item));
  }
}
