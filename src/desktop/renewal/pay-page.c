/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pay-page.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "compat.h"
#include "date.h"
#include "digits.h"
#include "done-model.h"
#include "foreign.h"
#include "numerals.h"
#include "qr.h"
#include "renewal-words.h"
#include "token-program.h"
#include "window.h"
#include "words.h"

#define CODE_DIGITS 8
#define PROGRESS_MS 500

struct _TjdPayPage {
  TjdPage parent;
  GtkStack *stack; /* waiting, form, approve, stopped */

  GtkSpinner *spinner;
  GtkLabel *waiting_title;
  GtkLabel *waiting_text;
  GtkProgressBar *progress;

  GtkScrolledWindow *scrolled;
  GtkRevealer *trouble;
  GtkLabel *trouble_title;
  GtkLabel *trouble_text;
  GtkWidget *sandbox;
  GtkLabel *amount;
  GtkLabel *payee;
  GtkLabel *account;
  GtkLabel *orders;
  GtkWidget *orders_row;
  TjdQr *qr;
  GtkLabel *number;
  GtkLabel *typed_amount;
  GtkLabel *payee_number;
  GtkLabel *until;
  AdwEntryRow *code;
  GtkLabel *code_fault;
  GtkButton *pay;
  GtkButton *open_token;

  GtkLabel *approve_text;
  GtkDropDown *approve_order;
  GtkTextView *statement;
  GtkButton *approve;

  AdwStatusPage *stopped;
  GtkButton *stopped_button;

  guint watching; /* the progress */
  guint leaving;
  guint frames; /* since it was said what the matter is */
};

/* What can be done from where it has stopped. */
typedef enum { GO_RETRY, GO_FEES, GO_PERMITS, GO_NOWHERE } Way;

TJD_DEFINE_PAGE (TjdPayPage, tjd_pay_page, TjdRenewalModel)

static TjdJourney *
journey_of (TjdPayPage *self)
{
  return tjd_renewal_model_get_journey (model_of (self));
}

static void
set_text (GtkLabel *label, char *text)
{
  g_autofree char *owned = text;

  gtk_label_set_text (label, owned);
}

/* --- what goes on by itself ------------------------------------------------------------------- */

static const char *
say_waiting (TjdJourneyStep step)
{
  switch (step) {
  case TJD_JOURNEY_AUTHORISING:
    return _ ("You can close this window. When Tajdid is opened again, it finds out what came of "
              "it.");
  case TJD_JOURNEY_IN_DOUBT:
    return _ ("We don’t know yet whether it took the payment; we are asking every few seconds and "
              "you will not be charged twice. You can close this window.");
  default:
    return _ ("Nothing is charged by this.");
  }
}

static gboolean
show_progress (gpointer data)
{
  TjdPayPage *self = data;
  guint done = 0, of = 0;
  gboolean is_counted = tjd_renewal_model_get_progress (model_of (self), &done, &of);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), is_counted);
  if (is_counted) {
    g_autofree char *n = tjd_number_text (locale_of (self), done);
    g_autofree char *all = tjd_number_text (locale_of (self), of);
    /* Translators: both are numbers: how many of how many orders. */
    g_autofree char *text = g_strdup_printf (_ ("%s of %s"), n, all);
    gtk_progress_bar_set_fraction (self->progress, (double) done / of);
    gtk_progress_bar_set_text (self->progress, text);
  }
  return G_SOURCE_CONTINUE;
}

static void
show_waiting (TjdPayPage *self)
{
  TjdJourneyStep step = tjd_journey_get_step (journey_of (self));
  const char *title = tjd_step_words (step);

  gtk_label_set_text (self->waiting_title, title != NULL ? title : "");
  gtk_label_set_text (self->waiting_text, say_waiting (step));
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  if (self->watching == 0)
    self->watching = g_timeout_add (PROGRESS_MS, show_progress, self);
  show_progress (self);
}

/* --- the form --------------------------------------------------------------------------------- */

