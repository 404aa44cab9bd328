/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-page.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "code-label.h"
#include "compat.h"
#include "date.h"
#include "foreign.h"
#include "language.h"
#include "numerals.h"
#include "spoken.h"

#define LOOK_SECONDS 1
#define MAX_NAME 2048

struct _TjdSignPage {
  AdwBin parent;
  GtkStack *steps;
  GtkWidget *complaint_box;
  GtkLabel *complaint;
  AdwEntryRow *number, *amount, *payee_number;
  GtkLabel *typed_complaint;
  GtkLabel *kind, *sum, *sum_means;
  GtkListBox *lines;
  GtkWidget *by_hand_notice;
  GtkButton *show;
  GtkWidget *shown;
  GtkLabel *code, *status;

  const TjdToken *token; /* (unowned) */
  const TjdClock *clock;
  TjdAsked *asked;
  char *shown_code;
  guint timer;
};

G_DEFINE_FINAL_TYPE (TjdSignPage, tjd_sign_page, ADW_TYPE_BIN)

static const char *
fault_text (TjdAskedFault fault)
{
  static const char *const texts[] = {
    [TJD_ASKED_NO_REQUEST] =
        N_ ("This is not a signing request, or it was changed on its way. No "
            "code was made. Copy the whole of it in Tajdid and paste it again."),
    [TJD_ASKED_EXPIRED] = N_ ("This request has expired. No code was made. Ask for a new one in "
                              "Tajdid."),
    [TJD_ASKED_NUMBER] = N_ ("The request’s number has eight digits."),
    [TJD_ASKED_AMOUNT] = N_ ("The amount is in riyals, such as 1020 or 1,020.00."),
    [TJD_ASKED_PAYEE_NUMBER] = N_ ("The payee’s number has 8 to 16 digits."),
  };

  return _ (texts[fault]);
}

static void
hide_code (TjdSignPage *self)
{
  g_clear_pointer (&self->shown_code, tjd_wipe_string);
  tjd_code_label_set (self->code, NULL);
  gtk_label_set_text (self->status, "");
  gtk_widget_set_visible (self->shown, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->show), TRUE);
}

static void
forget_request (TjdSignPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  hide_code (self);
  g_clear_pointer (&self->asked, tjd_asked_free);
}

static void
go_to (TjdSignPage *self, const char *step, GtkWidget *first)
{
  tjd_spoken_show_page (self->steps, step);
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

void
tjd_sign_page_complain (TjdSignPage *self, const char *complaint)
{
  forget_request (self);
  gtk_label_set_text (self->complaint, complaint);
  gtk_widget_set_visible (self->complaint_box, *complaint != '\0');
  go_to (self, "start", NULL);
}

static GtkWidget *
new_label (const char *text, gboolean is_value)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), is_value ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (label), is_value ? 1 : 0);
  gtk_label_set_justify (GTK_LABEL (label), is_value ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_hexpand (label, is_value);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (!is_value)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* second may be NULL. */
static void
add_line (TjdSignPage *self, const char *name, const char *value, const char *second)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *values = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *spoken = g_strdup_printf ("%s: %s %s", name, value, second ? second : "");

  gtk_widget_add_css_class (line, "line");
  gtk_box_append (GTK_BOX (line), new_label (name, FALSE));
  gtk_box_append (GTK_BOX (line), values);
  gtk_box_append (GTK_BOX (values), new_label (value, TRUE));
  if (second != NULL)
    gtk_box_append (GTK_BOX (values), new_label (second, TRUE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  tjd_set_accessible_name (row, spoken);
  gtk_list_box_append (self->lines, row);
}

/* Both names: what is signed has both, and the person's own language comes first. */
static void
add_names (TjdSignPage *self, const TjdSigningRequest *request)
{
  g_autofree char *english = tjd_foreign (request->payee_en, MAX_NAME);
  g_autofree char *arabic = tjd_foreign (request->payee_ar, MAX_NAME);

  if (tjd_language_locale ()->language == TJD_LANGUAGE_AR)
    add_line (self, _ ("Payee"), arabic, english);
  else
    add_line (self, _ ("Payee"), english, arabic);
}

static void
add_identifier (TjdSignPage *self, const char *name, const char *identifier)
{
  g_autofree char *shown = tjd_identifier_text (tjd_language_locale (), identifier);

  add_line (self, name, shown, NULL);
}

static void
add_particulars (TjdSignPage *self, const TjdSigningRequest *request)
{
  const TjdLocale *locale = tjd_language_locale ();

  if (request->kind == TJD_SIGNING_PAYMENT) {
    g_autofree char *orders = tjd_number_text (locale, request->n_orders);
    add_line (self, _ ("Orders"), orders, NULL);
  } else {
    g_autofree char *last_day = tjd_wire_date_text (locale, request->last_day, TJD_DATE_LONG);
    add_line (self, _ ("Last day"), last_day, NULL);
    add_identifier (self, _ ("Account that is debited"), request->account);
  }
}

static void
show_lines (TjdSignPage *self)
{
  const TjdSigningRequest *request = self->asked->request;

  tjd_list_clear (self->lines);
  if (!self->asked->by_hand)
    add_names (self, request);
  add_identifier (self, _ ("Payee’s number"), request->payee_number);
  if (!self->asked->by_hand)
    add_particulars (self, request);
  add_identifier (self, _ ("Request’s number"), request->number);
  if (!self->asked->by_hand) {
    g_autofree char *until = tjd_moment_text (tjd_language_locale (), request->valid_until);
    add_line (self, _ ("Valid until"), until, NULL);
    add_identifier (self,
                    request->kind == TJD_SIGNING_PAYMENT ? _ ("Payment’s number")
                                                         : _ ("Mandate’s number"),
                    request->id);
  }
}

static gboolean
look_at_the_clock (gpointer data)
{
  TjdSignPage *self = data;

  if (!tjd_asked_has_expired (self->asked, tjd_clock_now (self->clock)))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  tjd_sign_page_complain (self, fault_text (TJD_ASKED_EXPIRED));
  return G_SOURCE_REMOVE;
}

/* Takes asked. */
static void
show_request (TjdSignPage *self, TjdAsked *asked)
{
  gboolean mandate = asked->request->kind == TJD_SIGNING_STANDING_MANDATE;
  g_autofree char *sum = tjd_amount_text (tjd_language_locale (), asked->request->amount);

  forget_request (self);
  self->asked = asked;
  gtk_label_set_text (self->kind, mandate ? _ ("Standing mandate") : _ ("Payment"));
  gtk_label_set_text (self->sum, sum);
  gtk_label_set_text (self->sum_means,
                      mandate ? _ ("At most, in each calendar month, without being asked again")
                              : _ ("Debited once"));
  gtk_widget_set_visible (self->by_hand_notice, asked->by_hand);
  show_lines (self);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, look_at_the_clock, self);
  go_to (self, "request", GTK_WIDGET (self->show));
}

void
tjd_sign_page_take (TjdSignPage *self, const char *text, gsize length)
{
  TjdAsked *asked;
  TjdAskedFault fault = tjd_asked_read (text, length, tjd_clock_now (self->clock), &asked);

  if (fault == TJD_ASKED_FINE)
    show_request (self, asked);
  else
    tjd_sign_page_complain (self, fault_text (fault));
}

static void
mark_typed (TjdSignPage *self, TjdAskedFault fault)
{
  const struct {
    AdwEntryRow *row;
    TjdAskedFault fault;
  } rows[] = { { self->number, TJD_ASKED_NUMBER },
               { self->amount, TJD_ASKED_AMOUNT },
               { self->payee_number, TJD_ASKED_PAYEE_NUMBER } };

  gtk_label_set_text (self->typed_complaint, fault != TJD_ASKED_FINE ? fault_text (fault) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->typed_complaint), fault != TJD_ASKED_FINE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gboolean wrong = rows[i].fault == fault;
    tjd_set_css_class (GTK_WIDGET (rows[i].row), "error", wrong);
    tjd_set_accessible_error (GTK_WIDGET (rows[i].row), wrong ? self->typed_complaint : NULL);
    if (wrong)
      gtk_widget_grab_focus (GTK_WIDGET (rows[i].row));
  }
}

