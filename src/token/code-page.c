/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code-page.h"

#include <glib/gi18n-lib.h>

#include "code-label.h"
#include "language.h"
#include "numerals.h"
#include "otp.h"
#include "token.h"

/* Codes turn by the clock that is handed in; the page looks at it a few times a second, so that a
 * clock that is set is followed too. */
#define LOOK_MS 250

struct _TjdCodePage {
  AdwBin parent;
  GtkLabel *code;
  GtkLabel *left;
  GtkLabel *status;
  GtkLevelBar *bar;

  const TjdToken *token; /* (unowned) */
  const TjdClock *clock;
  guint timer;
  gint64 step;    /* that is shown; -1: none */
  gint64 seconds; /* that are left */
};

G_DEFINE_FINAL_TYPE (TjdCodePage, tjd_code_page, ADW_TYPE_BIN)

static void
show_code (TjdCodePage *self, gint64 now)
{
  char *code = tjd_token_sign_in_code (self->token, now);

  tjd_code_label_set (self->code, code);
  gtk_label_set_text (self->status, "");
  tjd_wipe_string (code);
}

static void
show_left (TjdCodePage *self)
{
  g_autofree char *text = g_strdup_printf (
      /* Translators: how long the sign-in code is still good. */
      g_dngettext (GETTEXT_PACKAGE, "A new code in %d second", "A new code in %d seconds",
                   (gulong) self->seconds),
      (int) self->seconds);
  g_autofree char *shown = tjd_numerals (tjd_language_locale (), text);

  gtk_label_set_text (self->left, shown);
  gtk_level_bar_set_value (self->bar, (double) self->seconds);
}

static gboolean
look (gpointer data)
{
  TjdCodePage *self = data;
  gint64 now = tjd_clock_now (self->clock), step = tjd_totp_step (now);
  gint64 seconds = (step + 1) * TJD_TOTP_PERIOD - now;

  if (step != self->step)
    show_code (self, now);
  if (step != self->step || seconds != self->seconds) {
    self->seconds = seconds;
    show_left (self);
  }
  self->step = step;
  return G_SOURCE_CONTINUE;
}

void
tjd_code_page_copy (TjdCodePage *self)
{
  char *code;

  if (self->token == NULL)
    return;
  code = tjd_token_sign_in_code (self->token, tjd_clock_now (self->clock));
  tjd_code_copy (GTK_WIDGET (self), code);
  tjd_wipe_string (code);
  gtk_label_set_text (self->status, _ ("The code was copied."));
}

void
tjd_code_page_set (TjdCodePage *self, const TjdToken *token, const TjdClock *clock)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->token = token;
  self->clock = clock;
  self->step = -1;
  tjd_code_label_set (self->code, NULL);
  if (token == NULL)
    return;
  look (self);
  self->timer = g_timeout_add (LOOK_MS, look, self);
}

static void
tjd_code_page_dispose (GObject *object)
{
  TjdCodePage *self = TJD_CODE_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (tjd_code_page_parent_class)->dispose (object);
}

static void
tjd_code_page_class_init (TjdCodePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = tjd_code_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TJD_RESOURCES "code-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TjdCodePage, code);
  gtk_widget_class_bind_template_child (widget_class, TjdCodePage, left);
  gtk_widget_class_bind_template_child (widget_class, TjdCodePage, status);
  gtk_widget_class_bind_template_child (widget_class, TjdCodePage, bar);
}

static void
tjd_code_page_init (TjdCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