static void
show_payment (TjdPayPage *self, TjdPayment *payment)
{
  const TjdLocale *locale = locale_of (self);
  guint n = tjd_journey_get_orders (journey_of (self))->len;
  g_autofree char *amount = tjd_amount_text (locale, payment->amount);
  g_autofree char *time = tjd_time_text (locale, payment->code_until);

  gtk_widget_set_visible (self->sandbox,
                          tjd_shell_get_sandbox (tjd_page_get_shell (TJD_PAGE (self))) != NULL);
  gtk_label_set_text (self->amount, amount);
  set_text (self->payee, tjd_name_text (locale, payment->payee_en, payment->payee_ar));
  set_text (self->account, tjd_identifier_text (locale, payment->account));
  set_text (self->orders, tjd_number_text (locale, n));
  gtk_widget_set_visible (self->orders_row, n > 1);
  set_text (self->number, tjd_identifier_text (locale, payment->number));
  gtk_label_set_text (self->typed_amount, amount);
  set_text (self->payee_number, tjd_identifier_text (locale, payment->payee_number));
  /* Translators: %s is a time of day: until when the number can be signed. */
  set_text (self->until, g_strdup_printf (_ ("Holds until %s"), time));
  tjd_qr_set_text (self->qr, payment->signing_text);
  /* Translators: %s is an amount. */
  set_text (GTK_LABEL (gtk_button_get_child (self->pay)), g_strdup_printf (_ ("Pay %s"), amount));
  tjd_set_accessible_name (GTK_WIDGET (self->pay),
                           gtk_label_get_text (GTK_LABEL (gtk_button_get_child (self->pay))));
}

static void
say (TjdPayPage *self, const char *title, const char *text)
{
  gboolean is_new = title != NULL && g_strcmp0 (gtk_label_get_text (self->trouble_title), title);

  if (title != NULL) {
    gtk_label_set_text (self->trouble_title, title);
    gtk_label_set_text (self->trouble_text, text);
  }
  gtk_revealer_set_reveal_child (self->trouble, title != NULL);
  if (is_new)
    tjd_announce (GTK_WIDGET (self), title);
}

/* What the matter is, the field and the button, once they have their places: in the next frame. */
static gboolean
bring_into_sight (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  TjdPayPage *self = TJD_PAY_PAGE (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  GtkWidget *viewport = gtk_scrolled_window_get_child (self->scrolled);
  double from = gtk_adjustment_get_value (adjustment);
  graphene_rect_t first, last;

  if (++self->frames < 2)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_compute_bounds (GTK_WIDGET (self->trouble), viewport, &first) &&
      gtk_widget_compute_bounds (GTK_WIDGET (self->pay), viewport, &last))
    gtk_adjustment_clamp_page (adjustment, from + first.origin.y,
                               from + last.origin.y + last.size.height);
  return G_SOURCE_REMOVE;
}

/* A code that is wrong is cleared, and nothing else. */
static void
show_trouble (TjdPayPage *self)
{
  const GError *trouble = tjd_renewal_model_get_trouble (model_of (self));
  g_autoptr (TjdWords) words = NULL;
  g_autofree char *text = NULL;

  tjd_set_accessible_error (GTK_WIDGET (self->code), trouble != NULL ? self->trouble_title : NULL);
  if (trouble != NULL) {
    words = tjd_words_new (locale_of (self), trouble, TJD_CHARGE_NOTHING);
    text = tjd_words_dup_explanation (words);
    say (self, words->happened, text);
  } else if (tjd_renewal_model_get_says (model_of (self)) == TJD_RENEWAL_SAYS_NEW_NUMBER) {
    say (self, _ ("The Signing Request Was Renewed"),
         _ ("The one before had expired. Nothing was charged. Sign this one on the token."));
  } else {
    say (self, NULL, NULL);
  }
}

static void
show_form (TjdPayPage *self)
{
  gboolean was_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") == 0;

  show_payment (self, tjd_journey_get_payment (journey_of (self)));
  show_trouble (self);
  gtk_stack_set_visible_child_name (self->stack, "form");
  if (was_shown)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
  self->frames = 0;
  if (gtk_revealer_get_reveal_child (self->trouble))
    gtk_widget_add_tick_callback (GTK_WIDGET (self), bring_into_sight, NULL, NULL);
}

static void
on_code_changed (TjdPayPage *self)
{
  tjd_show_fault (self->code, self->code_fault, FALSE);
}

