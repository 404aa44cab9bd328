/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figures-page.h"

#include "amount.h"
#include "calls.h"
#include "compat.h"
#include "date.h"
#include "foreign.h"
#include "numerals.h"
#include "plurals.h"
#include "reasons.h"
#include "rows.h"

#define SUMMARY_CHARACTERS 300

struct _TjdFiguresModel {
  TjdModel parent;
  TjdStatistics *statistics; /* NULL before they were fetched */
  TjdCatalogue *catalogue;
};

struct _TjdFiguresPage {
  TjdPage parent;
  TjdStateView *view;
  GtkListBox *figures;
  GtkWidget *refusals_group;
  GtkListBox *refusals;
  GtkListBox *catalogue;
};

typedef struct {
  TjdStatistics *statistics;
  TjdCatalogue *catalogue;
} Fetched;

G_DEFINE_FINAL_TYPE (TjdFiguresModel, tjd_figures_model, TJD_TYPE_MODEL)
TJD_DEFINE_PAGE (TjdFiguresPage, tjd_figures_page, TjdFiguresModel)

static const char *const readiness[] = {
  [TJD_READINESS_LIVE] = N_ ("Live"),
  [TJD_READINESS_PLANNED] = N_ ("Planned"),
  [TJD_READINESS_CONSIDERED] = N_ ("Considered"),
};

static void
tjd_figures_model_finalize (GObject *object)
{
  TjdFiguresModel *self = TJD_FIGURES_MODEL (object);

  g_clear_object (&self->statistics);
  g_clear_object (&self->catalogue);
  G_OBJECT_CLASS (tjd_figures_model_parent_class)->finalize (object);
}

static void
tjd_figures_model_class_init (TjdFiguresModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_figures_model_finalize;
}

static void
tjd_figures_model_init (TjdFiguresModel *self)
{
}

static void
fetched_free (Fetched *self)
{
  g_clear_object (&self->statistics);
  g_clear_object (&self->catalogue);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fetched, fetched_free)

static gpointer
fetch_figures (gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (Fetched) fetched = g_new0 (Fetched, 1);

  fetched->statistics = tjd_call_statistics (data, cancellable, error);
  if (fetched->statistics == NULL)
    return NULL;
  fetched->catalogue = tjd_call_catalogue (data, cancellable, error);
  return fetched->catalogue != NULL ? g_steal_pointer (&fetched) : NULL;
}

static const TjdWork fetching = { "fetch figures", fetch_figures,
                                  (GDestroyNotify) tjd_session_unref,
                                  (GDestroyNotify) fetched_free };

static char *
say_hours (const TjdLocale *locale, gint64 seconds)
{
  gint64 hours = (seconds + 1800) / 3600;
  g_autofree char *number = tjd_number_text (locale, hours);

  if (seconds == TJD_NO_INT)
    return g_strdup (_ ("None yet"));
  return g_strdup_printf (ngettext ("%s hour", "%s hours", (gulong) hours), number);
}

static char *
say_share (const TjdLocale *locale, gint64 part, gint64 all)
{
  g_autofree char *number = tjd_number_text (locale, all > 0 ? part * 100 / all : 0);

  if (all == 0)
    return g_strdup (_ ("None yet"));
  /* Translators: a share in per cent; %s is the number. */
  return g_strdup_printf (_ ("%s%%"), number);
}

static void
show_statistics (TjdFiguresPage *self, TjdStatistics *statistics)
{
  const TjdLocale *locale = locale_of (self);
  g_autofree char *renewals = tjd_number_text (locale, statistics->renewals);
  g_autofree char *captured = tjd_amount_text (locale, statistics->captured);
  g_autofree char *median = say_hours (locale, statistics->median_seconds);
  g_autofree char *p95 = say_hours (locale, statistics->p95_seconds);
  g_autofree char *share = say_share (locale, statistics->within_24_hours, statistics->deliveries);

  tjd_list_clear (self->figures);
  tjd_rows_add_value (self->figures, _ ("Permits renewed"), NULL, renewals);
  tjd_rows_add_value (self->figures, _ ("Paid in fees"), NULL, captured);
  tjd_rows_add_value (self->figures, _ ("From envelope to card"), _ ("Half are back within"),
                      median);
  tjd_rows_add_value (self->figures, _ ("From envelope to card, at the slowest"),
                      _ ("19 of 20 are back within"), p95);
  tjd_rows_add_value (self->figures, _ ("Back within 24 hours"), NULL, share);
}

