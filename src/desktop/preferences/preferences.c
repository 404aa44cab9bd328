/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences.h"

#include <glib/gi18n-lib.h>

#include "preferences-page.h"

struct _TjdPreferences {
  AdwPreferencesWindow parent;
  TjdShell *shell;
  TjdPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (TjdPreferences, tjd_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
make_page (TjdPreferences *self)
{
  AdwPreferencesWindow *window = ADW_PREFERENCES_WINDOW (self);

  if (self->page != NULL)
    adw_preferences_window_remove (window, ADW_PREFERENCES_PAGE (self->page));
  self->page = tjd_preferences_page_new (self->shell);
  adw_preferences_window_add (window, ADW_PREFERENCES_PAGE (self->page));
  gtk_window_set_title (GTK_WINDOW (self), _ ("Preferences"));
}

static void
tjd_preferences_dispose (GObject *object)
{
  g_clear_object (&TJD_PREFERENCES (object)->shell);
  G_OBJECT_CLASS (tjd_preferences_parent_class)->dispose (object);
}

static void
tjd_preferences_class_init (TjdPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tjd_preferences_dispose;
}

static void
tjd_preferences_init (TjdPreferences *self)
{
}

TjdPreferences *
tjd_preferences_new (TjdShell *shell)
{
  TjdPreferences *self = g_object_new (TJD_TYPE_PREFERENCES, "modal", TRUE, "search-enabled", FALSE,
                                       "default-width", 480, "default-height", 560, NULL);

  self->shell = g_object_ref (shell);
  g_signal_connect_object (shell, "locale-changed", G_CALLBACK (make_page), self,
                           G_CONNECT_SWAPPED);
  make_page (self);
  return self;
}