static TjdSecret *
read_code (TjdPayPage *self)
{
  char *digits = tjd_digits_normalise (gtk_editable_get_text (GTK_EDITABLE (self->code)));
  TjdSecret *code = digits != NULL && tjd_digits_exactly (digits, CODE_DIGITS)
                        ? tjd_secret_new (digits, CODE_DIGITS)
                        : NULL;

  tjd_wipe_string (digits);
  return code;
}

static void
on_pay (TjdPayPage *self)
{
  g_autoptr (TjdSecret) code = read_code (self);

  tjd_show_fault (self->code, self->code_fault, code == NULL);
  if (code == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
  else
    tjd_renewal_model_pay (model_of (self), code);
}

static void
open_token (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdPayPage *self = TJD_PAY_PAGE (widget);
  TjdShell *shell = tjd_page_get_shell (TJD_PAGE (self));
  TjdPayment *payment = tjd_journey_get_payment (journey_of (self));
  TjdSession *session = tjd_shell_get_session (shell);
  g_autofree char *personal_id = session != NULL ? tjd_session_dup_personal_id (session) : NULL;

  if (payment == NULL)
    return;
  if (!tjd_token_program_open (tjd_shell_get_sandbox (shell), personal_id, payment->signing_text,
                               locale_of (self)->language, NULL))
    say (self, _ ("The token program does not start."),
         _ ("Install it again together with Tajdid."));
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

/* What is signed is no secret. */
static void
copy_request (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TjdPayPage *self = TJD_PAY_PAGE (widget);
  TjdPayment *payment = tjd_journey_get_payment (journey_of (self));

  if (payment == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), payment->signing_text);
  tjd_window_toast (tjd_window_of (self), _ ("Signing request copied"), NULL, NULL);
}

static void
cancel (TjdPayPage *self)
{
  tjd_renewal_model_cancel (model_of (self));
}

static void
ask_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tjd_ask (widget, _ ("Cancel the Order?"),
           _ ("Nothing was charged. The permits can be ordered again."), _ ("Cancel _Order"), TRUE,
           G_CALLBACK (cancel), G_OBJECT (widget));
}

/* --- a company's order, to be approved -------------------------------------------------------- */

static void
on_approve_order (TjdPayPage *self)
{
  guint order = gtk_drop_down_get_selected (self->approve_order);

  if (order != GTK_INVALID_LIST_POSITION)
    tjd_renewal_model_fetch_statement (model_of (self), order);
}

static void
list_orders (TjdPayPage *self)
{
  GPtrArray *orders = tjd_journey_get_orders (journey_of (self));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < orders->len; i++) {
    TjdOrder *order = orders->pdata[i];
    g_autofree char *number = tjd_number_text (locale_of (self), i + 1);
    g_autofree char *permits = tjd_permits_text (locale_of (self), order->items->len);
    g_autofree char *total = tjd_amount_text (locale_of (self), order->total);
    g_autofree char *name =
        g_strjoin (tjd_separator (locale_of (self)), number, permits, total, NULL);
    gtk_string_list_append (names, name);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->approve_order), orders->len > 1);
  gtk_drop_down_set_model (self->approve_order, G_LIST_MODEL (names));
}

static void
show_approve (TjdPayPage *self)
{
  const char *statement = tjd_renewal_model_get_statement (model_of (self));
  gboolean was_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "approve") == 0;
  g_autofree char *total =
      tjd_amount_text (locale_of (self), tjd_journey_get_total (journey_of (self)));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->statement),
                            statement != NULL ? statement : "", -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->approve), statement != NULL);
  /* Translators: %s is an amount. */
  set_text (self->approve_text,
            g_strdup_printf (_ ("%s in all. Your approval covers exactly the words below; nothing "
                                "is charged by it."),
                             total));
  gtk_stack_set_visible_child_name (self->stack, "approve");
  if (was_shown)
    return;
  list_orders (self);
  if (statement == NULL)
    on_approve_order (self);
}

static void
on_approve (TjdPayPage *self)
{
  tjd_renewal_model_approve (model_of (self));
}

/* --- where it has stopped --------------------------------------------------------------------- */

