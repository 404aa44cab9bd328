/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "found-page.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "compat.h"
#include "date.h"
#include "done-model.h"
#include "identifiers.h"
#include "renewal-model.h"

#define LOOK_SECONDS 5

struct _TjdFoundPage {
  TjdPage parent;
  GtkBox *list;
  GtkButton *done;
  GPtrArray *findings; /* as they are shown */
  guint looking;
};

TJD_DEFINE_PAGE (TjdFoundPage, tjd_found_page, TjdFoundModel)

/* The sentences by what became of it; %s is an amount, in whichever it stands. */
static const struct {
  const char *icon, *title, *text, *button;
} looks[] = {
  [TJD_CHARGE_NOTHING] = { "dialog-information-symbolic", N_ ("Nothing was charged."),
                           /* Translators: %s is an amount. */
                           N_ ("The payment of %s did not take place."), NULL },
  [TJD_CHARGE_HELD] = { "emblem-ok-symbolic",
                        /* Translators: %s is an amount. */
                        N_ ("Your payment of %s went through"),
                        N_ ("The amount is held in the account; only what is renewed will be "
                            "debited."),
                        N_ ("_See What Comes of It") },
  [TJD_CHARGE_PAID] = { "emblem-ok-symbolic", N_ ("Your payment of %s went through"),
                        N_ ("The amount was debited."), N_ ("_See What Comes of It") },
  [TJD_CHARGE_UNKNOWN] = { "dialog-question-symbolic",
                           /* Translators: %s is an amount. */
                           N_ ("What became of %s is not known yet"),
                           N_ ("The bank or the portal does not answer. We are asking every few "
                               "seconds and you will not be charged twice."),
                           NULL },
};

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* --- going on --------------------------------------------------------------------------------- */

/* One's own, or a company's: its signatory pays. */
static void
go_on_paying (TjdFoundPage *self, TjdFinding *finding)
{
  TjdWindow *window = tjd_window_of (self);
  TjdShell *shell = tjd_page_get_shell (TJD_PAGE (self));
  const char *renewer = ((TjdOrder *) finding->orders->pdata[0])->renewer;
  gboolean is_company = tjd_format_establishment_id.fits (renewer);
  g_autoptr (TjdRenewalModel) model = tjd_renewal_model_new_from_orders (
      shell, is_company ? renewer : NULL, TJD_ROLE_SIGNATORY, finding->orders);

  tjd_found_model_hand_over (model_of (self), finding);
  tjd_window_go (window, TJD_PAGE_PERMITS);
  tjd_window_open (window, TJD_PAGE_PAY, G_OBJECT (model));
}

static void
show_result (TjdFoundPage *self, TjdFinding *finding)
{
  TjdWindow *window = tjd_window_of (self);
  g_autoptr (TjdDoneModel) model = tjd_done_model_new (
      tjd_page_get_shell (TJD_PAGE (self)), finding->orders, finding->amount, finding->journey);

  tjd_window_go (window, TJD_PAGE_PERMITS);
  tjd_window_open (window, TJD_PAGE_DONE, G_OBJECT (model));
}

static void
on_go_on (GtkButton *button, TjdFoundPage *self)
{
  g_autoptr (TjdFinding) finding = g_object_ref (g_object_get_data (G_OBJECT (button), "finding"));

  if (finding->is_payable)
    go_on_paying (self, finding);
  else
    show_result (self, finding);
}

static void
on_done (TjdFoundPage *self)
{
  tjd_window_go (tjd_window_of (self), TJD_PAGE_PERMITS);
}

/* --- each of them ----------------------------------------------------------------------------- */

static void
add_button (TjdFoundPage *self, GtkWidget *box, TjdFinding *finding)
{
  const char *text = finding->is_payable ? N_ ("_Go On Paying") : looks[finding->charge].button;
  GtkWidget *button;

  if (text == NULL || finding->orders->len == 0)
    return;
  button = gtk_button_new_with_mnemonic (_ (text));
  tjd_mend_names (button);
  g_object_set_data_full (G_OBJECT (button), "finding", g_object_ref (finding), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (on_go_on), self);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
new_card (TjdFoundPage *self, TjdFinding *finding)
{
  const TjdLocale *locale = locale_of (self);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[finding->charge].icon);
  g_autofree char *amount = tjd_amount_text (locale, finding->amount);
  g_autofree char *at = tjd_moment_text (locale, finding->at);
  g_autofree char *title = NULL, *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  title = g_strdup_printf (_ (looks[finding->charge].title), amount);
  text = g_strdup_printf (_ (looks[finding->charge].text), amount);
#pragma GCC diagnostic pop
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (card), icon);
  gtk_box_append (GTK_BOX (card), box);
  gtk_box_append (GTK_BOX (box), new_label (title, "heading"));
  gtk_box_append (GTK_BOX (box), new_label (text, NULL));
  if (finding->is_payable)
    gtk_box_append (GTK_BOX (box), new_label (_ ("The order waits and can still be paid."), NULL));
  gtk_box_append (GTK_BOX (box), new_label (at, "caption"));
  add_button (self, box, finding);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "said");
  return card;
}

