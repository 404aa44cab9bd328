/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permits-place.h"

#include <glib/gi18n-lib.h>

#include "compat.h"
#include "foreign.h"
#include "permits-page.h"
#include "staff-page.h"

struct _TjdPermitsPlace {
  TjdPage parent;
  TjdStateView *view;
  GtkDropDown *whose;
  AdwBin *inner;
  gboolean is_filling;
};

TJD_DEFINE_PAGE (TjdPermitsPlace, tjd_permits_place, TjdPermitsPlaceModel)

static TjdPage *
inner_of (TjdPermitsPlace *self)
{
  GtkWidget *inner = adw_bin_get_child (self->inner);

  return inner != NULL ? TJD_PAGE (inner) : NULL;
}

static char *
say_whose (TjdPermitsPlace *self, TjdMandate *mandate)
{
  g_autofree char *name = tjd_name_text (locale_of (self), mandate->name_en, mandate->name_ar);

  if (mandate->role == TJD_ROLE_SIGNATORY)
    /* Translators: %s is a company's name; what the person is there. */
    return g_strdup_printf (_ ("%s · authorised signatory"), name);
  /* Translators: %s is a company's name; what the person is there. */
  return g_strdup_printf (_ ("%s · HR officer"), name);
}

static void
fill_whose (TjdPermitsPlace *self)
{
  TjdAccount *account = tjd_permits_place_model_get_account (model_of (self));
  TjdMandate *mandate = tjd_permits_place_model_get_mandate (model_of (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->whose), account != NULL && account->mandates->len > 0);
  gtk_string_list_append (names, _ ("My permits"));
  for (guint i = 0; account != NULL && i < account->mandates->len; i++) {
    g_autofree char *name = say_whose (self, account->mandates->pdata[i]);
    gtk_string_list_append (names, name);
    if (account->mandates->pdata[i] == mandate)
      chosen = i + 1;
  }
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->whose, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->whose, chosen);
  self->is_filling = FALSE;
}

static GtkWidget *
make_inner (TjdPermitsPlace *self)
{
  TjdPermitsPlaceModel *model = model_of (self);
  gboolean is_own = tjd_permits_place_model_get_mandate (model) == NULL;
  gpointer inner_model = is_own ? (gpointer) tjd_permits_place_model_get_own (model)
                                : (gpointer) tjd_permits_place_model_get_staff (model);

  return g_object_new (is_own ? TJD_TYPE_PERMITS_PAGE : TJD_TYPE_STAFF_PAGE, "shell",
                       tjd_page_get_shell (TJD_PAGE (self)), "model", inner_model, NULL);
}

static gboolean
is_shown_already (TjdPermitsPlace *self)
{
  TjdPage *inner = inner_of (self);
  TjdPermitsPlaceModel *model = model_of (self);
  gpointer wanted = tjd_permits_place_model_get_mandate (model) == NULL
                        ? (gpointer) tjd_permits_place_model_get_own (model)
                        : (gpointer) tjd_permits_place_model_get_staff (model);

  return inner != NULL && tjd_page_get_model (inner) == wanted;
}

static void
show_inner (TjdPermitsPlace *self)
{
  gboolean is_waiting = tjd_permits_place_model_is_waiting (model_of (self));

  /* Afterwards it is the inner page's to say that something takes long. */
  g_object_set (self->view, "tasks", is_waiting ? tjd_page_get_tasks (TJD_PAGE (self)) : NULL,
                NULL);
  if (is_waiting) {
    tjd_state_view_show_waiting (self->view);
    return;
  }
  fill_whose (self);
  tjd_state_view_show_content (self->view);
  if (is_shown_already (self))
    return;
  adw_bin_set_child (self->inner, make_inner (self));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    tjd_page_shown (inner_of (self));
}

/* Without it one's own permits are there all the same. */
static void
take_account (gpointer owner, gpointer result, const GError *error)
{
  TjdPermitsPlace *self = owner;
  g_autoptr (TjdAccount) account = result;

  if (account != NULL)
    tjd_permits_place_model_take_account (model_of (self), account);
  else if (!tjd_shell_take_error (tjd_page_get_shell (TJD_PAGE (self)), error))
    tjd_permits_place_model_stop_waiting (model_of (self));
}

static void
fetch_account (TjdPermitsPlace *self)
{
  TjdShell *shell = tjd_page_get_shell (TJD_PAGE (self));
  TjdTasks *tasks = tjd_page_get_tasks (TJD_PAGE (self));

  if (!tjd_tasks_is_busy (tasks) && tjd_shell_get_session (shell) != NULL)
    tjd_tasks_run (tasks, &tjd_fetch_account, tjd_staff_request_new (shell, NULL), take_account);
}

static void
on_cancel (TjdPermitsPlace *self)
{
  tjd_tasks_cancel (tjd_page_get_tasks (TJD_PAGE (self)));
  tjd_permits_place_model_stop_waiting (model_of (self));
}

static void
shown (TjdPage *page)
{
  TjdPermitsPlace *self = TJD_PERMITS_PLACE (page);

  if (tjd_permits_place_model_get_account (model_of (self)) == NULL)
    fetch_account (self);
  if (inner_of (self) != NULL)
    tjd_page_shown (inner_of (self));
}

static void
refresh (TjdPage *page)
{
  TjdPermitsPlace *self = TJD_PERMITS_PLACE (page);
  TjdPage *inner = inner_of (self);

  fetch_account (self);
  if (inner != NULL)
    TJD_PAGE_GET_CLASS (inner)->refresh (inner);
}

static void
search (TjdPage *page)
{
  TjdPage *inner = inner_of (TJD_PERMITS_PLACE (page));

  if (inner != NULL)
    TJD_PAGE_GET_CLASS (inner)->search (inner);
}

static void
on_chosen (TjdPermitsPlace *self)
{
  TjdPermitsPlaceModel *model = model_of (self);
  TjdAccount *account = tjd_permits_place_model_get_account (model);
  guint chosen = gtk_drop_down_get_selected (self->whose);

  if (self->is_filling || account == NULL || chosen > account->mandates->len)
    return;
  tjd_permits_place_model_choose (model, chosen > 0 ? account->mandates->pdata[chosen - 1] : NULL);
}

static void
tjd_permits_place_constructed (GObject *object)
{
  TjdPermitsPlace *self = TJD_PERMITS_PLACE (object);

  G_OBJECT_CLASS (tjd_permits_place_parent_class)->constructed (object);
  g_signal_connect_object (model_of (self), "changed", G_CALLBACK (show_inner), self,
                           G_CONNECT_SWAPPED);
  show_inner (self);
}

static void
tjd_permits_place_class_init (TjdPermitsPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TjdPageClass *page_class = TJD_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_permits_place_constructed;
  page_class->shown = shown;
  page_class->refresh = refresh;
  page_class->search = search;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TJD_RESOURCES "company/permits-place.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPlace, view);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPlace, whose);
  gtk_widget_class_bind_template_child (widget_class, TjdPermitsPlace, inner);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
}

static void
tjd_permits_place_init (TjdPermitsPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tjd_let_choice_shrink (self->whose);
}