static Way
find_way (TjdPayPage *self)
{
  TjdJourneyStep step = tjd_journey_get_step (journey_of (self));
  gboolean has_fees = tjd_renewal_model_count (model_of (self)) > 0;

  if (step == TJD_JOURNEY_ENDED)
    return GO_PERMITS;
  if (step == TJD_JOURNEY_ORDERED || step == TJD_JOURNEY_APPROVED)
    return tjd_renewal_model_get_trouble (model_of (self)) != NULL ? GO_RETRY : GO_PERMITS;
  switch (tjd_journey_get_remedy (journey_of (self))) {
  case TJD_REMEDY_REVIEW:
    return has_fees ? GO_FEES : GO_PERMITS;
  case TJD_REMEDY_SIGN_IN:
  case TJD_REMEDY_RETRY:
  case TJD_REMEDY_WAIT:
    return GO_RETRY;
  default:
    return GO_RETRY; /* an account may have been opened meanwhile */
  }
}

static void
show_stopped (TjdPayPage *self, const char *icon, const char *title, const char *text)
{
  static const char *const labels[] = {
    [GO_RETRY] = N_ ("_Try Again"),
    [GO_FEES] = N_ ("Back to _Fees"),
    [GO_PERMITS] = N_ ("Back to _Permits"),
    [GO_NOWHERE] = N_ ("_Try Again"),
  };
  g_autofree char *markup = g_markup_escape_text (text, -1); /* as libadwaita takes it */

  adw_status_page_set_icon_name (self->stopped, icon);
  adw_status_page_set_title (self->stopped, title);
  adw_status_page_set_description (self->stopped, markup);
  gtk_button_set_label (self->stopped_button, _ (labels[find_way (self)]));
  tjd_mend_names (GTK_WIDGET (self->stopped_button));
  gtk_stack_set_visible_child_name (self->stack, "stopped");
  gtk_widget_grab_focus (GTK_WIDGET (self->stopped_button));
  tjd_announce (GTK_WIDGET (self), title);
}

static void
show_failed (TjdPayPage *self, const GError *error)
{
  g_autoptr (TjdWords) words =
      tjd_words_new (locale_of (self), error, (int) tjd_journey_get_charge (journey_of (self)));
  g_autofree char *text = tjd_words_dup_explanation (words);

  show_stopped (self, "dialog-warning-symbolic", words->happened, text);
}

static void
show_ended (TjdPayPage *self)
{
  const GError *trouble = tjd_renewal_model_get_trouble (model_of (self));

  if (trouble != NULL)
    show_failed (self, trouble);
  else
    show_stopped (self, "object-select-symbolic", _ ("The Order Is Cancelled"),
                  _ ("Nothing was charged. The permits can be ordered again."));
}

static void
show_sent (TjdPayPage *self)
{
  show_stopped (self, "mail-send-symbolic", _ ("Sent for Approval"),
                _ ("The order waits for an authorised signatory, who approves and pays it. Nothing "
                   "was charged. It is under Renewals."));
}

static void
on_stopped_button (TjdPayPage *self)
{
  TjdWindow *window = tjd_window_of (self);

  switch (find_way (self)) {
  case GO_RETRY:
    tjd_renewal_model_retry (model_of (self));
    break;
  case GO_FEES:
    tjd_renewal_model_ask_fees (model_of (self));
    tjd_window_back (window);
    break;
  case GO_PERMITS:
  case GO_NOWHERE:
  default:
    tjd_window_go (window, TJD_PAGE_PERMITS);
    break;
  }
}

/* --- where to next ---------------------------------------------------------------------------- */

/* Not from within a page that is about to go. */
static gboolean
leave (gpointer data)
{
  TjdPayPage *self = data;
  TjdWindow *window = tjd_window_of (self);
  g_autoptr (GObject) done = NULL;

  self->leaving = 0;
  if (window == NULL)
    return G_SOURCE_REMOVE;
  if (tjd_journey_get_step (journey_of (self)) != TJD_JOURNEY_PAID) {
    tjd_window_back (window);
    return G_SOURCE_REMOVE;
  }
  done = G_OBJECT (tjd_done_model_new (
      tjd_page_get_shell (TJD_PAGE (self)), tjd_journey_get_orders (journey_of (self)),
      tjd_journey_get_total (journey_of (self)), tjd_journey_get_id (journey_of (self))));
  tjd_window_open_alone (window, TJD_PAGE_PERMITS, TJD_PAGE_DONE, done);
  return G_SOURCE_REMOVE;
}