static void
show_refusals (TjdFiguresPage *self, TjdStatistics *statistics)
{
  const TjdLocale *locale = locale_of (self);

  tjd_list_clear (self->refusals);
  for (guint i = 0; i < statistics->refusals->len; i++) {
    TjdRefusalCount *refusal = statistics->refusals->pdata[i];
    g_autoptr (TjdWords) words = tjd_words_for_reason (refusal->reason);
    g_autofree char *count = tjd_number_text (locale, refusal->count);
    tjd_rows_add_value (self->refusals, words->happened, NULL, count);
  }
  gtk_widget_set_visible (self->refusals_group, statistics->refusals->len > 0);
}

static void
show_catalogue (TjdFiguresPage *self, TjdCatalogue *catalogue)
{
  const TjdLocale *locale = locale_of (self);
  gboolean is_arabic = locale->language == TJD_LANGUAGE_AR;

  tjd_list_clear (self->catalogue);
  for (guint i = 0; i < catalogue->services->len; i++) {
    TjdService *service = catalogue->services->pdata[i];
    g_autofree char *name = tjd_name_text (locale, service->name_en, service->name_ar);
    g_autofree char *summary =
        tjd_foreign (is_arabic ? service->summary_ar : service->summary_en, SUMMARY_CHARACTERS);
    tjd_rows_add_value (self->catalogue, name, summary, _ (readiness[service->readiness]));
  }
}

static void
show (TjdFiguresPage *self)
{
  TjdFiguresModel *model = model_of (self);

  if (model->statistics == NULL) {
    tjd_state_view_show_waiting (self->view);
    return;
  }
  show_statistics (self, model->statistics);
  show_refusals (self, model->statistics);
  show_catalogue (self, model->catalogue);
  tjd_state_view_show_content (self->view);
}

static void
show_failure (TjdFiguresPage *self, const GError *error)
{
  const TjdLocale *locale = locale_of (self);
  TjdFiguresModel *model = model_of (self);
  g_autoptr (TjdWords) words = tjd_words_new (locale, error, TJD_NOT_ABOUT_MONEY);
  g_autofree char *time = NULL, *notice = NULL;

  if (model->statistics == NULL) {
    tjd_state_view_show_failed (self->view, words);
    return;
  }
  time = tjd_moment_text (locale, model->statistics->as_of);
  /* Translators: the first %s is a sentence, the second a date and time. */
  notice = g_strdup_printf (_ ("%s Shown as of %s."), words->happened, time);
  tjd_state_view_set_notice (self->view, notice);
}

static void
take (gpointer owner, gpointer result, const GError *error)
{
  TjdFiguresPage *self = owner;
  TjdFiguresModel *model = model_of (self);
  g_autoptr (Fetched) fetched = result;

  if (error != NULL) {
    show_failure (self, error);
    return;
  }
  g_set_object (&model->statistics, fetched->statistics);
  g_set_object (&model->catalogue, fetched->catalogue);
  tjd_state_view_set_notice (self->view, NULL);
  show (self);
}

static void
fetch (TjdPage *page)
{
  TjdSession *session = tjd_shell_get_session (tjd_page_get_shell (page));

  if (session == NULL || tjd_tasks_is_busy (tjd_page_get_tasks (page)))
    return;
  tjd_tasks_run (tjd_page_get_tasks (page), &fetching, tjd_session_ref (session), take);
}

static void
shown (TjdPage *page)
{
  TjdFiguresModel *model = tjd_page_get_model (page);

  if (model->statistics == NULL)
    fetch (page);
}

static void
on_retry (TjdFiguresPage *self)
{
  show (self);
  fetch (TJD_PAGE (self));
}

static void
on_cancel (TjdFiguresPage *self)
{
  g_autoptr (GError) cancelled =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  tjd_tasks_cancel (tjd_page_get_tasks (TJD_PAGE (self)));
  show_failure (self, cancelled);
}

static void
tjd_figures_page_constructed (GObject *object)
{
  TjdFiguresPage *self = TJD_FIGURES_PAGE (object);

  G_OBJECT_CLASS (tjd_figures_page_parent_class)->constructed (object);
  g_object_set (self->view, "tasks", tjd_page_get_tasks (TJD_PAGE (self)), NULL);
  show (self);
}

static void
tjd_figures_page_class_init (TjdFiguresPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_figures_page_constructed;
  TJD_PAGE_CLASS (klass)->shown = shown;
  TJD_PAGE_CLASS (klass)->refresh = fetch;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "figures/figures-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdFiguresPage, view);
  gtk_widget_class_bind_template_child (widget_class, TjdFiguresPage, figures);
  gtk_widget_class_bind_template_child (widget_class, TjdFiguresPage, refusals_group);
  gtk_widget_class_bind_template_child (widget_class, TjdFiguresPage, refusals);
  gtk_widget_class_bind_template_child (widget_class, TjdFiguresPage, catalogue);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
tjd_figures_page_init (TjdFiguresPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