static void
on_typed (TjdSignPage *self)
{
  TjdAsked *asked;
  TjdAskedFault fault =
      tjd_asked_typed (gtk_editable_get_text (GTK_EDITABLE (self->number)),
                       gtk_editable_get_text (GTK_EDITABLE (self->amount)),
                       gtk_editable_get_text (GTK_EDITABLE (self->payee_number)), &asked);

  mark_typed (self, fault);
  if (fault == TJD_ASKED_FINE)
    show_request (self, asked);
}

static void
on_by_hand (TjdSignPage *self)
{
  mark_typed (self, TJD_ASKED_FINE);
  go_to (self, "by-hand", GTK_WIDGET (self->number));
}

static void
on_show (TjdSignPage *self)
{
  if (self->token == NULL || self->asked == NULL ||
      tjd_asked_has_expired (self->asked, tjd_clock_now (self->clock)))
    return;
  hide_code (self);
  self->shown_code = tjd_asked_code (self->asked, self->token);
  tjd_code_label_set (self->code, self->shown_code);
  gtk_widget_set_visible (self->shown, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->show), FALSE);
  gtk_widget_child_focus (self->shown, GTK_DIR_TAB_FORWARD);
}

static void
on_start_again (TjdSignPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->number), "");
  gtk_editable_set_text (GTK_EDITABLE (self->amount), "");
  gtk_editable_set_text (GTK_EDITABLE (self->payee_number), "");
  tjd_sign_page_complain (self, "");
}

void
tjd_sign_page_copy (TjdSignPage *self)
{
  if (self->shown_code == NULL)
    return;
  tjd_code_copy (GTK_WIDGET (self), self->shown_code);
  gtk_label_set_text (self->status, _ ("The code was copied."));
}

void
tjd_sign_page_set (TjdSignPage *self, const TjdToken *token, const TjdClock *clock)
{
  self->token = token;
  self->clock = clock;
  hide_code (self);
}

static void
tjd_sign_page_dispose (GObject *object)
{
  TjdSignPage *self = TJD_SIGN_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->shown_code, tjd_wipe_string);
  g_clear_pointer (&self->asked, tjd_asked_free);
  G_OBJECT_CLASS (tjd_sign_page_parent_class)->dispose (object);
}

static void
tjd_sign_page_class_init (TjdSignPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tjd_sign_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "sign-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, steps);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, complaint_box);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, complaint);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, number);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, amount);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, payee_number);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, typed_complaint);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, kind);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, sum);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, sum_means);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, lines);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, by_hand_notice);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, show);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, shown);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, code);
  gtk_widget_class_bind_template_child (widget_class, TjdSignPage, status);
  gtk_widget_class_bind_template_callback (widget_class, on_by_hand);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
  gtk_widget_class_bind_template_callback (widget_class, on_start_again);
}

static void
tjd_sign_page_init (TjdSignPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tjd_spoken_show_page (self->steps, "start");
}