static void
leave_soon (TjdPayPage *self)
{
  if (self->leaving == 0)
    self->leaving = g_idle_add (leave, self);
}

static gboolean
is_of_signatory (TjdPayPage *self)
{
  return tjd_renewal_model_get_role (model_of (self)) == TJD_ROLE_SIGNATORY;
}

static void
show_step (TjdPayPage *self)
{
  const GError *trouble = tjd_renewal_model_get_trouble (model_of (self));

  switch (tjd_journey_get_step (journey_of (self))) {
  case TJD_JOURNEY_CHOOSING:
  case TJD_JOURNEY_QUOTED:
  case TJD_JOURNEY_PAID:
    leave_soon (self);
    break;
  case TJD_JOURNEY_SIGNING:
    show_form (self);
    break;
  case TJD_JOURNEY_IN_DOUBT:
    show_waiting (self);
    break;
  case TJD_JOURNEY_ENDED:
    show_ended (self);
    break;
  case TJD_JOURNEY_ORDERED:
    if (trouble == NULL && is_of_signatory (self))
      show_approve (self);
    else if (trouble == NULL)
      show_sent (self);
    else
      show_failed (self, trouble);
    break;
  default:
    if (trouble != NULL)
      show_failed (self, trouble);
    else
      show_waiting (self);
  }
}

static void
on_changed (TjdPayPage *self)
{
  g_clear_handle_id (&self->watching, g_source_remove);
  if (tjd_journey_is_busy (journey_of (self)))
    show_waiting (self);
  else
    show_step (self);
}

static void
shown (TjdPage *page)
{
  TjdPayPage *self = TJD_PAY_PAGE (page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "form") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
tjd_pay_page_constructed (GObject *object)
{
  TjdPayPage *self = TJD_PAY_PAGE (object);

  G_OBJECT_CLASS (tjd_pay_page_parent_class)->constructed (object);
  g_signal_connect_object (model_of (self), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  tjd_set_accessible_name (GTK_WIDGET (self->qr), _ ("The signing request as a QR code"));
  tjd_stand_at_start (self->code);
  on_changed (self);
}

static void
tjd_pay_page_dispose (GObject *object)
{
  TjdPayPage *self = TJD_PAY_PAGE (object);

  g_clear_handle_id (&self->watching, g_source_remove);
  g_clear_handle_id (&self->leaving, g_source_remove);
  G_OBJECT_CLASS (tjd_pay_page_parent_class)->dispose (object);
}

static void
tjd_pay_page_class_init (TjdPayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = tjd_pay_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = tjd_pay_page_dispose;
  TJD_PAGE_CLASS (klass)->shown = shown;
  g_type_ensure (TJD_TYPE_QR);
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "renewal/pay-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, waiting_title);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, waiting_text);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, progress);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, trouble_title);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, trouble_text);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, sandbox);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, amount);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, payee);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, account);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, orders);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, orders_row);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, qr);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, number);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, typed_amount);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, payee_number);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, until);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, code);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, code_fault);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, pay);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, open_token);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, approve_text);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, approve_order);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, statement);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, approve);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, stopped);
  gtk_widget_class_bind_template_child (widget_class, TjdPayPage, stopped_button);
  gtk_widget_class_bind_template_callback (widget_class, on_code_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_pay);
  gtk_widget_class_bind_template_callback (widget_class, on_approve);
  gtk_widget_class_bind_template_callback (widget_class, on_approve_order);
  gtk_widget_class_bind_template_callback (widget_class, on_stopped_button);
  gtk_widget_class_install_action (widget_class, "pay.open-token", NULL, open_token);
  gtk_widget_class_install_action (widget_class, "pay.copy", NULL, copy_request);
  gtk_widget_class_install_action (widget_class, "pay.cancel", NULL, ask_cancel);
}

static void
tjd_pay_page_init (TjdPayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