static gboolean
is_shown_already (TjdFoundPage *self, GPtrArray *findings)
{
  if (self->findings == NULL || self->findings->len != findings->len)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    if (!tjd_record_equal (self->findings->pdata[i], findings->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Whoever stood on one of them stays among them. */
static void
fill_list (TjdFoundPage *self, GPtrArray *findings)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  for (guint i = 0; i < findings->len; i++)
    gtk_box_append (self->list, new_card (self, findings->pdata[i]));
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = g_ptr_array_ref (findings);
  if (had_focus && !gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (GTK_WIDGET (self->done));
}

static gboolean
look (gpointer data)
{
  tjd_found_model_look (model_of (data));
  return G_SOURCE_CONTINUE;
}

/* What is not known yet is asked about as long as the page is there. */
static void
show (TjdFoundPage *self)
{
  GPtrArray *findings = tjd_found_model_get_findings (model_of (self));
  gboolean is_open = FALSE;

  if (!is_shown_already (self, findings))
    fill_list (self, findings);
  for (guint i = 0; i < findings->len; i++)
    is_open = is_open || ((TjdFinding *) findings->pdata[i])->charge == TJD_CHARGE_UNKNOWN;
  if (is_open && self->looking == 0)
    self->looking = g_timeout_add_seconds (LOOK_SECONDS, look, self);
  if (!is_open)
    g_clear_handle_id (&self->looking, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    tjd_found_model_note_seen (model_of (self));
}

static void
shown (TjdPage *page)
{
  tjd_found_model_note_seen (model_of (TJD_FOUND_PAGE (page)));
  gtk_widget_grab_focus (GTK_WIDGET (TJD_FOUND_PAGE (page)->done));
}

static void
tjd_found_page_constructed (GObject *object)
{
  TjdFoundPage *self = TJD_FOUND_PAGE (object);

  G_OBJECT_CLASS (tjd_found_page_parent_class)->constructed (object);
  g_signal_connect_object (model_of (self), "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
tjd_found_page_dispose (GObject *object)
{
  g_clear_handle_id (&TJD_FOUND_PAGE (object)->looking, g_source_remove);
  g_clear_pointer (&TJD_FOUND_PAGE (object)->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (tjd_found_page_parent_class)->dispose (object);
}

static void
tjd_found_page_class_init (TjdFoundPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_found_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = tjd_found_page_dispose;
  TJD_PAGE_CLASS (klass)->shown = shown;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "renewal/found-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdFoundPage, list);
  gtk_widget_class_bind_template_child (widget_class, TjdFoundPage, done);
  gtk_widget_class_bind_template_callback (widget_class, on_done);
}

static void
tjd_found_page_init (TjdFoundPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- at the start ----------------------------------------------------------------------------- */

typedef struct {
  TjdWindow *window; /* which owns this */
  TjdShell *shell;
  char *personal_id; /* for whom it has been looked */
  TjdFoundModel *model;
  gboolean is_shown;
} Watch;

static void
watch_free (Watch *self)
{
  g_signal_handlers_disconnect_by_data (self->shell, self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  g_object_unref (self->shell);
  g_free (self->personal_id);
  g_free (self);
}

static void
tell (Watch *self)
{
  if (self->is_shown || tjd_found_model_get_findings (self->model)->len == 0 ||
      tjd_shell_get_state (self->shell) != TJD_SHELL_SIGNED_IN)
    return;
  self->is_shown = TRUE;
  tjd_window_open (self->window, TJD_PAGE_FOUND, G_OBJECT (self->model));
}

/* Somebody whose session had ended in the middle goes on with what is still there: nothing is to be
 * found out for them. */
static void
look_for_person (Watch *self)
{
  g_autofree char *personal_id = NULL;

  if (tjd_shell_get_state (self->shell) != TJD_SHELL_SIGNED_IN)
    return;
  personal_id = tjd_session_dup_personal_id (tjd_shell_get_session (self->shell));
  if (g_strcmp0 (personal_id, self->personal_id) == 0)
    return;
  g_free (self->personal_id);
  self->personal_id = g_steal_pointer (&personal_id);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  self->is_shown = FALSE;
  self->model = g_object_new (TJD_TYPE_FOUND_MODEL, "shell", self->shell, NULL);
  g_signal_connect_swapped (self->model, "changed", G_CALLBACK (tell), self);
  tjd_found_model_look (self->model);
}

void
tjd_found_watch (TjdWindow *window, TjdShell *shell)
{
  Watch *self = g_new0 (Watch, 1);

  self->window = window;
  self->shell = g_object_ref (shell);
  g_signal_connect_swapped (shell, "notify::state", G_CALLBACK (look_for_person), self);
  g_object_set_data_full (G_OBJECT (window), "found-watch", self, (GDestroyNotify) watch_free);
  look_for_person (self);
}
